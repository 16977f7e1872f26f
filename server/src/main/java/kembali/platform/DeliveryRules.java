package kembali.platform;

import java.time.Duration;
import java.util.List;

/**
 * How much, how old and how often a platform takes: data, so that delivery needs no platform names.
 *
 * @param maxBatch most events of one request
 * @param maxAge oldest event the platform takes; an event is given up {@code ageMargin} before that
 * @param ageMargin safety before {@code maxAge}
 * @param requestsPerSecond rate budget of one pixel
 * @param retryDelays waits between tries for a setting of {@code KEMBALI_RETRY_FIRST_DELAY} equal to the first; the last one repeats
 */
public record DeliveryRules(
        int maxBatch, Duration maxAge, Duration ageMargin, int requestsPerSecond, List<Duration> retryDelays) {
    public DeliveryRules {
        retryDelays = List.copyOf(retryDelays);
    }
}
