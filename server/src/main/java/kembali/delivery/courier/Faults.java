package kembali.delivery.courier;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import kembali.delivery.courier.Dispatch.Obstacle;

/**
 * Network faults in words. Built from kinds, never from what the other side wrote: a server may echo
 * our token, and library messages quote it.
 */
final class Faults {
    /** Netty: "http, basic, /1.2.3.4:3128 => host:443, status: 407 Proxy Authentication Required". */
    private static final Pattern PROXY_STATUS = Pattern.compile("status: ([A-Za-z0-9_]{1,40})");

    private Faults() {}

    /**
     * Why there was no connection.
     *
     * @param peer whom we dialled: the proxy, or the target itself
     */
    static String connecting(Throwable fault, String peer, String target, Duration connectTimeout) {
        return switch (fault) {
            case ProxyConnectException proxy -> proxyRefusal(proxy, peer);
            case ConnectTimeoutException timeout -> "no connection to " + peer + " within " + seconds(connectTimeout);
            case UnknownHostException unknown -> "the name of " + target + " cannot be resolved";
            case SSLException tls -> "TLS with " + target + " failed: " + tlsReason(tls);
            case TimeoutException waiting -> "no free connection to " + peer;
            case HttpClosedException closed -> "the connection to " + peer + " was closed before the request was sent";
            case IOException io when has(io, "refused") -> "the connection to " + peer + " was refused";
            case IOException io when has(io, "unreachable", "no route") -> peer + " is unreachable";
            case IOException io -> "the connection to " + peer + " broke while it was set up";
            default -> "no connection to " + peer + " (" + fault.getClass().getSimpleName() + ")";
        };
    }

    /** The same of a connection through a proxy, as a kind: what failed there. */
    static Obstacle throughProxy(Throwable fault) {
        return switch (fault) {
            case SSLException tls -> Obstacle.TARGET;
            case ProxyConnectException proxy -> {
                String message = String.valueOf(proxy.getMessage());
                if (isRefusedLogin(message)) {
                    yield Obstacle.PROXY_LOGIN;
                }
                yield !message.contains("timeout")
                                && PROXY_STATUS.matcher(message).find()
                        ? Obstacle.PROXY_REFUSAL
                        : Obstacle.PROXY;
            }
            default -> Obstacle.PROXY;
        };
    }

    private static boolean isRefusedLogin(String message) {
        return message.contains("authStatus: ") || message.contains("status: 407");
    }

    /** Why there is no whole answer. */
    static String waiting(Throwable fault) {
        return switch (fault) {
            case HttpClosedException closed -> "the connection was closed before the answer was complete";
            case PrematureChannelClosureException closed -> "the connection was closed before the answer was complete";
            case SSLException tls -> "TLS broke before the answer was complete";
            case IOException io -> "the connection broke before the answer was complete";
            // Netty's decoder: a bad status line, version, header or chunk size.
            case TooLongFrameException tooLong -> "the answer's head is too long";
            case IllegalArgumentException garbage -> "the answer is not HTTP";
            case IllegalStateException garbage -> "the answer is not HTTP";
            default -> "the answer was lost (" + fault.getClass().getSimpleName() + ")";
        };
    }

    /** {@code 3 s}, {@code 0.25 s}. */
    static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    static String proxyRefusedLogin(String proxy) {
        return "the proxy " + proxy + " refused the login";
    }

    private static String proxyRefusal(ProxyConnectException fault, String proxy) {
        String message = String.valueOf(fault.getMessage());
        if (message.contains("timeout")) {
            return "the proxy " + proxy + " did not answer";
        }
        if (isRefusedLogin(message)) {
            return proxyRefusedLogin(proxy);
        }
        Matcher status = PROXY_STATUS.matcher(message);
        return status.find() ? "the proxy " + proxy + " refused: " + status.group(1) : "the proxy " + proxy + " failed";
    }

    private static String tlsReason(SSLException fault) {
        Throwable deepest = fault;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        if (deepest instanceof NotSslRecordException) {
            return "the other side does not speak TLS"; // its message quotes the bytes
        }
        String message = String.valueOf(deepest.getMessage());
        return message.length() > 200 ? message.substring(0, 200) : message;
    }

    private static boolean has(IOException fault, String... words) {
        String message = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (message.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
