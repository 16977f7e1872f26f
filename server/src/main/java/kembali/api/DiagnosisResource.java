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
import kembali.campaign.SourceTemplate;
import kembali.capture.campaign.Campaign;
import kembali.capture.campaign.Campaigns;
import kembali.conversion.Decisions;
import kembali.delivery.PixelFigures;
import kembali.diagnosis.ClickDiagnosis;
import kembali.diagnosis.Finding;
import kembali.diagnosis.IntegrationDiagnosis;
import kembali.diagnosis.Troubles;
import kembali.http.Caller;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import kembali.store.Store;
import kembali.support.Refusal;
import kembali.visitor.Click;
import kembali.visitor.Clicks;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Why conversions of a campaign do not arrive, or not through an integration. */
@Path("/api/v1")
@Tag(name = "Diagnostics")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DiagnosisResource {
    @Inject
    Caller caller;

    @Inject
    Campaigns campaigns;

    @Inject
    Clicks clicks;

    @Inject
    Pixels pixels;

    @Inject
    Decisions decisions;

    @Inject
    Store store;

    @Inject
    InstantSource clock;

    /**
     * Something that costs conversions, or soon will.
     *
     * @param severity {@code error}: lost now; {@code warning}: some are, or will be; {@code hint}: nothing is lost
     * @param about the parameter, integration or reason it is about; empty when it is the whole
     * @param count how often it was seen
     * @param of among how many; 0 where that says nothing
     * @param sample what stood in the link, or the id of a click or of an entry of the sync log; null when there is none
     */
    public record FindingItem(
            String code,
            String severity,
            String about,
            int count,
            int of,
            @Nullable String sample,
            String message,
            String fix) {
        static FindingItem of(Finding f) {
            return new FindingItem(
                    f.code(), f.severity().code(), f.about(), f.count(), f.of(), f.sample(), f.message(), f.fix());
        }
    }

    /** What an integration's own state says. @param bound whether it is told of this campaign's traffic */
    public record OfIntegration(
            String pixelId, String pixelName, String platform, boolean bound, List<FindingItem> findings) {}

    /** What a campaign's clicks say. @param clicks how many were looked at, at most 200 */
    public record OfCampaign(String campaignId, String campaignName, int clicks, List<FindingItem> findings) {}

    /** Of a campaign: its clicks, and every integration that might be told of them. */
    public record CampaignDiagnosis(OfCampaign clicks, List<FindingItem> findings, List<OfIntegration> integrations) {}

    /** Of an integration: its own state, and the clicks of the campaigns it is tied to. */
    public record PixelDiagnosis(OfIntegration integration, List<OfCampaign> campaigns) {}

    @GET
    @Path("/campaigns/{id}/diagnosis")
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
                integrations.add(integration(sql, p, troubles, tells(p, c), now));
            }
            return new CampaignDiagnosis(clicks(sql, c), unbound(integrations), integrations);
        });
    }

    @GET
    @Path("/pixels/{id}/diagnosis")
    @Operation(summary = "What stands between an integration and its platform, and what its campaigns' clicks say")
    public PixelDiagnosis pixel(@PathParam("id") String id) {
        int ws = caller.workspaceId();
        Pixel p = pixels.find(ws, id);
        if (p == null) {
            throw Refusal.notFound("There is no pixel \"" + id + "\".");
        }
        Instant now = clock.instant();
        return store.read(sql -> {
            List<OfCampaign> tied = campaigns.of(ws).stream()
                    .filter(c -> p.doc().campaigns().contains(c.id()))
                    .map(c -> clicks(sql, c))
                    .toList();
            return new PixelDiagnosis(integration(sql, p, Troubles.of(sql, ws, now), true, now), tied);
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

    private OfCampaign clicks(DSLContext sql, Campaign c) {
        List<Click> latest = clicks.latest(sql, c.workspaceId(), c.id(), null, ClickDiagnosis.CLICKS);
        String source = c.doc().source();
        SourceTemplate template = source == null ? null : SourceTemplate.named(source);
        return new OfCampaign(
                c.id(),
                c.name(),
                latest.size(),
                ClickDiagnosis.of(template, c.doc().parameters(), latest).stream()
                        .map(FindingItem::of)
                        .toList());
    }

    private OfIntegration integration(
            DSLContext sql, Pixel p, List<Troubles.Trouble> troubles, boolean bound, Instant now) {
        List<Troubles.Trouble> own =
                troubles.stream().filter(t -> t.pixelId().equals(p.id())).toList();
        List<Finding> findings =
                IntegrationDiagnosis.of(p, decisions.mapsNothing(p), PixelFigures.of(sql, p.id(), now), own, now);
        return new OfIntegration(
                p.id(),
                p.name(),
                p.platform().key(),
                bound,
                findings.stream().map(FindingItem::of).toList());
    }
}
