package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import kembali.api.Diagnoses.OfCampaign;
import kembali.api.Diagnoses.OfIntegration;
import kembali.capture.campaign.Campaigns;
import kembali.diagnosis.Troubles;
import kembali.http.Caller;
import kembali.pixel.Pixel;
import kembali.store.Store;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What stands between an integration and its platform, and what its campaigns' clicks say. */
@Path("/api/v1/pixels/{id}/diagnosis")
@Tag(name = "Diagnostics")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PixelDiagnosisResource {
    @Inject
    Caller caller;

    @Inject
    Campaigns campaigns;

    @Inject
    PixelViews views;

    @Inject
    Diagnoses diagnoses;

    @Inject
    Store store;

    @Inject
    InstantSource clock;

    /** Of an integration: its own state, and the clicks of the campaigns it is tied to. */
    public record PixelDiagnosis(OfIntegration integration, List<OfCampaign> campaigns) {}

    @GET
    @Operation(summary = "What stands between an integration and its platform, and what its campaigns' clicks say")
    public PixelDiagnosis pixel(@PathParam("id") String id) {
        int ws = caller.workspaceId();
        Pixel p = views.found(ws, id);
        Instant now = clock.instant();
        return store.read(sql -> {
            List<OfCampaign> tied = campaigns.of(ws).stream()
                    .filter(c -> p.doc().campaigns().contains(c.id()))
                    .map(c -> diagnoses.clicks(sql, c))
                    .toList();
            return new PixelDiagnosis(diagnoses.integration(sql, p, Troubles.of(sql, ws, now), true, now), tied);
        });
    }
}
