package kembali.delivery;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kembali.platform.Destination;
import org.jspecify.annotations.Nullable;

/** How many requests a second may travel, by pixel or by what several pixels share, such as a Google Cloud project. */
final class Budgets {
    private final DeliverySettings settings;
    private final Map<String, Bucket> shared = new ConcurrentHashMap<>();

    Budgets(DeliverySettings settings) {
        this.settings = settings;
    }

    /** Requests a second, or a negative number for no limit. */
    int perSecond(Destination destination) {
        return settings.requestsPerSecond() == 0
                ? destination.rules().requestsPerSecond()
                : settings.requestsPerSecond();
    }

    /** The budget of that pixel's requests; null when there is no limit. */
    @Nullable Bucket of(String pixelId, Destination destination) {
        int perSecond = perSecond(destination);
        if (perSecond < 0) {
            return null;
        }
        String name = destination.budget();
        return shared.computeIfAbsent(
                (name == null ? pixelId : name) + "/" + perSecond,
                key -> Bucket.builder()
                        .addLimit(l -> l.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .build());
    }
}
