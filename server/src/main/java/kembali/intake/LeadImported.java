package kembali.intake;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.Person;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.lead.LeadDetails;
import kembali.lead.LeadEvent;
import kembali.lead.LeadStatus;
import kembali.platform.ConversionEvent.Origin;
import kembali.store.Tx;
import kembali.visitor.Visitor;
import kembali.visitor.VisitorProfile;
import org.jspecify.annotations.Nullable;

/**
 * A lead as a file of another system has it, or an export of ours. Found by id, visitor, external reference, phone or
 * e-mail, in this order, it is updated where the file says more or otherwise; else it is created. A file read twice
 * changes nothing the second time.
 *
 * @param leadId the id an export of ours gave it; one nobody bears here is passed over
 * @param merged the existing lead's details with what the file says
 * @param createdAt when the lead was made, for a new one; null means with its status, else now
 * @param orderId the transaction by which the status was reached; null when it is not known
 * @param report whether platforms are told of the status. Otherwise it is taken over: they are not told of it later
 *     either, but of every other status
 */
public record LeadImported(
        LeadSubmission submission,
        @Nullable String leadId,
        LeadPatched.Merge merged,
        @Nullable Instant createdAt,
        @Nullable String orderId,
        boolean report)
        implements Intake.Command<LeadImported.Result> {
    /** What became of it. */
    public enum Effect {
        CREATED,
        UPDATED,
        UNCHANGED
    }

    /**
     * What became of it.
     *
     * @param olderStatus the status the lead has, where it reached that after the one the file says, which is therefore
     *     left out; else null
     */
    public record Result(Effect effect, @Nullable String olderStatus) {
        public static final Result CREATED = new Result(Effect.CREATED, null);
    }

    /** What it does to a lead that is there. */
    private record Change(LeadDetails details, boolean reaches, boolean reports, boolean learns, boolean isLate) {
        Result result(Lead stored) {
            boolean changes = reaches || reports || learns || !details.equals(stored.details());
            return new Result(changes ? Effect.UPDATED : Effect.UNCHANGED, isLate ? stored.status() : null);
        }
    }

    @Override
    public void announce(Domain domain, Tx tx) {
        domain.visitors().in(tx).wantClicks(submission.workspaceId(), submission.clicks());
    }

    @Override
    public Result apply(Domain domain, Tx tx) {
        Lead stored = find(domain, tx);
        return stored == null ? create(domain, tx) : change(domain, tx, stored);
    }

    /** What it would do to that lead. */
    public Result foresee(Lead stored, VisitorProfile known) {
        return changeOf(stored, known).result(stored);
    }

    private @Nullable Lead find(Domain domain, Tx tx) {
        int ws = submission.workspaceId();
        var leads = domain.leads().in(tx);
        Lead byId = leadId == null ? null : leads.get(ws, leadId);
        if (byId != null) {
            return byId;
        }
        String id = new LeadUpserted(submission, merged).find(domain, tx);
        return id == null ? null : leads.get(ws, id);
    }

    private Result create(Domain domain, Tx tx) {
        var change = new LeadChange(domain, tx);
        Visitor before = new LeadSubmitted(submission).visitor(domain, tx, submission.workspaceId());
        Instant now = tx.now();
        Instant at = statusAt(now);
        Instant since = createdAt != null ? createdAt : at.isBefore(now) ? at : now;
        Visitor visitor = change.recall(before, submission, arrivedAt(since));
        change.respectConsent(null, visitor, before.profile().consent());
        String status = submission.status() == null ? LeadStatus.NEW : submission.status();
        change.open(visitor, submission.details(), status, at, orderId, Origin.CRM, since, report);
        return Result.CREATED;
    }

    private Result change(Domain domain, Tx tx, Lead stored) {
        var change = new LeadChange(domain, tx);
        Visitor before = change.visitorOf(stored);
        Change c = changeOf(stored, before.profile());
        LeadPatched.refuseTakenReference(domain, tx, stored, c.details);
        Result result = c.result(stored);
        if (result.effect() == Effect.UNCHANGED) {
            return result;
        }
        Instant now = tx.now();
        Visitor visitor = change.recall(before, submission, arrivedAt(stored.createdAt()));
        Lead changed = stored.withDetails(c.details).updated(now);
        Instant at = c.reaches ? statusAt(now) : stored.statusAt();
        String status = submission.status();
        if (status != null && (c.reaches || c.reports)) {
            changed = changed.withStatus(status, at).withTakenOver(takenOver(stored, status));
        }
        var leads = domain.leads().in(tx);
        if (c.reaches) {
            leads.note(changed, LeadEvent.STATUS, changed.status(), orderId, at);
        }
        leads.put(changed);
        change.respectConsent(changed, visitor, before.profile().consent());
        if (report && (c.reaches || c.reports)) {
            change.decide(changed, visitor, at, orderId, null, Origin.CRM, false);
        }
        return result;
    }

    private Set<String> takenOver(Lead stored, String status) {
        var all = new HashSet<>(stored.takenOver());
        if (report) {
            all.remove(status);
        } else {
            all.add(status);
        }
        return all;
    }

    private Change changeOf(Lead stored, VisitorProfile known) {
        String status = submission.status();
        boolean other = status != null && !status.equals(stored.status());
        Instant said = submission.occurredAt();
        boolean late = other && said != null && said.isBefore(stored.statusAt());
        return new Change(
                merged(stored),
                other && !late,
                // Taken over before, and to be reported after all.
                report && status != null && !other && stored.takenOver().contains(status),
                LeadChange.tellsMore(known, submission),
                late);
    }

    /** The details with what the file says over them; the same said in another form changes nothing. */
    private LeadDetails merged(Lead stored) {
        LeadDetails had = stored.details();
        LeadDetails d = merged.over(stored);
        Person p = d.person();
        String number = p.phoneE164();
        if (number != null && number.equals(had.person().phoneE164())) {
            p = asWritten(p, had.person().phone());
        }
        return new LeadDetails(
                p,
                d.priority(),
                d.source(),
                d.assignedTo(),
                d.agentNumber(),
                d.externalRef(),
                same(had.estimatedValue(), d.estimatedValue()),
                same(had.actualValue(), d.actualValue()),
                d.currency());
    }

    private static Person asWritten(Person p, @Nullable String phone) {
        return new Person(
                p.name(),
                p.email(),
                phone,
                p.phoneE164(),
                p.city(),
                p.state(),
                p.postalCode(),
                p.country(),
                p.gender(),
                p.birthDate(),
                p.company(),
                p.title());
    }

    private static @Nullable BigDecimal same(@Nullable BigDecimal had, @Nullable BigDecimal said) {
        return had != null && said != null && had.compareTo(said) == 0 ? had : said;
    }

    private Instant statusAt(Instant now) {
        Instant said = submission.occurredAt();
        return said != null ? said : Objects.requireNonNullElse(createdAt, now);
    }

    /** When the click was, if the file knows; else when the lead was made. */
    private Instant arrivedAt(Instant otherwise) {
        return submission.clicks().byName().values().stream()
                .map(ClickId::firstSeenMs)
                .max(Long::compare)
                .map(Instant::ofEpochMilli)
                .orElse(otherwise);
    }
}
