package kembali.capture;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Splits a {@code Cookie} header into names and raw values. Of a repeated name the first counts: a
 * browser sends the more specific path first (RFC 6265, 5.4).
 */
public final class CookieHeader {
    /** Characters read; the rest is ignored. Browsers keep at most some 180 cookies of 4 kB per site. */
    public static final int MAX_LENGTH = 32_768;

    private static final int MAX_COOKIES = 200;

    private CookieHeader() {}

    /** The cookies by name, values without surrounding quotes, not decoded; empty for null. */
    public static Map<String, String> parse(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            return Map.of();
        }
        var cookies = new HashMap<String, String>();
        int end = Math.min(header.length(), MAX_LENGTH);
        int start = 0;
        while (start < end && cookies.size() < MAX_COOKIES) {
            int semicolon = header.indexOf(';', start);
            int stop = semicolon < 0 || semicolon > end ? end : semicolon;
            int equals = header.indexOf('=', start);
            if (equals > start && equals < stop) {
                String value = unquoted(header.substring(equals + 1, stop).strip());
                if (!value.isEmpty()) {
                    cookies.putIfAbsent(header.substring(start, equals).strip(), value);
                }
            }
            start = stop + 1;
        }
        return Collections.unmodifiableMap(cookies);
    }

    private static String unquoted(String value) {
        int n = value.length();
        return n >= 2 && value.charAt(0) == '"' && value.charAt(n - 1) == '"' ? value.substring(1, n - 1) : value;
    }
}
