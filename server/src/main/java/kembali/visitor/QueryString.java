package kembali.visitor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.support.PercentDecoder;
import org.jspecify.annotations.Nullable;

/**
 * The query of a URL, read once: names without regard to case, values decoded exactly once.
 *
 * <p>Of a repeated name the last value counts that is neither blank nor an {@link UnreplacedMacro}:
 * TikTok templates carry {@code ttclid=__CLICKID__} while TikTok also appends the real one. A further
 * {@code ?} separates like {@code &}, because advertisers paste templates that begin with one. Nothing
 * a browser can send is an error.
 */
public final class QueryString {
    /** Characters read; the parameter that crosses the limit and those after it are left out. */
    public static final int MAX_LENGTH = 16_384;

    /** Parameters read; further ones are left out. */
    public static final int MAX_PARAMETERS = 256;

    public static final QueryString EMPTY = new QueryString(Map.of(), List.of(), false);

    private final Map<String, String> values;
    private final List<UnreplacedMacro> unreplacedMacros;
    private final boolean truncated;

    private QueryString(Map<String, String> values, List<UnreplacedMacro> unreplacedMacros, boolean truncated) {
        this.values = values;
        this.unreplacedMacros = unreplacedMacros;
        this.truncated = truncated;
    }

    /** Reads the query part of a URL, still encoded, with or without its {@code ?}. */
    public static QueryString parse(@Nullable String raw) {
        return raw == null || raw.isEmpty() ? EMPTY : parse(raw, 0);
    }

    /** Reads the query of a whole URL, absolute or relative; empty when the URL has none. */
    public static QueryString ofUrl(@Nullable String url) {
        int question = url == null ? -1 : url.indexOf('?');
        int fragment = url == null ? -1 : url.indexOf('#');
        if (url == null || question < 0 || (fragment >= 0 && fragment < question)) {
            return EMPTY;
        }
        return parse(url, question + 1);
    }

    /** What was read before. @param values lower-case name to decoded value, none of them blank */
    public static QueryString of(Map<String, String> values) {
        return new QueryString(Map.copyOf(values), List.of(), false);
    }

    private static QueryString parse(String raw, int from) {
        int fragment = raw.indexOf('#', from);
        int end = fragment < 0 ? raw.length() : fragment;
        boolean truncated = end - from > MAX_LENGTH;
        if (truncated) {
            end = lastSeparator(raw, from, from + MAX_LENGTH);
        }
        var values = new LinkedHashMap<String, String>();
        var macros = new ArrayList<UnreplacedMacro>(0);
        truncated |= !readPairs(raw, from, end, MAX_PARAMETERS, (name, value) -> add(name, value, values, macros));
        return new QueryString(Collections.unmodifiableMap(values), Collections.unmodifiableList(macros), truncated);
    }

    /** Takes the pairs of a query, one by one. */
    @FunctionalInterface
    public interface PairTaker {
        /**
         * One {@code name=value}.
         *
         * @param name lower case, without surrounding space
         * @param value decoded once, otherwise as it was written; may be empty
         */
        void take(String name, String value);
    }

    /**
     * Hands over all pairs between two places of a query, in order and with every repetition, for who needs more than
     * {@link #parse} keeps. What has no {@code =} is passed over; here {@code #} is a character like any other.
     *
     * @param most how many parameters are read
     * @return false when there were more
     */
    public static boolean readPairs(String raw, int from, int end, int most, PairTaker taker) {
        int parameters = 0;
        int start = from;
        while (start < end) {
            int equals = -1;
            int stop = start;
            for (; stop < end; stop++) {
                char c = raw.charAt(stop);
                if (isSeparator(c)) {
                    break;
                }
                if (c == '=' && equals < 0) {
                    equals = stop;
                }
            }
            if (stop > start && ++parameters > most) {
                return false;
            }
            if (equals > start) {
                String name = PercentDecoder.decode(raw, start, equals).strip().toLowerCase(Locale.ROOT);
                taker.take(name, PercentDecoder.decode(raw, equals + 1, stop));
            }
            start = stop + 1;
        }
        return true;
    }

    private static void add(String name, String value, Map<String, String> values, List<UnreplacedMacro> macros) {
        if (UnreplacedMacro.isOne(value)) {
            macros.add(new UnreplacedMacro(name, value));
        } else if (!value.isBlank()) {
            values.put(name, value);
        }
    }

    private static int lastSeparator(String raw, int from, int to) {
        int i = to;
        while (i > from && !isSeparator(raw.charAt(i))) {
            i--;
        }
        return i;
    }

    private static boolean isSeparator(char c) {
        return c == '&' || c == '?';
    }

    /** The value of that parameter, or null when it is missing, blank or an unreplaced macro. */
    public @Nullable String get(String name) {
        String value = values.get(name);
        return value != null ? value : values.get(name.toLowerCase(Locale.ROOT));
    }

    /** The value of the first of these parameters that has one, or null. */
    public @Nullable String first(String name, String... aliases) {
        String value = get(name);
        for (int i = 0; value == null && i < aliases.length; i++) {
            value = get(aliases[i]);
        }
        return value;
    }

    /** All parameters that have a value: lower-case name to decoded value, in order of first sight. */
    public Map<String, String> values() {
        return values;
    }

    /** Every placeholder no platform filled, in order, also where another value of that name counted. */
    public List<UnreplacedMacro> unreplacedMacros() {
        return unreplacedMacros;
    }

    /** Whether part of the query was left out for its size. */
    public boolean isTruncated() {
        return truncated;
    }
}
