package kembali.ledger;

import static kembali.store.schema.Tables.POSTBACK;
import static kembali.store.schema.Tables.POSTBACK_CONTENT;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.ledger.ReceivedPostback.Arrival;
import kembali.ledger.ReceivedPostback.Content;
import kembali.ledger.ReceivedPostback.Outcome;
import kembali.store.Store;
import kembali.store.StoreException;
import kembali.store.Tx;
import kembali.store.schema.tables.records.PostbackRecord;
import kembali.support.Ids;
import kembali.support.Json;
import kembali.support.Secrets;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The log of received postbacks: every request with a good key, what it said with the person masked, and what became of
 * it. The request itself is kept, sealed, only while it booked nothing.
 */
public final class ReceivedPostbacks {
    /** How long a row and its contents are kept. */
    public static final Duration KEPT = Duration.ofDays(30);

    /** Prefix of their ids. */
    public static final String PREFIX = "pb";

    private static final int STEP = 500;
    private static final int MOST_REASON = 120;
    private static final int MOST_WORDS = 500;

    private final Secrets secrets;
    private final Ids ids;

    ReceivedPostbacks(Secrets secrets, Ids ids) {
        this.secrets = secrets;
        this.ids = ids;
    }

    /** A new id. */
    public String newId() {
        return ids.next(PREFIX);
    }

    /** The log as that transaction adds to it. */
    public InTx in(Tx tx) {
        return tx.part(InTx.class, InTx::new);
    }

    /**
     * A source's postbacks, newest first.
     *
     * @param result only those; null for all
     * @param clickId only those of that click, in any case; null for all
     * @param before only those before the one of that id; null for the newest
     */
    public static List<ReceivedPostback> list(
            DSLContext sql,
            int workspaceId,
            String sourceId,
            @Nullable String result,
            @Nullable String clickId,
            @Nullable String before,
            int limit) {
        Condition c = POSTBACK.SOURCE_ID.eq(sourceId).and(POSTBACK.WORKSPACE_ID.eq(workspaceId));
        if (clickId != null) {
            c = c.and(POSTBACK.CLICK_ID.eq(clickId.strip().toLowerCase(java.util.Locale.ROOT)));
        }
        if (result != null) {
            // What booked nothing has an index of its own.
            c = c.and(POSTBACK.RESULT.eq(result));
            c = BOOKED.contains(result) ? c : c.and(POSTBACK.TROUBLE.eq(result));
        }
        c = before == null ? c : c.and(POSTBACK.ID.lt(before));
        return sql.selectFrom(POSTBACK)
                .where(c)
                .orderBy(POSTBACK.ID.desc())
                .limit(limit)
                .fetch(ReceivedPostbacks::read);
    }

    /** The results of what was used. */
    public static final List<String> BOOKED = List.of("recorded", "updated", "duplicate");

    /** The results of what was not. */
    public static final List<String> TROUBLE =
            List.of("orphan", "unmatched", "unmapped", "ignored", "out_of_order", "refused", "denied", "over_rate");

    public static @Nullable ReceivedPostback find(DSLContext sql, int workspaceId, String sourceId, String id) {
        return sql.selectFrom(POSTBACK)
                .where(POSTBACK.WORKSPACE_ID.eq(workspaceId), POSTBACK.ID.eq(id), POSTBACK.SOURCE_ID.eq(sourceId))
                .fetchOne(ReceivedPostbacks::read);
    }

    /** The request as it came; null when it was booked, or is forgotten. */
    public @Nullable Content content(DSLContext sql, int workspaceId, String id) {
        byte[] sealed = sql.select(POSTBACK_CONTENT.CONTENT)
                .from(POSTBACK_CONTENT)
                .where(POSTBACK_CONTENT.WORKSPACE_ID.eq(workspaceId), POSTBACK_CONTENT.POSTBACK_ID.eq(id))
                .fetchOne(POSTBACK_CONTENT.CONTENT);
        return sealed == null ? null : Json.read(secrets.open(sealed, place(id)), Content.class);
    }

    /**
     * A status word that waits for its meaning.
     *
     * @param word in normal form; null for postbacks without one
     * @param reason why it has none
     * @param sampleId the newest postback with it
     */
    public record WaitingWord(@Nullable String word, String reason, int count, Instant lastAt, String sampleId) {}

    /** The words of a source nobody has given a meaning, the most frequent first. */
    public static List<WaitingWord> words(DSLContext sql, String sourceId) {
        var count = DSL.count();
        return sql.select(
                        POSTBACK.WORD,
                        DSL.max(POSTBACK.REASON),
                        count,
                        DSL.max(POSTBACK.RECEIVED_AT),
                        DSL.max(POSTBACK.ID))
                .from(POSTBACK)
                .where(POSTBACK.SOURCE_ID.eq(sourceId), POSTBACK.TROUBLE.eq("unmapped"))
                .groupBy(POSTBACK.WORD)
                .orderBy(count.desc(), POSTBACK.WORD)
                .limit(MOST_WORDS)
                .fetch(r -> new WaitingWord(
                        r.value1(), r.value2(), r.value3(), Instant.ofEpochMilli(r.value4()), r.value5()));
    }

    /** When the last request of a source came; null when none did within {@link #KEPT}. */
    public static @Nullable Instant lastAt(DSLContext sql, String sourceId) {
        Long last = sql.select(POSTBACK.RECEIVED_AT)
                .from(POSTBACK)
                .where(POSTBACK.SOURCE_ID.eq(sourceId))
                .orderBy(POSTBACK.ID.desc())
                .limit(1)
                .fetchOne(POSTBACK.RECEIVED_AT);
        return last == null ? null : Instant.ofEpochMilli(last);
    }

    /** Forgets what was kept long enough, in small steps so that nobody waits for it. */
    public static void prune(Store store, Iterable<Integer> workspaces, Instant now) {
        String before = Ids.lowest(PREFIX, now.minus(KEPT));
        for (int workspace : workspaces) {
            boolean more = true;
            while (more) {
                more = store.write(tx -> pruneStep(tx, workspace, before)) == STEP;
            }
        }
    }

    private static int pruneStep(Tx tx, int workspace, String before) {
        var sql = tx.sql();
        List<String> old = sql.select(POSTBACK.ID)
                .from(POSTBACK)
                .where(POSTBACK.WORKSPACE_ID.eq(workspace), POSTBACK.ID.lt(before))
                .orderBy(POSTBACK.ID)
                .limit(STEP)
                .fetch(POSTBACK.ID);
        forgetContents(tx, workspace, old);
        sql.deleteFrom(POSTBACK)
                .where(POSTBACK.WORKSPACE_ID.eq(workspace), POSTBACK.ID.in(old))
                .execute();
        return old.size();
    }

    private static void forgetContents(Tx tx, int workspaceId, List<String> postbacks) {
        tx.sqlUnflushed()
                .deleteFrom(POSTBACK_CONTENT)
                .where(POSTBACK_CONTENT.WORKSPACE_ID.eq(workspaceId), POSTBACK_CONTENT.POSTBACK_ID.in(postbacks))
                .execute();
    }

    private static ReceivedPostback read(PostbackRecord r) {
        String notes = r.getNotes();
        return new ReceivedPostback(
                new Arrival(
                        r.getWorkspaceId(),
                        r.getId(),
                        r.getSourceId(),
                        Instant.ofEpochMilli(r.getReceivedAt()),
                        r.getIp(),
                        r.getMethod(),
                        r.getQuery(),
                        r.getBody()),
                new Outcome(
                        r.getResult(),
                        r.getTrouble() == null,
                        r.getReason(),
                        notes == null ? List.of() : List.of(notes.split(",", -1)),
                        r.getWord(),
                        r.getClickId(),
                        r.getStatus(),
                        r.getConversionId(),
                        r.getLeadId()));
    }

    private static String place(String id) {
        return "postback/" + id;
    }

    /** The log as one transaction adds to it. */
    public final class InTx implements Tx.Part {
        private record Row(
                ReceivedPostback postback, @Nullable Content content) {}

        private final Tx tx;
        private final Map<String, Row> added = new LinkedHashMap<>();

        private InTx(Tx tx) {
            this.tx = tx;
        }

        /** Adds a row. @param content kept to be run again; null keeps nothing */
        public void add(Arrival arrival, Outcome outcome, @Nullable Content content) {
            added.put(arrival.id(), new Row(new ReceivedPostback(arrival, outcome), content));
        }

        /** What became of a postback so far, without its notes; null when it is forgotten. */
        public @Nullable Outcome outcome(int workspaceId, String id) {
            Row mine = added.get(id);
            if (mine != null) {
                return mine.postback.outcome();
            }
            try {
                PreparedStatement p = tx.prepared("""
                        select result, trouble, reason, word, click_id, status, conversion_id, lead_id
                        from postback where workspace_id = ? and id = ?""");
                p.setInt(1, workspaceId);
                p.setString(2, id);
                try (ResultSet rs = p.executeQuery()) {
                    return rs.next()
                            ? new Outcome(
                                    rs.getString(1),
                                    rs.getString(2) == null,
                                    rs.getString(3),
                                    List.of(),
                                    rs.getString(4),
                                    rs.getString(5),
                                    rs.getString(6),
                                    rs.getString(7),
                                    rs.getString(8))
                            : null;
                }
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }

        /** A postback that was run again ended so. Once it is used its contents go. */
        public void ended(int workspaceId, String id, Outcome o, boolean keepContent) {
            tx.sql()
                    .update(POSTBACK)
                    .set(POSTBACK.RESULT, o.result())
                    .set(POSTBACK.TROUBLE, o.booked() ? null : o.result())
                    .set(POSTBACK.REASON, cut(o.reason()))
                    .set(POSTBACK.NOTES, o.noteLine())
                    .set(POSTBACK.WORD, o.word())
                    .set(POSTBACK.CLICK_ID, o.clickId())
                    .set(POSTBACK.STATUS, o.status())
                    .set(POSTBACK.CONVERSION_ID, o.conversionId())
                    .set(POSTBACK.LEAD_ID, o.leadId())
                    .where(POSTBACK.WORKSPACE_ID.eq(workspaceId), POSTBACK.ID.eq(id))
                    .execute();
            if (!keepContent) {
                forgetContents(tx, workspaceId, List.of(id));
            }
        }

        /** Forgets what these leads' postbacks said. That they came stays known. */
        public void erase(int workspaceId, List<String> leadIds) {
            var sql = tx.sql();
            List<String> theirs = sql.select(POSTBACK.ID)
                    .from(POSTBACK)
                    .where(POSTBACK.WORKSPACE_ID.eq(workspaceId), POSTBACK.LEAD_ID.in(leadIds))
                    .fetch(POSTBACK.ID);
            for (int i = 0; i < theirs.size(); i += STEP) {
                List<String> some = theirs.subList(i, Math.min(theirs.size(), i + STEP));
                forgetContents(tx, workspaceId, some);
                sql.update(POSTBACK)
                        .setNull(POSTBACK.QUERY)
                        .setNull(POSTBACK.BODY)
                        .setNull(POSTBACK.LEAD_ID)
                        .where(POSTBACK.WORKSPACE_ID.eq(workspaceId), POSTBACK.ID.in(some))
                        .execute();
            }
        }

        @Override
        public void flush() throws SQLException {
            if (added.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared("""
                    insert into postback (workspace_id, id, source_id, received_at, ip, method, query, body, result,
                      trouble, reason, notes, word, click_id, status, conversion_id, lead_id, ms)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
            var kept = new ArrayList<Row>(0);
            for (Row row : added.values()) {
                bind(p, row.postback);
                p.addBatch();
                if (row.content != null) {
                    kept.add(row);
                }
            }
            p.executeBatch();
            insertContents(kept);
            added.clear();
        }

        private void bind(PreparedStatement p, ReceivedPostback postback) throws SQLException {
            Arrival a = postback.arrival();
            Outcome o = postback.outcome();
            p.setInt(1, a.workspaceId());
            p.setString(2, a.id());
            p.setString(3, a.sourceId());
            p.setLong(4, a.receivedAt().toEpochMilli());
            p.setString(5, a.ip());
            p.setString(6, a.method());
            p.setString(7, stored(a.query()));
            p.setString(8, stored(a.body()));
            p.setString(9, o.result());
            p.setString(10, o.booked() ? null : o.result());
            p.setString(11, cut(o.reason()));
            p.setString(12, o.noteLine());
            p.setString(13, o.word());
            p.setString(14, o.clickId());
            p.setString(15, o.status());
            p.setString(16, o.conversionId());
            p.setString(17, o.leadId());
            long ms = Duration.between(a.receivedAt(), tx.now()).toMillis();
            p.setInt(18, (int) Math.clamp(ms, 0, Integer.MAX_VALUE));
        }

        private void insertContents(List<Row> rows) throws SQLException {
            if (rows.isEmpty()) {
                return;
            }
            PreparedStatement p =
                    tx.prepared("insert into postback_content (workspace_id, postback_id, content) values (?, ?, ?)");
            for (Row row : rows) {
                Arrival a = row.postback.arrival();
                Content content = row.content;
                if (content != null) {
                    p.setInt(1, a.workspaceId());
                    p.setString(2, a.id());
                    p.setBytes(3, secrets.seal(Json.writeBytes(content), place(a.id())));
                    p.addBatch();
                }
            }
            p.executeBatch();
        }

        private static @Nullable String cut(@Nullable String reason) {
            return reason == null || reason.length() <= MOST_REASON ? reason : reason.substring(0, MOST_REASON);
        }

        /** A raw query may hold anything; no database takes a zero character or half a surrogate pair. */
        private static @Nullable String stored(@Nullable String text) {
            if (text == null || text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c))) {
                return text;
            }
            return text.codePoints()
                    .filter(c -> c != 0 && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    }

    /** The first id of those that came after {@code after} and booked nothing for one of these reasons, with contents. */
    static Condition again(String sourceId, List<String> results, @Nullable Instant from, @Nullable Instant to) {
        Condition c = POSTBACK.SOURCE_ID.eq(sourceId).and(POSTBACK.TROUBLE.in(results));
        c = from == null ? c : c.and(POSTBACK.ID.ge(Ids.lowest(PREFIX, from)));
        c = to == null ? c : c.and(POSTBACK.ID.lt(Ids.lowest(PREFIX, to)));
        return c.andExists(DSL.selectOne()
                .from(POSTBACK_CONTENT)
                .where(
                        POSTBACK_CONTENT.WORKSPACE_ID.eq(POSTBACK.WORKSPACE_ID),
                        POSTBACK_CONTENT.POSTBACK_ID.eq(POSTBACK.ID)));
    }
}
