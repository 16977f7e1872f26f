package kembali.visitor;

import static kembali.store.schema.Tables.CLICK;
import static kembali.store.schema.Tables.VISITOR;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.store.StoreException;
import kembali.store.Tx;
import kembali.store.schema.tables.records.ClickRecord;
import kembali.support.Json;
import kembali.support.Secrets;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The clicks on campaign links. Their contents are stored sealed. */
public final class Clicks {
    private final Secrets secrets;
    private volatile Arrivals arrivals = (workspaceId, id) -> {};

    public Clicks(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Connects those who wait for clicks. */
    public void onArrival(Arrivals a) {
        arrivals = a;
    }

    /** The clicks of that transaction. */
    public InTx in(Tx tx) {
        return tx.part(InTx.class, InTx::new);
    }

    /** The click of that id in lower case, or null. */
    public @Nullable Click find(DSLContext sql, int workspaceId, String subid) {
        ClickRecord r = sql.selectFrom(CLICK)
                .where(CLICK.WORKSPACE_ID.eq(workspaceId), CLICK.SUBID.eq(subid))
                .fetchOne();
        return r == null ? null : read(r);
    }

    /** Where one click stands in its campaign's list. */
    public record Position(Instant at, String subid) {}

    /** A campaign's latest clicks, newest first. @param before those older than this one; null for all */
    public List<Click> latest(DSLContext sql, int workspaceId, String campaignId, @Nullable Position before, int most) {
        Condition older = before == null
                ? DSL.noCondition()
                : CLICK.AT
                        .lt(before.at.toEpochMilli())
                        .or(CLICK.AT.eq(before.at.toEpochMilli()).and(CLICK.SUBID.lt(before.subid)));
        return sql.selectFrom(CLICK)
                .where(CLICK.WORKSPACE_ID.eq(workspaceId), CLICK.CAMPAIGN_ID.eq(campaignId), older)
                .orderBy(CLICK.AT.desc(), CLICK.SUBID.desc())
                .limit(most)
                .fetch(this::read);
    }

    /** The last click of a visitor until an instant, or null. */
    public @Nullable Click latestOf(DSLContext sql, int workspaceId, long visitorNo, Instant until) {
        ClickRecord r = sql.selectFrom(CLICK)
                .where(
                        CLICK.WORKSPACE_ID.eq(workspaceId),
                        CLICK.VISITOR_NO.eq(visitorNo),
                        CLICK.AT.le(until.toEpochMilli()))
                .orderBy(CLICK.AT.desc())
                .limit(1)
                .fetchOne();
        return r == null ? null : read(r);
    }

    /**
     * Clicks of a time, of a campaign by their time and otherwise by their id, part by part.
     *
     * @param campaignId null for those of all campaigns and of none
     * @param to the first instant that does not count
     * @param after the last one of the part before; null for the beginning
     */
    public List<Click> between(
            DSLContext sql,
            int workspaceId,
            @Nullable String campaignId,
            Instant from,
            Instant to,
            @Nullable Click after,
            int most) {
        Condition chosen = CLICK.WORKSPACE_ID
                .eq(workspaceId)
                .and(CLICK.AT.ge(from.toEpochMilli()))
                .and(CLICK.AT.lt(to.toEpochMilli()));
        if (campaignId == null) {
            Condition rest = after == null ? chosen : chosen.and(CLICK.SUBID.gt(after.subid()));
            return sql.selectFrom(CLICK)
                    .where(rest)
                    .orderBy(CLICK.SUBID)
                    .limit(most)
                    .fetch(this::read);
        }
        Condition own = chosen.and(CLICK.CAMPAIGN_ID.eq(campaignId));
        Condition rest = after == null
                ? own
                : own.and(CLICK.AT.ge(after.at().toEpochMilli()))
                        .and(CLICK.AT.gt(after.at().toEpochMilli()).or(CLICK.SUBID.gt(after.subid())));
        return sql.selectFrom(CLICK)
                .where(rest)
                .orderBy(CLICK.AT, CLICK.SUBID)
                .limit(most)
                .fetch(this::read);
    }

    /** The leads of those visitors who are one, by visitor number. */
    public static Map<Long, String> leads(DSLContext sql, int workspaceId, Collection<Long> visitorNos) {
        return sql.select(VISITOR.VISITOR_NO, VISITOR.LEAD_ID)
                .from(VISITOR)
                .where(
                        VISITOR.WORKSPACE_ID.eq(workspaceId),
                        VISITOR.VISITOR_NO.in(visitorNos),
                        VISITOR.LEAD_ID.isNotNull())
                .fetchMap(VISITOR.VISITOR_NO, VISITOR.LEAD_ID);
    }

    /** Two visitors turned out to be one. */
    static void join(DSLContext sql, int workspaceId, long from, long into) {
        sql.update(CLICK)
                .set(CLICK.VISITOR_NO, into)
                .where(CLICK.WORKSPACE_ID.eq(workspaceId), CLICK.VISITOR_NO.eq(from))
                .execute();
    }

    static void erase(DSLContext sql, int workspaceId, long visitorNo) {
        sql.deleteFrom(CLICK)
                .where(CLICK.WORKSPACE_ID.eq(workspaceId), CLICK.VISITOR_NO.eq(visitorNo))
                .execute();
    }

    private Click read(ClickRecord r) {
        return new Click(
                r.getWorkspaceId(),
                r.getSubid(),
                r.getCampaignId(),
                r.getVisitorNo(),
                Instant.ofEpochMilli(r.getAt()),
                content(r.getWorkspaceId(), r.getSubid(), r.getContent()));
    }

    private Click.Content content(int workspaceId, String subid, byte[] sealed) {
        return Json.read(secrets.open(sealed, place(workspaceId, subid)), Click.Content.class);
    }

    private static String place(int workspaceId, String subid) {
        return "click/" + workspaceId + "/" + subid;
    }

    private record Key(int workspaceId, String subid) {}

    /** Clicks as one transaction sees them. */
    public final class InTx implements Tx.Part {
        private final Tx tx;
        private final Map<Key, @Nullable Click> known = new LinkedHashMap<>();
        private final List<Click> fresh = new ArrayList<>();
        private final List<Click> changed = new ArrayList<>();

        private InTx(Tx tx) {
            this.tx = tx;
        }

        /** Stores a click with an id of its own. */
        public void add(Click click) {
            known.put(new Key(click.workspaceId(), click.subid()), click);
            fresh.add(click);
            tx.afterCommit(() -> arrivals.arrived(click.workspaceId(), click.subid()));
        }

        /** Replaces what a click told: more became known of it. */
        public void put(Click click) {
            known.put(new Key(click.workspaceId(), click.subid()), click);
            if (!fresh.removeIf(
                    c -> c.workspaceId() == click.workspaceId() && c.subid().equals(click.subid()))) {
                changed.add(click);
            } else {
                fresh.add(click);
            }
        }

        /** The click of that id in lower case, or null. */
        public @Nullable Click find(int workspaceId, String subid) {
            var key = new Key(workspaceId, subid);
            if (!known.containsKey(key)) {
                known.put(key, read(workspaceId, subid));
            }
            return known.get(key);
        }

        private @Nullable Click read(int workspaceId, String subid) {
            try {
                PreparedStatement p = tx.prepared(
                        "select campaign_id, visitor_no, at, content from click where workspace_id = ? and subid = ?");
                p.setInt(1, workspaceId);
                p.setString(2, subid);
                try (ResultSet rs = p.executeQuery()) {
                    return rs.next()
                            ? new Click(
                                    workspaceId,
                                    subid,
                                    rs.getString(1),
                                    rs.getLong(2),
                                    Instant.ofEpochMilli(rs.getLong(3)),
                                    content(workspaceId, subid, rs.getBytes(4)))
                            : null;
                }
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }

        @Override
        public void flush() throws SQLException {
            insertFresh();
            updateChanged();
        }

        private void updateChanged() throws SQLException {
            if (changed.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared("update click set content = ? where workspace_id = ? and subid = ?");
            for (Click c : changed) {
                p.setBytes(1, secrets.seal(Json.writeBytes(c.content()), place(c.workspaceId(), c.subid())));
                p.setInt(2, c.workspaceId());
                p.setString(3, c.subid());
                p.addBatch();
            }
            p.executeBatch();
            changed.clear();
        }

        private void insertFresh() throws SQLException {
            if (fresh.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared(
                    "insert into click (workspace_id, subid, campaign_id, visitor_no, at, content) values (?, ?, ?, ?, ?, ?)");
            for (Click c : fresh) {
                p.setInt(1, c.workspaceId());
                p.setString(2, c.subid());
                p.setString(3, c.campaignId());
                p.setLong(4, c.visitorNo());
                p.setLong(5, c.at().toEpochMilli());
                p.setBytes(6, secrets.seal(Json.writeBytes(c.content()), place(c.workspaceId(), c.subid())));
                p.addBatch();
            }
            p.executeBatch();
            fresh.clear();
        }
    }
}
