package kembali.lead;

import static kembali.store.schema.Tables.LEAD;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import kembali.identity.Person;
import kembali.store.StoreException;
import kembali.support.Json;
import kembali.support.Secrets;
import kembali.visitor.Visitors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SelectJoinStep;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/** Rows of the lead table as leads. One order of columns serves every query. */
final class LeadRows {
    /** {@link #row} takes them by position. */
    private static final List<TableField<?, ?>> COLUMNS = List.of(
            LEAD.WORKSPACE_ID,
            LEAD.ID,
            LEAD.VISITOR_NO,
            LEAD.STATUS,
            LEAD.STATUS_AT,
            LEAD.PERSON,
            LEAD.PRIORITY,
            LEAD.SOURCE,
            LEAD.ASSIGNED_TO,
            LEAD.AGENT_NUMBER,
            LEAD.EXTERNAL_REF,
            LEAD.ESTIMATED_VALUE,
            LEAD.ACTUAL_VALUE,
            LEAD.CURRENCY,
            LEAD.CREATED_AT,
            LEAD.UPDATED_AT,
            LEAD.TAKEN_OVER);

    /** The beginning of a query for {@link #read(PreparedStatement)}. */
    static final String SELECT =
            COLUMNS.stream().map(TableField::getName).collect(Collectors.joining(", ", "select ", " from lead "));

    private final Secrets secrets;
    private final Visitors visitors;

    LeadRows(Secrets secrets, Visitors visitors) {
        this.secrets = secrets;
        this.visitors = visitors;
    }

    /** The same beginning for conditions that are put together; end it with {@link #read(ResultQuery)}. */
    static SelectJoinStep<Record> select(DSLContext sql) {
        return sql.select(COLUMNS).from(LEAD);
    }

    /** All leads of a query that began with {@link #select}. */
    List<Lead> read(ResultQuery<Record> query) {
        try (ResultSet rs = query.fetchResultSet()) {
            return read(rs);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** All leads of a query that began with {@link #SELECT}, its parameters bound. */
    List<Lead> read(PreparedStatement query) throws SQLException {
        try (ResultSet rs = query.executeQuery()) {
            return read(rs);
        }
    }

    /** The person as it is stored: sealed, and nothing where nothing is known. */
    byte @Nullable [] sealed(Lead lead) {
        Person person = lead.person();
        return person.isUnknown() ? null : secrets.seal(Json.writeBytes(person), place(lead.id()));
    }

    private List<Lead> read(ResultSet rs) throws SQLException {
        var leads = new ArrayList<Lead>();
        while (rs.next()) {
            leads.add(row(rs));
        }
        return leads;
    }

    private Lead row(ResultSet r) throws SQLException {
        int workspaceId = r.getInt(1);
        String id = r.getString(2);
        long visitorNo = r.getLong(3);
        byte[] person = r.getBytes(6);
        return new Lead(
                workspaceId,
                id,
                visitorNo,
                visitors.code(workspaceId, visitorNo),
                r.getString(4),
                Instant.ofEpochMilli(r.getLong(5)),
                new LeadDetails(
                        person == null ? Person.UNKNOWN : Json.read(secrets.open(person, place(id)), Person.class),
                        r.getString(7),
                        r.getString(8),
                        r.getString(9),
                        r.getString(10),
                        r.getString(11),
                        decimal(r.getString(12)),
                        decimal(r.getString(13)),
                        r.getString(14)),
                Instant.ofEpochMilli(r.getLong(15)),
                Instant.ofEpochMilli(r.getLong(16)),
                words(r.getString(17)));
    }

    /** A set of words as it is stored; null when there is none. */
    static @Nullable String joined(Set<String> words) {
        return words.isEmpty() ? null : String.join(",", words);
    }

    private static Set<String> words(@Nullable String joined) {
        return joined == null ? Set.of() : Set.of(joined.split(",", -1));
    }

    private static @Nullable BigDecimal decimal(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    private static String place(String id) {
        return "lead/" + id;
    }
}
