package kembali.platform.ga4;

import java.util.regex.Pattern;
import kembali.identity.Sha256;
import org.jspecify.annotations.Nullable;

/** The id by which GA4 knows a browser, {@code <random>.<unix seconds>}; it alone joins an event to a visit and its ad. */
final class Ga4ClientId {
    private static final int LONGEST = 100;

    /** A whole {@code _ga} cookie; of its parts only the last two are the id. */
    private static final Pattern COOKIE = Pattern.compile("GA\\d{1,3}\\.[\\d-]{1,16}\\.(\\d{1,20}\\.\\d{1,20})");

    private static final Pattern BROKEN_COOKIE = Pattern.compile("GA\\d{1,3}\\..*");

    /** What else the Google tag hands out: ids kept by a tagging server, or set by the site itself. */
    private static final Pattern OPAQUE = Pattern.compile("(?=.*\\d)[A-Za-z0-9+/=_.-]{16," + LONGEST + "}");

    /** 2020-01-01, in unix seconds; made-up ids claim a second of the four years after it. */
    private static final long SYNTHETIC_FROM = 1_577_836_800L;

    private static final long FOUR_YEARS = 4L * 365 * 86_400;
    private static final long TEN_DIGITS = 1_000_000_000L;

    private Ga4ClientId() {}

    /** The id to send, or null for what no Google tag hands out ({@code undefined}, half a cookie). */
    static @Nullable String of(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String text = raw.strip();
        if (isUsual(text)) {
            return text;
        }
        if (text.length() > LONGEST) {
            return null;
        }
        if (text.startsWith("GA")) {
            var cookie = COOKIE.matcher(text);
            if (cookie.matches()) {
                return cookie.group(1);
            }
            if (BROKEN_COOKIE.matcher(text).matches()) {
                return null;
            }
        }
        return OPAQUE.matcher(text).matches() ? text : null;
    }

    /** Two numbers and a dot, the form Google recommends and the only one its strict validation takes. */
    static boolean isUsual(String text) {
        int dot = text.indexOf('.');
        return dot >= 1
                && dot <= 20
                && text.length() - dot - 1 <= 20
                && isDigits(text, 0, dot)
                && isDigits(text, dot + 1, text.length());
    }

    /**
     * A made-up id: the same for every event of a visitor, on every node and retry. It comes from the visitor code alone,
     * because whatever else we know of a visitor (clicks, dates) may still change, and a changed id is a new user in GA4.
     */
    static String synthetic(String code) {
        String hash = Sha256.hex("kembali ga4 client " + code);
        long random = TEN_DIGITS + Long.parseLong(hash, 0, 15, 16) % (9 * TEN_DIGITS);
        long seconds = SYNTHETIC_FROM + Long.parseLong(hash, 15, 30, 16) % FOUR_YEARS;
        return random + "." + seconds;
    }

    static boolean isDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return to > from;
    }
}
