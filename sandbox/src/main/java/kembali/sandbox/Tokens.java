package kembali.sandbox;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which access tokens are good.
 *
 * <p>Unless told otherwise a token starting with {@code sandbox-}, or any of at least 20 characters,
 * is good, except one that contains the word of a fault: {@code expired}, {@code revoked}, {@code
 * noperm}, {@code wrongpixel}.
 */
public final class Tokens {
    /** What a token is worth. */
    public enum Standing {
        GOOD,
        MALFORMED,
        EXPIRED,
        REVOKED,
        /** Valid, but without the permission to send events. */
        NO_PERMISSION,
        /** Valid, but the pixel is not visible to it. */
        WRONG_PIXEL
    }

    /** A token somebody programmed; an empty set means every pixel. */
    private record Programmed(Standing standing, Set<String> pixelIds) {}

    private static final int MAX_PROGRAMMED = 10_000;

    private final Map<String, Programmed> programmed = new ConcurrentHashMap<>();

    /**
     * Decides what a token is worth.
     *
     * @param pixelIds the only pixels a good token may reach; empty for all
     * @throws IllegalArgumentException when 10,000 tokens are programmed already
     */
    public void program(String token, Standing standing, Set<String> pixelIds) {
        if (programmed.size() >= MAX_PROGRAMMED && !programmed.containsKey(token)) {
            throw new IllegalArgumentException("at most " + MAX_PROGRAMMED + " tokens can be programmed");
        }
        programmed.put(token, new Programmed(standing, Set.copyOf(pixelIds)));
    }

    /** Back to the rule by name and length. */
    public void reset() {
        programmed.clear();
    }

    int size() {
        return programmed.size();
    }

    /** What {@code token} is worth at {@code pixelId}. */
    public Standing standing(@Nullable String token, String pixelId) {
        if (token == null) {
            return Standing.MALFORMED;
        }
        Programmed known = programmed.get(token);
        if (known != null) {
            boolean reaches = known.pixelIds().isEmpty() || known.pixelIds().contains(pixelId);
            return known.standing() == Standing.GOOD && !reaches ? Standing.WRONG_PIXEL : known.standing();
        }
        if (token.contains("expired")) {
            return Standing.EXPIRED;
        }
        if (token.contains("revoked")) {
            return Standing.REVOKED;
        }
        if (token.contains("noperm")) {
            return Standing.NO_PERMISSION;
        }
        if (token.contains("wrongpixel")) {
            return Standing.WRONG_PIXEL;
        }
        boolean printable = token.chars().allMatch(c -> c > ' ' && c < 127);
        return printable && (token.startsWith("sandbox-") || token.length() >= 20) ? Standing.GOOD : Standing.MALFORMED;
    }
}
