package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kembali.capture.campaign.Campaign;
import kembali.capture.campaign.Campaigns;
import kembali.http.Caller;
import kembali.http.Page;
import kembali.store.Store;
import kembali.support.Refusal;
import kembali.visitor.Click;
import kembali.visitor.Clicks;
import kembali.visitor.Visitors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The clicks on a campaign's links. */
@Path("/api/v1/campaigns/{id}/clicks")
@Tag(name = "Campaigns")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class CampaignClicksResource {
    private static final Pattern CURSOR = Pattern.compile("(\\d{1,15})\\.(\\S{1," + Click.MAX_SUBID + "})");

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
    @Operation(summary = "A campaign's clicks, newest first")
    public Page<ClickView> list(
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Campaign c = CampaignResource.found(campaigns, caller.workspaceId(), id);
        int n = Page.limit(limit);
        Clicks.Position after = position(cursor);
        return store.read(sql -> {
            List<Click> rows = clicks.latest(sql, c.workspaceId(), c.id(), after, n + 1);
            Map<Long, String> leads = Clicks.leads(
                    sql,
                    c.workspaceId(),
                    rows.stream().map(Click::visitorNo).distinct().toList());
            return Page.of(
                    rows,
                    n,
                    r -> r.at().toEpochMilli() + "." + r.subid(),
                    r -> ClickView.of(r, c, visitors.code(r.workspaceId(), r.visitorNo()), leads.get(r.visitorNo())));
        });
    }

    private static Clicks.@Nullable Position position(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        Matcher m = CURSOR.matcher(cursor);
        if (!m.matches()) {
            throw Refusal.invalid(
                    "cursor", "is none of this list; pass the nextCursor of the page before, or leave it out");
        }
        return new Clicks.Position(Instant.ofEpochMilli(Long.parseLong(m.group(1))), m.group(2));
    }
}
