package kembali.capture;

import java.util.regex.Pattern;
import kembali.identity.ClickIds.ClickId;
import org.jspecify.annotations.Nullable;

/**
 * Meta's click cookie {@code _fbc}: {@code fb.<index>.<ms>.<fbclid>[.<appendix>]}, {@code ms} being
 * when the fbclid was first seen. A vendor's appendix is never added and never removed.
 * Source: docs/platforms/meta.md, "fbc and fbp".
 */
public final class Fbc {
    /** Thirteen digits: a time in seconds is a common mistake, and Meta refuses it. */
    private static final Pattern VALID = Pattern.compile("fb\\.\\d\\.\\d{13}\\.[^.\\s;,]++(?:\\.[A-Za-z0-9_-]{2,8})?");

    private static final Pattern IN_SECONDS = Pattern.compile("fb\\.\\d\\.(\\d{10})\\.([^.\\s;,]++)");
    private static final int MAX_LENGTH = 2_200;

    private Fbc() {}

    /** The value for a fbclid first seen then; index 1 is what Meta asks of servers. */
    public static String of(String fbclid, long firstSeenMs) {
        return "fb.1." + firstSeenMs + "." + fbclid;
    }

    public static boolean isValid(@Nullable String fbc) {
        return fbc != null && fbc.length() <= MAX_LENGTH && VALID.matcher(fbc).matches();
    }

    /** The fbclid inside a valid value: the fourth part, not the last, which may be an appendix. */
    public static @Nullable String fbclid(@Nullable String fbc) {
        if (fbc == null || !isValid(fbc)) {
            return null;
        }
        int start = fbc.indexOf('.', fbc.indexOf('.', 3) + 1) + 1;
        int end = fbc.indexOf('.', start);
        return fbc.substring(start, end < 0 ? fbc.length() : end);
    }

    /** The cookie as it may be used: unchanged when valid, rebuilt when its time is in seconds, else null. */
    public static @Nullable String repaired(@Nullable String cookie) {
        if (cookie == null || cookie.length() > MAX_LENGTH || isValid(cookie)) {
            return cookie == null || cookie.length() > MAX_LENGTH ? null : cookie;
        }
        var seconds = IN_SECONDS.matcher(cookie);
        return seconds.matches() ? of(seconds.group(2), Long.parseLong(seconds.group(1)) * 1000) : null;
    }

    /**
     * The value that counts for a visit: the click of the URL wins, and keeps the cookie's bytes and
     * time where it is the same click; without a click the cookie; else null, never an invented one.
     *
     * @param clicked the fbclid this visit arrived with, if any
     * @param cookie the {@code _fbc} cookie as received, if any
     */
    public static @Nullable String newest(@Nullable ClickId clicked, @Nullable String cookie) {
        String usable = repaired(cookie);
        if (clicked == null || clicked.shared()) {
            return usable;
        }
        return clicked.value().equals(fbclid(usable)) ? usable : of(clicked.value(), clicked.firstSeenMs());
    }

    /**
     * The value to write as a cookie, or null when the browser needs none: only after a click, and only
     * when no valid cookie for that click exists.
     */
    public static @Nullable String toWrite(@Nullable ClickId clicked, @Nullable String cookie) {
        if (clicked == null || clicked.shared()) {
            return null;
        }
        String newest = newest(clicked, cookie);
        return newest == null || newest.equals(cookie) ? null : newest;
    }
}
