package kembali.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import kembali.campaign.SourceTemplate;
import kembali.capture.campaign.Campaign;
import kembali.conversion.Decisions;
import kembali.delivery.PixelFigures;
import kembali.diagnosis.ClickDiagnosis;
import kembali.diagnosis.Finding;
import kembali.diagnosis.IntegrationDiagnosis;
import kembali.diagnosis.Troubles;
import kembali.pixel.Pixel;
import kembali.visitor.Click;
import kembali.visitor.Clicks;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Diagnoses as the API shows them: of the clicks of a campaign, and of an integration. */
@ApplicationScoped
class Diagnoses {
    private final Clicks clicks;
    private final Decisions decisions;

    @Inject
    Diagnoses(Clicks clicks, Decisions decisions) {
        this.clicks = clicks;
        this.decisions = decisions;
    }

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

    /** What the campaign's latest clicks say. */
    OfCampaign clicks(DSLContext sql, Campaign c) {
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

    /** What stands between the integration and its platform. @param troubles of all pixels of the workspace */
    OfIntegration integration(DSLContext sql, Pixel p, List<Troubles.Trouble> troubles, boolean bound, Instant now) {
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
