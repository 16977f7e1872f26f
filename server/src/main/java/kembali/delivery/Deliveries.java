package kembali.delivery;

import static kembali.store.schema.Tables.ATTEMPT;
import static kembali.store.schema.Tables.DELIVERY;
import static kembali.store.schema.Tables.DELIVERY_PAYLOAD;
import static kembali.store.schema.Tables.DELIVERY_TRAIL;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import kembali.lead.Lead;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.store.StoreException;
import kembali.store.Tx;
import kembali.support.Ids;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Writing decided deliveries: one per lead, pixel, event name and further transaction. */
public final class Deliveries {
    /** Told after the commit which pixels have something new to send. */
    public interface Wakeup {
        void rowsDue(String pixelId);
    }

    private final Ids ids;
    private volatile Wakeup wakeup = pixelId -> {};

    public Deliveries(Ids ids) {
        this.ids = ids;
    }

    /** Connects the lanes. */
    public void onRowsDue(Wakeup w) {
        wakeup = w;
    }

    public String newId() {
        return ids.next("dl");
    }

    /** The deliveries of that transaction. */
    public InTx in(Tx tx) {
        return tx.part(InTx.class, InTx::new);
    }

    /** The deliveries one transaction has read or changed. */
    public final class InTx implements Tx.Part {
        private record Key(String pixelId, String eventId) {}

        private final Tx tx;
        private final Map<Key, Delivery> known = new LinkedHashMap<>();
        private final Set<String> loadedLeads = new HashSet<>();
        private final Set<Key> fresh = new HashSet<>();
        private final Set<Key> changed = new HashSet<>();
        private final Set<String> pixelsToWake = new HashSet<>();
        /** Loaded leads with rows of a lead that was merged into them: few, and the only ones whose rows have twins. */
        private final Set<String> mergedLeads = new HashSet<>();

        private InTx(Tx tx) {
            this.tx = tx;
            tx.afterCommit(() -> pixelsToWake.forEach(wakeup::rowsDue));
        }

        /**
         * All deliveries of a lead by pixel and event id, without its visits, of which there may be any number.
         * {@code newLead} saves the look-up.
         */
        public void load(int workspaceId, String leadId, boolean newLead) {
            if (!loadedLeads.add(leadId) || newLead) {
                return;
            }
            try {
                PreparedStatement p = tx.prepared(DeliveryReader.SELECT
                        + "where delivery.workspace_id = ? and delivery.lead_id = ? and delivery.event_id like ?");
                p.setInt(1, workspaceId);
                p.setString(2, leadId);
                p.setString(3, Delivery.OWN_EVENT_IDS + "%");
                for (Delivery d : DeliveryReader.read(p)) {
                    known.putIfAbsent(new Key(d.pixelId(), d.eventId()), d);
                    if (d.cameByMerge()) {
                        mergedLeads.add(leadId);
                    }
                }
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }

        /** The delivery with that identity, of a lead that was loaded. */
        public @Nullable Delivery get(String pixelId, String eventId) {
            return known.get(new Key(pixelId, eventId));
        }

        /** Whether a pixel has an event of that id already, whoever's it is. */
        public boolean has(String pixelId, String eventId) {
            if (known.containsKey(new Key(pixelId, eventId))) {
                return true;
            }
            try {
                PreparedStatement p = tx.prepared("select 1 from delivery where pixel_id = ? and event_id = ?");
                p.setString(1, pixelId);
                p.setString(2, eventId);
                try (ResultSet rs = p.executeQuery()) {
                    return rs.next();
                }
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }

        /**
         * The row that stands for the same conversion: its own, or, where two leads turned out to be one person, the one
         * made for the other. What may have been sent or still is goes before what was skipped.
         *
         * @param d a row of a lead that was loaded; need not be stored
         */
        public @Nullable Delivery standingFor(Delivery d) {
            Delivery own = get(d.pixelId(), d.eventId());
            if (own != null && !own.status().equals(DeliveryStatus.SKIPPED)
                    || d.leadId() == null
                    || !mergedLeads.contains(d.leadId())) {
                return own;
            }
            Delivery twin = null;
            for (Delivery other : of(d.leadId())) {
                if (other.isOfAnother(d) && other.isTwinOf(d)) {
                    if (!other.status().equals(DeliveryStatus.SKIPPED)) {
                        return other;
                    }
                    twin = other;
                }
            }
            return own != null ? own : twin;
        }

        /** The other row for the same conversion of a person who was known twice, if it was sent or still is; or null. */
        public @Nullable Delivery reportedTwin(Delivery d) {
            if (d.leadId() == null || !mergedLeads.contains(d.leadId())) {
                return null;
            }
            for (Delivery other : of(d.leadId())) {
                if (other.isOfAnother(d)
                        && other.isTwinOf(d)
                        && (other.mayHaveArrived() || other.status().equals(DeliveryStatus.PENDING))) {
                    return other;
                }
            }
            return null;
        }

        /**
         * Two leads turned out to be one person: the rows of {@code gone} become rows of {@code stays}, with the event ids
         * they have. What both would report and the platform has, or will have, of one is not sent of the other.
         */
        public void merge(int workspaceId, Lead gone, Lead stays) {
            String from = gone.id();
            String into = stays.id();
            // Page views from before somebody was a lead stay without one.
            tx.sql()
                    .update(DELIVERY)
                    .set(DELIVERY.VISITOR_NO, stays.visitorNo())
                    .where(ofPerson(workspaceId, null, gone.visitorNo()))
                    .execute();
            tx.sql()
                    .update(DELIVERY)
                    .set(DELIVERY.LEAD_ID, into)
                    .set(DELIVERY.VISITOR_NO, stays.visitorNo())
                    .where(DELIVERY.WORKSPACE_ID.eq(workspaceId), DELIVERY.LEAD_ID.eq(from))
                    .execute();
            forget(from);
            forget(into);
            load(workspaceId, into, false);
            List<Delivery> all = of(into);
            var ended = new ArrayList<String>();
            for (Delivery d : all) {
                boolean waits = d.status().equals(DeliveryStatus.PENDING) && !d.mayHaveArrived();
                if (waits && all.stream().anyMatch(o -> o.isOfAnother(d) && o.isTwinOf(d) && outranks(o, d))) {
                    ended.add(d.id());
                }
            }
            if (!ended.isEmpty()) {
                tx.sql()
                        .update(DELIVERY)
                        .set(DELIVERY.STATUS, DeliveryStatus.SKIPPED)
                        .set(DELIVERY.REASON_CODE, Reasons.LEAD_MERGED.code())
                        .set(DELIVERY.REASON_MESSAGE, Reasons.LEAD_MERGED.message())
                        .set(DELIVERY.REASON_FIX, Reasons.LEAD_MERGED.fix())
                        .where(DELIVERY.WORKSPACE_ID.eq(workspaceId), DELIVERY.ID.in(ended))
                        .execute();
                forget(into);
            }
        }

        /** Of two rows for one conversion: what may have arrived, else the older one that is under way. */
        private static boolean outranks(Delivery other, Delivery d) {
            return other.mayHaveArrived()
                    || other.status().equals(DeliveryStatus.PENDING)
                            && other.id().compareTo(d.id()) < 0;
        }

        private void forget(String leadId) {
            known.values().removeIf(d -> leadId.equals(d.leadId()));
            loadedLeads.remove(leadId);
        }

        /** All known deliveries of a lead that was loaded, without its visits. */
        public List<Delivery> of(String leadId) {
            var found = new ArrayList<Delivery>();
            for (Delivery d : known.values()) {
                if (leadId.equals(d.leadId()) && !d.isVisit()) {
                    found.add(d);
                }
            }
            return found;
        }

        /** Whether this transaction knows of any delivery of that visitor. */
        public boolean anyOf(int workspaceId, long visitorNo) {
            return known.values().stream()
                    .anyMatch(
                            d -> d.workspaceId() == workspaceId && d.visitorNo() != null && d.visitorNo() == visitorNo);
        }

        /** Adds a decided delivery; there is none with its identity. */
        public void add(Delivery d) {
            var key = new Key(d.pixelId(), d.eventId());
            known.put(key, d);
            fresh.add(key);
            noteDue(d);
        }

        /** Replaces the content of a row nothing has been sent of yet, or of a failed one before a retry. */
        public Delivery decideAnew(Delivery old, Delivery content) {
            Delivery d = old.decidedAnew(content);
            var key = new Key(d.pixelId(), d.eventId());
            known.remove(new Key(old.pixelId(), old.eventId()));
            known.put(key, d);
            if (!d.eventId().equals(old.eventId())) {
                tx.sql()
                        .update(DELIVERY)
                        .set(DELIVERY.EVENT, d.event())
                        .set(DELIVERY.EVENT_ID, d.eventId())
                        .where(DELIVERY.WORKSPACE_ID.eq(d.workspaceId()), DELIVERY.ID.eq(d.id()))
                        .execute();
            }
            if (!fresh.contains(key)) {
                changed.add(key);
                if (old.attempts() > 0 && old.prepared() != null) {
                    keepOldPayload(old, old.prepared());
                }
            }
            noteDue(d);
            return d;
        }

        /** A waiting row need not wait any longer; one that is under way is left alone. */
        public void dueNow(Delivery d) {
            tx.sql()
                    .update(DELIVERY)
                    .set(DELIVERY.DUE_AT, tx.now().toEpochMilli())
                    .where(
                            DELIVERY.WORKSPACE_ID.eq(d.workspaceId()),
                            DELIVERY.ID.eq(d.id()),
                            DELIVERY.STATUS.eq(DeliveryStatus.PENDING),
                            DELIVERY.LEASE_OWNER.isNull())
                    .execute();
            pixelsToWake.add(d.pixelId());
        }

        /**
         * Ends every waiting delivery of a person with that reason, for example after consent was withdrawn.
         *
         * @param leadId null when the visitor is no lead; their page views of that time are ended in any case
         */
        public void skipPending(int workspaceId, @Nullable String leadId, long visitorNo, Reason reason) {
            tx.sql()
                    .update(DELIVERY)
                    .set(DELIVERY.STATUS, DeliveryStatus.SKIPPED)
                    .set(DELIVERY.REASON_CODE, reason.code())
                    .set(DELIVERY.REASON_MESSAGE, reason.message())
                    .set(DELIVERY.REASON_FIX, reason.fix())
                    .where(
                            ofPerson(workspaceId, leadId, visitorNo),
                            DELIVERY.STATUS.eq(DeliveryStatus.PENDING),
                            DELIVERY.LEASE_OWNER.isNull())
                    .execute();
            known.values()
                    .removeIf(d -> d.workspaceId() == workspaceId
                            && (leadId != null && leadId.equals(d.leadId())
                                    || d.visitorNo() != null && d.visitorNo() == visitorNo));
            loadedLeads.remove(leadId);
        }

        /** Ends everything that waits for a pixel that goes away. */
        public void skipPendingOfPixel(String pixelId, Reason reason) {
            tx.sql()
                    .update(DELIVERY)
                    .set(DELIVERY.STATUS, DeliveryStatus.SKIPPED)
                    .set(DELIVERY.REASON_CODE, reason.code())
                    .set(DELIVERY.REASON_MESSAGE, reason.message())
                    .set(DELIVERY.REASON_FIX, reason.fix())
                    .where(DELIVERY.PIXEL_ID.eq(pixelId), DELIVERY.STATUS.eq(DSL.inline(DeliveryStatus.PENDING)))
                    .execute();
            Receipts.closeOf(tx, pixelId);
        }

        /** Takes everything personal out of a person's rows and empties their part of the queue; counts remain. */
        public void erase(int workspaceId, String leadId, long visitorNo, Reason reason) {
            skipPending(workspaceId, leadId, visitorNo, reason);
            var sql = tx.sql();
            Condition theirs = ofPerson(workspaceId, leadId, visitorNo);
            sql.update(ATTEMPT)
                    .setNull(ATTEMPT.PAYLOAD)
                    .setNull(ATTEMPT.RESPONSE)
                    .where(ATTEMPT.DELIVERY_ID.in(
                            DSL.select(DELIVERY.ID).from(DELIVERY).where(theirs)))
                    .execute();
            sql.deleteFrom(DELIVERY_PAYLOAD)
                    .where(
                            DELIVERY_PAYLOAD.WORKSPACE_ID.eq(workspaceId),
                            DELIVERY_PAYLOAD.DELIVERY_ID.in(
                                    DSL.select(DELIVERY.ID).from(DELIVERY).where(theirs)))
                    .execute();
            // Where an event is made of a click, its address says as much as its body.
            var made = DSL.select(DELIVERY_TRAIL.DELIVERY_ID)
                    .from(DELIVERY_TRAIL)
                    .where(
                            DELIVERY_TRAIL.WORKSPACE_ID.eq(workspaceId),
                            DELIVERY_TRAIL.DELIVERY_ID.in(
                                    DSL.select(DELIVERY.ID).from(DELIVERY).where(theirs)));
            sql.update(ATTEMPT)
                    .set(ATTEMPT.URL, "")
                    .where(ATTEMPT.DELIVERY_ID.in(made))
                    .execute();
            sql.deleteFrom(DELIVERY_TRAIL)
                    .where(
                            DELIVERY_TRAIL.WORKSPACE_ID.eq(workspaceId),
                            DELIVERY_TRAIL.DELIVERY_ID.in(
                                    DSL.select(DELIVERY.ID).from(DELIVERY).where(theirs)))
                    .execute();
            sql.update(DELIVERY)
                    .setNull(DELIVERY.MATCH_KEYS)
                    .setNull(DELIVERY.LEAD_ID)
                    .setNull(DELIVERY.VISITOR_NO)
                    .setNull(DELIVERY.ORDER_ID)
                    .setNull(DELIVERY.SUBID)
                    .where(theirs)
                    .execute();
        }

        private void noteDue(Delivery d) {
            if (d.status().equals(DeliveryStatus.PENDING)) {
                pixelsToWake.add(d.pixelId());
            }
        }

        /** Earlier attempts sent other bytes than the row will hold from now on. */
        private void keepOldPayload(Delivery old, Prepared.Ready sent) {
            tx.sqlUnflushed()
                    .update(ATTEMPT)
                    .set(ATTEMPT.PAYLOAD, sent.json())
                    .where(ATTEMPT.DELIVERY_ID.eq(old.id()), ATTEMPT.PAYLOAD.isNull())
                    .execute();
        }

        @Override
        public void flush() throws SQLException {
            insertFresh();
            updateChanged();
        }

        private void insertFresh() throws SQLException {
            if (fresh.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared("""
                    insert into delivery (trigger_status, origin, status, answer_lost, reason_code, reason_message, reason_fix,
                      value_amount, currency, order_id, occurred_at, expires_at, match_keys, due_at, subid, workspace_id, id,
                      pixel_id, platform, lead_id, visitor_no, event, event_id, created_at, attempts)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)""");
            var written = new ArrayList<Delivery>();
            for (Map.Entry<Key, Delivery> e : known.entrySet()) {
                if (!fresh.contains(e.getKey())) {
                    continue;
                }
                Delivery d = e.getValue();
                int i = bindContent(p, d);
                p.setInt(i++, d.workspaceId());
                p.setString(i++, d.id());
                p.setString(i++, d.pixelId());
                p.setString(i++, d.platform());
                p.setString(i++, d.leadId());
                if (d.visitorNo() == null) {
                    p.setNull(i++, Types.BIGINT);
                } else {
                    p.setLong(i++, d.visitorNo());
                }
                p.setString(i++, d.event());
                p.setString(i++, d.eventId());
                p.setLong(i, d.createdAt().toEpochMilli());
                p.addBatch();
                written.add(d);
            }
            p.executeBatch();
            writePayloads(written);
            fresh.clear();
        }

        private void updateChanged() throws SQLException {
            if (changed.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared("""
                    update delivery set trigger_status = ?, origin = ?, status = ?, answer_lost = ?, reason_code = ?, reason_message = ?,
                      reason_fix = ?, value_amount = ?, currency = ?, order_id = ?, occurred_at = ?, expires_at = ?,
                      match_keys = ?, due_at = ?, subid = ?, lease_owner = null, delivered_at = null
                    where workspace_id = ? and id = ?""");
            PreparedStatement delete =
                    tx.prepared("delete from delivery_payload where workspace_id = ? and delivery_id = ?");
            var written = new ArrayList<Delivery>();
            for (Key key : changed) {
                Delivery d = Objects.requireNonNull(known.get(key));
                int i = bindContent(p, d);
                p.setInt(i++, d.workspaceId());
                p.setString(i, d.id());
                p.addBatch();
                delete.setInt(1, d.workspaceId());
                delete.setString(2, d.id());
                delete.addBatch();
                written.add(d);
            }
            p.executeBatch();
            delete.executeBatch();
            writePayloads(written);
            changed.clear();
        }

        /** What is sent of these rows, where there is something to send; none of it is stored yet. */
        private void writePayloads(List<Delivery> rows) throws SQLException {
            PreparedStatement p = tx.prepared(
                    "insert into delivery_payload (workspace_id, delivery_id, payload, route, alone, clicked_at) values (?, ?, ?, ?, ?, ?)");
            for (Delivery d : rows) {
                Prepared.Ready ready = d.prepared();
                if (ready == null) {
                    continue;
                }
                Instant clickedAt = ready.clickedAt();
                p.setInt(1, d.workspaceId());
                p.setString(2, d.id());
                p.setString(3, ready.json());
                p.setString(4, ready.route());
                p.setBoolean(5, ready.alone());
                if (clickedAt == null) {
                    p.setNull(6, Types.BIGINT);
                } else {
                    p.setLong(6, clickedAt.toEpochMilli());
                }
                p.addBatch();
            }
            p.executeBatch();
        }

        private static int bindContent(PreparedStatement p, Delivery d) throws SQLException {
            Reason reason = d.reason();
            Prepared.Ready ready = d.prepared();
            int i = 1;
            p.setString(i++, d.trigger());
            p.setString(i++, d.origin().name().toLowerCase(Locale.ROOT));
            p.setString(i++, d.status());
            p.setBoolean(i++, d.answerLost());
            p.setString(i++, reason == null ? null : reason.code());
            p.setString(i++, reason == null ? null : reason.message());
            p.setString(i++, reason == null ? null : reason.fix());
            p.setString(i++, d.valueAmount());
            p.setString(i++, d.currency());
            p.setString(i++, d.orderId());
            p.setLong(i++, d.occurredAt().toEpochMilli());
            p.setLong(i++, d.expiresAt().toEpochMilli());
            p.setString(i++, ready == null ? null : String.join(",", ready.matchKeys()));
            p.setLong(i++, d.dueAt().toEpochMilli());
            p.setString(i++, d.subid());
            return i;
        }
    }

    /**
     * The rows of a person: of a lead, and of its visitor from before it was one.
     *
     * @param leadId null when the visitor is no lead
     */
    public static Condition ofPerson(int workspaceId, @Nullable String leadId, long visitorNo) {
        var before = DSL.select(DELIVERY.ID)
                .from(DELIVERY)
                .where(
                        DELIVERY.WORKSPACE_ID.eq(workspaceId),
                        DELIVERY.LEAD_ID.isNull(),
                        DELIVERY.VISITOR_NO.eq(visitorNo));
        // Two searches by index; of an "or" SQLite makes one through the whole workspace.
        var all = leadId == null
                ? before
                : before.unionAll(DSL.select(DELIVERY.ID)
                        .from(DELIVERY)
                        .where(DELIVERY.WORKSPACE_ID.eq(workspaceId), DELIVERY.LEAD_ID.eq(leadId)));
        return DELIVERY.WORKSPACE_ID.eq(workspaceId).and(DELIVERY.ID.in(all));
    }

    /** One row, or null. */
    public static @Nullable Delivery find(org.jooq.DSLContext sql, int workspaceId, String id) {
        List<Delivery> found = DeliveryReader.read(
                DeliveryReader.select(sql).where(DELIVERY.WORKSPACE_ID.eq(workspaceId), DELIVERY.ID.eq(id)));
        return found.isEmpty() ? null : found.getFirst();
    }

    /** All that stands in the sync log for a lead. */
    public static List<Delivery> ofLead(org.jooq.DSLContext sql, int workspaceId, String leadId) {
        return DeliveryReader.read(
                DeliveryReader.select(sql).where(DELIVERY.WORKSPACE_ID.eq(workspaceId), DELIVERY.LEAD_ID.eq(leadId)));
    }

    /** Counts of pending rows by pixel. */
    public static Map<String, Integer> pendingByPixel(org.jooq.DSLContext sql) {
        var counts = new HashMap<String, Integer>();
        sql.select(DELIVERY.PIXEL_ID, DSL.count())
                .from(DELIVERY)
                .where(DELIVERY.STATUS.eq(DeliveryStatus.PENDING))
                .groupBy(DELIVERY.PIXEL_ID)
                .forEach(r -> counts.put(r.value1(), r.value2()));
        return counts;
    }
}
