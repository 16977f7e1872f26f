package kembali.capture;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Google Analytics 4 cookies: {@code _ga} holds the client id, {@code _ga_<STREAM>} the session, in
 * the older form {@code GS1} or, since May 2025, {@code GS2}.
 */
final class GaCookies {
    private static final String SESSION_PREFIX = "_ga_";
    private static final int MAX_LENGTH = 500;
    private static final Pattern CLIENT = Pattern.compile("GA\\d{1,3}\\.[\\d-]{1,16}\\.(\\d{1,20}\\.\\d{1,20})");
    private static final Pattern GS1 = Pattern.compile("GS1\\.[\\d-]{1,16}\\.(\\d{1,20})\\..*");

    private GaCookies() {}

    /** The last two parts of {@code GA1.1.<random>.<seconds>}; null for any other form (AMP's). */
    static @Nullable String clientId(@Nullable String cookie) {
        if (cookie == null || cookie.length() > MAX_LENGTH) {
            return null;
        }
        Matcher parts = CLIENT.matcher(cookie);
        return parts.matches() ? parts.group(1) : null;
    }

    /** The session of that stream, or, when none is named, the youngest of all; null when there is none. */
    static @Nullable String sessionId(Map<String, String> cookies, @Nullable String measurementId) {
        if (measurementId != null && !measurementId.isBlank()) {
            String stream = measurementId.startsWith("G-") ? measurementId.substring(2) : measurementId;
            return sessionOf(cookies.get(SESSION_PREFIX + stream));
        }
        String youngest = null;
        for (var cookie : cookies.entrySet()) {
            if (cookie.getKey().startsWith(SESSION_PREFIX)) {
                String session = sessionOf(cookie.getValue());
                if (session != null && (youngest == null || isAfter(session, youngest))) {
                    youngest = session;
                }
            }
        }
        return youngest;
    }

    private static @Nullable String sessionOf(@Nullable String cookie) {
        if (cookie == null || cookie.length() > MAX_LENGTH) {
            return null;
        }
        if (cookie.startsWith("GS2.")) {
            return sessionOfGs2(cookie);
        }
        Matcher parts = GS1.matcher(cookie);
        return parts.matches() ? parts.group(1) : null;
    }

    /** {@code GS2.1.s<session>$o<number>$…}: after the second dot, items of a letter and a value, in any order. */
    private static @Nullable String sessionOfGs2(String cookie) {
        String value = BrowserCookies.decoded(cookie);
        int second = value == null ? -1 : value.indexOf('.', 4);
        if (value == null || second < 0) {
            return null;
        }
        int start = second + 1;
        while (start < value.length()) {
            int dollar = value.indexOf('$', start);
            int stop = dollar < 0 ? value.length() : dollar;
            if (value.charAt(start) == 's') {
                String session = value.substring(start + 1, stop);
                return session.length() <= 20 && BrowserCookies.isDigits(session, 0) ? session : null;
            }
            start = stop + 1;
        }
        return null;
    }

    /** Sessions are unix seconds, so the greater number is the younger one. */
    private static boolean isAfter(String session, String other) {
        return session.length() != other.length() ? session.length() > other.length() : session.compareTo(other) > 0;
    }
}
