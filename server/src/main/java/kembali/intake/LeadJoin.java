package kembali.intake;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import kembali.identity.Person;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.lead.LeadDetails;
import kembali.lead.LeadStatus;
import kembali.store.Tx;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * Two leads turn out to be one person. One stays; everything the other has goes there: timeline, messages, touches,
 * click ids, values, consent (a refusal outweighs a consent), reference, entries of the sync log.
 */
final class LeadJoin {
    private final Domain domain;
    private final Tx tx;

    LeadJoin(Domain domain, Tx tx) {
        this.domain = domain;
        this.tx = tx;
    }

    /** The older of the two stays: whoever noted an id noted that one. */
    Lead olderFirst(Lead a, Lead b, String why) {
        boolean aOlder = a.createdAt().equals(b.createdAt())
                ? a.id().compareTo(b.id()) < 0
                : a.createdAt().isBefore(b.createdAt());
        return aOlder ? into(a, b, why) : into(b, a, why);
    }

    /**
     * {@code from} goes, {@code into} stays.
     *
     * @param why what made it known, for the timeline; no personal data
     */
    Lead into(Lead into, Lead from, String why) {
        var leads = domain.leads().in(tx);
        var change = new LeadChange(domain, tx);
        Visitor stays = change.visitorOf(into);
        Visitor joined = visitors(stays, change.visitorOf(from));
        domain.visitors().in(tx).put(joined.withLead(into.id()));
        Lead ahead = further(into, from);
        Lead merged = into.withDetails(details(into, from, ahead))
                .withStatus(ahead.status(), ahead.statusAt())
                .withTakenOver(takenOver(into, from))
                .updated(tx.now());
        leads.merge(from, merged);
        domain.deliveries().in(tx).merge(into.workspaceId(), from, into);
        domain.ledger().conversions().in(tx).moveLead(into.workspaceId(), from.id(), into.id());
        leads.note(merged, "merge", null, from.id() + " [" + from.code() + "]: " + why, tx.now());
        change.respectConsent(merged, joined, stays.profile().consent());
        return merged;
    }

    /** What one of them reached elsewhere, both did. */
    private static Set<String> takenOver(Lead into, Lead from) {
        var all = new HashSet<>(into.takenOver());
        all.addAll(from.takenOver());
        return all;
    }

    /** One visitor of two; the first one stays. */
    Visitor visitors(Visitor stays, Visitor goes) {
        return stays.no() == goes.no() ? stays : domain.visitors().in(tx).merge(stays, goes);
    }

    /** Whose status counts: the one beyond the beginning; of two, the one reached last. */
    private static Lead further(Lead into, Lead from) {
        if (isBeginning(from) != isBeginning(into)) {
            return isBeginning(from) ? into : from;
        }
        if (isBeginning(from)) {
            return into.status().equals(LeadStatus.PAGEVIEW) ? from : into;
        }
        return from.statusAt().isAfter(into.statusAt()) ? from : into;
    }

    private static boolean isBeginning(Lead lead) {
        return lead.status().equals(LeadStatus.NEW) || lead.status().equals(LeadStatus.PAGEVIEW);
    }

    private static LeadDetails details(Lead into, Lead from, Lead ahead) {
        LeadDetails a = into.details();
        LeadDetails b = from.details();
        // An amount means something only with its own currency, so all three come from one of the two.
        LeadDetails money = hasValue(ahead.details()) ? ahead.details() : hasValue(a) ? a : b;
        return new LeadDetails(
                person(a.person(), b.person()),
                a.priority().equals("medium") ? b.priority() : a.priority(),
                a.source(),
                first(a.assignedTo(), b.assignedTo()),
                from.updatedAt().isAfter(into.updatedAt())
                        ? first(b.agentNumber(), a.agentNumber())
                        : first(a.agentNumber(), b.agentNumber()),
                first(a.externalRef(), b.externalRef()),
                money.estimatedValue(),
                money.actualValue(),
                money.currency());
    }

    private static boolean hasValue(LeadDetails d) {
        @Nullable BigDecimal any = d.actualValue() == null ? d.estimatedValue() : d.actualValue();
        return any != null;
    }

    private static Person person(Person a, Person b) {
        boolean phone = a.phone() != null;
        return new Person(
                first(a.name(), b.name()),
                first(a.email(), b.email()),
                phone ? a.phone() : b.phone(),
                phone ? a.phoneE164() : b.phoneE164(),
                first(a.city(), b.city()),
                first(a.state(), b.state()),
                first(a.postalCode(), b.postalCode()),
                first(a.country(), b.country()),
                first(a.gender(), b.gender()),
                first(a.birthDate(), b.birthDate()),
                first(a.company(), b.company()),
                first(a.title(), b.title()));
    }

    private static <T> @Nullable T first(@Nullable T a, @Nullable T b) {
        return a == null ? b : a;
    }

    /** Both were locked in the order of their ids, so that two who merge the same pair do not wait for each other. */
    @Nullable Pair locked(int workspaceId, String oneId, String otherId) {
        var leads = domain.leads().in(tx);
        Lead lower = leads.get(workspaceId, oneId.compareTo(otherId) < 0 ? oneId : otherId);
        Lead upper = leads.get(workspaceId, oneId.compareTo(otherId) < 0 ? otherId : oneId);
        if (lower == null || upper == null) {
            return null;
        }
        List<Lead> both = oneId.compareTo(otherId) < 0 ? List.of(lower, upper) : List.of(upper, lower);
        return new Pair(both.getFirst(), both.getLast());
    }

    /** Two leads; the same one twice where they are merged already. */
    record Pair(Lead one, Lead other) {
        boolean isOne() {
            return Objects.equals(one.id(), other.id());
        }
    }
}
