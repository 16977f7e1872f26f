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
import java.util.ArrayList;
import java.util.List;
import kembali.api.Diagnoses.FindingItem;
import kembali.api.Diagnoses.OfCampaign;
import kembali.api.Diagnoses.OfIntegration;
import kembali.capture.campaign.Campaign;
import kembali.capture.campaign.Campaigns;
import kembali.diagnosis.Finding;
import kembali.diagnosis.Troubles;
import kembali.http.Caller;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import kembali.store.Store;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Why conversions of a campaign do not arrive. */
@Path("/api/v1/campaigns/{id}/diagnosis")
@Tag(name = "Diagnostics")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class CampaignDiagnosisResource {
    @Inject
    Caller caller;

    @Inject
    Campaigns campaigns;

    @Inject
    Pixels pixels;

    @Inject
    Diagnoses diagnoses;

    @Inject
    Store store;

    @Inject
    InstantSource clock;

    /** Of a campaign: its clicks, and every integration that might be told of them. */
    public record CampaignDiagnosis(OfCampaign clicks, List<FindingItem> findings, List<OfIntegration> integrations) {}

    @GET
    @Operation(
            summary = "Why conversions of a campaign do not arrive",
            description =
                    "Looks at the last 200 clicks for click ids that do not arrive, macros nobody filled in and links"
                            + " that had to be mended, and at the integrations that are told of them. Each finding has a count, a"
                            + " sample and what to do.")
    public CampaignDiagnosis campaign(@PathParam("id") String id) {
        int ws = caller.workspaceId();
        Campaign c = CampaignResource.found(campaigns, ws, id);
        Instant now = clock.instant();
        return store.read(sql -> {
            List<Troubles.Trouble> troubles = Troubles.of(sql, ws, now);
            var integrations = new ArrayList<OfIntegration>();
            for (Pixel p : pixels.of(ws)) {
                integrations.add(diagnoses.integration(sql, p, troubles, tells(p, c), now));
            }
            return new CampaignDiagnosis(diagnoses.clicks(sql, c), unbound(integrations), integrations);
        });
    }

    private static boolean tells(Pixel p, Campaign c) {
        List<String> tied = p.doc().campaigns();
        return tied.isEmpty() ? !p.doc().campaignsRequired() : tied.contains(c.id());
    }

    private static List<FindingItem> unbound(List<OfIntegration> integrations) {
        if (integrations.stream().anyMatch(OfIntegration::bound)) {
            return List.of();
        }
        boolean none = integrations.isEmpty();
        return List.of(FindingItem.of(new Finding(
                "no_integration",
                Finding.Severity.ERROR,
                "",
                integrations.size(),
                0,
                null,
                none
                        ? "There is no integration yet: conversions are kept, and nobody is told."
                        : "No integration is tied to this campaign: conversions of its clicks are kept, and nobody is told.",
                none
                        ? "Add a pixel for the platform your ads run on."
                        : "Open the integration, add this campaign, and save.")));
    }
}
