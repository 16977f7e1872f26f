package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import kembali.campaign.LinkDiagnosis;
import kembali.capture.campaign.Campaign;
import kembali.capture.campaign.Campaigns;
import kembali.http.Caller;
import kembali.store.Store;
import kembali.visitor.Click;
import kembali.visitor.Clicks;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a campaign's clicks say of its links. */
@Path("/api/v1/campaigns/{id}/diagnosis")
@Tag(name = "Campaigns")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class CampaignDiagnosisResource {
    @Inject
    Caller caller;

    @Inject
    Campaigns campaigns;

    @Inject
    Clicks clicks;

    @Inject
    Store store;

    /**
     * What the latest clicks say.
     *
     * @param clicks how many were looked at, at most 200
     * @param findings the worst first; empty when nothing is wrong
     */
    public record Diagnosis(int clicks, List<FindingView> findings) {}

    @GET
    @Operation(
            summary = "What the latest clicks say of the links",
            description = "Looks at the last 200 clicks for click ids that do not arrive, macros nobody filled in and"
                    + " links that had to be mended, and says what to do.")
    public Diagnosis diagnosis(@PathParam("id") String id) {
        Campaign c = CampaignResource.found(campaigns, caller.workspaceId(), id);
        List<Click> latest = store.read(sql -> clicks.latest(sql, c.workspaceId(), c.id(), null, LinkDiagnosis.CLICKS));
        return new Diagnosis(
                latest.size(),
                LinkDiagnosis.of(latest, c.doc().source()).stream()
                        .map(FindingView::of)
                        .toList());
    }
}
