package kembali.intake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kembali.conversion.ConsentRules;
import kembali.conversion.Decisions;
import kembali.delivery.Delivery;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.identity.Person;
import kembali.identity.Place;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.lead.LeadDetails;
import kembali.lead.LeadEvent;
import kembali.platform.ConversionEvent;
import kembali.platform.Reason;
import kembali.store.Tx;
import kembali.visitor.Click;
import kembali.visitor.Landing;
import kembali.visitor.Touch;
import kembali.visitor.Utm;
import kembali.visitor.Visitor;
import kembali.visitor.VisitorProfile;
import org.jspecify.annotations.Nullable;

/** What the commands about leads share: reaching a status, and learning about the visitor. */
final class LeadChange {
    private final Domain domain;
    private final Tx tx;

    LeadChange(Domain domain, Tx tx) {
        this.domain = domain;
        this.tx = tx;
    }

    Visitor visitorOf(Lead lead) {
        Visitor v = domain.visitors().in(tx).get(lead.workspaceId(), lead.visitorNo());
        if (v == null) {
            throw new IllegalStateException("lead " + lead.id() + " has no visitor");
        }
        return v;
    }

    /** Joins what the submission knows to the visitor's profile. */
    Visitor learn(Visitor visitor, LeadSubmission s) {
        var visitors = domain.visitors().in(tx);
        VisitorProfile before = visitor.profile();
        VisitorProfile profile = before.withClicks(
                        visitors.claim(s.workspaceId(), visitor.no(), before.clicks(), s.clicks()))
                .withBrowser(before.browser().updatedBy(s.browser()))
                .withWeb(before.web().updatedBy(s.web()))
                .withConsent(before.consent().updatedBy(s.consent()));
        Touch touch = touch(s, profile);
        if (touch != null) {
            profile = profile.withTouch(touch);
        }
        Visitor learned = visitor.withProfile(profile).seen(tx.now());
        visitors.put(learned);
        return learned;
    }

    /**
     * Joins what a submission tells of the past to the visitor's profile. What the profile knows already is no new
     * arrival, and a visitor of whom nothing new is told stays as they are.
     *
     * @param at when the arrival was
     */
    Visitor recall(Visitor visitor, LeadSubmission s, Instant at) {
        if (!tellsMore(visitor.profile(), s)) {
            return visitor;
        }
        var visitors = domain.visitors().in(tx);
        VisitorProfile before = visitor.profile();
        VisitorProfile profile = before.withClicks(
                        visitors.claim(s.workspaceId(), visitor.no(), before.clicks(), s.clicks()))
                .withBrowser(before.browser().updatedBy(s.browser()))
                .withWeb(before.web().updatedBy(s.web()))
                .withConsent(before.consent().updatedBy(s.consent()));
        Touch last = before.lastTouch();
        if (arrivesAnew(before, s)) {
            Touch touch = landing(s, profile, at).touch();
            // What is older than the last arrival we saw comes before it.
            profile =
                    last != null && at.isBefore(last.at()) ? profile.withEarlierTouch(touch) : profile.withTouch(touch);
        }
        Visitor recalled = visitor.withProfile(profile);
        visitors.put(recalled);
        return recalled;
    }

    /** Whether a submission tells anything of a visitor that the profile does not know. */
    static boolean tellsMore(VisitorProfile known, LeadSubmission s) {
        return brings(known, s)
                || !known.browser().updatedBy(s.browser()).equals(known.browser())
                || !known.web().updatedBy(s.web()).equals(known.web())
                || !known.consent().updatedBy(s.consent()).saysSame(known.consent())
                || arrivesAnew(known, s);
    }

    /** Whether it brings a click or lead id that is not known. */
    private static boolean brings(VisitorProfile known, LeadSubmission s) {
        return s.clicks().byName().entrySet().stream().anyMatch(e -> {
            ClickIds.ClickId had = known.clicks().get(e.getKey());
            return had == null || !had.value().equals(e.getValue().value());
        });
    }

    private static boolean arrivesAnew(VisitorProfile known, LeadSubmission s) {
        if (brings(known, s) && s.clicks().byName().keySet().stream().anyMatch(ClickIds::isClick)) {
            return true;
        }
        Touch last = known.lastTouch();
        if (last != null) {
            return !saysNothingNew(s.utm(), last.utm());
        }
        String page = s.web().pageUrl();
        return !s.utm().isEmpty()
                || !s.ad().isEmpty()
                || (page != null && !page.equals(known.web().pageUrl()));
    }

    /** Whether every word said is the known one; those not said do not count. */
    private static boolean saysNothingNew(Utm said, Utm known) {
        return isSame(said.source(), known.source())
                && isSame(said.medium(), known.medium())
                && isSame(said.campaign(), known.campaign())
                && isSame(said.term(), known.term())
                && isSame(said.content(), known.content());
    }

    private static boolean isSame(@Nullable String said, @Nullable String known) {
        return said == null || said.equals(known);
    }

    private @Nullable Touch touch(LeadSubmission s, VisitorProfile profile) {
        Touch last = profile.lastTouch();
        boolean clicked = s.clicks().byName().keySet().stream().anyMatch(ClickIds::isClick);
        boolean said = !s.utm().isEmpty() || clicked || s.web().pageUrl() != null;
        if (!said || (last != null && last.utm().equals(s.utm()) && !clicked)) {
            return null;
        }
        return landing(s, profile, tx.now()).touch();
    }

    private static Landing landing(LeadSubmission s, VisitorProfile profile, Instant at) {
        boolean clicked = s.clicks().byName().keySet().stream().anyMatch(ClickIds::isClick);
        return new Landing(
                profile.clicks(),
                Map.of(),
                s.utm(),
                s.ad(),
                s.web().pageUrl(),
                s.web().referrer(),
                null,
                clicked,
                at);
    }

    /**
     * What a new answer forbids is ended where it waits.
     *
     * @param lead null while the visitor is none
     * @param now the visitor with the new answer
     * @param before the answer that stood
     */
    void respectConsent(@Nullable Lead lead, Visitor now, Consent before) {
        Consent after = now.profile().consent();
        if (after.saysSame(before)) {
            return;
        }
        int ws = now.workspaceId();
        Person person = lead == null ? null : lead.person();
        Place place = now.profile().web().place();
        ConsentRules rules = domain.decisions().consent();
        Reason objection = rules.objection(ws, after, place, person);
        var rows = domain.deliveries().in(tx);
        boolean nothingWaits = domain.visitors().in(tx).isFresh(now) && !rows.anyOf(ws, now.no());
        if (objection != null && !nothingWaits && !objection.equals(rules.objection(ws, before, place, person))) {
            rows.skipPending(ws, now.leadId(), now.no(), objection);
        }
    }

    /** Makes a visitor a lead who reached that status, and decides for it. */
    Opened open(
            Visitor visitor,
            LeadDetails details,
            String status,
            Instant at,
            @Nullable String orderId,
            ConversionEvent.Origin origin) {
        Opened made = make(visitor, details, status, at, orderId);
        return new Opened(made.lead, made.visitor, decide(made.lead, made.visitor, at, orderId, null, origin, true));
    }

    /** Makes a visitor a lead who reached that status; what platforms are told is the caller's to decide. */
    Opened make(Visitor visitor, LeadDetails details, String status, Instant at, @Nullable String orderId) {
        return make(visitor, details, status, at, orderId, tx.now(), Set.of());
    }

    /**
     * Makes a visitor a lead as another system had them.
     *
     * @param since when they became a lead there
     * @param report false takes the status over without telling any platform, now or later
     */
    Opened open(
            Visitor visitor,
            LeadDetails details,
            String status,
            Instant at,
            @Nullable String orderId,
            ConversionEvent.Origin origin,
            Instant since,
            boolean report) {
        Opened made = make(visitor, details, status, at, orderId, since, report ? Set.of() : Set.of(status));
        return report
                ? new Opened(made.lead, made.visitor, decide(made.lead, made.visitor, at, orderId, null, origin, true))
                : made;
    }

    private Opened make(
            Visitor visitor,
            LeadDetails details,
            String status,
            Instant at,
            @Nullable String orderId,
            Instant since,
            Set<String> takenOver) {
        var lead = new Lead(
                visitor.workspaceId(),
                domain.leads().newId(),
                visitor.no(),
                visitor.code(),
                status,
                at,
                details,
                since,
                tx.now(),
                takenOver);
        domain.leads().in(tx).create(lead);
        Visitor known = visitor.withLead(lead.id());
        domain.visitors().in(tx).put(known);
        domain.leads().in(tx).note(lead, LeadEvent.STATUS, status, orderId, at);
        return new Opened(lead, known, List.of());
    }

    /** A visitor who just became a lead. */
    record Opened(Lead lead, Visitor visitor, List<Delivery> deliveries) {}

    /** The statuses of everything in the sync log for a lead. */
    Set<String> standing(Lead lead) {
        var rows = domain.deliveries().in(tx);
        rows.load(lead.workspaceId(), lead.id(), domain.leads().in(tx).isFresh(lead));
        return rows.of(lead.id()).stream().map(Delivery::status).collect(Collectors.toSet());
    }

    /** More is known of a lead now: what could not be reported of its status may be reported. */
    void reconsider(Lead lead, Visitor visitor, ConversionEvent.Origin origin) {
        Delivery ofClick = ofClick(lead);
        if (ofClick == null || ofClick.subid() == null) {
            domain.decisions()
                    .reconsider(
                            tx,
                            new Decisions.Reached(lead, visitor, lead.status(), lead.statusAt(), origin, null, null));
            return;
        }
        Click click = domain.clicks().in(tx).find(lead.workspaceId(), ofClick.subid());
        domain.decisions()
                .reconsider(
                        tx,
                        new Decisions.Reached(
                                lead,
                                visitor,
                                lead.status(),
                                ofClick.occurredAt(),
                                ofClick.origin(),
                                ofClick.orderId(),
                                null,
                                click,
                                domain.decisions().trail(lead.workspaceId(), click, Map.of(), null)));
    }

    /** What stands in the sync log of the lead's status and goes back to a campaign click; null when nothing does. */
    private @Nullable Delivery ofClick(Lead lead) {
        var rows = domain.deliveries().in(tx);
        rows.load(lead.workspaceId(), lead.id(), domain.leads().in(tx).isFresh(lead));
        return rows.of(lead.id()).stream()
                .filter(d -> d.subid() != null && d.trigger().equals(lead.status()))
                .findFirst()
                .orElse(null);
    }

    /** Decides for the status this lead now has, reached for the first time somewhere else than in the pipeline. */
    List<Delivery> decide(Lead lead, Visitor visitor, Instant occurredAt, ConversionEvent.Origin origin) {
        var reached = new Decisions.Reached(lead, visitor, lead.status(), occurredAt, origin, null, null);
        return domain.decisions().decide(tx, reached, domain.leads().in(tx).isFresh(lead));
    }

    /** Decides for a status this lead now has. */
    List<Delivery> decide(
            Lead lead,
            Visitor visitor,
            Instant occurredAt,
            @Nullable String orderId,
            @Nullable String transaction,
            ConversionEvent.Origin origin,
            boolean newLead) {
        var reached = new Decisions.Reached(lead, visitor, lead.status(), occurredAt, origin, orderId, transaction);
        return domain.decisions().decide(tx, reached, newLead);
    }
}
