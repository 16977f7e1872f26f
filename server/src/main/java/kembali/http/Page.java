package kembali.http;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import kembali.support.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list.
 *
 * @param nextCursor pass it as {@code cursor} for the next part; null at the end
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    public static final int USUAL = 50;
    public static final int MOST = 200;
    private static final Pattern ID = Pattern.compile("[a-z]{2,3}_[0-9a-z]{26}");

    /** The {@code limit} of a request, checked. */
    public static int limit(@Nullable String limit) {
        if (limit == null) {
            return USUAL;
        }
        try {
            int n = Integer.parseInt(limit);
            if (n >= 1 && n <= MOST) {
                return n;
            }
        } catch (NumberFormatException e) {
            throw refused(limit);
        }
        throw refused(limit);
    }

    /**
     * The {@code cursor} of a request, checked.
     *
     * @param prefix of the ids of this list, such as {@code ld}
     */
    public static @Nullable String cursor(@Nullable String cursor, String prefix) {
        if (cursor != null
                && !(cursor.startsWith(prefix + "_") && ID.matcher(cursor).matches())) {
            throw Refusal.invalid(
                    "cursor", "is none of this list; pass the nextCursor of the page before, or leave it out");
        }
        return cursor;
    }

    private static Refusal refused(String limit) {
        return Refusal.invalid("limit", "must be a whole number from 1 to " + MOST + ", not \"" + limit + "\"");
    }

    /** A page of rows that were read with one more than {@code limit}, to see whether there are more. */
    public static <R, T> Page<T> of(List<R> rows, int limit, Function<R, String> id, Function<R, T> view) {
        boolean more = rows.size() > limit;
        List<R> shown = more ? rows.subList(0, limit) : rows;
        return new Page<>(shown.stream().map(view).toList(), more ? id.apply(shown.getLast()) : null);
    }
}
