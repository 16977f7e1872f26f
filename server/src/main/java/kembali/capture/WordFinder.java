package kembali.capture;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Finds which of many words occur in a text, ASCII case ignored, in one pass whatever their number
 * (Aho and Corasick, 1975). The machine is built once as a table of transitions.
 */
final class WordFinder {
    /** Whether a word that ends before index {@code end} of the text counts there. */
    interface Condition {
        boolean holds(int word, String text, int end);
    }

    /** Column of an ASCII character in the table; 0 for characters that occur in no word. */
    private final byte[] column = new byte[128];

    private final int columns;
    private final short[] next;

    /** Words that end in a state, in rising order. */
    private final int[][] ending;

    private final int[] groupOf;

    /** @param groups the words, numbered through; a word of an earlier group goes before one of a later */
    WordFinder(List<List<String>> groups) {
        List<String> words = groups.stream().flatMap(List::stream).toList();
        groupOf = IntStream.range(0, groups.size())
                .flatMap(group -> groups.get(group).stream().mapToInt(word -> group))
                .toArray();
        int used = 1;
        int states = 1;
        for (String word : words) {
            states += word.length();
            for (char c : word.toLowerCase(Locale.ROOT).toCharArray()) {
                if (column[c] == 0) {
                    column[c] = (byte) used++;
                }
            }
        }
        for (char c = 'A'; c <= 'Z'; c++) {
            column[c] = column[c + ('a' - 'A')];
        }
        columns = used;
        next = new short[states * columns];
        ending = new int[states][];
        Arrays.fill(ending, new int[0]);
        addAll(words);
        linkFailures();
    }

    private void addAll(List<String> words) {
        short states = 1;
        for (int w = 0; w < words.size(); w++) {
            int state = 0;
            for (char c : words.get(w).toCharArray()) {
                int cell = state * columns + column[c];
                if (next[cell] == 0) {
                    next[cell] = states++;
                }
                state = next[cell];
            }
            ending[state] = joined(ending[state], new int[] {w});
        }
    }

    /** Fills every missing transition with that of the longest proper suffix which is also a prefix. */
    private void linkFailures() {
        int[] failure = new int[ending.length];
        var queue = new ArrayDeque<Integer>();
        for (int c = 1; c < columns; c++) {
            if (next[c] != 0) {
                queue.add((int) next[c]);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            ending[state] = joined(ending[state], ending[failure[state]]);
            for (int c = 1; c < columns; c++) {
                int cell = state * columns + c;
                short fallback = next[failure[state] * columns + c];
                if (next[cell] == 0) {
                    next[cell] = fallback;
                } else {
                    failure[next[cell]] = fallback;
                    queue.add((int) next[cell]);
                }
            }
        }
    }

    private static int[] joined(int[] a, int[] b) {
        int[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        Arrays.sort(all);
        return all;
    }

    /**
     * The first word of the earliest group that occurs in the first {@code end} characters and counts,
     * or -1.
     */
    int first(String text, int end, Condition condition) {
        int best = -1;
        int state = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            state = c < 128 ? next[state * columns + column[c]] : 0;
            for (int word : ending[state]) {
                if (best >= 0 && groupOf[word] >= groupOf[best]) {
                    break;
                }
                if (condition.holds(word, text, i + 1)) {
                    best = word;
                    break;
                }
            }
        }
        return best;
    }
}
