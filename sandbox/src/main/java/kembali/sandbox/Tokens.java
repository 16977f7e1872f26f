package kembali.sandbox;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which access tokens are good.
 *
 * <p>Unless told otherwise a token starting with {@code sandbox-}, or any of at least 20 characters,
 * is good, except one that contains the word of a fault: {@code expired}, {@code revoked}, {@code
 * noperm}, {@code wrongpixel}. Where the platform's tokens come from this sandbox, a token must have been
 * issued here or start with {@code sandbox-}.
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

    /** A token issued here; scopes are separated by blanks. */
    private record Grant(String scopes, Instant expiresAt) {}

    private static final int MAX_PROGRAMMED = 10_000;
    private static final int MAX_ISSUED = 10_000;

    private final Map<String, Grant> issued = new LinkedHashMap<>();
    private long lastIssued;

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

    /**
     * Issues an access token; the oldest of 10,000 is forgotten.
     *
     * @param prefix how tokens of the platform begin
     * @param scopes what it may be used for, separated by blanks
     */
    public String issue(String prefix, String scopes, Instant expiresAt) {
        synchronized (issued) {
            if (issued.size() >= MAX_ISSUED) {
                issued.remove(issued.keySet().iterator().next());
            }
            // Counted, so that two runs issue the same ones; padded, so that masked ones can be told apart.
            String token = prefix + "issued-by-the-sandbox-" + String.format("%08d", ++lastIssued);
            issued.put(token, new Grant(scopes, expiresAt));
            return token;
        }
    }

    /** Makes every token issued so far worthless. */
    public void expireIssued() {
        synchronized (issued) {
            issued.replaceAll((token, grant) -> new Grant(grant.scopes(), Instant.MIN));
        }
    }

    /**
     * What {@code token} is worth at a platform whose tokens this sandbox issues.
     *
     * @param pixelId what it is used on
     * @param scope what it is used for
     */
    public Standing standing(@Nullable String token, String pixelId, String scope, Instant now) {
        Grant grant;
        synchronized (issued) {
            grant = token == null ? null : issued.get(token);
        }
        if (grant == null) {
            return standing(token, pixelId, each -> each.startsWith("sandbox-"));
        }
        if (!now.isBefore(grant.expiresAt())) {
            return Standing.EXPIRED;
        }
        return List.of(grant.scopes().split(" ")).contains(scope)
                ? standing(token, pixelId, each -> true)
                : Standing.NO_PERMISSION;
    }

    /** What {@code token} is worth at {@code pixelId}. */
    public Standing standing(@Nullable String token, String pixelId) {
        return standing(token, pixelId, each -> {
            boolean printable = each.chars().allMatch(c -> c > ' ' && c < 127);
            return printable && (each.startsWith("sandbox-") || each.length() >= 20);
        });
    }

    /**
     * What a secret is worth at {@code pixelId}: as programmed, else by its words.
     *
     * @param shape what a secret without any such word must look like
     */
    public Standing standing(@Nullable String token, String pixelId, Predicate<String> shape) {
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
        return shape.test(token) ? Standing.GOOD : Standing.MALFORMED;
    }
}
