package kembali.ledger;

import static kembali.store.schema.Tables.POSTBACK;
import static kembali.store.schema.Tables.POSTBACK_DUE;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.postback.Lookup;
import kembali.store.Tx;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Postbacks that are run again: orphans at the times of {@link Lookup#AGAIN} or as soon as what they wait for appears,
 * others once somebody asks. Whoever takes a row out is the one who runs it; the table only ever holds what waits.
 */
public final class DuePostbacks {
    private static final int LONGEST_NAME = 200;

    /** A postback that waits. */
    public record Due(int workspaceId, String postbackId, String sourceId, Instant dueAt) {}

    DuePostbacks() {}

    /** What waits, as that transaction sees it. */
    public InTx in(Tx tx) {
        return tx.part(InTx.class, InTx::new);
    }

    /** How an orphan's name is compared. */
    public static String name(String asSent) {
        String lower = asSent.strip().toLowerCase(Locale.ROOT);
        return lower.length() > LONGEST_NAME ? lower.substring(0, LONGEST_NAME) : lower;
    }

    /** Up to that many that are due, the longest waiting first. */
    public static List<Due> due(DSLContext sql, Instant now, int most) {
        return sql.selectFrom(POSTBACK_DUE)
                .where(POSTBACK_DUE.DUE_AT.le(now.toEpochMilli()))
                .orderBy(POSTBACK_DUE.DUE_AT)
                .limit(most)
                .fetch(r -> new Due(
                        r.getWorkspaceId(), r.getPostbackId(), r.getSourceId(), Instant.ofEpochMilli(r.getDueAt())));
    }

    /** Whether anything waits at all. */
    public static boolean any(DSLContext sql) {
        return sql.fetchExists(DSL.selectOne().from(POSTBACK_DUE));
    }

    /** When a postback is run next; null when it does not wait. */
    public static @Nullable Instant dueAt(DSLContext sql, int workspaceId, String postbackId) {
        Long at = sql.select(POSTBACK_DUE.DUE_AT)
                .from(POSTBACK_DUE)
                .where(POSTBACK_DUE.WORKSPACE_ID.eq(workspaceId), POSTBACK_DUE.POSTBACK_ID.eq(postbackId))
                .fetchOne(POSTBACK_DUE.DUE_AT);
        return at == null ? null : Instant.ofEpochMilli(at);
    }

    /** Which of these names something waits for. */
    public static List<String> awaited(DSLContext sql, int workspaceId, Collection<String> names) {
        return sql.selectDistinct(POSTBACK_DUE.NAME)
                .from(POSTBACK_DUE)
                .where(
                        POSTBACK_DUE.WORKSPACE_ID.eq(workspaceId),
                        POSTBACK_DUE.NAME.isNotNull(),
                        POSTBACK_DUE.NAME.in(names))
                .fetch(POSTBACK_DUE.NAME);
    }

    /** What waits for one of these names waits no longer. */
    public static void arrived(Tx tx, int workspaceId, Collection<String> names) {
        tx.sql()
                .update(POSTBACK_DUE)
                .set(POSTBACK_DUE.DUE_AT, tx.now().toEpochMilli())
                .where(
                        POSTBACK_DUE.WORKSPACE_ID.eq(workspaceId),
                        POSTBACK_DUE.NAME.isNotNull(),
                        POSTBACK_DUE.NAME.in(names))
                .execute();
    }

    /**
     * The postbacks of a source that somebody wants to be run again.
     *
     * @param results {@code unmapped}, {@code unmatched}, {@code orphan}
     * @param from received then or later; null for no bound
     * @param to received before; null for no bound
     */
    public record Wish(
            String sourceId,
            List<String> results,
            @Nullable Instant from,
            @Nullable Instant to) {
        public Wish {
            results = List.copyOf(results);
        }

        private Condition condition() {
            return ReceivedPostbacks.again(sourceId, results, from, to);
        }
    }

    /** How many that wish means. */
    public static int count(DSLContext sql, Wish wish) {
        return sql.fetchCount(POSTBACK, wish.condition());
    }

    /** Has them run again now; returns how many. */
    public static int again(Tx tx, Wish wish) {
        return again(tx, wish.condition());
    }

    /** Has one run again now; false when its contents are gone, or it was used. */
    public static boolean again(Tx tx, String sourceId, String postbackId) {
        var any = new Wish(sourceId, ReceivedPostbacks.TROUBLE, null, null);
        return again(tx, any.condition().and(POSTBACK.ID.eq(postbackId))) > 0;
    }

    /**
     * Has those run again whose status words got a meaning.
     *
     * @param words in normal form
     * @param missing whether those without a word got one, too
     */
    public static int againWithWords(Tx tx, String sourceId, Collection<String> words, boolean missing) {
        Condition meant = POSTBACK.WORD.in(words);
        if (missing) {
            meant = meant.or(POSTBACK.WORD.isNull());
        }
        var unmapped = new Wish(sourceId, List.of("unmapped"), null, null);
        return again(tx, unmapped.condition().and(meant));
    }

    private static int again(Tx tx, Condition condition) {
        long now = tx.now().toEpochMilli();
        return tx.sql()
                .insertInto(
                        POSTBACK_DUE,
                        POSTBACK_DUE.WORKSPACE_ID,
                        POSTBACK_DUE.POSTBACK_ID,
                        POSTBACK_DUE.SOURCE_ID,
                        POSTBACK_DUE.RECEIVED_AT,
                        POSTBACK_DUE.DUE_AT)
                .select(DSL.select(
                                POSTBACK.WORKSPACE_ID,
                                POSTBACK.ID,
                                POSTBACK.SOURCE_ID,
                                POSTBACK.RECEIVED_AT,
                                DSL.val(now))
                        .from(POSTBACK)
                        .where(condition))
                .onConflict(POSTBACK_DUE.WORKSPACE_ID, POSTBACK_DUE.POSTBACK_ID)
                .doUpdate()
                .set(POSTBACK_DUE.DUE_AT, now)
                .execute();
    }

    /**
     * When an orphan is looked for next; null when it is unmatched for good.
     *
     * @param now times that have passed are not made up for
     */
    static @Nullable Instant next(Instant receivedAt, Instant now) {
        int tries = 0;
        Instant at = Lookup.next(receivedAt, tries);
        while (at != null && !at.isAfter(now)) {
            at = Lookup.next(receivedAt, ++tries);
        }
        return at;
    }

    /** What waits, as one transaction sees it. */
    public static final class InTx implements Tx.Part {
        private record Row(
                int workspaceId, String postbackId, String sourceId, String name, Instant receivedAt, Instant dueAt) {}

        private final Tx tx;
        private final Map<String, Row> added = new LinkedHashMap<>();

        private InTx(Tx tx) {
            this.tx = tx;
        }

        /** Has an orphan looked for again; false when its last time has passed. */
        public boolean await(ReceivedPostback.Arrival a, String name) {
            Instant at = next(a.receivedAt(), tx.now());
            if (at == null) {
                return false;
            }
            added.put(
                    a.id(),
                    new Row(a.workspaceId(), a.id(), a.sourceId(), DuePostbacks.name(name), a.receivedAt(), at));
            return true;
        }

        /** Takes a postback out, to run it; false when somebody else did, or it is not due yet. */
        public boolean take(int workspaceId, String postbackId) {
            return tx.sql()
                            .deleteFrom(POSTBACK_DUE)
                            .where(
                                    POSTBACK_DUE.WORKSPACE_ID.eq(workspaceId),
                                    POSTBACK_DUE.POSTBACK_ID.eq(postbackId),
                                    POSTBACK_DUE.DUE_AT.le(tx.now().toEpochMilli()))
                            .execute()
                    > 0;
        }

        @Override
        public void flush() throws SQLException {
            if (added.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared("""
                    insert into postback_due (workspace_id, postback_id, source_id, name, received_at, due_at)
                    values (?, ?, ?, ?, ?, ?)""");
            for (Row row : new ArrayList<>(added.values())) {
                p.setInt(1, row.workspaceId);
                p.setString(2, row.postbackId);
                p.setString(3, row.sourceId);
                p.setString(4, row.name);
                p.setLong(5, row.receivedAt.toEpochMilli());
                p.setLong(6, row.dueAt.toEpochMilli());
                p.addBatch();
            }
            p.executeBatch();
            added.clear();
        }
    }
}
