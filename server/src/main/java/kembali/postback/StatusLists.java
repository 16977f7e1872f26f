package kembali.postback;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import kembali.campaign.Unfilled;
import kembali.support.PercentDecoder;
import org.jspecify.annotations.Nullable;

/**
 * The lists a request brings along to say what its status words mean: {@code sale_status=confirmed,paid}.
 *
 * @param ignored words to be ignored, in normal form
 * @param byStatus conversion status to words, in the order of the request
 */
public record StatusLists(Set<String> ignored, Map<String, Set<String>> byStatus) {
    public static final StatusLists NONE = new StatusLists(Set.of(), Map.of());

    /** Words read of one list. */
    static final int MOST_WORDS = 200;

    public StatusLists {
        ignored = Set.copyOf(ignored);
        var copy = new LinkedHashMap<String, Set<String>>();
        byStatus.forEach((status, words) -> copy.put(status, Set.copyOf(words)));
        byStatus = Collections.unmodifiableMap(copy);
    }

    /**
     * The status whose list holds the word; null when none does. If the word is itself the name of a status and stands in
     * the list of that name, that list counts; else the first one of the request.
     */
    public @Nullable String statusOf(String word) {
        if (byStatus.getOrDefault(word, Set.of()).contains(word)) {
            return word;
        }
        for (var list : byStatus.entrySet()) {
            if (list.getValue().contains(word)) {
                return list.getKey();
            }
        }
        return null;
    }

    /** How many lists hold the word. */
    int listsWith(String word) {
        return (int)
                byStatus.values().stream().filter(words -> words.contains(word)).count();
    }

    /** The words of a list as sent, decoded: separated by commas or semicolons. */
    static Set<String> words(String list) {
        var words = new LinkedHashSet<String>();
        String text = list.indexOf('%') >= 0 ? PercentDecoder.decode(list, 0, list.length()) : list;
        int from = 0;
        while (from <= text.length() && words.size() < MOST_WORDS) {
            int to = from;
            while (to < text.length() && text.charAt(to) != ',' && text.charAt(to) != ';') {
                to++;
            }
            String word = StatusWord.normal(text.substring(from, to));
            if (!word.isEmpty() && !Unfilled.isOne("", word)) {
                words.add(word);
            }
            from = to + 1;
        }
        return words;
    }
}
