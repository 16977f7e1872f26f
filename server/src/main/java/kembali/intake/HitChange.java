package kembali.intake;

import java.time.Instant;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.identity.Person;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.store.Tx;
import kembali.visitor.Click;
import kembali.visitor.TouchRow;
import kembali.visitor.Visitor;
import kembali.visitor.VisitorProfile;
import org.jspecify.annotations.Nullable;

/** What all hits of the page tracker do: they are taken once, belong to a visitor, and tell about them. */
final class HitChange {
    private final Domain domain;
    private final Tx tx;
    private final TrackerHit hit;

    HitChange(Domain domain, Tx tx, TrackerHit hit) {
        this.domain = domain;
        this.tx = tx;
        this.hit = hit;
    }

    static void announce(Domain domain, Tx tx, TrackerHit hit) {
        domain.hits().in(tx).want(hit.workspaceId(), hit.eventId());
        domain.visitors().in(tx).wantClicks(hit.workspaceId(), hit.clicks());
    }

    /** The answer to a hit that was taken before; null when it is new. */
    @Nullable HitTaken takenBefore() {
        Long no = domain.hits().in(tx).visitorOf(hit.workspaceId(), hit.eventId());
        if (no == null) {
            return null;
        }
        Visitor v = domain.visitors().in(tx).get(hit.workspaceId(), no);
        boolean mayKeep = v != null && mayKeepCookies(v);
        return new HitTaken(domain.visitors().code(hit.workspaceId(), no), true, mayKeep, null);
    }

    /** The visitor of this hit, and that it is theirs: the cookie's, else the one the page named, else who clicked the link to the page, else a new one. */
    Visitor visitor() {
        var visitors = domain.visitors().in(tx);
        int ws = hit.workspaceId();
        Visitor known = hit.cookieNo() == null ? null : visitors.get(ws, hit.cookieNo());
        if (known == null && hit.saidNo() != null) {
            known = visitors.get(ws, hit.saidNo());
        }
        if (known == null) {
            known = whoClicked();
        }
        Visitor visitor = known == null ? visitors.create(ws, VisitorProfile.EMPTY) : known;
        domain.hits().in(tx).take(ws, hit.eventId(), visitor.no());
        return visitor;
    }

    /** The visitor of the click that led here. A copied address, opened elsewhere or later, makes nobody somebody else. */
    private @Nullable Visitor whoClicked() {
        Click click = hit.subid() == null ? null : domain.clicks().in(tx).find(hit.workspaceId(), hit.subid());
        if (click == null) {
            return null;
        }
        boolean theirs = hit.web().isSameBrowser(click.content().web())
                && click.at().plus(LinkVisit.SUGGESTED).isAfter(tx.now());
        return theirs ? domain.visitors().in(tx).get(hit.workspaceId(), click.visitorNo()) : null;
    }

    /** Joins what the hit tells to the visitor's profile. */
    Visitor learned(Visitor visitor) {
        VisitorProfile before = visitor.profile();
        ClickIds clicks =
                domain.visitors().in(tx).claim(hit.workspaceId(), visitor.no(), before.clicks(), hit.clicks());
        VisitorProfile profile = before.withClicks(clicks)
                .withBrowser(before.browser().updatedBy(hit.browser()))
                .withWeb(before.web().updatedBy(hit.web()))
                .withLanguage(hit.language())
                .withTimezone(hit.timezone());
        if (hit.landing().isTouch() || before.firstTouch() == null) {
            profile = profile.withTouch(hit.landing().withClickIds(clicks).touch());
        }
        return visitor.withProfile(profile);
    }

    /**
     * Puts the hit into the visitor's history.
     *
     * @param name of an event; null for a page view
     * @return when it counts as having happened
     */
    Instant noted(Visitor visitor, String kind, @Nullable String name) {
        TouchRow noted = domain.visitors()
                .in(tx)
                .addAnother(new TouchRow(
                        hit.workspaceId(),
                        visitor.no(),
                        hit.at().toEpochMilli(),
                        kind,
                        name,
                        null,
                        hit.landing().url(),
                        hit.landing().referrer()));
        return Instant.ofEpochMilli(noted.atMs());
    }

    /** Takes over what was said about consent, ends what it forbids, and keeps the visitor. */
    Visitor kept(Visitor visitor) {
        Consent before = visitor.profile().consent();
        Lead lead = lead(visitor);
        Consent heard = domain.decisions()
                .consent()
                .heard(
                        hit.workspaceId(),
                        hit.consent(),
                        before,
                        visitor.profile().web().place(),
                        lead == null ? null : lead.person());
        Visitor kept = visitor.withProfile(visitor.profile().withConsent(before.updatedBy(heard)))
                .seen(tx.now());
        domain.visitors().in(tx).put(kept);
        new LeadChange(domain, tx).respectConsent(lead, kept, before);
        return kept;
    }

    HitTaken taken(Visitor visitor) {
        ClickIds.ClickId fbclid = hit.clicks().get(ClickIds.FBCLID) == null
                ? null
                : visitor.profile().clicks().get(ClickIds.FBCLID);
        return new HitTaken(visitor.code(), false, mayKeepCookies(visitor), fbclid);
    }

    @Nullable Lead lead(Visitor visitor) {
        return visitor.leadId() == null ? null : domain.leads().in(tx).get(visitor.workspaceId(), visitor.leadId());
    }

    private boolean mayKeepCookies(Visitor v) {
        Lead lead = lead(v);
        Person person = lead == null ? null : lead.person();
        return domain.decisions()
                .consent()
                .allowsCookies(
                        v.workspaceId(),
                        v.profile().consent(),
                        v.profile().web().place(),
                        person);
    }
}
