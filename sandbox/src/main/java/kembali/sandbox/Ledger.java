package kembali.sandbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import kembali.sandbox.Handled.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What the platforms received, in bounded memory.
 *
 * <p>In detail: the latest {@value #KEPT_EVENTS} events, {@value #KEPT_REQUESTS} requests, and beside
 * them {@value #KEPT_REFUSALS} of those not taken whole. As numbers: everything. As eight-byte keys,
 * for duplicates: {@value SeenKeys#LIMIT} events. A lean ledger keeps numbers, keys and refusals only.
 */
public final class Ledger {
    static final int KEPT_EVENTS = 50_000;
    static final int KEPT_REQUESTS = 1_000;
    static final int KEPT_REFUSALS = 500;
    static final int KEPT_DUPLICATES = 10_000;
    /** Event names are the caller's to invent, so the number of rows has an end. */
    static final int COUNTED_ROWS = 20_000;

    private static final int KEPT_EXPLANATIONS = 1_000_000;

    /** One row of counts; the verdict of a refusal carries its code, such as {@code refused 100/2804003}. */
    public record Row(String platform, String pixelId, String event, String verdict) {}

    /**
     * An event stored more than once under the same pixel, name and id.
     *
     * @param times how often in all, 2 or more
     * @param explainedBy the fault that cost an earlier copy its answer, so that the caller had to send again; null
     *     when nothing excuses the repetition
     */
    public record Duplicate(
            String platform,
            String pixelId,
            String event,
            String eventId,
            int times,
            Instant lastAt,
            @Nullable String explainedBy) {}

    /**
     * The numbers.
     *
     * @param repetitions stored events that repeated an earlier one
     * @param unexplained those of them no lost answer excuses
     * @param duplicates which events, at most {@value Ledger#KEPT_DUPLICATES}
     * @param saturated true when duplicates may have gone unnoticed because too many events arrived
     */
    public record Summary(
            long requests,
            Map<Verdict, Long> verdicts,
            long events,
            Map<Row, Long> rows,
            Map<String, Long> warnings,
            long repetitions,
            long unexplained,
            List<Duplicate> duplicates,
            int tracked,
            boolean saturated) {}

    private final boolean lean;
    private final ReentrantLock lock = new ReentrantLock();

    private final ArrayDeque<Received> received = new ArrayDeque<>();
    private final ArrayDeque<Handled> requests = new ArrayDeque<>();
    private final ArrayDeque<Handled> refusals = new ArrayDeque<>();
    private final Map<Row, Long> rows = new LinkedHashMap<>();
    private final Map<String, Long> warnings = new LinkedHashMap<>();
    private final Map<Verdict, Long> verdicts = new LinkedHashMap<>();
    private final Map<Long, Duplicate> duplicates = new LinkedHashMap<>();
    private final Map<Long, String> withoutAnswer = new LinkedHashMap<>();
    private final Map<String, Instant> lastAccepted = new LinkedHashMap<>();
    private final List<Runnable> onClear = new ArrayList<>();
    private SeenKeys seen = new SeenKeys();
    private long seq;
    private long events;
    private long repetitions;
    private long unexplained;

    Ledger(boolean lean) {
        this.lean = lean;
    }

    boolean lean() {
        return lean;
    }

    /**
     * Stores the events of one request before its answer is sent, so that a caller who has the answer
     * finds them here.
     *
     * @param fault the fault that hits the request, or null
     * @param answerUncertain whether the caller may never see the answer
     */
    void store(
            String platform,
            long request,
            Instant at,
            List<Arrival> arrivals,
            Map<String, String> headers,
            @Nullable String fault,
            boolean answerUncertain) {
        // Hashing happens outside the lock.
        long[] keys = new long[arrivals.size()];
        for (int i = 0; i < keys.length; i++) {
            Arrival each = arrivals.get(i);
            keys[i] = each.eventId() == null ? 0 : SeenKeys.key(platform, each.pixelId(), each.event(), each.eventId());
        }
        lock.lock();
        try {
            for (int i = 0; i < keys.length; i++) {
                Arrival each = arrivals.get(i);
                boolean duplicate = keys[i] != 0 && !seen.add(keys[i]);
                if (duplicate) {
                    noteDuplicate(keys[i], platform, each, at);
                }
                if (answerUncertain && keys[i] != 0 && withoutAnswer.size() < KEPT_EXPLANATIONS) {
                    withoutAnswer.put(keys[i], fault == null ? "undelivered" : fault);
                }
                events++;
                count(rows, new Row(platform, each.pixelId(), each.event(), "accepted"));
                each.warnings().forEach(warning -> count(warnings, warning.code()));
                remember(lastAccepted, platform + ' ' + each.pixelId(), at);
                seq++;
                if (!lean) {
                    keep(
                            received,
                            new Received(seq, request, at, platform, each, duplicate, fault, headers),
                            KEPT_EVENTS);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Notes that an answer could not be delivered although no fault asked for that. */
    void answerUndelivered(String platform, List<Arrival> arrivals) {
        lock.lock();
        try {
            for (Arrival each : arrivals) {
                if (each.eventId() != null && withoutAnswer.size() < KEPT_EXPLANATIONS) {
                    withoutAnswer.putIfAbsent(
                            SeenKeys.key(platform, each.pixelId(), each.event(), each.eventId()), "undelivered");
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Notes how a request ended.
     *
     * @param leftOut events of the request that were not stored
     */
    void note(Handled handled, List<LeftOut> leftOut) {
        lock.lock();
        try {
            count(verdicts, handled.verdict());
            for (LeftOut each : leftOut) {
                String pixelId = each.pixelId() == null ? "" : each.pixelId();
                String event = each.eventName() == null ? "" : each.eventName();
                String verdict = (each.told() ? "refused " : "swallowed ") + each.code();
                count(rows, new Row(handled.platform(), pixelId, event, verdict));
            }
            if (bad(handled.verdict()) && leftOut.isEmpty()) {
                String detail = handled.verdict() == Verdict.REFUSED ? handled.code() : handled.fault();
                String pixelId = handled.pixelId() == null ? "" : handled.pixelId();
                String event = handled.event() == null ? "" : handled.event();
                count(
                        rows,
                        new Row(
                                handled.platform(),
                                pixelId,
                                event,
                                handled.verdict().name().toLowerCase(Locale.ROOT) + ' ' + detail));
            }
            if (bad(handled.verdict())) {
                keep(refusals, handled, KEPT_REFUSALS);
            }
            if (!lean) {
                keep(requests, handled, KEPT_REQUESTS);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stored events, the newest first unless {@code oldestFirst}.
     *
     * @param limit how many at most
     */
    public List<Received> received(Predicate<Received> wanted, int limit, boolean oldestFirst) {
        return select(received, wanted, limit, oldestFirst);
    }

    /** All stored events that are kept, in the order of their arrival. */
    public List<Received> received() {
        return received(each -> true, KEPT_EVENTS, true);
    }

    /** Handled requests, the newest first. */
    public List<Handled> requests(Predicate<Handled> wanted, int limit) {
        return select(requests, wanted, limit, false);
    }

    /** Whether requests of a verdict are in {@link #refusals}. */
    static boolean bad(Verdict verdict) {
        return switch (verdict) {
            case REFUSED, PARTLY, SWALLOWED, FAULTED -> true;
            case ACCEPTED, LOST, LOOKED -> false;
        };
    }

    /** Runs {@code action} whenever everything is forgotten: for what a stand-in remembers of its events. */
    public void onClear(Runnable action) {
        lock.lock();
        try {
            onClear.add(action);
        } finally {
            lock.unlock();
        }
    }

    /** Requests not taken whole, the newest first; kept apart so that good ones do not crowd them out. */
    public List<Handled> refusals(Predicate<Handled> wanted, int limit) {
        return select(refusals, wanted, limit, false);
    }

    /** The numbers of this moment. */
    public Summary summary() {
        lock.lock();
        try {
            long all = verdicts.values().stream().mapToLong(Long::longValue).sum();
            return new Summary(
                    all,
                    new LinkedHashMap<>(verdicts),
                    events,
                    new LinkedHashMap<>(rows),
                    new LinkedHashMap<>(warnings),
                    repetitions,
                    unexplained,
                    List.copyOf(duplicates.values()),
                    seen.size(),
                    seen.saturated());
        } finally {
            lock.unlock();
        }
    }

    /** When a pixel last stored an event, or null. */
    public @Nullable Instant lastAccepted(String platform, String pixelId) {
        lock.lock();
        try {
            return lastAccepted.get(platform + ' ' + pixelId);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything, duplicates included; sequence numbers go on. */
    public void clear() {
        lock.lock();
        try {
            received.clear();
            requests.clear();
            refusals.clear();
            rows.clear();
            warnings.clear();
            verdicts.clear();
            duplicates.clear();
            withoutAnswer.clear();
            lastAccepted.clear();
            seen = new SeenKeys();
            events = 0;
            repetitions = 0;
            unexplained = 0;
            onClear.forEach(Runnable::run);
        } finally {
            lock.unlock();
        }
    }

    private void noteDuplicate(long key, String platform, Arrival each, Instant at) {
        repetitions++;
        // One withheld answer excuses one repetition, not all that follow.
        String excuse = withoutAnswer.remove(key);
        if (excuse == null) {
            unexplained++;
        }
        Duplicate before = duplicates.get(key);
        if (before == null && duplicates.size() >= KEPT_DUPLICATES) {
            return;
        }
        int times = before == null ? 2 : before.times() + 1;
        // Once a repetition had no excuse, the event stays marked as unexcused.
        boolean excusedSoFar = before == null || before.explainedBy() != null;
        String eventId = each.eventId() == null ? "" : each.eventId();
        duplicates.put(
                key,
                new Duplicate(
                        platform, each.pixelId(), each.event(), eventId, times, at, excusedSoFar ? excuse : null));
    }

    private <T> List<T> select(ArrayDeque<T> from, Predicate<T> wanted, int limit, boolean oldestFirst) {
        List<T> snapshot;
        lock.lock();
        try {
            snapshot = new ArrayList<>(from);
        } finally {
            lock.unlock();
        }
        List<T> found = new ArrayList<>();
        Iterator<T> each = (oldestFirst ? snapshot : snapshot.reversed()).iterator();
        while (each.hasNext() && found.size() < limit) {
            T one = each.next();
            if (wanted.test(one)) {
                found.add(one);
            }
        }
        return found;
    }

    private static <T> void keep(ArrayDeque<T> in, T one, int limit) {
        if (in.size() >= limit) {
            in.removeFirst();
        }
        in.addLast(one);
    }

    private static <K> void count(Map<K, Long> in, K what) {
        if (in.size() < COUNTED_ROWS || in.containsKey(what)) {
            in.merge(what, 1L, Long::sum);
        }
    }

    private static <K, V> void remember(Map<K, V> in, K what, V value) {
        if (in.size() < COUNTED_ROWS || in.containsKey(what)) {
            in.put(what, value);
        }
    }
}
