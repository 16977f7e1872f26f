package kembali.campaign;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import kembali.visitor.QueryString;
import org.jspecify.annotations.Nullable;

/**
 * The click ids we make, which travel as {@code {subid}} to landing pages and networks and come back with their postbacks:
 * 20 of {@code 0-9 a-z}, eight for the millisecond, so that they sort by time, and twelve drawn, about 62 bits.
 */
public final class SubIds {
    public static final int LENGTH = 20;

    /** Query keys under which landings get the id. */
    private static final List<String> NAMES = List.of("subid", "click_id", "clickid", "sub_id", "kmb_click");

    private static final int TIME_PLACES = 8; // until the year 2059
    private static final char[] DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz".toCharArray();

    private SubIds() {}

    /**
     * A new id.
     *
     * @param atMs epoch milliseconds of the click
     * @param random must not be guessable: {@link java.security.SecureRandom}
     */
    public static String make(long atMs, RandomGenerator random) {
        char[] id = new char[LENGTH];
        long time = atMs;
        for (int i = TIME_PLACES - 1; i >= 0; i--) {
            id[i] = DIGITS[(int) Math.floorMod(time, 36L)];
            time = Math.floorDiv(time, 36L);
        }
        for (int i = TIME_PLACES; i < LENGTH; i++) {
            id[i] = DIGITS[random.nextInt(36)];
        }
        return new String(id);
    }

    /** Whether the text has the form of an id of ours. */
    public static boolean isOne(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z')) {
                return false;
            }
        }
        return true;
    }

    /** The click id in the address of a landing, under one of the names people give it; null when there is none. */
    public static @Nullable String among(QueryString query) {
        for (String name : NAMES) {
            String value = query.get(name);
            String id = value == null ? null : value.strip().toLowerCase(Locale.ROOT);
            if (id != null && isOne(id)) {
                return id;
            }
        }
        return null;
    }
}
