package kembali.platform.googleads;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import kembali.platform.Reason;

/** Google's own words made fit for our log: on one line, not too long, without any secret. */
final class GoogleWords {
    /** What Google's tokens, keys and signatures look like; others than ours may be echoed, too. */
    private static final Pattern ANY_SECRET = Pattern.compile(
            "ya29\\.[A-Za-z0-9_.-]{6,}|1//[A-Za-z0-9_-]{6,}|GOCSPX-[A-Za-z0-9_-]{6,}|eyJ[A-Za-z0-9_-]{10,}(?:\\.[A-Za-z0-9_-]+)*"
                    + "|-----BEGIN[^-]*-----[^-]*");

    private static final int LONGEST_QUOTE = 400;
    private static final int SHORTEST_SECRET = 6;

    private final List<String> secrets;

    GoogleWords(List<String> secrets) {
        // The longest first: a secret that begins like a shorter one must not keep its end.
        this.secrets = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** {@code reason} with Google's words behind it. */
    Reason explained(Reason reason, String words) {
        String quote = quote(words);
        return quote.isEmpty() ? reason : reason.saying(reason.message() + " Google says: " + quote);
    }

    String quote(String words) {
        String masked = words;
        for (String secret : secrets) {
            masked = masked.replace(secret, "***");
        }
        masked = ANY_SECRET.matcher(masked).replaceAll("***");
        StringBuilder line = new StringBuilder(masked.length());
        masked.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(line::appendCodePoint);
        String text = line.toString().strip();
        if (text.length() <= LONGEST_QUOTE) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_QUOTE - 1)) ? LONGEST_QUOTE - 1 : LONGEST_QUOTE;
        return text.substring(0, end) + "…";
    }
}
