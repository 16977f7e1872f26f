package kembali.postback;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import kembali.campaign.Unfilled;
import kembali.visitor.QueryString;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one postback, query and body together. Keys are compared in lower case with {@code -} as {@code _}; of a
 * repeated key the last filled value counts, so what is added later, the body, wins.
 */
final class Parameters {
    /** Parameters and members of a body that are read; further ones are left out. */
    static final int MAX = 1_000;

    private final Map<String, String> filled = new LinkedHashMap<>();
    private final Map<String, String> unfilled = new HashMap<>();
    private int count;
    private boolean truncated;

    /** The form in which keys are compared. */
    static String normal(String key) {
        return key.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Adds a query, mended, or a form. */
    void addPairs(String pairs) {
        boolean all = QueryString.readPairs(pairs, 0, pairs.length(), MAX, this::add);
        truncated |= !all;
    }

    /** Adds one value, decoded. */
    void add(String name, String value) {
        if (++count > MAX) {
            truncated = true;
            return;
        }
        String key = normal(name);
        if (value.isBlank()) {
            return;
        }
        if (Unfilled.isOne(key, value) && !ClickKey.isBraced(value)) {
            unfilled.put(key, value);
        } else {
            filled.put(key, value);
        }
    }

    /** Whether nothing was sent at all. */
    boolean isEmpty() {
        return count == 0;
    }

    boolean isTruncated() {
        return truncated;
    }

    /** The value of that key, not trimmed; null when it has none. */
    @Nullable String get(String key) {
        return filled.get(key);
    }

    /** Whether the key came, but with a macro that nobody filled. */
    boolean isUnfilled(String key) {
        return unfilled.containsKey(key) && !filled.containsKey(key);
    }

    /** All filled keys and values, in the order in which they came first. */
    Map<String, String> filled() {
        return filled;
    }

    /** The keys that came unfilled only. */
    Iterable<String> unfilledKeys() {
        return unfilled.keySet().stream().filter(this::isUnfilled).sorted().toList();
    }
}
