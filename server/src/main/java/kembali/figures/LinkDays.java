package kembali.figures;

import static kembali.store.schema.Tables.AGENT_DAY;
import static kembali.store.schema.Tables.ROTATOR_DAY;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kembali.store.Tx;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The figures of links in the database, and those one transaction adds. */
public final class LinkDays {
    private static final LinkCount[] COUNTS = LinkCount.values();

    private static final String ADD = "insert into rotator_day (workspace_id, rotator_id, day, agent_id, "
            + columns(LinkCount::column) + ") values (?, ?, ?, ?, " + columns(c -> "?")
            + ") on conflict (workspace_id, rotator_id, day, agent_id) do update set "
            + columns(c -> c.column() + " = rotator_day." + c.column() + " + excluded." + c.column());

    private static final String ADD_CHATS =
            "insert into agent_day (workspace_id, rotator_id, agent_id, day, chats) values (?, ?, ?, ?, ?)"
                    + " on conflict (workspace_id, rotator_id, agent_id, day)"
                    + " do update set chats = agent_day.chats + excluded.chats";

    private LinkDays() {}

    private static String columns(java.util.function.Function<LinkCount, String> text) {
        return Arrays.stream(COUNTS).map(text).collect(Collectors.joining(", "));
    }

    /** The figures of that transaction. */
    public static InTx in(Tx tx) {
        return tx.part(InTx.class, t -> new InTx(t));
    }

    /** A rotator's figures from one day to another, both included, oldest first. */
    public static List<LinkDay> read(DSLContext sql, int workspaceId, String rotatorId, LocalDate from, LocalDate to) {
        return sql.selectFrom(ROTATOR_DAY)
                .where(
                        ROTATOR_DAY.WORKSPACE_ID.eq(workspaceId),
                        ROTATOR_DAY.ROTATOR_ID.eq(rotatorId),
                        ROTATOR_DAY.DAY.between((int) from.toEpochDay(), (int) to.toEpochDay()))
                .orderBy(ROTATOR_DAY.DAY, ROTATOR_DAY.AGENT_ID)
                .fetch(r -> {
                    var counts = new EnumMap<LinkCount, Long>(LinkCount.class);
                    for (LinkCount c : COUNTS) {
                        counts.put(c, Objects.requireNonNull(r.get(c.column(), Long.class)));
                    }
                    return new LinkDay(
                            LocalDate.ofEpochDay(r.getDay()), r.getAgentId().isEmpty() ? null : r.getAgentId(), counts);
                });
    }

    /** How many chats an agent with a daily cap was given on that day of theirs; null when nobody counted. */
    public static @Nullable Long chats(
            DSLContext sql, int workspaceId, String rotatorId, String agentId, LocalDate agentDay) {
        return sql.select(AGENT_DAY.CHATS)
                .from(AGENT_DAY)
                .where(
                        AGENT_DAY.WORKSPACE_ID.eq(workspaceId),
                        AGENT_DAY.ROTATOR_ID.eq(rotatorId),
                        AGENT_DAY.AGENT_ID.eq(agentId),
                        AGENT_DAY.DAY.eq((int) agentDay.toEpochDay()))
                .fetchOne(AGENT_DAY.CHATS);
    }

    /** What one transaction adds. */
    public static final class InTx implements Tx.Part {
        /** Written in an order, so that two nodes never lock the same rows crosswise. */
        private record Row(int workspaceId, String rotatorId, String agentId, int day) implements Comparable<Row> {
            private static final Comparator<Row> ORDER = Comparator.comparingInt(Row::workspaceId)
                    .thenComparing(Row::rotatorId)
                    .thenComparing(Row::agentId)
                    .thenComparingInt(Row::day);

            @Override
            public int compareTo(Row other) {
                return ORDER.compare(this, other);
            }
        }

        private final Tx tx;
        private final Map<Row, long[]> added = new HashMap<>();
        private final Map<Row, Long> chats = new HashMap<>();

        private InTx(Tx tx) {
            this.tx = tx;
        }

        /** One more. @param agentId null where no agent is concerned */
        public void add(int workspaceId, String rotatorId, LocalDate day, @Nullable String agentId, LinkCount what) {
            add(workspaceId, rotatorId, day, agentId, what, 1);
        }

        /** Several more. @param agentId null where no agent is concerned */
        public void add(
                int workspaceId, String rotatorId, LocalDate day, @Nullable String agentId, LinkCount what, long n) {
            var row = new Row(workspaceId, rotatorId, agentId == null ? "" : agentId, (int) day.toEpochDay());
            added.computeIfAbsent(row, r -> new long[COUNTS.length])[what.ordinal()] += n;
        }

        /** One more chat for an agent who has a daily cap. */
        public void addChat(int workspaceId, String rotatorId, String agentId, LocalDate agentDay) {
            chats.merge(new Row(workspaceId, rotatorId, agentId, (int) agentDay.toEpochDay()), 1L, Long::sum);
        }

        @Override
        public void flush() throws SQLException {
            if (!added.isEmpty()) {
                PreparedStatement p = tx.prepared(ADD);
                for (var e : new TreeMap<>(added).entrySet()) {
                    p.setInt(1, e.getKey().workspaceId);
                    p.setString(2, e.getKey().rotatorId);
                    p.setInt(3, e.getKey().day);
                    p.setString(4, e.getKey().agentId);
                    for (int i = 0; i < COUNTS.length; i++) {
                        p.setLong(5 + i, e.getValue()[i]);
                    }
                    p.addBatch();
                }
                p.executeBatch();
                added.clear();
            }
            if (!chats.isEmpty()) {
                PreparedStatement p = tx.prepared(ADD_CHATS);
                for (var e : new TreeMap<>(chats).entrySet()) {
                    p.setInt(1, e.getKey().workspaceId);
                    p.setString(2, e.getKey().rotatorId);
                    p.setString(3, e.getKey().agentId);
                    p.setInt(4, e.getKey().day);
                    p.setLong(5, e.getValue());
                    p.addBatch();
                }
                p.executeBatch();
                chats.clear();
            }
        }
    }
}
