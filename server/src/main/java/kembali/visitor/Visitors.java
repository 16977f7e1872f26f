package kembali.visitor;

import static kembali.store.schema.Tables.CLICK_ID;
import static kembali.store.schema.Tables.CONSENT;
import static kembali.store.schema.Tables.SEQUENCE_BLOCK;
import static kembali.store.schema.Tables.TOUCH;
import static kembali.store.schema.Tables.VISITOR;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.Consent;
import kembali.store.StoreException;
import kembali.store.Tx;
import kembali.store.schema.tables.records.TouchRecord;
import kembali.support.Json;
import kembali.support.Secrets;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Visitors in the database, and the visitors of one transaction. */
public final class Visitors {
    private static final int BLOCK = 1_000;

    private final Secrets secrets;
    private final Consents consents;
    private final byte[] codeKey;
    private final Map<Integer, VisitorCodes> codes = new ConcurrentHashMap<>();
    private final Map<Integer, Block> blocks = new HashMap<>();

    /** Numbers leased to this node: {@code next} to {@code end} exclusive. */
    private record Block(long next, long end) {}

    public Visitors(Secrets secrets, Consents consents) {
        this.secrets = secrets;
        this.consents = consents;
        this.codeKey = secrets.derive("visitor-codes");
    }

    /** The visitors of that transaction. */
    public InTx in(Tx tx) {
        return tx.part(InTx.class, InTx::new);
    }

    /** The number behind a code, or null when it is no code at all. */
    public @Nullable Long number(int workspaceId, @Nullable String code) {
        VisitorCode parsed = VisitorCode.parse(code);
        if (parsed == null) {
            return null;
        }
        long no = codesOf(workspaceId).sequence(parsed);
        return no == VisitorCodes.NOT_ISSUED ? null : (Long) no;
    }

    /** The code of a number. */
    public String code(int workspaceId, long no) {
        return codesOf(workspaceId).code(no).text();
    }

    private VisitorCodes codesOf(int workspaceId) {
        return codes.computeIfAbsent(workspaceId, w -> new VisitorCodes(codeKey, w));
    }

    /** Reads one visitor, or null; of a merged one, the visitor it became. */
    public @Nullable Visitor find(DSLContext sql, int workspaceId, long no) {
        var row = sql.selectFrom(VISITOR)
                .where(VISITOR.WORKSPACE_ID.eq(workspaceId), VISITOR.VISITOR_NO.eq(no))
                .fetchOne();
        if (row == null) {
            return null;
        }
        Long merged = row.getMergedInto();
        return merged != null
                ? find(sql, workspaceId, merged)
                : read(workspaceId, no, row.getLeadId(), row.getCreatedAt(), row.getSeenAt(), row.getProfile());
    }

    /** Reads several visitors by number. */
    public Map<Long, Visitor> find(DSLContext sql, int workspaceId, java.util.Collection<Long> nos) {
        var found = new HashMap<Long, Visitor>();
        if (nos.isEmpty()) {
            return found;
        }
        sql.selectFrom(VISITOR)
                .where(VISITOR.WORKSPACE_ID.eq(workspaceId), VISITOR.VISITOR_NO.in(nos))
                .forEach(r -> found.put(
                        r.getVisitorNo(),
                        read(
                                workspaceId,
                                r.getVisitorNo(),
                                r.getLeadId(),
                                r.getCreatedAt(),
                                r.getSeenAt(),
                                r.getProfile())));
        return found;
    }

    /** A visitor's history, oldest first. */
    public List<TouchRow> touches(DSLContext sql, int workspaceId, long no) {
        return sql.selectFrom(TOUCH)
                .where(TOUCH.WORKSPACE_ID.eq(workspaceId), TOUCH.VISITOR_NO.eq(no))
                .orderBy(TOUCH.AT)
                .fetch(Visitors::touch);
    }

    /** The visit of that instant, or null when it is not kept. */
    public @Nullable TouchRow pageView(DSLContext sql, int workspaceId, long no, Instant at) {
        return sql.selectFrom(TOUCH)
                .where(
                        TOUCH.WORKSPACE_ID.eq(workspaceId),
                        TOUCH.VISITOR_NO.eq(no),
                        TOUCH.AT.eq(at.toEpochMilli()),
                        TOUCH.KIND.eq(TouchRow.PAGE_VIEW))
                .fetchOne(Visitors::touch);
    }

    private static TouchRow touch(TouchRecord r) {
        return new TouchRow(
                r.getWorkspaceId(),
                r.getVisitorNo(),
                r.getAt(),
                r.getKind(),
                r.getRefId(),
                r.getAgentId(),
                r.getUrl(),
                r.getReferrer());
    }

    private Visitor read(int ws, long no, @Nullable String leadId, long createdAt, long seenAt, byte[] profile) {
        return new Visitor(
                ws,
                no,
                code(ws, no),
                leadId,
                Instant.ofEpochMilli(createdAt),
                Instant.ofEpochMilli(seenAt),
                Json.read(secrets.open(profile, place(ws, no)), VisitorProfile.class));
    }

    private static String place(int ws, long no) {
        return "visitor/" + ws + "/" + no;
    }

    /** The visitors one transaction has read or changed. */
    public final class InTx implements Tx.Part {
        private record Key(int workspaceId, long no) {}

        private record ClickKey(int workspaceId, long hash) {}

        private record TouchKey(int workspaceId, long no, long atMs, String kind) {}

        private final Tx tx;
        private final Map<Key, @Nullable Visitor> known = new HashMap<>();
        private final Set<Key> fresh = new LinkedHashSet<>();
        private final Set<Key> changed = new HashSet<>();
        private final Map<TouchKey, TouchRow> touches = new LinkedHashMap<>();
        private final Map<ClickKey, Long> clickOwners = new HashMap<>();
        private final Set<ClickKey> wantedClicks = new HashSet<>();
        private final Map<ClickKey, Long> newClicks = new HashMap<>();
        private final Map<Integer, Block> leased = new HashMap<>();
        /** Merged visitors met so far, and whom they became. */
        private final Map<Key, Key> became = new HashMap<>();

        private InTx(Tx tx) {
            this.tx = tx;
            tx.afterCommit(() -> blocks.putAll(leased));
        }

        /** Says that these click ids will be claimed, so that the whole group's are looked up at once. */
        public void wantClicks(int workspaceId, ClickIds clicks) {
            clicks.byName().forEach((name, id) -> {
                var key = clickKey(workspaceId, name, id.value());
                if (!clickOwners.containsKey(key)) {
                    wantedClicks.add(key);
                }
            });
        }

        /** The visitor of that number, or null; of a merged one, the visitor it became. */
        public @Nullable Visitor get(int workspaceId, long no) {
            var asked = new Key(workspaceId, no);
            Key key = became.getOrDefault(asked, asked);
            if (known.containsKey(key)) {
                return known.get(key);
            }
            Visitor v = stored(key);
            if (v != null && v.no() != key.no) {
                became.put(key, new Key(workspaceId, v.no()));
            } else {
                known.put(key, v);
            }
            return v;
        }

        private @Nullable Visitor stored(Key key) {
            String select =
                    "select lead_id, created_at, seen_at, profile, merged_into from visitor where workspace_id = ? and visitor_no = ?";
            long merged;
            try {
                PreparedStatement p = tx.prepared(tx.shared() ? select + " for update" : select);
                p.setInt(1, key.workspaceId);
                p.setLong(2, key.no);
                try (ResultSet rs = p.executeQuery()) {
                    if (!rs.next()) {
                        return null;
                    }
                    merged = rs.getLong(5);
                    if (rs.wasNull()) {
                        return read(
                                key.workspaceId, key.no, rs.getString(1), rs.getLong(2), rs.getLong(3), rs.getBytes(4));
                    }
                }
            } catch (SQLException e) {
                throw new StoreException(e);
            }
            return get(key.workspaceId, merged);
        }

        /**
         * Two visitors are one person: {@code from} is joined to {@code into}, with touches, clicks and click ids, and its
         * number leads there from now on.
         *
         * @return the visitor that stays, with what both knew
         */
        public Visitor merge(Visitor into, Visitor from) {
            Visitor joined = into.withProfile(ProfileMerge.of(into, from))
                    .seen(into.seenAt().isAfter(from.seenAt()) ? into.seenAt() : from.seenAt());
            int ws = into.workspaceId();
            var sql = tx.sql(); // writes what is pending first
            sql.update(CLICK_ID)
                    .set(CLICK_ID.VISITOR_NO, into.no())
                    .where(CLICK_ID.WORKSPACE_ID.eq(ws), CLICK_ID.VISITOR_NO.eq(from.no()))
                    .execute();
            Clicks.join(sql, ws, from.no(), into.no());
            sql.update(CONSENT)
                    .set(CONSENT.VISITOR_NO, into.no())
                    .where(CONSENT.WORKSPACE_ID.eq(ws), CONSENT.VISITOR_NO.eq(from.no()))
                    .execute();
            clickOwners.replaceAll((key, owner) -> owner == from.no() ? (Long) into.no() : owner);
            touches(sql, ws, from.no()).forEach(t -> add(t.of(into.no())));
            sql.deleteFrom(TOUCH)
                    .where(TOUCH.WORKSPACE_ID.eq(ws), TOUCH.VISITOR_NO.eq(from.no()))
                    .execute();
            sql.update(VISITOR)
                    .set(VISITOR.MERGED_INTO, into.no())
                    .setNull(VISITOR.LEAD_ID)
                    .set(VISITOR.PROFILE, sealed(from.withProfile(VisitorProfile.EMPTY)))
                    .where(VISITOR.WORKSPACE_ID.eq(ws), VISITOR.VISITOR_NO.eq(from.no()))
                    .execute();
            // Whoever became the one that goes now becomes the one that stays.
            sql.update(VISITOR)
                    .set(VISITOR.MERGED_INTO, into.no())
                    .where(VISITOR.WORKSPACE_ID.eq(ws), VISITOR.MERGED_INTO.eq(from.no()))
                    .execute();
            var gone = new Key(ws, from.no());
            var stays = new Key(ws, into.no());
            known.remove(gone);
            became.replaceAll((key, now) -> now.equals(gone) ? stays : now);
            became.put(gone, stays);
            put(joined);
            return joined;
        }

        /** A new visitor with a number and code of its own. */
        public Visitor create(int workspaceId, VisitorProfile profile) {
            long no = nextNumber(workspaceId);
            var v = new Visitor(workspaceId, no, code(workspaceId, no), null, tx.now(), tx.now(), profile);
            var key = new Key(workspaceId, no);
            known.put(key, v);
            fresh.add(key);
            consents.in(tx).changed(v, Consent.UNKNOWN);
            return v;
        }

        /** True when this transaction made the visitor, so nothing of them can be in the database yet. */
        public boolean isFresh(Visitor v) {
            return fresh.contains(new Key(v.workspaceId(), v.no()));
        }

        /** Replaces a visitor who was read or made in this transaction. What they now say about consent is put on record. */
        public void put(Visitor v) {
            var key = new Key(v.workspaceId(), v.no());
            Visitor before = known.put(key, v);
            consents.in(tx)
                    .changed(
                            v,
                            before == null ? Consent.UNKNOWN : before.profile().consent());
            if (!fresh.contains(key)) {
                changed.add(key);
            }
        }

        /** Adds to the history; a second thing of its kind at the same millisecond is the first one said again. */
        public void add(TouchRow touch) {
            touches.putIfAbsent(key(touch), touch);
        }

        /** Adds to the history; a second thing of its kind at the same millisecond counts a millisecond later. */
        public TouchRow addAnother(TouchRow touch) {
            TouchRow t = touch;
            while (touches.containsKey(key(t)) || isStored(t)) {
                t = t.at(t.atMs() + 1);
            }
            touches.put(key(t), t);
            return t;
        }

        private boolean isStored(TouchRow t) {
            if (fresh.contains(new Key(t.workspaceId(), t.visitorNo()))) {
                return false;
            }
            try {
                PreparedStatement p = tx.prepared(
                        "select 1 from touch where workspace_id = ? and visitor_no = ? and at = ? and kind = ?");
                p.setInt(1, t.workspaceId());
                p.setLong(2, t.visitorNo());
                p.setLong(3, t.atMs());
                p.setString(4, t.kind());
                try (ResultSet rs = p.executeQuery()) {
                    return rs.next();
                }
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }

        private static TouchKey key(TouchRow t) {
            return new TouchKey(t.workspaceId(), t.visitorNo(), t.atMs(), t.kind());
        }

        /** Whether that visitor came by that link since then, in epoch ms. */
        public boolean touched(int workspaceId, long no, String refId, long sinceMs) {
            for (TouchRow t : touches.values()) {
                if (t.workspaceId() == workspaceId
                        && t.visitorNo() == no
                        && t.atMs() >= sinceMs
                        && refId.equals(t.refId())) {
                    return true;
                }
            }
            try {
                PreparedStatement p = tx.prepared(
                        "select 1 from touch where workspace_id = ? and visitor_no = ? and at >= ? and ref_id = ?");
                p.setInt(1, workspaceId);
                p.setLong(2, no);
                p.setLong(3, sinceMs);
                p.setString(4, refId);
                try (ResultSet rs = p.executeQuery()) {
                    return rs.next();
                }
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }

        /** The visitor who brought that click id, or null. */
        public @Nullable Long clickOwner(int workspaceId, String name, String value) {
            return owner(clickKey(workspaceId, name, value));
        }

        /**
         * Joins newly seen click ids to those already known: a value seen before keeps its first
         * instant, a value that somebody else brought first is marked shared, and a newer value
         * replaces an older one of the same name.
         */
        public ClickIds claim(int workspaceId, long visitorNo, ClickIds had, ClickIds seen) {
            ClickIds all = had;
            for (Map.Entry<String, ClickId> e : seen.byName().entrySet()) {
                ClickId id = e.getValue();
                ClickId old = had.get(e.getKey());
                if (old != null && old.value().equals(id.value())) {
                    continue;
                }
                var key = clickKey(workspaceId, e.getKey(), id.value());
                Long owner = owner(key);
                if (owner == null) {
                    newClicks.put(key, visitorNo);
                    clickOwners.put(key, visitorNo);
                }
                boolean shared = owner != null && owner != visitorNo;
                all = all.with(e.getKey(), new ClickId(id.value(), id.firstSeenMs(), shared, id.suspicious()));
            }
            return all;
        }

        /** Removes every trace of a visitor. */
        public void erase(int workspaceId, long no) {
            var sql = tx.sql();
            known.put(new Key(workspaceId, no), null);
            sql.deleteFrom(VISITOR)
                    .where(VISITOR.WORKSPACE_ID.eq(workspaceId), VISITOR.VISITOR_NO.eq(no))
                    .execute();
            sql.deleteFrom(VISITOR)
                    .where(VISITOR.WORKSPACE_ID.eq(workspaceId), VISITOR.MERGED_INTO.eq(no))
                    .execute();
            sql.deleteFrom(TOUCH)
                    .where(TOUCH.WORKSPACE_ID.eq(workspaceId), TOUCH.VISITOR_NO.eq(no))
                    .execute();
            sql.deleteFrom(CONSENT)
                    .where(CONSENT.WORKSPACE_ID.eq(workspaceId), CONSENT.VISITOR_NO.eq(no))
                    .execute();
            sql.deleteFrom(CLICK_ID)
                    .where(CLICK_ID.WORKSPACE_ID.eq(workspaceId), CLICK_ID.VISITOR_NO.eq(no))
                    .execute();
            Clicks.erase(sql, workspaceId, no);
        }

        private @Nullable Long owner(ClickKey key) {
            if (!wantedClicks.isEmpty()) {
                lookUpWanted();
            }
            Long owner = clickOwners.get(key);
            if (owner == null && !clickOwners.containsKey(key)) {
                owner = tx.sqlUnflushed()
                        .select(CLICK_ID.VISITOR_NO)
                        .from(CLICK_ID)
                        .where(CLICK_ID.WORKSPACE_ID.eq(key.workspaceId), CLICK_ID.VALUE_HASH.eq(key.hash))
                        .fetchOne(CLICK_ID.VISITOR_NO);
                remember(key, owner);
            }
            return owner == null || owner < 0 ? null : owner;
        }

        private void lookUpWanted() {
            try {
                PreparedStatement one =
                        tx.prepared("select visitor_no from click_id where workspace_id = ? and value_hash = ?");
                if (tx.shared()) {
                    lookUpTogether();
                } else {
                    for (ClickKey key : wantedClicks) {
                        one.setInt(1, key.workspaceId);
                        one.setLong(2, key.hash);
                        try (var rs = one.executeQuery()) {
                            remember(key, rs.next() ? rs.getLong(1) : null);
                        }
                    }
                }
            } catch (SQLException e) {
                throw new StoreException(e);
            }
            wantedClicks.clear();
        }

        private void lookUpTogether() {
            var byWorkspace = new HashMap<Integer, List<Long>>();
            for (ClickKey k : wantedClicks) {
                byWorkspace
                        .computeIfAbsent(k.workspaceId, w -> new ArrayList<>())
                        .add(k.hash);
            }
            byWorkspace.forEach((ws, hashes) -> {
                tx.sqlUnflushed()
                        .select(CLICK_ID.VALUE_HASH, CLICK_ID.VISITOR_NO)
                        .from(CLICK_ID)
                        .where(CLICK_ID.WORKSPACE_ID.eq(ws), CLICK_ID.VALUE_HASH.in(hashes))
                        .forEach(r -> remember(new ClickKey(ws, r.value1()), r.value2()));
                for (Long h : hashes) {
                    clickOwners.putIfAbsent(new ClickKey(ws, h), -1L);
                }
            });
        }

        private void remember(ClickKey key, @Nullable Long owner) {
            clickOwners.putIfAbsent(key, owner == null ? -1L : owner);
        }

        private ClickKey clickKey(int ws, String name, String value) {
            return new ClickKey(ws, secrets.lookupKey(name, value));
        }

        private long nextNumber(int ws) {
            Block b = leased.getOrDefault(ws, blocks.get(ws));
            if (b == null || b.next == b.end) {
                b = lease(ws);
            }
            leased.put(ws, new Block(b.next + 1, b.end));
            return b.next;
        }

        /** Takes the next thousand numbers, in this transaction: rolled back with it. */
        private Block lease(int ws) {
            String name = "visitor/" + ws;
            var sql = tx.sqlUnflushed();
            var block = SEQUENCE_BLOCK;
            sql.insertInto(block)
                    .set(block.NAME, name)
                    .set(block.NEXT_NUMBER, 0L)
                    .onConflictDoNothing()
                    .execute();
            sql.update(block)
                    .set(block.NEXT_NUMBER, block.NEXT_NUMBER.plus(BLOCK))
                    .where(block.NAME.eq(name))
                    .execute();
            Long end = sql.select(block.NEXT_NUMBER)
                    .from(block)
                    .where(block.NAME.eq(name))
                    .fetchSingle(block.NEXT_NUMBER);
            return new Block(Objects.requireNonNull(end) - BLOCK, end);
        }

        @Override
        public void flush() throws SQLException {
            insertFresh();
            updateChanged();
            insertClicks();
            insertTouches();
        }

        private void insertFresh() throws SQLException {
            if (fresh.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared(
                    "insert into visitor (workspace_id, visitor_no, lead_id, created_at, seen_at, profile) values (?, ?, ?, ?, ?, ?)");
            for (Key key : fresh) {
                Visitor v = known.get(key);
                if (v == null) {
                    continue;
                }
                p.setInt(1, v.workspaceId());
                p.setLong(2, v.no());
                p.setString(3, v.leadId());
                p.setLong(4, v.createdAt().toEpochMilli());
                p.setLong(5, v.seenAt().toEpochMilli());
                p.setBytes(6, sealed(v));
                p.addBatch();
            }
            p.executeBatch();
            fresh.clear();
        }

        private void updateChanged() throws SQLException {
            if (changed.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared(
                    "update visitor set lead_id = ?, seen_at = ?, profile = ? where workspace_id = ? and visitor_no = ?");
            for (Key key : changed) {
                Visitor v = known.get(key);
                if (v == null) {
                    continue;
                }
                p.setString(1, v.leadId());
                p.setLong(2, v.seenAt().toEpochMilli());
                p.setBytes(3, sealed(v));
                p.setInt(4, v.workspaceId());
                p.setLong(5, v.no());
                p.addBatch();
            }
            p.executeBatch();
            changed.clear();
        }

        private void insertClicks() throws SQLException {
            if (newClicks.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared(
                    "insert into click_id (workspace_id, value_hash, visitor_no, seen_at) values (?, ?, ?, ?) on conflict do nothing");
            for (var e : newClicks.entrySet()) {
                p.setInt(1, e.getKey().workspaceId);
                p.setLong(2, e.getKey().hash);
                p.setLong(3, e.getValue());
                p.setLong(4, tx.now().toEpochMilli());
                p.addBatch();
            }
            p.executeBatch();
            newClicks.clear();
        }

        private void insertTouches() throws SQLException {
            if (touches.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared(
                    "insert into touch (workspace_id, visitor_no, at, kind, ref_id, agent_id, url, referrer) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing");
            for (TouchRow t : touches.values()) {
                p.setInt(1, t.workspaceId());
                p.setLong(2, t.visitorNo());
                p.setLong(3, t.atMs());
                p.setString(4, t.kind());
                p.setString(5, t.refId());
                p.setString(6, t.agentId());
                p.setString(7, t.url());
                p.setString(8, t.referrer());
                p.addBatch();
            }
            p.executeBatch();
            touches.clear();
        }

        private byte[] sealed(Visitor v) {
            return secrets.seal(Json.writeBytes(v.profile()), place(v.workspaceId(), v.no()));
        }
    }
}
