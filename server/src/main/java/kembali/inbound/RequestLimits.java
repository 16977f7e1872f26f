package kembali.inbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/** How often somebody may post a form, and how many refused requests are kept. */
final class RequestLimits {
    /** Many people share one address behind a mobile network. */
    private static final int POSTS_A_MINUTE = 30;

    /** A server that passes on the forms of a whole site. */
    private static final int SERVER_POSTS_A_MINUTE = 600;

    private static final int REFUSED_AT_ONCE = 20;
    private static final int REFUSED_A_MINUTE = 6;

    private final Cache<String, Bucket> posts = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterAccess(Duration.ofMinutes(5))
            .build();
    private final Cache<String, Bucket> refused = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    /** Whether that address may post once more. */
    boolean mayPost(Source source, String address, boolean browser) {
        int most = browser ? POSTS_A_MINUTE : SERVER_POSTS_A_MINUTE;
        return posts.get(source.id() + browser + address, key -> bucket(most, most))
                .tryConsume(1);
    }

    /** Whether one more refused request of that source is kept. */
    boolean mayKeepRefused(Source source) {
        return refused.get(source.id(), key -> bucket(REFUSED_AT_ONCE, REFUSED_A_MINUTE))
                .tryConsume(1);
    }

    private static Bucket bucket(int capacity, int aMinute) {
        return Bucket.builder()
                .addLimit(l -> l.capacity(capacity).refillGreedy(aMinute, Duration.ofMinutes(1)))
                .build();
    }
}
