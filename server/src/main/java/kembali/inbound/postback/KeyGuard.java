package kembali.inbound.postback;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * How often an address may be wrong about a key, how often a key may be used, and how many refused requests are kept. Whoever
 * used a good key lately is not held up by somebody else's wrong one behind the same address: networks send for many
 * customers.
 */
final class KeyGuard {
    private static final int BAD_A_MINUTE = 10;
    private static final int BURST = 5;
    private static final int REFUSED_AT_ONCE = 60;
    private static final int REFUSED_A_MINUTE = 60;

    private final Cache<String, Bucket> bad = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterAccess(Duration.ofMinutes(5))
            .build();
    private final Cache<String, Boolean> good = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofDays(2))
            .build();
    private final Cache<String, Rate> rates = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterAccess(Duration.ofHours(1))
            .build();
    private final Cache<String, Bucket> refused = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    private record Rate(int perSecond, Bucket bucket) {}

    /** Whether that address is to be told to wait before anybody looks whether its key is good. */
    boolean isHeldUp(String address) {
        Bucket b = bad.getIfPresent(address);
        return b != null && b.getAvailableTokens() == 0 && good.getIfPresent(address) == null;
    }

    /** That address sent a key nobody has. */
    void sentBadKey(String address) {
        bad.get(address, a -> bucket(BAD_A_MINUTE, BAD_A_MINUTE, Duration.ofMinutes(1)))
                .tryConsume(1);
    }

    /** That address sent a good one. */
    void sentGoodKey(String address) {
        if (good.getIfPresent(address) == null) {
            good.put(address, true);
        }
    }

    /** Whether that source may be used once more now; else the seconds to wait. 0 for now. */
    int secondsToWait(String sourceId, int perSecond) {
        Rate rate = rates.get(sourceId, id -> new Rate(perSecond, ofKey(perSecond)));
        if (rate.perSecond != perSecond) {
            rate = new Rate(perSecond, ofKey(perSecond));
            rates.put(sourceId, rate);
        }
        var probe = rate.bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? 0
                : (int) Math.max(1, (probe.getNanosToWaitForRefill() + 999_999_999L) / 1_000_000_000L);
    }

    /** Whether one more refused request of that source is kept. */
    boolean mayKeepRefused(String sourceId) {
        return refused.get(sourceId, id -> bucket(REFUSED_AT_ONCE, REFUSED_A_MINUTE, Duration.ofMinutes(1)))
                .tryConsume(1);
    }

    private static Bucket ofKey(int perSecond) {
        return bucket(BURST * perSecond, perSecond, Duration.ofSeconds(1));
    }

    private static Bucket bucket(int capacity, int tokens, Duration every) {
        return Bucket.builder()
                .addLimit(l -> l.capacity(capacity).refillGreedy(tokens, every))
                .build();
    }
}
