package kembali.intake;

import java.time.Duration;
import kembali.conversion.ConsentRules;
import kembali.conversion.Decisions;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.identity.WebContext;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.lead.LeadDetails;
import kembali.lead.LeadStatus;
import kembali.platform.ConversionEvent;
import kembali.store.Tx;
import kembali.visitor.Landing;
import kembali.visitor.TouchRow;
import kembali.visitor.Visitor;
import kembali.visitor.VisitorProfile;
import org.jspecify.annotations.Nullable;

/**
 * A person clicked a rotator link: a new visitor becomes a lead, a returning one is refreshed.
 *
 * @param visitorNo from the signed cookie; null for a browser that brought none
 * @param clicks click ids of the link and of the cookies
 * @param agentId the agent the chat goes to
 * @param agentNumber E.164 number of that agent
 * @param gpc whether the browser says "do not sell or share" (Global Privacy Control)
 */
public record RotatorClicked(
        int workspaceId,
        String rotatorId,
        @Nullable Long visitorNo,
        Landing landing,
        ClickIds clicks,
        BrowserIds browser,
        WebContext web,
        @Nullable String language,
        @Nullable String agentId,
        @Nullable String agentNumber,
        boolean gpc)
        implements Intake.Command<RotatorClicked.Clicked> {
    /** The same visitor on the same link within this time clicked once: a double tap or the back button. */
    private static final Duration DOUBLE_TAP = Duration.ofSeconds(10);

    /**
     * The visitor whose code goes into the message.
     *
     * @param fbclid the click the visitor arrived with, as the store knows it: a copied link's is marked as shared
     * @param mayKeepCookies whether advertising cookies may be kept in this browser, and ours beyond the visit
     */
    public record Clicked(String code, String leadId, ClickIds.@Nullable ClickId fbclid, boolean mayKeepCookies) {}

    @Override
    public void announce(Domain domain, Tx tx) {
        domain.visitors().in(tx).wantClicks(workspaceId, clicks);
    }

    @Override
    public Clicked apply(Domain domain, Tx tx) {
        var visitors = domain.visitors().in(tx);
        Visitor known = visitorNo == null ? null : visitors.get(workspaceId, visitorNo);
        Visitor visitor = known == null ? visitors.create(workspaceId, VisitorProfile.EMPTY) : known;
        VisitorProfile before = visitor.profile();
        long now = tx.now().toEpochMilli();
        boolean doubleTap = before.lastLink() != null
                && before.lastLink().linkId().equals(rotatorId)
                && now - before.lastLink().atMs() < DOUBLE_TAP.toMillis();

        ClickIds allClicks = visitors.claim(workspaceId, visitor.no(), before.clicks(), clicks);
        VisitorProfile profile = before.withClicks(allClicks)
                .withBrowser(before.browser().updatedBy(browser))
                .withWeb(before.web().updatedBy(web))
                .withLanguage(language)
                .withLastLink(new VisitorProfile.LinkClick(rotatorId, now));
        if (!doubleTap) {
            if (landing.isTouch() || before.firstTouch() == null) {
                profile = profile.withTouch(landing.withClickIds(allClicks).touch());
            }
            visitors.add(new TouchRow(
                    workspaceId, visitor.no(), now, "rotator", rotatorId, agentId, landing.url(), landing.referrer()));
        }
        visitor = visitor.withProfile(profile).seen(tx.now());
        Lead lead = refreshedOrNew(domain, tx, visitor);
        ConsentRules rules = domain.decisions().consent();
        if (gpc) {
            Consent heard = rules.heard(
                    workspaceId,
                    Consent.ofGpc(tx.now()),
                    before.consent(),
                    profile.web().place(),
                    lead.person());
            visitor = visitor.withProfile(
                    visitor.profile().withConsent(before.consent().updatedBy(heard)));
        }
        visitor = visitor.withLead(lead.id());
        visitors.put(visitor);
        new LeadChange(domain, tx).respectConsent(lead, visitor, before.consent());
        boolean newLead = domain.leads().in(tx).isFresh(lead);
        if (newLead || (lead.status().equals(LeadStatus.NEW) && !allClicks.equals(before.clicks()))) {
            var reached = new Decisions.Reached(
                    lead, visitor, LeadStatus.NEW, tx.now(), ConversionEvent.Origin.WEB, null, null);
            domain.decisions().decide(tx, reached, newLead);
        }
        return new Clicked(
                visitor.code(),
                lead.id(),
                clicks.get(ClickIds.FBCLID) == null ? null : allClicks.get(ClickIds.FBCLID),
                rules.allowsCookies(
                        workspaceId, visitor.profile().consent(), profile.web().place(), lead.person()));
    }

    private Lead refreshedOrNew(Domain domain, Tx tx, Visitor visitor) {
        var leads = domain.leads().in(tx);
        Lead had = visitor.leadId() == null ? null : leads.get(workspaceId, visitor.leadId());
        if (had != null) {
            Lead lead = (agentNumber == null
                            ? had
                            : had.withDetails(had.details().withAgentNumber(agentNumber)))
                    .updated(tx.now());
            leads.put(lead);
            return lead;
        }
        var lead = new Lead(
                workspaceId,
                domain.leads().newId(),
                visitor.no(),
                visitor.code(),
                LeadStatus.NEW,
                tx.now(),
                LeadDetails.unknownPerson("whatsapp", agentNumber),
                tx.now(),
                tx.now());
        leads.create(lead);
        return lead;
    }
}
