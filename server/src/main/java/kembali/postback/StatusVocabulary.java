package kembali.postback;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many affiliate networks use a status word for a lead, a sale or a rejection, counted over the published templates of
 * 395 networks. A help for who maps words; what networks do not agree on is never mapped by it.
 */
public final class StatusVocabulary {
    private static final String TABLE = "/postback-status-vocabulary.csv";

    private static final StatusVocabulary BUILT_IN = load();

    /**
     * The votes for one word.
     *
     * @param word in normal form
     */
    public record Votes(String word, int lead, int sale, int rejected) {
        /** Nobody uses it. */
        static Votes none(String word) {
            return new Votes(word, 0, 0, 0);
        }

        public int all() {
            return lead + sale + rejected;
        }

        /** Whether networks mean different things by it. */
        public boolean isContested() {
            return all() > Math.max(lead, Math.max(sale, rejected));
        }

        /** What most networks mean by it; null when nobody uses it or two meanings have as many votes. */
        public @Nullable ConversionStatus suggestion() {
            int most = Math.max(lead, Math.max(sale, rejected));
            int leaders = (lead == most ? 1 : 0) + (sale == most ? 1 : 0) + (rejected == most ? 1 : 0);
            if (most == 0 || leaders > 1) {
                return null;
            }
            return lead == most
                    ? ConversionStatus.LEAD
                    : sale == most ? ConversionStatus.SALE : ConversionStatus.REJECTED;
        }

        /**
         * What it means wherever it is used; null when networks differ, when only one uses it, which agrees with nobody, or
         * when it is a number or a letter or two, which are a network's own code and no word.
         */
        public @Nullable ConversionStatus agreed() {
            return all() >= 2 && !isContested() && isWord() ? suggestion() : null;
        }

        private boolean isWord() {
            return word.length() >= 3 && word.chars().noneMatch(Character::isDigit);
        }
    }

    private final Map<String, Votes> byWord;

    private StatusVocabulary(Map<String, Votes> byWord) {
        this.byWord = Collections.unmodifiableMap(byWord);
    }

    /** The table that comes with the server. */
    public static StatusVocabulary builtIn() {
        return BUILT_IN;
    }

    /** The votes for a word in normal form; none for one nobody uses. */
    public Votes votes(String word) {
        return byWord.getOrDefault(word, Votes.none(word));
    }

    /** All words, the most used first. */
    public Collection<Votes> all() {
        return byWord.values();
    }

    private static StatusVocabulary load() {
        try (InputStream in = StatusVocabulary.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException("the server lacks its resource " + TABLE);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static StatusVocabulary parse(String csv) {
        Map<String, Votes> words = new LinkedHashMap<>();
        csv.lines().skip(1).filter(line -> !line.isBlank()).forEach(line -> {
            String[] cells = line.split(",", -1);
            String word = StatusWord.normal(cells[0]);
            words.put(
                    word,
                    new Votes(
                            word,
                            Integer.parseInt(cells[1].strip()),
                            Integer.parseInt(cells[2].strip()),
                            Integer.parseInt(cells[3].strip())));
        });
        return new StatusVocabulary(words);
    }
}
