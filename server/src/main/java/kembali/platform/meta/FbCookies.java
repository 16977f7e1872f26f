package kembali.platform.meta;

import java.time.Duration;
import java.time.Instant;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import org.jspecify.annotations.Nullable;

/**
 * {@code fbc} and {@code fbp}, the values by which Meta knows a click and a browser:
 * {@code fb.<subdomain index>.<epoch ms>.<fbclid or random>[.<appendix>]}. The appendix is written by Meta's own
 * parameter builder only; we never add one and never strip one.
 */
final class FbCookies {
    /** Meta's cookies live as long; an older or altered value raises a diagnostic there. */
    static final Duration LIFE = Duration.ofDays(90);

    private FbCookies() {}

    /**
     * The click to report, or null when there is none that may be reported. The newest {@code fbclid} wins; the
     * browser's cookie is kept byte for byte when it is about the same click, because its time is the first one.
     *
     * @param at when the event happened; a click more than 90 days before it is left out
     */
    static @Nullable String fbc(ClickIds clicks, @Nullable String cookie, Instant at) {
        Cookie known = cookie == null ? null : Cookie.parse(cookie);
        ClickId click = clicks.get(ClickIds.FBCLID);
        if (click != null && !click.shared() && isOpaque(click.value())) {
            if (known != null && known.millis() && known.isAbout(click.value())) {
                return isFresh(known.ms(), at) ? cookie : null;
            }
            // The server wrote no cookie, so the subdomain index is 1.
            return isFresh(click.firstSeenMs(), at) ? "fb.1." + click.firstSeenMs() + "." + click.value() : null;
        }
        if (known == null || !known.hasKnownParts() || (click != null && known.isAbout(click.value()))) {
            return null; // a shared click id stays unused in the cookie, too
        }
        if (!isFresh(known.ms(), at)) {
            return null;
        }
        return known.millis() ? cookie : "fb.1." + known.ms() + "." + known.payload();
    }

    /** The browser id as its cookie says it, or null when it is not one. */
    static @Nullable String fbp(@Nullable String cookie) {
        Cookie known = cookie == null ? null : Cookie.parse(cookie);
        return known != null && known.millis() && known.hasKnownParts() && isDigits(known.payload()) ? cookie : null;
    }

    private static boolean isFresh(long ms, Instant at) {
        return at.toEpochMilli() - ms <= LIFE.toMillis();
    }

    private static boolean isOpaque(String payload) {
        for (int i = 0; i < payload.length(); i++) {
            char c = payload.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\') {
                return false;
            }
        }
        return !payload.isEmpty();
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isAppendix(String text) {
        if (text.length() < 2 || text.length() > 8) {
            return false;
        }
        return text.chars().allMatch(c -> c == '-' || c == '_' || (c < 0x7f && Character.isLetterOrDigit(c)));
    }

    /**
     * A cookie taken apart.
     *
     * @param ms when it was first written
     * @param millis false when it was wrongly written in seconds; {@code ms} is mended then
     * @param rest all that follows the time
     */
    private record Cookie(long ms, boolean millis, String rest) {
        static @Nullable Cookie parse(String cookie) {
            if (!cookie.startsWith("fb.")) {
                return null;
            }
            int index = cookie.indexOf('.', 3);
            int time = index < 0 ? -1 : cookie.indexOf('.', index + 1);
            if (time < 0 || !isDigits(cookie.substring(3, index))) {
                return null;
            }
            String written = cookie.substring(index + 1, time);
            String rest = cookie.substring(time + 1);
            boolean seconds = written.length() == 10;
            if ((!seconds && written.length() != 13) || !isDigits(written) || !isOpaque(rest)) {
                return null;
            }
            long number = Long.parseLong(written);
            return new Cookie(seconds ? number * 1000 : number, !seconds, rest);
        }

        /** The fourth segment. Meta's page says "after the last dot", which fails as soon as there is an appendix. */
        String payload() {
            int dot = rest.indexOf('.');
            return dot < 0 ? rest : rest.substring(0, dot);
        }

        boolean hasKnownParts() {
            int dot = rest.indexOf('.');
            return dot < 0 || (dot > 0 && isAppendix(rest.substring(dot + 1)));
        }

        /** Compared as a whole first: nobody promises that a click id holds no dot. */
        boolean isAbout(String clickId) {
            return rest.equals(clickId)
                    || (rest.length() > clickId.length() + 1
                            && rest.startsWith(clickId)
                            && rest.charAt(clickId.length()) == '.'
                            && isAppendix(rest.substring(clickId.length() + 1)));
        }
    }
}
