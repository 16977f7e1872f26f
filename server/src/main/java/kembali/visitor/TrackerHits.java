package kembali.visitor;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import kembali.store.Store;
import kembali.store.StoreException;
import kembali.store.Tx;
import kembali.support.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * Which hits of the page tracker were taken, for some days: one that is said again changes nothing.
 *
 * <p>A hit lies in the slot of its time, so that rows are added and forgotten where their neighbours are
 * and the cost of one does not grow with the table. The usual event id (a UUID of version 7) tells its
 * time; of any other the day of arrival counts, and the days before are looked at, too.
 */
public final class TrackerHits {
    /** How long a hit is known at least. */
    public static final Duration KEPT = Duration.ofDays(2);

    /** About a minute: the milliseconds of a UUID's time above the last sixteen bits. */
    private static final int SLOT_BITS = 16;

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final int UUID_LENGTH = 36;
    private static final long NOBODY = -1;
    private static final int STEP = 2_000;

    private final Secrets secrets;

    public TrackerHits(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The hits of that transaction. */
    public InTx in(Tx tx) {
        return tx.part(InTx.class, InTx::new);
    }

    /** Forgets what is older than it has to be kept, in small steps so that nobody waits for it. */
    public static void prune(Store store, Iterable<Integer> workspaces, Instant now) {
        // A slot may be as much as a day before the arrival of its hits.
        long before = slot(now.minus(KEPT).toEpochMilli() - DAY);
        for (int workspace : workspaces) {
            boolean more = true;
            while (more) {
                more = store.write(tx -> pruneStep(tx, workspace, before)) == STEP;
            }
        }
    }

    private static int pruneStep(Tx tx, int workspace, long before) {
        tx.flushNow();
        try {
            PreparedStatement p = tx.prepared("""
                    delete from tracker_hit where (workspace_id, time_slot, event_hash) in
                      (select workspace_id, time_slot, event_hash from tracker_hit
                       where workspace_id = ? and time_slot < ? order by time_slot limit ?)""");
            p.setInt(1, workspace);
            p.setLong(2, before);
            p.setInt(3, STEP);
            return p.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static long slot(long ms) {
        return ms >> SLOT_BITS;
    }

    /** The milliseconds in a UUID of version 7, or -1 for any other text. */
    static long time(String eventId) {
        if (eventId.length() != UUID_LENGTH || eventId.charAt(14) != '7') {
            return -1;
        }
        try {
            return UUID.fromString(eventId).getMostSignificantBits() >>> 16;
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }

    /** The hits one transaction has looked for or taken. */
    public final class InTx implements Tx.Part {
        private record Event(int workspaceId, String eventId) {}

        private record Place(int workspaceId, long slot, long hash) {}

        private final Tx tx;
        /** Where a hit may lie; where it is to be written comes first. */
        private final Map<Event, List<Place>> places = new HashMap<>();

        private final Map<Place, Long> known = new HashMap<>();
        private final Set<Place> wanted = new LinkedHashSet<>();
        private final Map<Place, Long> fresh = new LinkedHashMap<>();

        private InTx(Tx tx) {
            this.tx = tx;
        }

        /** Says that this hit will be looked for, so that the whole group's are looked for at once. */
        public void want(int workspaceId, String eventId) {
            for (Place p : places(workspaceId, eventId)) {
                if (!known.containsKey(p)) {
                    wanted.add(p);
                }
            }
        }

        /** The visitor whose hit this was, or null when it was not taken yet. */
        public @Nullable Long visitorOf(int workspaceId, String eventId) {
            for (Place p : places(workspaceId, eventId)) {
                long no = owner(p);
                if (no != NOBODY) {
                    return no;
                }
            }
            return null;
        }

        /** Takes a hit that was not taken yet. */
        public void take(int workspaceId, String eventId, long visitorNo) {
            Place place = places(workspaceId, eventId).getFirst();
            known.put(place, visitorNo);
            fresh.put(place, visitorNo);
        }

        private List<Place> places(int workspaceId, String eventId) {
            return places.computeIfAbsent(new Event(workspaceId, eventId), e -> placesOf(workspaceId, eventId));
        }

        private List<Place> placesOf(int ws, String eventId) {
            long hash = secrets.lookupKey("hit", eventId);
            long now = tx.now().toEpochMilli();
            long said = time(eventId);
            var all = new ArrayList<Place>(4);
            boolean usual = said >= 0 && Math.abs(said - now) < DAY;
            if (said >= 0) {
                all.add(new Place(ws, slot(said), hash));
            }
            if (!usual) {
                long today = now - now % DAY;
                // A browser's clock that is days wrong: such a hit is written, and looked for, like one without a time.
                all.addFirst(new Place(ws, slot(today), hash));
                all.add(new Place(ws, slot(today - DAY), hash));
                all.add(new Place(ws, slot(today - 2 * DAY), hash));
            }
            return all;
        }

        private long owner(Place place) {
            if (!wanted.isEmpty()) {
                lookUpWanted();
            }
            Long no = known.get(place);
            if (no == null) {
                wanted.add(place);
                lookUpWanted();
                no = known.getOrDefault(place, NOBODY);
            }
            return no;
        }

        private void lookUpWanted() {
            try {
                if (tx.shared()) {
                    lookUpTogether();
                } else {
                    lookUpOneByOne();
                }
            } catch (SQLException e) {
                throw new StoreException(e);
            }
            wanted.clear();
        }

        private void lookUpOneByOne() throws SQLException {
            PreparedStatement p = tx.prepared(
                    "select visitor_no from tracker_hit where workspace_id = ? and time_slot = ? and event_hash = ?");
            for (Place place : wanted) {
                p.setInt(1, place.workspaceId);
                p.setLong(2, place.slot);
                p.setLong(3, place.hash);
                try (ResultSet rs = p.executeQuery()) {
                    known.putIfAbsent(place, rs.next() ? rs.getLong(1) : NOBODY);
                }
            }
        }

        private void lookUpTogether() throws SQLException {
            PreparedStatement p = tx.prepared("""
                    select h.workspace_id, h.time_slot, h.event_hash, h.visitor_no
                    from unnest(?::integer[], ?::bigint[], ?::bigint[]) as w(workspace_id, time_slot, event_hash)
                    join tracker_hit h on h.workspace_id = w.workspace_id and h.time_slot = w.time_slot
                      and h.event_hash = w.event_hash""");
            var c = tx.connection();
            p.setArray(
                    1,
                    c.createArrayOf(
                            "integer", wanted.stream().map(Place::workspaceId).toArray()));
            p.setArray(
                    2,
                    c.createArrayOf("bigint", wanted.stream().map(Place::slot).toArray()));
            p.setArray(
                    3,
                    c.createArrayOf("bigint", wanted.stream().map(Place::hash).toArray()));
            try (ResultSet rs = p.executeQuery()) {
                while (rs.next()) {
                    known.putIfAbsent(new Place(rs.getInt(1), rs.getLong(2), rs.getLong(3)), rs.getLong(4));
                }
            }
            for (Place place : wanted) {
                known.putIfAbsent(place, NOBODY);
            }
        }

        @Override
        public void flush() throws SQLException {
            if (fresh.isEmpty()) {
                return;
            }
            // Not "on conflict do nothing": a hit another node took at this moment must fail here, and be known when
            // its group runs again.
            PreparedStatement p = tx.prepared(
                    "insert into tracker_hit (workspace_id, time_slot, event_hash, visitor_no) values (?, ?, ?, ?)");
            for (var e : fresh.entrySet()) {
                p.setInt(1, e.getKey().workspaceId);
                p.setLong(2, e.getKey().slot);
                p.setLong(3, e.getKey().hash);
                p.setLong(4, e.getValue());
                p.addBatch();
            }
            p.executeBatch();
            fresh.clear();
        }
    }
}
