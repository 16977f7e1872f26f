package kembali.capture;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The host of a URL as browsers send it, without building a URI that would refuse half of them. */
public final class UrlHost {
    private UrlHost() {}

    /** Lower case, without user, port, brackets or final dot; null when the text is no absolute URL. */
    public static @Nullable String of(@Nullable String url) {
        int scheme = url == null ? -1 : url.indexOf("://");
        if (url == null || scheme <= 0) {
            return null;
        }
        int start = scheme + 3;
        int end = start;
        while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        int user = url.lastIndexOf('@', end - 1);
        if (user >= start) {
            start = user + 1;
        }
        if (start < end && url.charAt(start) == '[') {
            int close = url.indexOf(']', start);
            return close < 0 || close > end
                    ? null
                    : url.substring(start + 1, close).toLowerCase(Locale.ROOT);
        }
        int port = url.indexOf(':', start);
        if (port >= 0 && port < end) {
            end = port;
        }
        if (end > start && url.charAt(end - 1) == '.') {
            end--;
        }
        return end <= start ? null : url.substring(start, end).toLowerCase(Locale.ROOT);
    }

    /** The host without a leading {@code www.}. */
    static String withoutWww(String host) {
        return host.startsWith("www.") ? host.substring(4) : host;
    }
}
