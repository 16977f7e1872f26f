package kembali.ledger;

import static kembali.store.schema.Tables.POSTBACK_DAY;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kembali.store.Store;
import kembali.store.StoreException;
import kembali.store.Tx;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What the days brought of each source. Counted in memory once a transaction is committed and written every few seconds,
 * so that no two nodes wait for each other's row; a crash may lose the last seconds. For notices, not for books.
 */
public final class SourceDays {
    /** One source, day and currency; the currency is empty for what has none. */
    private record Key(String sourceId, int day, String currency) implements Comparable<Key> {
        @Override
        public int compareTo(Key o) {
            int bySource = sourceId.compareTo(o.sourceId);
            int byDay = bySource != 0 ? bySource : Integer.compare(day, o.day);
            return byDay != 0 ? byDay : currency.compareTo(o.currency);
        }
    }

    private static final class Sum {
        private long received;
        private long booked;
        private long duplicates;
        private long kept;
        private long refused;
        private long confirmed;
        private long hasty;
        private double amount;
    }

    /**
     * One day of one source and currency.
     *
     * @param currency null for what has none; the counts of requests stand there
     * @param confirmed conversions that were confirmed
     * @param hasty confirmed within two seconds after the click
     * @param amount sum of what was confirmed, rounded
     */
    public record Day(
            LocalDate day,
            @Nullable String currency,
            long received,
            long booked,
            long duplicates,
            long kept,
            long refused,
            long confirmed,
            long hasty,
            double amount) {}

    private Map<Key, Sum> pending = new TreeMap<>();

    SourceDays() {}

    /** How a request ended. */
    public enum End {
        BOOKED,
        DUPLICATE,
        KEPT,
        REFUSED
    }

    /** One more request. */
    public synchronized void count(String sourceId, Instant at, End end) {
        Sum s = sum(sourceId, at, "");
        s.received++;
        switch (end) {
            case BOOKED -> s.booked++;
            case DUPLICATE -> s.duplicates++;
            case KEPT -> s.kept++;
            case REFUSED -> s.refused++;
        }
    }

    /** One more confirmed conversion. @param currency null for none */
    public synchronized void confirmed(
            String sourceId, Instant at, @Nullable String currency, double amount, boolean hasty) {
        Sum s = sum(sourceId, at, currency == null ? "" : currency);
        s.confirmed++;
        s.hasty += hasty ? 1 : 0;
        s.amount += amount;
    }

    private Sum sum(String sourceId, Instant at, String currency) {
        int day = (int) Math.floorDiv(at.getEpochSecond(), 86_400L);
        return pending.computeIfAbsent(new Key(sourceId, day, currency), k -> new Sum());
    }

    /** Writes what was counted since the last time. */
    public void write(Store store) {
        Map<Key, Sum> sums;
        synchronized (this) {
            sums = pending;
            pending = new TreeMap<>();
        }
        if (!sums.isEmpty()) {
            store.write(tx -> {
                write(tx, sums);
                return true;
            });
        }
    }

    private static void write(Tx tx, Map<Key, Sum> sums) {
        try {
            PreparedStatement p = tx.prepared("""
                    insert into postback_day (source_id, day, currency, received, booked, duplicates, kept, refused,
                      confirmed, hasty, amount) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (source_id, day, currency) do update set
                      received = postback_day.received + excluded.received,
                      booked = postback_day.booked + excluded.booked,
                      duplicates = postback_day.duplicates + excluded.duplicates,
                      kept = postback_day.kept + excluded.kept,
                      refused = postback_day.refused + excluded.refused,
                      confirmed = postback_day.confirmed + excluded.confirmed,
                      hasty = postback_day.hasty + excluded.hasty,
                      amount = postback_day.amount + excluded.amount""");
            for (var e : sums.entrySet()) {
                Sum s = e.getValue();
                p.setString(1, e.getKey().sourceId);
                p.setInt(2, e.getKey().day);
                p.setString(3, e.getKey().currency);
                p.setLong(4, s.received);
                p.setLong(5, s.booked);
                p.setLong(6, s.duplicates);
                p.setLong(7, s.kept);
                p.setLong(8, s.refused);
                p.setLong(9, s.confirmed);
                p.setLong(10, s.hasty);
                p.setDouble(11, s.amount);
                p.addBatch();
            }
            p.executeBatch();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** A source's days from that one on, oldest first. */
    public static List<Day> since(DSLContext sql, String sourceId, LocalDate from) {
        return sql.selectFrom(POSTBACK_DAY)
                .where(POSTBACK_DAY.SOURCE_ID.eq(sourceId), POSTBACK_DAY.DAY.ge((int) from.toEpochDay()))
                .orderBy(POSTBACK_DAY.DAY, POSTBACK_DAY.CURRENCY)
                .fetch(r -> new Day(
                        LocalDate.ofEpochDay(r.getDay()),
                        r.getCurrency().isEmpty() ? null : r.getCurrency(),
                        r.getReceived(),
                        r.getBooked(),
                        r.getDuplicates(),
                        r.getKept(),
                        r.getRefused(),
                        r.getConfirmed(),
                        r.getHasty(),
                        r.getAmount()));
    }

    /** The day an instant lies in. */
    public static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
