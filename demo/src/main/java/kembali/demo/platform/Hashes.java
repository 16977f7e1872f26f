package kembali.demo.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import kembali.demo.sample.Person;
import org.jspecify.annotations.Nullable;

/** The demo's own hashing. */
final class Hashes {
    private static final Pattern HASH = Pattern.compile("[0-9A-Fa-f]{64}");

    private Hashes() {}

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform must have it
        }
    }

    /** Google's spelling, the same in Analytics and Ads; null where the person has no such thing. */
    static @Nullable String google(String what, Person p) {
        return switch (what) {
            case "em" -> p.email() == null ? null : gmailBare(p.email().toLowerCase(Locale.ROOT));
            case "ph" -> p.phoneDigits() == null ? null : "+" + p.phoneDigits();
            case "fn" -> lower(p.firstName());
            case "ln" -> lower(p.lastName());
            default -> null;
        };
    }

    static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /** Gmail delivers without dots and what follows a plus. */
    private static String gmailBare(String address) {
        int at = address.indexOf('@');
        return address.endsWith("@gmail.com")
                ? address.substring(0, at).replaceFirst("\\+.*", "").replace(".", "") + address.substring(at)
                : address;
    }

    /** How many values anywhere in it look like a hash. */
    static int count(JsonNode body) {
        int count = body.isTextual() && HASH.matcher(body.asText()).matches() ? 1 : 0;
        for (JsonNode child : body) {
            count += count(child);
        }
        return count;
    }

    /** The values at a place, one or several. */
    static List<Hashed> at(String what, JsonNode values) {
        var found = new ArrayList<Hashed>();
        if (values.isTextual()) {
            found.add(new Hashed(what, values.asText()));
        }
        values.forEach(v -> found.add(new Hashed(what, v.asText())));
        return found;
    }
}
