package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import kembali.capture.campaign.Campaign;
import kembali.capture.campaign.Campaigns;
import kembali.http.Caller;
import kembali.postback.ClickKey;
import kembali.store.Store;
import kembali.support.Refusal;
import kembali.visitor.Click;
import kembali.visitor.Clicks;
import kembali.visitor.Visitors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** One click on a campaign link. */
@Path("/api/v1/clicks")
@Tag(name = "Campaigns")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ClickResource {
    @Inject
    Caller caller;

    @Inject
    Campaigns campaigns;

    @Inject
    Clicks clicks;

    @Inject
    Visitors visitors;

    @Inject
    Store store;

    @GET
    @Path("/{subid}")
    @Operation(
            summary = "One click by its id",
            description =
                    "The id may be written as a network sends it back: in capitals, quoted, with a comma after it.")
    public ClickView get(@PathParam("subid") String subid) {
        String key = ClickKey.clean(subid);
        int ws = caller.workspaceId();
        ClickView found = key == null || key.isEmpty()
                ? null
                : store.read(sql -> {
                    Click c = clicks.find(sql, ws, ClickKey.lookup(key));
                    return c == null
                            ? null
                            : view(
                                    c,
                                    c.campaignId() == null ? null : campaigns.find(ws, c.campaignId()),
                                    Clicks.leads(sql, ws, List.of(c.visitorNo()))
                                            .get(c.visitorNo()));
                });
        if (found == null) {
            throw Refusal.notFound("There is no click \"" + (key == null ? "of more than 64 characters" : key) + "\".");
        }
        return found;
    }

    private ClickView view(Click c, @Nullable Campaign campaign, @Nullable String leadId) {
        return ClickView.of(c, campaign, visitors.code(c.workspaceId(), c.visitorNo()), leadId);
    }
}
