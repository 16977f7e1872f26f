package kembali.delivery.courier;

import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the courier travels.
 *
 * @param userAgent of every request that names none itself
 * @param connectTimeout for each step of getting a connection: TCP, the proxy's consent, TLS
 * @param totalTimeout from the call to the last byte of the answer, waiting for a free connection
 *     included
 * @param keepAlive how long an unused connection is kept, unless the server says shorter; whole
 *     seconds. Shorter than any platform's own limit, so that they rarely close one just as we write
 * @param connectionsPerHost per event loop; further requests wait for a free one
 * @param answerLimit bytes of an answer's body that are kept
 * @param trust certificates to believe instead of the JVM's own; null in production
 */
public record CourierSettings(
        String userAgent,
        Duration connectTimeout,
        Duration totalTimeout,
        Duration keepAlive,
        int connectionsPerHost,
        int answerLimit,
        @Nullable TrustOptions trust) {
    private static final Duration LONGEST_FOR_ENTERED = Duration.ofSeconds(8);
    private static final int LARGEST_FOR_ENTERED = 64 << 10;

    public static CourierSettings of(String version) {
        return new CourierSettings(
                "Kembali/" + version,
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                128,
                1 << 20,
                null);
    }

    /** The same for addresses users entered: anybody's server may be there, so less patience and less of what it says. */
    CourierSettings forEnteredAddresses() {
        Duration total = totalTimeout.compareTo(LONGEST_FOR_ENTERED) < 0 ? totalTimeout : LONGEST_FOR_ENTERED;
        return new CourierSettings(
                userAgent,
                connectTimeout,
                total,
                keepAlive,
                connectionsPerHost,
                Math.min(answerLimit, LARGEST_FOR_ENTERED),
                trust);
    }

    /** The same with so much time left. */
    CourierSettings within(Duration left) {
        return new CourierSettings(userAgent, connectTimeout, left, keepAlive, connectionsPerHost, answerLimit, trust);
    }

    public CourierSettings withTimeouts(Duration connect, Duration total) {
        return new CourierSettings(userAgent, connect, total, keepAlive, connectionsPerHost, answerLimit, trust);
    }

    public CourierSettings withKeepAlive(Duration newKeepAlive) {
        return new CourierSettings(
                userAgent, connectTimeout, totalTimeout, newKeepAlive, connectionsPerHost, answerLimit, trust);
    }

    public CourierSettings withTrust(TrustOptions newTrust) {
        return new CourierSettings(
                userAgent, connectTimeout, totalTimeout, keepAlive, connectionsPerHost, answerLimit, newTrust);
    }
}
