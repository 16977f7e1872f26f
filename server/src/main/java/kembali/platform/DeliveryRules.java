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
 * @param retryDelays waits between tries while {@code KEMBALI_RETRY_FIRST_DELAY} is its usual 10 s; the last one repeats
 * @param mostTries after so many tries that nobody answered an event is given up; 0 for no such limit but its age
 */
public record DeliveryRules(
        int maxBatch,
        Duration maxAge,
        Duration ageMargin,
        int requestsPerSecond,
        List<Duration> retryDelays,
        int mostTries) {
    public DeliveryRules {
        retryDelays = List.copyOf(retryDelays);
    }

    /** Rules of a platform that is tried until an event is too old. */
    public DeliveryRules(
            int maxBatch, Duration maxAge, Duration ageMargin, int requestsPerSecond, List<Duration> retryDelays) {
        this(maxBatch, maxAge, ageMargin, requestsPerSecond, retryDelays, 0);
    }
}
