package kembali.delivery;

import java.util.Collection;
import java.util.Comparator;
import java.util.regex.Pattern;

/** Takes secrets out of text that is going to be stored or shown. */
final class Masking {
    /** What tokens of the platforms look like when an answer quotes one we do not hold ourselves. */
    private static final Pattern TOKEN_SHAPES = Pattern.compile(
            "EAA[A-Za-z0-9]{20,}|ya29\\.[A-Za-z0-9_-]{20,}|1//[A-Za-z0-9_-]{20,}|(?<=access_token=)[^&\\s\"]+|(?<=Bearer )[^\\s\"]+");

    private static final int SHORTEST_SECRET = 6;

    private Masking() {}

    /** {@code text} without any of the secrets and without anything shaped like a token. */
    static String mask(String text, Collection<String> secrets) {
        String masked = text;
        // The longest first: a secret that begins like a shorter one must not keep its end.
        for (String secret : secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            if (secret.length() >= SHORTEST_SECRET && masked.contains(secret)) {
                masked = masked.replace(secret, "***");
            }
        }
        return masked.contains("EAA")
                        || masked.contains("ya29")
                        || masked.contains("1//")
                        || masked.contains("oken")
                        || masked.contains("Bearer")
                ? TOKEN_SHAPES.matcher(masked).replaceAll("***")
                : masked;
    }
}
