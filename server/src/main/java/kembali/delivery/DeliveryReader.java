package kembali.delivery;

import static kembali.store.schema.Tables.DELIVERY;
import static kembali.store.schema.Tables.DELIVERY_PAYLOAD;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import kembali.platform.ConversionEvent;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.store.StoreException;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SelectJoinStep;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/** Rows of the delivery table, with what is sent of them, as records. One order of columns serves every query. */
final class DeliveryReader {
    /** {@link #read} takes them by position. */
    private static final List<TableField<?, ?>> COLUMNS = List.of(
            DELIVERY.WORKSPACE_ID,
            DELIVERY.ID,
            DELIVERY.PIXEL_ID,
            DELIVERY.PLATFORM,
            DELIVERY.LEAD_ID,
            DELIVERY.VISITOR_NO,
            DELIVERY.TRIGGER_STATUS,
            DELIVERY.EVENT,
            DELIVERY.EVENT_ID,
            DELIVERY.STATUS,
            DELIVERY.ANSWER_LOST,
            DELIVERY.REASON_CODE,
            DELIVERY.REASON_MESSAGE,
            DELIVERY.REASON_FIX,
            DELIVERY.VALUE_AMOUNT,
            DELIVERY.CURRENCY,
            DELIVERY.ORDER_ID,
            DELIVERY.OCCURRED_AT,
            DELIVERY.CREATED_AT,
            DELIVERY.DELIVERED_AT,
            DELIVERY.EXPIRES_AT,
            DELIVERY.MATCH_KEYS,
            DELIVERY.ATTEMPTS,
            DELIVERY.DUE_AT,
            DELIVERY.LEASE_OWNER,
            DELIVERY_PAYLOAD.PAYLOAD,
            DELIVERY_PAYLOAD.ROUTE,
            DELIVERY_PAYLOAD.ALONE,
            DELIVERY_PAYLOAD.CLICKED_AT,
            DELIVERY.ORIGIN,
            DELIVERY.SUBID);

    /** The beginning of a query for {@link #read(PreparedStatement)}; its conditions speak of {@code delivery}. */
    static final String SELECT = COLUMNS.stream()
            .map(DeliveryReader::qualified)
            .collect(Collectors.joining(
                    ", ",
                    "select ",
                    " from delivery left join delivery_payload"
                            + " on delivery_payload.workspace_id = delivery.workspace_id"
                            + " and delivery_payload.delivery_id = delivery.id "));

    private DeliveryReader() {}

    private static String qualified(TableField<?, ?> column) {
        return String.join(".", column.getQualifiedName().getName());
    }

    /** The same beginning for conditions that are put together; end it with {@link #read(ResultQuery)}. */
    static SelectJoinStep<Record> select(DSLContext sql) {
        return sql.select(COLUMNS)
                .from(DELIVERY)
                .leftJoin(DELIVERY_PAYLOAD)
                .on(
                        DELIVERY_PAYLOAD.WORKSPACE_ID.eq(DELIVERY.WORKSPACE_ID),
                        DELIVERY_PAYLOAD.DELIVERY_ID.eq(DELIVERY.ID));
    }

    /** All rows of a query that began with {@link #select}. */
    static List<Delivery> read(ResultQuery<Record> query) {
        try (ResultSet rs = query.fetchResultSet()) {
            return read(rs);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** All rows of a query that began with {@link #SELECT}, its parameters bound. */
    static List<Delivery> read(PreparedStatement query) throws SQLException {
        try (ResultSet rs = query.executeQuery()) {
            return read(rs);
        }
    }

    private static List<Delivery> read(ResultSet rs) throws SQLException {
        var rows = new ArrayList<Delivery>();
        while (rs.next()) {
            rows.add(row(rs));
        }
        return rows;
    }

    private static Delivery row(ResultSet r) throws SQLException {
        String reason = r.getString(12);
        Long deliveredAt = number(r, 20);
        return new Delivery(
                r.getInt(1),
                r.getString(2),
                r.getString(3),
                r.getString(4),
                r.getString(5),
                number(r, 6),
                r.getString(7),
                ConversionEvent.Origin.valueOf(text(r.getString(30)).toUpperCase(Locale.ROOT)),
                r.getString(8),
                r.getString(9),
                r.getString(10),
                r.getBoolean(11),
                reason == null ? null : new Reason(reason, text(r.getString(13)), text(r.getString(14))),
                r.getString(15),
                r.getString(16),
                r.getString(17),
                Instant.ofEpochMilli(r.getLong(18)),
                Instant.ofEpochMilli(r.getLong(19)),
                deliveredAt == null ? null : Instant.ofEpochMilli(deliveredAt),
                Instant.ofEpochMilli(r.getLong(21)),
                prepared(r),
                r.getInt(23),
                Instant.ofEpochMilli(r.getLong(24)),
                r.getString(25) != null,
                r.getString(31));
    }

    private static Prepared.@Nullable Ready prepared(ResultSet r) throws SQLException {
        String payload = r.getString(26);
        if (payload == null) {
            return null;
        }
        Long clickedAt = number(r, 29);
        return new Prepared.Ready(
                payload,
                keys(r.getString(22)),
                r.getString(27),
                r.getBoolean(28),
                clickedAt == null ? null : Instant.ofEpochMilli(clickedAt));
    }

    private static @Nullable Long number(ResultSet r, int column) throws SQLException {
        long n = r.getLong(column);
        return r.wasNull() ? null : (Long) n;
    }

    private static List<String> keys(@Nullable String joined) {
        return joined == null || joined.isEmpty() ? List.of() : List.of(joined.split(",", -1));
    }

    private static String text(@Nullable String s) {
        return s == null ? "" : s;
    }
}
