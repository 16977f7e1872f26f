package kembali.api;

import static kembali.store.schema.Tables.LEAD;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import kembali.http.Checks;
import kembali.http.Page;
import kembali.lead.Leads;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The filters of the lead list as one condition. */
final class LeadFilter {
    private LeadFilter() {}

    static Condition condition(
            Leads leads,
            int ws,
            List<String> statuses,
            @Nullable String status,
            @Nullable String q,
            @Nullable String source,
            @Nullable String assignedTo,
            @Nullable String syncState,
            @Nullable String from,
            @Nullable String to,
            @Nullable String cursor) {
        var checks = new Checks();
        Condition c = DSL.trueCondition();
        if (status != null) {
            c = c.and(LEAD.STATUS.eq(LeadReader.status(checks, statuses, "status", status)));
        }
        if (q != null && !q.isBlank()) {
            c = c.and(leads.matches(ws, q.length() > 200 ? q.substring(0, 200) : q));
        }
        if (source != null) {
            c = c.and(LEAD.SOURCE.eq(checks.word("source", source, LeadReader.SOURCES, "other")));
        }
        if (assignedTo != null) {
            c = c.and(LEAD.ASSIGNED_TO.eq(assignedTo));
        }
        if (syncState != null) {
            c = c.and(SyncStates.condition(checks.word("syncState", syncState, SyncStates.WORDS, "none")));
        }
        if (from != null) {
            c = c.and(LEAD.CREATED_AT.ge(instant(checks, "from", from)));
        }
        if (to != null) {
            c = c.and(LEAD.CREATED_AT.lt(instant(checks, "to", to)));
        }
        if (Page.cursor(cursor, "ld") != null) {
            c = c.and(LEAD.ID.lt(cursor));
        }
        checks.done();
        return c;
    }

    /** An instant, or a date meaning its beginning in UTC; epoch milliseconds. */
    static long instant(Checks checks, String field, String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text)
                            .atStartOfDay()
                            .toInstant(ZoneOffset.UTC)
                            .toEpochMilli()
                    : Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException e) {
            checks.error(field, "must be an instant such as 2026-11-20T03:00:00Z or a date such as 2026-11-20");
            return 0;
        }
    }
}
