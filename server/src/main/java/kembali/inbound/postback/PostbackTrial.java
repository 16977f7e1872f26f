package kembali.inbound.postback;

import static kembali.store.schema.Tables.CONVERSION;

import java.time.Instant;
import java.util.List;
import kembali.inbound.postback.PostbackRules.Ready;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.ledger.Conversion;
import kembali.ledger.ConversionRows;
import kembali.ledger.ReceivedPostback.Content;
import kembali.postback.Answer;
import kembali.postback.Conversions;
import kembali.postback.Decision;
import kembali.postback.Lookup;
import kembali.postback.Postback;
import kembali.postback.Reading;
import kembali.postback.Result;
import kembali.postback.Result.Because;
import kembali.postback.StatusMeaning;
import kembali.postback.StatusResolution;
import kembali.postback.StatusResolver;
import kembali.visitor.Click;
import kembali.visitor.Visitor;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Says what would become of a request, without effect: nothing is written, and it is judged as if it came for the first time.
 * A click or person is looked for by click id, code, reference and lead id only.
 */
public final class PostbackTrial {
    private final Ready ready;
    private final Domain domain;
    private final DSLContext sql;

    public PostbackTrial(Ready ready, Domain domain, DSLContext sql) {
        this.ready = ready;
        this.domain = domain;
        this.sql = sql;
    }

    /**
     * What would become of it.
     *
     * @param result as it would be answered and logged
     * @param postback what was read; null when it is none
     * @param resolution what its status came to; null when nobody looked
     * @param clickFound whether it names a click of ours
     * @param leadId whose conversion it would be; null for nobody, or somebody who is no lead yet
     * @param decision what it would do to the conversions there are; null when nothing
     * @param leadStatus the status the lead would reach; null when it would stay
     */
    public record Outlook(
            Result result,
            @Nullable Postback postback,
            @Nullable StatusResolution resolution,
            boolean clickFound,
            @Nullable String leadId,
            @Nullable Decision decision,
            @Nullable String leadStatus) {
        private static Outlook of(Result result, @Nullable Postback p, @Nullable StatusResolution r) {
            return new Outlook(result, p, r, false, null, null, null);
        }
    }

    /** How the request would be answered. */
    public Answer answer(Outlook o) {
        Answer.Wish wish = o.postback == null
                ? Answer.Wish.of(null)
                : Answer.Wish.of(null, o.postback, ready.rules().rules().handling());
        return Answer.of(o.result, wish);
    }

    public Outlook of(Content request, Instant now) {
        return switch (ready.reader()
                .read(request.method(), request.query(), request.body(), request.contentType(), now)) {
            case Reading.Refused r -> Outlook.of(new Result.Unreadable(r.why()), null, null);
            case Reading.Read r -> of(r.postback());
        };
    }

    private Outlook of(Postback p) {
        List<Lookup> ways = Lookup.of(p, ready.rules().rules().handling());
        if (ways.isEmpty()) {
            return Outlook.of(new Result.Kept(Because.UNMATCHED, p.reasonWithoutId()), p, null);
        }
        StatusResolution resolution = StatusResolver.resolve(
                p, ready.rules().rules().statuses(), ready.rules().workspaceMap());
        if (resolution instanceof StatusResolution.Unmapped u) {
            return Outlook.of(new Result.Kept(Because.UNMAPPED, u.reason()), p, resolution);
        }
        if (resolution instanceof StatusResolution.Known k && k.meaning() instanceof StatusMeaning.Ignore) {
            return Outlook.of(new Result.Kept(Because.IGNORED, "ignored:" + k.word()), p, resolution);
        }
        Found found = find(ways);
        if (found == null) {
            boolean waits = p.clickId() != null || p.leadId() != null;
            return Outlook.of(
                    new Result.Kept(
                            waits ? Because.ORPHAN : Because.UNMATCHED,
                            p.clickId() != null
                                    ? "click_not_found"
                                    : p.leadId() != null ? "lead_not_found" : "no_click_id"),
                    p,
                    resolution);
        }
        return judged(p, resolution, found);
    }

    private Outlook judged(Postback p, StatusResolution resolution, Found found) {
        String subject = found.click != null ? found.click.subid() : found.lead == null ? null : found.lead.id();
        List<Conversion> rows = subject == null
                ? List.of()
                : ConversionRows.list(sql, workspaceId(), CONVERSION.SUBJECT.eq(subject), 1_000);
        Decision decision = Conversions.decide(
                rows.stream().map(Conversion::row).toList(),
                p,
                resolution,
                ready.rules().handling(p),
                false);
        String leadId = found.lead == null ? null : found.lead.id();
        String current = found.lead == null ? null : found.lead.status();
        Result result = switch (decision) {
            case Decision.NewRow d ->
                new Result.Booked("recorded", null, leadId, d.status().word());
            case Decision.Update d ->
                new Result.Booked("updated", d.row().id(), leadId, d.status().word());
            case Decision.Stage d -> new Result.Booked("recorded", null, leadId, d.leadStatus());
            case Decision.Duplicate d ->
                new Result.Duplicate(d.row() == null ? null : d.row().id(), leadId, d.reason());
            case Decision.OutOfOrder d -> new Result.Kept(Because.OUT_OF_ORDER, d.reason());
            case Decision.Ignored d -> new Result.Kept(Because.IGNORED, "ignored:" + d.word());
            case Decision.Unmapped d -> new Result.Kept(Because.UNMAPPED, d.reason());
        };
        return new Outlook(
                result, p, resolution, found.click != null, leadId, decision, leadStatus(decision, p, current));
    }

    private @Nullable String leadStatus(Decision decision, Postback p, @Nullable String current) {
        List<String> pipeline = ready.rules().pipeline();
        if (p.switches().test()) {
            return null;
        }
        return switch (decision) {
            case Decision.NewRow d -> d.status().leadStatusAfter(current, pipeline);
            case Decision.Update d -> d.status().leadStatusAfter(current, pipeline);
            case Decision.Stage d -> kembali.postback.ConversionStatus.ahead(d.leadStatus(), current, pipeline);
            case Decision.Duplicate d -> null;
            case Decision.OutOfOrder d -> null;
            case Decision.Ignored d -> null;
            case Decision.Unmapped d -> null;
        };
    }

    private record Found(@Nullable Click click, @Nullable Lead lead) {}

    private @Nullable Found find(List<Lookup> ways) {
        for (Lookup way : ways) {
            Found found = switch (way) {
                case Lookup.ByClickId c -> byClickId(c);
                case Lookup.ByLeadId l -> byName(l.id(), l.id());
                case Lookup.ByTransaction t -> byTransaction(t.transaction());
                case Lookup.ByContact c -> null;
            };
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Found byClickId(Lookup.ByClickId way) {
        Click click = domain.clicks().find(sql, workspaceId(), way.id());
        if (click == null) {
            return byName(way.asSent(), way.id());
        }
        Visitor visitor = domain.visitors().find(sql, workspaceId(), click.visitorNo());
        String lead = visitor == null ? null : visitor.leadId();
        return visitor == null
                ? null
                : new Found(click, lead == null ? null : domain.leads().find(sql, workspaceId(), lead));
    }

    private @Nullable Found byName(String asSent, String lower) {
        if (asSent.startsWith("ld_")) {
            Lead lead = domain.leads().find(sql, workspaceId(), asSent);
            return lead == null ? null : new Found(null, lead);
        }
        Long no = domain.visitors().number(workspaceId(), asSent);
        Visitor visitor = no == null ? null : domain.visitors().find(sql, workspaceId(), no);
        if (visitor != null) {
            String lead = visitor.leadId();
            return new Found(null, lead == null ? null : domain.leads().find(sql, workspaceId(), lead));
        }
        Lead byRef = domain.leads().findByExternalRef(sql, workspaceId(), asSent);
        byRef = byRef == null ? domain.leads().findByExternalRef(sql, workspaceId(), lower) : byRef;
        return byRef == null ? null : new Found(null, byRef);
    }

    private @Nullable Found byTransaction(String transaction) {
        List<Conversion> rows = ConversionRows.list(
                sql,
                workspaceId(),
                CONVERSION
                        .SOURCE_ID
                        .eq(ready.source().id())
                        .and(CONVERSION.TRANSACTION_ID.eq(transaction))
                        .and("transaction_id <> ''"),
                1);
        Conversion c = rows.isEmpty() || rows.getFirst().isTest() ? null : rows.getFirst();
        if (c == null || c.leadId() == null) {
            return null;
        }
        Click click = c.subid() == null ? null : domain.clicks().find(sql, workspaceId(), c.subid());
        return new Found(click, domain.leads().find(sql, workspaceId(), c.leadId()));
    }

    private int workspaceId() {
        return ready.source().workspaceId();
    }
}
