package kembali.postback;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the status words of one source mean.
 *
 * @param map word to meaning; words in any form
 * @param own conversion statuses of the workspace's own
 * @param whenMissing what a postback without a status means. Null, as for every source made by hand, leaves it unmapped;
 *     a source taken over from a tracker that books a sale has the sale here, and a warning beside it
 */
public record StatusRules(
        Map<String, StatusMeaning> map,
        List<ConversionStatus> own,
        @Nullable StatusMeaning whenMissing) {
    public static final StatusRules NONE = new StatusRules(Map.of(), List.of(), null);

    public StatusRules {
        map = normal(map);
        own = List.copyOf(own);
    }

    /** The map with its words in the form in which they are compared. */
    public static Map<String, StatusMeaning> normal(Map<String, StatusMeaning> map) {
        var normal = new HashMap<String, StatusMeaning>();
        map.forEach((word, meaning) -> normal.put(StatusWord.normal(word), meaning));
        return Map.copyOf(normal);
    }

    /** The conversion status of that word, one of ours or of the workspace's own; null when there is none. */
    public @Nullable ConversionStatus named(String word) {
        ConversionStatus canonical = ConversionStatus.canonical(word);
        if (canonical != null) {
            return canonical;
        }
        return own.stream().filter(s -> s.word().equals(word)).findFirst().orElse(null);
    }

    public StatusRules withMap(Map<String, StatusMeaning> other) {
        return new StatusRules(other, own, whenMissing);
    }

    public StatusRules withWhenMissing(@Nullable StatusMeaning other) {
        return new StatusRules(map, own, other);
    }
}
