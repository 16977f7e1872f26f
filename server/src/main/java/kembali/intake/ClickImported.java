package kembali.intake;

import java.time.Instant;
import java.util.Map;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.intake.Intake.Domain;
import kembali.intake.LeadImported.Effect;
import kembali.store.Tx;
import kembali.visitor.Click;
import kembali.visitor.Landing;
import kembali.visitor.Visitor;
import kembali.visitor.VisitorProfile;
import org.jspecify.annotations.Nullable;

/**
 * A click that another tracker recorded: a visitor of its own, so that a postback which comes late still finds whose sale
 * it is. A click id we have already stays as it is.
 *
 * @param subid lower case, as the other tracker made it
 * @param campaignId null when the file names no campaign of ours
 * @param content with the click ids as the link had them
 */
public record ClickImported(
        int workspaceId, String subid, @Nullable String campaignId, Instant at, Click.Content content)
        implements Intake.Command<Effect> {
    @Override
    public void announce(Domain domain, Tx tx) {
        domain.visitors().in(tx).wantClicks(workspaceId, content.clickIds());
    }

    @Override
    public Effect apply(Domain domain, Tx tx) {
        var clicks = domain.clicks().in(tx);
        if (clicks.find(workspaceId, subid) != null) {
            return Effect.UNCHANGED;
        }
        var visitors = domain.visitors().in(tx);
        Visitor visitor = visitors.create(workspaceId, VisitorProfile.EMPTY);
        ClickIds known = visitors.claim(workspaceId, visitor.no(), ClickIds.NONE, content.clickIds());
        VisitorProfile profile = VisitorProfile.EMPTY
                .withClicks(known)
                .withBrowser(content.browser())
                .withWeb(content.web())
                .withConsent(Consent.UNKNOWN)
                .withLanguage(content.language());
        Landing landing = new Landing(
                known,
                Map.of(),
                content.utm(),
                content.ad(),
                content.web().pageUrl(),
                content.web().referrer(),
                null,
                !known.isEmpty(),
                at);
        if (landing.isTouch()) {
            profile = profile.withTouch(landing.touch());
        }
        if (campaignId != null) {
            profile = profile.withLastLink(new VisitorProfile.LinkClick(campaignId, at.toEpochMilli()));
        }
        visitors.put(visitor.withProfile(profile));
        clicks.add(new Click(
                workspaceId,
                subid,
                campaignId,
                visitor.no(),
                at,
                new Click.Content(
                        known,
                        content.browser(),
                        content.web(),
                        content.utm(),
                        content.ad(),
                        content.slots(),
                        content.parameters(),
                        content.unfilled(),
                        content.repeated(),
                        content.repairs(),
                        content.destinationId(),
                        content.language(),
                        content.flagged())));
        return Effect.CREATED;
    }
}
