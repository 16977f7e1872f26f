package kembali.figures;

import static kembali.store.schema.Tables.AGENT_DAY;

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
import java.util.function.Function;
import java.util.stream.Collectors;
import kembali.store.Tx;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The figures of links in the database, and those one transaction adds. */
public final class LinkDays {
    /** The counts of a kind and the statement that adds to them. */
    private record Table(LinkKind kind, LinkCount[] counts, String add) {
        static Table of(LinkKind kind) {
            LinkCount[] counts =
                    Arrays.stream(LinkCount.values()).filter(kind::counts).toArray(LinkCount[]::new);
            String key = "workspace_id, " + kind.linkColumn + ", day, " + kind.partColumn;
            String add = "insert into " + kind.table + " (" + key + ", " + columns(counts, LinkCount::column)
                    + ") values (?, ?, ?, ?, " + columns(counts, c -> "?") + ") on conflict (" + key
                    + ") do update set "
                    + columns(
                            counts,
                            c -> c.column() + " = " + kind.table + "." + c.column() + " + excluded." + c.column());
            return new Table(kind, counts, add);
        }

        private static String columns(LinkCount[] counts, Function<LinkCount, String> text) {
            return Arrays.stream(counts).map(text).collect(Collectors.joining(", "));
        }
    }

    private static final Map<LinkKind, Table> TABLES = Arrays.stream(LinkKind.values())
            .collect(Collectors.toMap(k -> k, Table::of, (x, y) -> x, () -> new EnumMap<>(LinkKind.class)));

    private static final String ADD_CHATS =
            "insert into agent_day (workspace_id, rotator_id, agent_id, day, chats) values (?, ?, ?, ?, ?)"
                    + " on conflict (workspace_id, rotator_id, agent_id, day)"
                    + " do update set chats = agent_day.chats + excluded.chats";

    private LinkDays() {}

    /** The figures of that transaction. */
    public static InTx in(Tx tx) {
        return tx.part(InTx.class, t -> new InTx(t));
    }

    /** A link's figures from one day to another, both included, oldest first. */
    public static List<LinkDay> read(
            DSLContext sql, LinkKind kind, int workspaceId, String linkId, LocalDate from, LocalDate to) {
        Field<Integer> day = DSL.field(DSL.name("day"), SQLDataType.INTEGER);
        Field<String> part = DSL.field(DSL.name(kind.partColumn), SQLDataType.VARCHAR);
        return sql.select()
                .from(DSL.table(DSL.name(kind.table)))
                .where(
                        DSL.field(DSL.name("workspace_id"), SQLDataType.INTEGER).eq(workspaceId),
                        DSL.field(DSL.name(kind.linkColumn), SQLDataType.VARCHAR)
                                .eq(linkId),
                        day.between((int) from.toEpochDay(), (int) to.toEpochDay()))
                .orderBy(day, part)
                .fetch(r -> {
                    var counts = new EnumMap<LinkCount, Long>(LinkCount.class);
                    for (LinkCount c : table(kind).counts) {
                        counts.put(c, Objects.requireNonNull(r.get(c.column(), Long.class)));
                    }
                    String partId = Objects.requireNonNull(r.get(kind.partColumn, String.class));
                    return new LinkDay(
                            LocalDate.ofEpochDay(Objects.requireNonNull(r.get("day", Integer.class))),
                            partId.isEmpty() ? null : partId,
                            counts);
                });
    }

    private static Table table(LinkKind kind) {
        return Objects.requireNonNull(TABLES.get(kind));
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
        private record Row(LinkKind kind, int workspaceId, String linkId, String partId, int day)
                implements Comparable<Row> {
            private static final Comparator<Row> ORDER = Comparator.comparing(Row::kind)
                    .thenComparingInt(Row::workspaceId)
                    .thenComparing(Row::linkId)
                    .thenComparing(Row::partId)
                    .thenComparingInt(Row::day);

            @Override
            public int compareTo(Row other) {
                return ORDER.compare(this, other);
            }
        }

        private final Tx tx;
        private final Map<Row, EnumMap<LinkCount, Long>> added = new HashMap<>();
        private final Map<Row, Long> chats = new HashMap<>();

        private InTx(Tx tx) {
            this.tx = tx;
        }

        /** One more. @param partId null where no agent or destination is concerned */
        public void add(
                LinkKind kind, int workspaceId, String linkId, LocalDate day, @Nullable String partId, LinkCount what) {
            add(kind, workspaceId, linkId, day, partId, what, 1);
        }

        /** Several more. @param partId null where no agent or destination is concerned */
        public void add(
                LinkKind kind,
                int workspaceId,
                String linkId,
                LocalDate day,
                @Nullable String partId,
                LinkCount what,
                long n) {
            if (!kind.counts(what)) {
                throw new IllegalArgumentException(what + " is not counted of a " + kind.word());
            }
            var row = new Row(kind, workspaceId, linkId, partId == null ? "" : partId, (int) day.toEpochDay());
            added.computeIfAbsent(row, r -> new EnumMap<>(LinkCount.class)).merge(what, n, Long::sum);
        }

        /** One more chat for an agent who has a daily cap. */
        public void addChat(int workspaceId, String rotatorId, String agentId, LocalDate agentDay) {
            chats.merge(
                    new Row(LinkKind.ROTATOR, workspaceId, rotatorId, agentId, (int) agentDay.toEpochDay()),
                    1L,
                    Long::sum);
        }

        @Override
        public void flush() throws SQLException {
            LinkKind kind = null;
            PreparedStatement batch = null;
            for (var e : new TreeMap<>(added).entrySet()) {
                Row row = e.getKey();
                Table table = table(row.kind);
                if (batch == null || row.kind != kind) {
                    if (batch != null) {
                        batch.executeBatch();
                    }
                    kind = row.kind;
                    batch = tx.prepared(table.add);
                }
                batch.setInt(1, row.workspaceId);
                batch.setString(2, row.linkId);
                batch.setInt(3, row.day);
                batch.setString(4, row.partId);
                for (int i = 0; i < table.counts.length; i++) {
                    batch.setLong(5 + i, e.getValue().getOrDefault(table.counts[i], 0L));
                }
                batch.addBatch();
            }
            if (batch != null) {
                batch.executeBatch();
                added.clear();
            }
            if (!chats.isEmpty()) {
                PreparedStatement p = tx.prepared(ADD_CHATS);
                for (var e : new TreeMap<>(chats).entrySet()) {
                    p.setInt(1, e.getKey().workspaceId);
                    p.setString(2, e.getKey().linkId);
                    p.setString(3, e.getKey().partId);
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
