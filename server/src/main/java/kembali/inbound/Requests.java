package kembali.inbound;

import static kembali.store.schema.Tables.INBOUND;
import static kembali.store.schema.Tables.INBOUND_CONTENT;
import static kembali.store.schema.Tables.INBOUND_FACT;
import static kembali.store.schema.Tables.INBOUND_LEAD;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kembali.store.Store;
import kembali.store.Tx;
import kembali.store.schema.tables.records.InboundRecord;
import kembali.support.Ids;
import kembali.support.Json;
import kembali.support.Secrets;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Requests as they came: stored before they are answered, kept for two weeks, sealed. */
public final class Requests {
    /** How long a request is kept, and can be read again. */
    public static final Duration KEPT = Duration.ofDays(14);

    /** How long we know that a fact was told: longer than any provider repeats it. */
    static final Duration FACTS_KEPT = Duration.ofDays(30);

    private final Store store;
    private final Secrets secrets;
    private final Ids ids;

    public Requests(Store store, Secrets secrets, Ids ids) {
        this.store = store;
        this.secrets = secrets;
        this.ids = ids;
    }

    /** How many requests ended how since then. */
    public record Figures(@Nullable Instant lastEventAt, Map<String, Integer> byStatus) {}

    /**
     * Stores a request that waits to be read; the future completes after the commit, on the writer's thread.
     *
     * @throws kembali.store.GroupCommit.OverloadedException when too many wait already
     */
    CompletableFuture<String> take(Source source, RequestContent content, Instant now) {
        return add(source, content, now, StoredRequest.PENDING, null, null);
    }

    /** Stores a request that is not read, and why. */
    CompletableFuture<String> refuse(Source source, RequestContent content, Instant now, String code, String reason) {
        return add(source, content, now, StoredRequest.REFUSED, code, reason);
    }

    private CompletableFuture<String> add(
            Source source,
            RequestContent content,
            Instant now,
            String status,
            @Nullable String code,
            @Nullable String reason) {
        String id = ids.next("in");
        byte[] sealed = secrets.seal(Json.writeBytes(content), place(id));
        var row = new StoredRequest(
                source.workspaceId(),
                id,
                source.id(),
                now,
                content.method(),
                content.body().length,
                status,
                code,
                reason,
                List.of(),
                0,
                now,
                false);
        return store.submit(tx -> {
            tx.part(Added.class, Added::new).add(row, sealed);
            return id;
        });
    }

    /** Requests that come in one transaction are written together. */
    private static final class Added implements Tx.Part {
        private record Row(StoredRequest request, byte[] content) {}

        private final Tx tx;
        private final List<Row> rows = new ArrayList<>();

        Added(Tx tx) {
            this.tx = tx;
        }

        void add(StoredRequest request, byte[] content) {
            rows.add(new Row(request, content));
        }

        @Override
        public void flush() throws SQLException {
            if (rows.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared("""
                    insert into inbound (workspace_id, id, source_id, received_at, method, size, status, reason_code,
                      reason_message, attempts, due_at, replayed)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, false)""");
            PreparedStatement c =
                    tx.prepared("insert into inbound_content (workspace_id, inbound_id, content) values (?, ?, ?)");
            for (Row row : rows) {
                StoredRequest r = row.request;
                p.setInt(1, r.workspaceId());
                p.setString(2, r.id());
                p.setString(3, r.sourceId());
                p.setLong(4, r.receivedAt().toEpochMilli());
                p.setString(5, r.method());
                p.setInt(6, r.size());
                p.setString(7, r.status());
                p.setString(8, r.reasonCode());
                p.setString(9, r.reason());
                p.setLong(10, r.dueAt().toEpochMilli());
                p.addBatch();
                c.setInt(1, r.workspaceId());
                c.setString(2, r.id());
                c.setBytes(3, row.content);
                c.addBatch();
            }
            p.executeBatch();
            c.executeBatch();
            rows.clear();
        }
    }

    private static String place(String id) {
        return "inbound/" + id;
    }

    /** What was kept of a request, or null when it was forgotten. */
    @Nullable RequestContent content(DSLContext sql, int workspaceId, String id) {
        byte[] sealed = sql.select(INBOUND_CONTENT.CONTENT)
                .from(INBOUND_CONTENT)
                .where(INBOUND_CONTENT.WORKSPACE_ID.eq(workspaceId), INBOUND_CONTENT.INBOUND_ID.eq(id))
                .fetchOne(INBOUND_CONTENT.CONTENT);
        return sealed == null ? null : Json.read(secrets.open(sealed, place(id)), RequestContent.class);
    }

    /** The request as it came, without its token, or null when it was forgotten. */
    public @Nullable RawRequest raw(DSLContext sql, StoredRequest r) {
        RequestContent content = content(sql, r.workspaceId(), r.id());
        return content == null ? null : content.request(RequestContent.TOKEN);
    }

    public @Nullable StoredRequest find(DSLContext sql, Source source, String id) {
        return sql.selectFrom(INBOUND)
                .where(
                        INBOUND.WORKSPACE_ID.eq(source.workspaceId()),
                        INBOUND.ID.eq(id),
                        INBOUND.SOURCE_ID.eq(source.id()))
                .fetchOne(Requests::read);
    }

    /**
     * A source's requests, newest first.
     *
     * @param status only those; null for all
     * @param before only those before the one of that id; null for the newest
     */
    public List<StoredRequest> list(
            DSLContext sql, Source source, @Nullable String status, @Nullable String before, int limit) {
        Condition c = INBOUND.SOURCE_ID.eq(source.id());
        c = status == null ? c : c.and(INBOUND.STATUS.eq(status));
        c = before == null ? c : c.and(INBOUND.ID.lt(before));
        return sql.selectFrom(INBOUND)
                .where(c)
                .orderBy(INBOUND.ID.desc())
                .limit(limit)
                .fetch(Requests::read);
    }

    /** What became of a source's requests since then, and when the last one came. */
    public Figures figures(DSLContext sql, Source source, Instant since) {
        var counts = new HashMap<String, Integer>();
        StoredRequest.STATUSES.forEach(s -> counts.put(s, 0));
        sql.select(INBOUND.STATUS, DSL.count())
                .from(INBOUND)
                .where(INBOUND.SOURCE_ID.eq(source.id()), INBOUND.ID.ge(Ids.lowest("in", since)))
                .groupBy(INBOUND.STATUS)
                .forEach(r -> counts.put(r.value1(), r.value2()));
        Long last = sql.select(INBOUND.RECEIVED_AT)
                .from(INBOUND)
                .where(INBOUND.SOURCE_ID.eq(source.id()))
                .orderBy(INBOUND.ID.desc())
                .limit(1)
                .fetchOne(INBOUND.RECEIVED_AT);
        return new Figures(last == null ? null : Instant.ofEpochMilli(last), counts);
    }

    /** The requests of a source that a wish to read again means. */
    public record Wanted(
            List<String> statuses,
            @Nullable Instant from,
            @Nullable Instant to) {
        public Wanted {
            statuses = List.copyOf(statuses);
        }

        private Condition condition(Source source) {
            Condition c = INBOUND.SOURCE_ID.eq(source.id()).and(INBOUND.STATUS.in(statuses));
            c = from == null ? c : c.and(INBOUND.ID.ge(Ids.lowest("in", from)));
            c = to == null ? c : c.and(INBOUND.ID.lt(Ids.lowest("in", to)));
            return c.andExists(DSL.selectOne()
                    .from(INBOUND_CONTENT)
                    .where(
                            INBOUND_CONTENT.WORKSPACE_ID.eq(INBOUND.WORKSPACE_ID),
                            INBOUND_CONTENT.INBOUND_ID.eq(INBOUND.ID)));
        }
    }

    /** How many requests that wish means. */
    public int count(DSLContext sql, Source source, Wanted wanted) {
        return sql.fetchCount(INBOUND, wanted.condition(source));
    }

    /** Has them read again, from the beginning; returns how many. */
    public int replay(Source source, Wanted wanted) {
        return store.write(tx -> again(tx, wanted.condition(source)));
    }

    /** Has one read again. */
    public boolean replay(Source source, String id) {
        var one = new Wanted(StoredRequest.STATUSES, null, null);
        return store.write(tx -> again(tx, one.condition(source).and(INBOUND.ID.eq(id)))) > 0;
    }

    private static int again(Tx tx, Condition condition) {
        return tx.sql()
                .update(INBOUND)
                .set(INBOUND.STATUS, StoredRequest.PENDING)
                .set(INBOUND.ATTEMPTS, 0)
                .set(INBOUND.DUE_AT, tx.now().toEpochMilli())
                .set(INBOUND.REPLAYED, true)
                .where(condition)
                .execute();
    }

    /** What ended for that reason may end otherwise now. */
    static void readAgain(Tx tx, String sourceId, String reasonCode) {
        tx.sql()
                .update(INBOUND)
                .set(INBOUND.STATUS, StoredRequest.PENDING)
                .set(INBOUND.ATTEMPTS, 0)
                .set(INBOUND.DUE_AT, tx.now().toEpochMilli())
                .where(
                        INBOUND.SOURCE_ID.eq(sourceId),
                        INBOUND.STATUS.eq(StoredRequest.UNMATCHED),
                        INBOUND.REASON_CODE.eq(reasonCode))
                .execute();
    }

    /** Forgets up to that many requests of a source that were kept long enough. */
    int forgetOld(Tx tx, Source source, int most) {
        var sql = tx.sql();
        List<StoredRequest> old = sql.selectFrom(INBOUND)
                .where(
                        INBOUND.SOURCE_ID.eq(source.id()),
                        INBOUND.ID.lt(Ids.lowest("in", tx.now().minus(KEPT))))
                .limit(most)
                .fetch(Requests::read);
        forget(tx, source.workspaceId(), old);
        return old.size();
    }

    /** What came is forgotten; that it came stays. */
    static void forgetContent(Tx tx, StoredRequest r) {
        tx.sqlUnflushed()
                .deleteFrom(INBOUND_CONTENT)
                .where(INBOUND_CONTENT.WORKSPACE_ID.eq(r.workspaceId()), INBOUND_CONTENT.INBOUND_ID.eq(r.id()))
                .execute();
    }

    /** Takes these requests out, and what says whom they were about. */
    static void forget(Tx tx, int workspaceId, List<StoredRequest> requests) {
        var sql = tx.sql();
        List<String> ids = requests.stream().map(StoredRequest::id).toList();
        for (StoredRequest r : requests) {
            if (!r.leadIds().isEmpty()) {
                sql.deleteFrom(INBOUND_LEAD)
                        .where(
                                INBOUND_LEAD.WORKSPACE_ID.eq(workspaceId),
                                INBOUND_LEAD.LEAD_ID.in(r.leadIds()),
                                INBOUND_LEAD.INBOUND_ID.eq(r.id()))
                        .execute();
            }
        }
        sql.deleteFrom(INBOUND_CONTENT)
                .where(INBOUND_CONTENT.WORKSPACE_ID.eq(workspaceId), INBOUND_CONTENT.INBOUND_ID.in(ids))
                .execute();
        sql.deleteFrom(INBOUND)
                .where(INBOUND.WORKSPACE_ID.eq(workspaceId), INBOUND.ID.in(ids))
                .execute();
    }

    /** Forgets up to that many facts nobody will repeat any more. */
    static int forgetFacts(Tx tx, int most) {
        return tx.sql()
                .deleteFrom(INBOUND_FACT)
                .where(DSL.row(INBOUND_FACT.WORKSPACE_ID, INBOUND_FACT.SOURCE_ID, INBOUND_FACT.FACT_KEY)
                        .in(DSL.select(INBOUND_FACT.WORKSPACE_ID, INBOUND_FACT.SOURCE_ID, INBOUND_FACT.FACT_KEY)
                                .from(INBOUND_FACT)
                                .where(INBOUND_FACT.AT.lt(
                                        tx.now().minus(FACTS_KEPT).toEpochMilli()))
                                .limit(most)))
                .execute();
    }

    static StoredRequest read(InboundRecord r) {
        String leads = r.getLeadIds();
        return new StoredRequest(
                r.getWorkspaceId(),
                r.getId(),
                r.getSourceId(),
                Instant.ofEpochMilli(r.getReceivedAt()),
                r.getMethod(),
                r.getSize(),
                r.getStatus(),
                r.getReasonCode(),
                r.getReasonMessage(),
                leads == null || leads.isEmpty() ? List.of() : List.of(leads.split(",", -1)),
                r.getAttempts(),
                Instant.ofEpochMilli(r.getDueAt()),
                r.getReplayed());
    }
}
