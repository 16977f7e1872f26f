package kembali.capture;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import kembali.support.IpAddresses;
import org.jspecify.annotations.Nullable;

/** What the request of a browser says of the browser itself. */
public final class BrowserRequest {
    private static final int LONGEST_USER_AGENT = 1_000;
    private static final int LONGEST_LANGUAGE = 35;

    private BrowserRequest() {}

    /** The browser's address, as far as the proxies in between can be believed; null when it is no internet address. */
    public static @Nullable String address(HttpServerRequest request, ClientAddress clientAddress) {
        InetAddress address = clientAddress.of(
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress(),
                request.headers().getAll("X-Forwarded-For"),
                request.headers().getAll("Forwarded"));
        return address == null ? null : IpAddresses.text(address);
    }

    /** The {@code User-Agent} header, its first 1,000 characters. */
    public static @Nullable String userAgent(HttpServerRequest request) {
        String ua = request.getHeader("User-Agent");
        return ua == null || ua.length() <= LONGEST_USER_AGENT ? ua : ua.substring(0, LONGEST_USER_AGENT);
    }

    /** The language the person likes best, {@code id-ID}; null when the browser does not say. */
    public static @Nullable String language(HttpServerRequest request) {
        String accepted = request.getHeader("Accept-Language");
        if (accepted == null || accepted.isBlank()) {
            return null;
        }
        int end = 0;
        while (end < accepted.length() && end < LONGEST_LANGUAGE && ",; ".indexOf(accepted.charAt(end)) < 0) {
            end++;
        }
        return end == 0 ? null : accepted.substring(0, end);
    }

    /** Whether the browser says "do not sell or share" (Global Privacy Control): {@code Sec-GPC: 1}. */
    public static boolean saysGpc(HttpServerRequest request) {
        return "1".equals(request.getHeader("Sec-GPC"));
    }
}
