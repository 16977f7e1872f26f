package kembali.delivery;

import java.time.Duration;

/**
 * How the lanes behave.
 *
 * @param firstRetryDelay first wait after a failure; every later wait scales with it
 * @param batchSize most events of one request, within what the platform takes; 1 sends each alone
 * @param requestsPerSecond rate budget of one pixel; 0 means the platform's own rule, negative means none
 * @param concurrency requests of one pixel under way at once
 */
public record DeliverySettings(Duration firstRetryDelay, int batchSize, int requestsPerSecond, int concurrency) {
    public static final DeliverySettings DEFAULT = new DeliverySettings(Duration.ofSeconds(10), 100, 0, 32);
}
