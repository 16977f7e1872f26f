package kembali.campaign;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Mends the path and query of a link. It runs before routing, so that {@code /promo&utm_source=fb} finds the campaign
 * {@code promo}, and it leaves a sound link as it is.
 */
public final class LinkRepair {
    /**
     * A path and query after mending.
     *
     * @param query still encoded, without a leading {@code ?}; empty when there is none
     */
    public record Repaired(String path, String query, Set<Repair> repairs) {
        public Repaired {
            repairs = Collections.unmodifiableSet(repairs);
        }
    }

    /** A character an HTML parser made of {@code &} and a name, the rest of the key after it, and the key it was. */
    private record Entity(List<String> spellings, String rest, String key) {}

    /** As UTF-8 read for Latin-1, as itself, and escaped in both, the longer first; those beginnings of names need no semicolon in HTML. */
    private static final List<Entity> ENTITIES = List.of(
            new Entity(List.of("Â¤", "¤", "%C2%A4", "%A4"), "cy", "currency"),
            new Entity(List.of("Ã\u0097", "×", "%C3%97", "%D7"), "tamp", "timestamp"),
            new Entity(List.of("Â®", "®", "%C2%AE", "%AE"), "ion", "region"));

    private LinkRepair() {}

    /** @param rawQuery as it arrived, without its {@code ?}; null when there was none */
    public static Repaired repair(String path, @Nullable String rawQuery) {
        String query = rawQuery == null ? "" : rawQuery;
        EnumSet<Repair> repairs = EnumSet.noneOf(Repair.class);
        String mendedPath = path;
        int cut = endOfPath(path);
        if (cut < path.length()) {
            boolean encoded = path.charAt(cut) == '%';
            repairs.add(encoded ? Repair.ENCODED_SEPARATORS : Repair.LOST_QUESTION_MARK);
            String rest = path.substring(cut + (encoded ? 3 : 1));
            query = query.isEmpty() ? rest : rest + "&" + query;
            mendedPath = path.substring(0, cut);
        }
        return new Repaired(mendedPath, query(query, repairs), repairs);
    }

    /** Mends a query alone. */
    public static Repaired repairQuery(@Nullable String rawQuery) {
        EnumSet<Repair> repairs = EnumSet.noneOf(Repair.class);
        return new Repaired("", query(rawQuery == null ? "" : rawQuery, repairs), repairs);
    }

    /** Where the path ends although no question mark says so. */
    private static int endOfPath(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '&' || (c == '%' && (isEscape(path, i, "3F") || isEscape(path, i, "26")))) {
                return i;
            }
        }
        return path.length();
    }

    private static boolean isEscape(String s, int at, String hex) {
        return s.regionMatches(true, at + 1, hex, 0, 2);
    }

    private static String query(String query, Set<Repair> repairs) {
        if (isSound(query)) {
            return query;
        }
        String characters = withoutHtmlCharacters(query, repairs);
        var out = new StringBuilder(characters.length());
        int start = 0;
        boolean first = true;
        while (start <= characters.length()) {
            int stop = start;
            while (stop < characters.length() && characters.charAt(stop) != '&' && characters.charAt(stop) != '?') {
                stop++;
            }
            if (stop < characters.length() && characters.charAt(stop) == '?') {
                repairs.add(Repair.SECOND_QUESTION_MARK);
            }
            boolean last = stop >= characters.length();
            if (stop > start) {
                part(characters, first ? start : afterAmp(characters, start, stop, repairs), stop, out, repairs);
            } else if (!last && characters.charAt(stop) == '&') {
                repairs.add(Repair.EMPTY_PARTS);
            }
            first = false;
            start = stop + 1;
        }
        return out.toString();
    }

    /** Most clicks: nothing in the query that any repair looks for. */
    private static boolean isSound(String q) {
        for (int i = 0; i < q.length(); i++) {
            char c = q.charAt(i);
            if (c == '?' || c == ';' || c >= 0x80 || (c == '&' && (i == 0 || q.charAt(i - 1) == '&'))) {
                return false;
            }
            if (c == '%' && i + 2 < q.length()) {
                char high = q.charAt(i + 1);
                char low = q.charAt(i + 2);
                boolean suspect = switch (high) {
                    case '2' -> low == '5';
                    case '3' -> low == 'B' || low == 'b' || low == 'D' || low == 'd';
                    case 'A', 'a', 'C', 'c', 'D', 'd' -> true;
                    default -> false;
                };
                if (suspect) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int afterAmp(String s, int start, int stop, Set<Repair> repairs) {
        for (String amp : List.of("amp;", "amp%3B")) {
            if (stop - start > amp.length() && s.regionMatches(true, start, amp, 0, amp.length())) {
                repairs.add(Repair.HTML_AMPERSAND);
                return start + amp.length();
            }
        }
        return start;
    }

    private static void part(String s, int start, int stop, StringBuilder out, Set<Repair> repairs) {
        if (!out.isEmpty()) {
            out.append('&');
        }
        boolean separated = s.indexOf('=', start, stop) >= 0;
        boolean encoded = !separated && hasEncodedEquals(s, start, stop);
        if (encoded) {
            repairs.add(Repair.ENCODED_SEPARATORS);
        }
        for (int i = start; i < stop; i++) {
            char c = s.charAt(i);
            if (c != '%' || i + 2 >= stop) {
                out.append(c);
            } else if (encoded && isEscape(s, i, "3D")) {
                out.append('=');
                i += 2;
            } else if (encoded && (isEscape(s, i, "26") || isEscape(s, i, "3F"))) {
                out.append('&');
                i += 2;
            } else if (i + 4 < stop && isEscape(s, i, "25") && isHexPair(s, i + 3)) {
                // %257B: the first decoding would leave an escape. One level is taken away, never more.
                repairs.add(Repair.DOUBLE_ENCODING);
                out.append('%').append(s, i + 3, i + 5);
                i += 4;
            } else {
                out.append(c);
            }
        }
    }

    private static boolean hasEncodedEquals(String s, int start, int stop) {
        for (int i = start; i + 2 < stop; i++) {
            if (s.charAt(i) == '%' && isEscape(s, i, "3D")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHexPair(String s, int at) {
        return isHex(s.charAt(at)) && isHex(s.charAt(at + 1));
    }

    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    private static String withoutHtmlCharacters(String query, Set<Repair> repairs) {
        String mended = query;
        for (Entity entity : ENTITIES) {
            for (String spelling : entity.spellings()) {
                mended = replaceKey(mended, spelling + entity.rest() + "=", "&" + entity.key() + "=", repairs);
            }
        }
        return mended;
    }

    private static String replaceKey(String text, String broken, String whole, Set<Repair> repairs) {
        int at = indexOfIgnoringCase(text, broken, 0);
        if (at < 0) {
            return text;
        }
        repairs.add(Repair.HTML_CHARACTER);
        var out = new StringBuilder(text.length() + 16);
        int from = 0;
        while (at >= 0) {
            out.append(text, from, at).append(whole);
            from = at + broken.length();
            at = indexOfIgnoringCase(text, broken, from);
        }
        return out.append(text, from, text.length()).toString();
    }

    private static int indexOfIgnoringCase(String text, String word, int from) {
        char first = word.charAt(0);
        for (int i = text.indexOf(first, from); i >= 0; i = text.indexOf(first, i + 1)) {
            if (text.regionMatches(true, i, word, 0, word.length())) {
                return i;
            }
        }
        return -1;
    }
}
