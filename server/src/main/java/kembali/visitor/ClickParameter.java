package kembali.visitor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One kind of click identifier that platforms append to landing URLs.
 *
 * @param name the query parameter, spelled as the platform does ({@code ScCid}); also the name in
 *     {@link kembali.identity.ClickIds}
 * @param platform whose click it is
 * @param provesAd whether only ads carry it; Meta appends {@code fbclid} to organic links too
 * @param shape whether a value looks like an id of this kind; lenient where the format is not documented
 */
public record ClickParameter(String name, String platform, boolean provesAd, Predicate<String> shape) {
    /** Longest value taken for a click id; platforms document up to 1,000 characters. */
    public static final int MAX_LENGTH = 2_048;

    /** Every kind, in the order in which they are preferred when nothing else decides; fbclid last. */
    public static final List<ClickParameter> ALL = List.of(
            ad("gclid", "google", Shapes::isToken),
            ad("gbraid", "google", Shapes::isToken),
            ad("wbraid", "google", Shapes::isToken),
            ad("dclid", "google", Shapes::isAnything),
            ad("ttclid", "tiktok", Shapes::isAnything),
            ad("li_fat_id", "linkedin", Shapes::isHexGroups),
            ad("msclkid", "microsoft", Shapes::is32Hex),
            ad("ScCid", "snapchat", Shapes::isAnything),
            ad("twclid", "x", Shapes::isAnything),
            ad("rdt_cid", "reddit", Shapes::isAnything),
            ad("epik", "pinterest", Shapes::isAnything),
            ad("tblci", "taboola", Shapes::isAnything),
            ad("obclid", "outbrain", Shapes::isAnything),
            ad("dicbo", "outbrain", Shapes::isAnything),
            ad("yclid", "yandex", Shapes::isAnything),
            new ClickParameter("fbclid", "meta", false, Shapes::isToken));

    /** Google's companions of a click id: kept apart, never uploaded as one. */
    public static final List<String> HELPERS = List.of("gclsrc", "gad_source", "gad_campaignid", "srsltid");

    private static final Map<String, ClickParameter> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(ClickParameter::name, Function.identity()));

    private static ClickParameter ad(String name, String platform, Predicate<String> shape) {
        return new ClickParameter(name, platform, true, shape);
    }

    /** The kind of that name in the platform's spelling, or null when it is no URL parameter. */
    public static @Nullable ClickParameter named(String name) {
        return BY_NAME.get(name);
    }

    /** The parameter as {@link QueryString} keeps it. */
    public String lowerCaseName() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether the value does not look like an id of this kind; it is kept and sent all the same. */
    public boolean isSuspicious(String value) {
        return !shape.test(value);
    }

    private static final class Shapes {
        static boolean isToken(String s) {
            return s.length() >= 10 && all(s, c -> isAlphanumeric(c) || c == '_' || c == '-');
        }

        /** For ids whose form no document tells. */
        static boolean isAnything(String s) {
            return true;
        }

        static boolean is32Hex(String s) {
            return s.length() == 32 && all(s, c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        }

        /** A UUID, or the four groups seen in LinkedIn's samples. */
        static boolean isHexGroups(String s) {
            int dashes = 0;
            for (int i = s.indexOf('-'); i >= 0; i = s.indexOf('-', i + 1)) {
                dashes++;
            }
            return (dashes == 3 || dashes == 4)
                    && s.length() >= 16
                    && all(s, c -> c == '-' || (c < 0x80 && Character.digit(c, 16) >= 0));
        }

        private static boolean all(String s, IntPredicate allowed) {
            for (int i = 0; i < s.length(); i++) {
                if (!allowed.test(s.charAt(i))) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isAlphanumeric(int c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }
    }
}
