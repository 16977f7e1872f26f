package kembali.capture.rotator;

/**
 * Closes the gaps that empty placeholders leave: no two blanks where one was, no brackets around
 * nothing, no comma that waits for a word. Only the surroundings of a gap are touched; the rest is the
 * advertiser's.
 */
final class Gaps {
    /** Stands where a placeholder had nothing to say; no text that is checked holds it. */
    static final char GAP = '\0';

    private static final char LINE = '\n';
    private static final String JOINING = ",;:/|-–—·•&+";
    private static final String ENDING = ".!?…";
    private static final String OPENING = "([{<\u201c\u2018";
    private static final String CLOSING = ")]}>\u201d\u2019";
    private static final String EITHER = "\"'*_~`";

    private final StringBuilder text;

    private Gaps(StringBuilder text) {
        this.text = text;
    }

    static void close(StringBuilder text) {
        var gaps = new Gaps(text);
        for (int at = text.indexOf("\0"); at >= 0; at = text.indexOf("\0")) {
            gaps.close(at);
        }
    }

    private void close(int at) {
        int from = at;
        int to = at + 1;
        while (true) {
            int left = left(from);
            int right = right(to);
            char before = left == 0 ? LINE : text.charAt(left - 1);
            char after = right == text.length() ? LINE : text.charAt(right);
            int beyond = is(JOINING, after) ? right(right + 1) : right;
            if (after == GAP) {
                to = right + 1;
            } else if (is(JOINING, after) && beyond < text.length() && text.charAt(beyond) == GAP) {
                to = beyond + 1;
            } else if (enclose(before, after)) {
                from = left - 1;
                to = right + 1;
            } else if (is(JOINING, before) && (after == LINE || is(JOINING + ENDING + CLOSING, after))) {
                from = left - 1;
            } else if ((before == LINE || is(OPENING, before)) && is(JOINING + ENDING, after)
                    || is(ENDING, before) && is(JOINING, after)) {
                to = right + 1;
            } else {
                boolean blank = left < from || right > to;
                boolean atEdge =
                        before == LINE || after == LINE || is(OPENING, before) || is(",;:)" + ENDING + CLOSING, after);
                boolean ownLine = before == LINE && after == LINE;
                if (ownLine && right < text.length()) {
                    right++;
                } else if (ownLine && left > 0) {
                    left--;
                }
                text.replace(left, right, blank && !atEdge ? " " : "");
                return;
            }
        }
    }

    private static boolean enclose(char before, char after) {
        int opening = OPENING.indexOf(before);
        return opening >= 0 ? CLOSING.indexOf(after) == opening : is(EITHER, before) && before == after;
    }

    private int left(int from) {
        int i = from;
        while (i > 0 && isBlank(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private int right(int to) {
        int i = to;
        while (i < text.length() && isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\u00a0';
    }

    private static boolean is(String some, char c) {
        return some.indexOf(c) >= 0;
    }
}
