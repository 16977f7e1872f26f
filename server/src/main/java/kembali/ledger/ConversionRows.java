package kembali.ledger;

import static kembali.store.schema.Tables.CONVERSION;
import static kembali.store.schema.Tables.CONVERSION_STATE;

import com.fasterxml.jackson.core.type.TypeReference;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kembali.postback.ConversionStatus;
import kembali.postback.ConversionStatus.Money;
import kembali.postback.Payout;
import kembali.store.StoreException;
import kembali.store.Tx;
import kembali.support.Ids;
import kembali.support.Json;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Conversion rows in the database with their states, and those of one transaction. */
public final class ConversionRows {
    /** {@link #row} takes them by position. */
    private static final List<TableField<?, ?>> COLUMNS = List.of(
            CONVERSION.WORKSPACE_ID,
            CONVERSION.ID,
            CONVERSION.SUBJECT,
            CONVERSION.TRANSACTION_ID,
            CONVERSION.SOURCE_ID,
            CONVERSION.LEAD_ID,
            CONVERSION.SUBID,
            CONVERSION.CAMPAIGN_ID,
            CONVERSION.STATUS,
            CONVERSION.MONEY,
            CONVERSION.AMOUNT,
            CONVERSION.CURRENCY,
            CONVERSION.AMOUNT_TEXT,
            CONVERSION.REFUNDED,
            CONVERSION.COST,
            CONVERSION.COST_CURRENCY,
            CONVERSION.WORD,
            CONVERSION.REASON,
            CONVERSION.SLOTS,
            CONVERSION.EVENT_AT,
            CONVERSION.OCCURRED_AT,
            CONVERSION.REPORTED,
            CONVERSION.SILENCE,
            CONVERSION.CREATED_AT,
            CONVERSION.UPDATED_AT);

    private static final String SELECT =
            COLUMNS.stream().map(TableField::getName).collect(Collectors.joining(", ", "select ", " from conversion "));

    private static final TypeReference<Map<Integer, String>> SLOTS = new TypeReference<>() {};

    private final Ids ids;

    ConversionRows(Ids ids) {
        this.ids = ids;
    }

    /** A new id of a conversion. */
    public String newId() {
        return ids.next("cv");
    }

    /** A new id of a state. */
    public String newStateId() {
        return ids.next("cs");
    }

    /** The conversions of that transaction. */
    public InTx in(Tx tx) {
        return tx.part(InTx.class, InTx::new);
    }

    /** Conversions that fulfil {@code condition}, newest first. */
    public static List<Conversion> list(DSLContext sql, int workspaceId, Condition condition, int limit) {
        return read(sql.select(COLUMNS)
                .from(CONVERSION)
                .where(CONVERSION.WORKSPACE_ID.eq(workspaceId), condition)
                .orderBy(CONVERSION.ID.desc())
                .limit(limit));
    }

    public static @Nullable Conversion find(DSLContext sql, int workspaceId, String id) {
        List<Conversion> found = list(sql, workspaceId, CONVERSION.ID.eq(id), 1);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** The states a conversion had, oldest first. */
    public static List<ConversionState> history(DSLContext sql, int workspaceId, String id) {
        return sql.selectFrom(CONVERSION_STATE)
                .where(CONVERSION_STATE.WORKSPACE_ID.eq(workspaceId), CONVERSION_STATE.CONVERSION_ID.eq(id))
                .orderBy(CONVERSION_STATE.ID)
                .fetch(r -> new ConversionState(
                        r.getId(),
                        Instant.ofEpochMilli(r.getAt()),
                        instant(r.getEventAt()),
                        r.getSourceId(),
                        r.getPostbackId(),
                        r.getStatus(),
                        r.getPrevious(),
                        r.getWord(),
                        decimal(r.getAmount()),
                        r.getCurrency(),
                        decimal(r.getRefunded()),
                        r.getReason(),
                        r.getEvent()));
    }

    private static List<Conversion> read(ResultQuery<?> query) {
        try (ResultSet rs = query.fetchResultSet()) {
            return read(rs);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static List<Conversion> read(PreparedStatement query) throws SQLException {
        try (ResultSet rs = query.executeQuery()) {
            return read(rs);
        }
    }

    private static List<Conversion> read(ResultSet rs) throws SQLException {
        var found = new ArrayList<Conversion>(1);
        while (rs.next()) {
            found.add(row(rs));
        }
        return found;
    }

    private static Conversion row(ResultSet r) throws SQLException {
        long eventAt = r.getLong(20);
        Instant said = r.wasNull() ? null : Instant.ofEpochMilli(eventAt);
        return new Conversion(
                r.getInt(1),
                r.getString(2),
                r.getString(3),
                r.getString(4),
                r.getString(5),
                r.getString(6),
                r.getString(7),
                r.getString(8),
                status(r.getString(9), r.getString(10)),
                payout(r.getString(11), r.getString(12), r.getString(13)),
                decimal(r.getString(14)),
                payout(r.getString(15), r.getString(16), null),
                r.getString(17),
                r.getString(18),
                slots(r.getString(19)),
                said,
                Instant.ofEpochMilli(r.getLong(21)),
                r.getBoolean(22),
                r.getString(23),
                Instant.ofEpochMilli(r.getLong(24)),
                Instant.ofEpochMilli(r.getLong(25)));
    }

    private static ConversionStatus status(String word, String money) {
        ConversionStatus canonical = ConversionStatus.canonical(word);
        return canonical != null
                ? canonical
                : ConversionStatus.custom(
                        word, Money.valueOf(money.toUpperCase(Locale.ROOT)), new ConversionStatus.Effect.None());
    }

    private static @Nullable Payout payout(@Nullable String amount, @Nullable String currency, @Nullable String text) {
        return amount == null ? null : new Payout(new BigDecimal(amount), currency, text == null ? amount : text);
    }

    private static Map<Integer, String> slots(@Nullable String json) {
        if (json == null) {
            return Map.of();
        }
        try {
            return Json.STORED.readValue(json, SLOTS);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("stored slots cannot be read", e);
        }
    }

    private static @Nullable BigDecimal decimal(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    private static @Nullable Instant instant(@Nullable Long ms) {
        return ms == null ? null : Instant.ofEpochMilli(ms);
    }

    /** The conversions one transaction has read or changed. */
    public final class InTx implements Tx.Part {
        private record Subject(int workspaceId, String subject) {}

        private record State(int workspaceId, String conversionId, ConversionState state) {}

        private final Tx tx;
        /** By subject, then by id. */
        private final Map<Subject, Map<String, Conversion>> known = new HashMap<>();

        private final Set<String> fresh = new LinkedHashSet<>();
        private final Map<String, Conversion> written = new LinkedHashMap<>();
        private final List<State> states = new ArrayList<>();

        private InTx(Tx tx) {
            this.tx = tx;
        }

        /**
         * The conversions of a click, or of a lead without a click. Hold the visitor's or lead's lock: two nodes must not
         * judge by them at once.
         *
         * @param none true when there can be none in the database, because this transaction made the subject
         */
        public List<Conversion> of(int workspaceId, String subject, boolean none) {
            return List.copyOf(bySubject(workspaceId, subject, none).values());
        }

        private Map<String, Conversion> bySubject(int workspaceId, String subject, boolean none) {
            var key = new Subject(workspaceId, subject);
            Map<String, Conversion> rows = known.get(key);
            if (rows == null) {
                rows = new LinkedHashMap<>();
                if (!none) {
                    for (Conversion c :
                            stored(SELECT + "where workspace_id = ? and subject = ?", workspaceId, subject)) {
                        rows.put(c.id(), c);
                    }
                }
                known.put(key, rows);
            }
            return rows;
        }

        /** The conversion of that subject and transaction, or null. */
        public @Nullable Conversion find(int workspaceId, String subject, String transaction) {
            for (Conversion c : bySubject(workspaceId, subject, false).values()) {
                if (c.transaction().equals(transaction)) {
                    return c;
                }
            }
            return null;
        }

        /** The newest conversion of that source with that transaction, or null. No test. */
        public @Nullable Conversion byTransaction(int workspaceId, String sourceId, String transaction) {
            writePending();
            List<Conversion> found = stored(
                    SELECT + "where source_id = ? and transaction_id = ? and transaction_id <> '' and workspace_id = ?"
                            + " and subject not like 'test:%' order by id desc limit 1",
                    sourceId,
                    transaction,
                    workspaceId);
            return found.isEmpty() ? null : found.getFirst();
        }

        /** All conversions of a lead, whatever click they belong to. */
        public List<Conversion> ofLead(int workspaceId, String leadId) {
            writePending();
            return stored(SELECT + "where workspace_id = ? and lead_id = ?", workspaceId, leadId);
        }

        private void writePending() {
            if (!written.isEmpty()) {
                tx.flushNow();
            }
        }

        private List<Conversion> stored(String select, Object... parameters) {
            try {
                PreparedStatement p = tx.prepared(select);
                for (int i = 0; i < parameters.length; i++) {
                    p.setObject(i + 1, parameters[i]);
                }
                return read(p);
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }

        /** Stores a new conversion; its subject was asked for before. */
        public void add(Conversion c) {
            fresh.add(c.id());
            put(c);
        }

        /** Replaces a conversion. */
        public void put(Conversion c) {
            bySubject(c.workspaceId(), c.subject(), false).put(c.id(), c);
            written.put(c.id(), c);
        }

        /** Adds to a conversion's history. */
        public void note(Conversion c, ConversionState state) {
            states.add(new State(c.workspaceId(), c.id(), state));
        }

        /**
         * Two leads turned out to be one person: what {@code from} has goes to {@code into}. Where both have the same
         * transaction without a click, both rows stay.
         */
        public void moveLead(int workspaceId, String from, String into) {
            var sql = tx.sql();
            var other = CONVERSION.as("other");
            sql.update(CONVERSION)
                    .set(CONVERSION.SUBJECT, into)
                    .where(
                            CONVERSION.WORKSPACE_ID.eq(workspaceId),
                            CONVERSION.SUBJECT.eq(from),
                            DSL.notExists(DSL.selectOne()
                                    .from(other)
                                    .where(
                                            other.WORKSPACE_ID.eq(workspaceId),
                                            other.SUBJECT.eq(into),
                                            other.TRANSACTION_ID.eq(CONVERSION.TRANSACTION_ID))))
                    .execute();
            sql.update(CONVERSION)
                    .set(CONVERSION.LEAD_ID, into)
                    .where(CONVERSION.WORKSPACE_ID.eq(workspaceId), CONVERSION.LEAD_ID.eq(from))
                    .execute();
            known.clear();
        }

        /** Takes what could be about the person out of the conversions of these leads; sums remain. */
        public void erase(int workspaceId, List<String> leadIds) {
            var sql = tx.sql();
            sql.update(CONVERSION_STATE)
                    .setNull(CONVERSION_STATE.REASON)
                    .where(
                            CONVERSION_STATE.WORKSPACE_ID.eq(workspaceId),
                            CONVERSION_STATE.CONVERSION_ID.in(DSL.select(CONVERSION.ID)
                                    .from(CONVERSION)
                                    .where(CONVERSION.WORKSPACE_ID.eq(workspaceId), CONVERSION.LEAD_ID.in(leadIds))))
                    .execute();
            sql.update(CONVERSION)
                    .setNull(CONVERSION.LEAD_ID)
                    .setNull(CONVERSION.SLOTS)
                    .setNull(CONVERSION.REASON)
                    .where(CONVERSION.WORKSPACE_ID.eq(workspaceId), CONVERSION.LEAD_ID.in(leadIds))
                    .execute();
            known.clear();
        }

        @Override
        public void flush() throws SQLException {
            if (!written.isEmpty()) {
                insertFresh();
                updateChanged();
                fresh.clear();
                written.clear();
            }
            insertStates();
        }

        private void insertFresh() throws SQLException {
            if (fresh.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared("""
                    insert into conversion (source_id, lead_id, subid, campaign_id, status, money, amount, currency,
                      amount_text, refunded, cost, cost_currency, word, reason, slots, event_at, occurred_at, reported,
                      silence, updated_at, workspace_id, id, subject, transaction_id, created_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
            for (Conversion c : written.values()) {
                if (fresh.contains(c.id())) {
                    bind(p, c);
                    p.setString(23, c.subject());
                    p.setString(24, c.transaction());
                    p.setLong(25, c.createdAt().toEpochMilli());
                    p.addBatch();
                }
            }
            p.executeBatch();
        }

        private void updateChanged() throws SQLException {
            if (fresh.size() == written.size()) {
                return;
            }
            PreparedStatement p = tx.prepared("""
                    update conversion set source_id = ?, lead_id = ?, subid = ?, campaign_id = ?, status = ?, money = ?,
                      amount = ?, currency = ?, amount_text = ?, refunded = ?, cost = ?, cost_currency = ?, word = ?,
                      reason = ?, slots = ?, event_at = ?, occurred_at = ?, reported = ?, silence = ?, updated_at = ?
                    where workspace_id = ? and id = ?""");
            for (Conversion c : written.values()) {
                if (!fresh.contains(c.id())) {
                    bind(p, c);
                    p.addBatch();
                }
            }
            p.executeBatch();
        }

        private static void bind(PreparedStatement p, Conversion c) throws SQLException {
            Payout payout = c.payout();
            Payout cost = c.cost();
            p.setString(1, c.sourceId());
            p.setString(2, c.leadId());
            p.setString(3, c.subid());
            p.setString(4, c.campaignId());
            p.setString(5, c.status().word());
            p.setString(6, c.status().money().code());
            p.setString(7, payout == null ? null : payout.amount().toPlainString());
            p.setString(8, payout == null ? null : payout.currency());
            p.setString(9, payout == null ? null : payout.text());
            p.setString(10, plain(c.refunded()));
            p.setString(11, cost == null ? null : cost.amount().toPlainString());
            p.setString(12, cost == null ? null : cost.currency());
            p.setString(13, c.word());
            p.setString(14, c.reason());
            p.setString(15, c.slots().isEmpty() ? null : Json.write(c.slots()));
            setInstant(p, 16, c.eventAt());
            p.setLong(17, c.occurredAt().toEpochMilli());
            p.setBoolean(18, c.reported());
            p.setString(19, c.silence());
            p.setLong(20, c.updatedAt().toEpochMilli());
            p.setInt(21, c.workspaceId());
            p.setString(22, c.id());
        }

        private void insertStates() throws SQLException {
            if (states.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared("""
                    insert into conversion_state (workspace_id, conversion_id, id, at, event_at, source_id, postback_id,
                      status, previous, word, amount, currency, refunded, reason, event)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
            for (State s : states) {
                ConversionState t = s.state;
                p.setInt(1, s.workspaceId);
                p.setString(2, s.conversionId);
                p.setString(3, t.id());
                p.setLong(4, t.at().toEpochMilli());
                setInstant(p, 5, t.eventAt());
                p.setString(6, t.sourceId());
                p.setString(7, t.postbackId());
                p.setString(8, t.status());
                p.setString(9, t.previous());
                p.setString(10, t.word());
                p.setString(11, plain(t.amount()));
                p.setString(12, t.currency());
                p.setString(13, plain(t.refunded()));
                p.setString(14, t.reason());
                p.setString(15, t.event());
                p.addBatch();
            }
            p.executeBatch();
            states.clear();
        }

        private static void setInstant(PreparedStatement p, int i, @Nullable Instant at) throws SQLException {
            if (at == null) {
                p.setNull(i, Types.BIGINT);
            } else {
                p.setLong(i, at.toEpochMilli());
            }
        }

        private static @Nullable String plain(@Nullable BigDecimal d) {
            return d == null ? null : d.toPlainString();
        }
    }
}
