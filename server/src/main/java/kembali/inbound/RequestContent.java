package kembali.inbound;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The part of a request that is kept, without what lets somebody in: the address has no token, and headers that carry
 * credentials are left out.
 *
 * @param cut whether the body was too long to be kept whole
 */
record RequestContent(String method, String url, String query, Map<String, String> headers, byte[] body, boolean cut) {
    /** Stands in the kept address where the token was. */
    static final String TOKEN = "{token}";

    private static final Set<String> NOT_KEPT = Set.of(
            InboundHandler.TOKEN_HEADER,
            "authorization",
            "proxy-authorization",
            "cookie",
            "connection",
            "host",
            "content-length",
            "transfer-encoding",
            "accept-encoding");

    /** @param longest bytes of the body that are kept */
    static RequestContent of(RawRequest request, String token, int longest) {
        var headers = new HashMap<String, String>();
        request.headers().forEach((name, value) -> {
            if (!NOT_KEPT.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, value.length() > 4_000 ? value.substring(0, 4_000) : value);
            }
        });
        byte[] body = request.body();
        boolean cut = body.length > longest;
        return new RequestContent(
                request.method(),
                request.url().replace(token, TOKEN),
                request.query(),
                headers,
                cut ? java.util.Arrays.copyOf(body, longest) : body,
                cut);
    }

    /** The request as it came, for that token. */
    RawRequest request(String token) {
        return new RawRequest(method, url.replace(TOKEN, token), query, headers, body);
    }
}
