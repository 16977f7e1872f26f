package kembali.platform.linkedin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kembali.platform.PlatformReply;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import org.jspecify.annotations.Nullable;

/** LinkedIn's words made fit for our log: they may echo a token or an identifier of the person. */
final class LinkedInWords {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private static final String MASK = "***";

    /** Hashes, tokens of others than ours, e-mail addresses, IPv4 addresses. */
    private static final List<Pattern> PERSONAL = List.of(
            Pattern.compile("\\b[0-9A-Fa-f]{64}\\b"),
            Pattern.compile("\\bAQ[A-Za-z0-9_-]{30,}"),
            Pattern.compile("[^\\s\"'<>,:;=()\\[\\]]+@[^\\s\"'<>,:;=()\\[\\]]+"),
            Pattern.compile("\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b"));

    /** What our own JSON says of a person. */
    private static final Pattern SAID =
            Pattern.compile("\"(?:idValue|firstName|lastName|title|companyName|lead)\":\"((?:[^\"\\\\]|\\\\.){2,})\"");

    private static final List<String> TRACES = List.of("x-li-uuid", "x-li-fabric", "x-li-request-id");

    private static final int SHORTEST_SECRET = 8;
    private static final int LONGEST_QUOTE = 300;
    private static final int LONGEST_TRACE = 64;

    /** Nobody is shown what follows, so it need not be searched. */
    private static final int LONGEST_READ = 4_000;

    private final List<String> secrets;

    LinkedInWords(List<String> secrets) {
        this.secrets = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .toList();
    }

    /** The JSON object in {@code text}, or null when it is none. */
    static @Nullable JsonNode object(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node != null && node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** {@code reason} with LinkedIn's own words and the numbers its support asks for. */
    Reason explained(Reason reason, PlatformReply reply, @Nullable JsonNode body, List<Prepared.Ready> sent) {
        JsonNode said = body == null ? JSON.createObjectNode() : body;
        String message = said.path("message").asText("");
        if (message.isBlank()) {
            message = said.path("error_description").asText("");
        }
        String words = quote(message, sent);
        StringBuilder text = new StringBuilder(reason.message()).append(" LinkedIn says: ");
        text.append(words).append(words.isEmpty() ? "(HTTP " : " (HTTP ").append(reply.status());
        String code = said.path("code").asText(said.path("error").asText(""));
        if (!code.isBlank()) {
            text.append(", ").append(quote(code, sent));
        }
        for (String trace : TRACES) {
            String value = reply.header(trace);
            if (value != null && value.length() <= LONGEST_TRACE) {
                text.append(", ").append(trace).append(' ').append(quote(value, List.of()));
            }
        }
        return reason.saying(text.append(").").toString());
    }

    /** On one line, not too long, without anything secret or personal. */
    private String quote(String words, List<Prepared.Ready> sent) {
        String masked = words;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        masked = masked.length() <= LONGEST_READ ? masked : masked.substring(0, LONGEST_READ);
        if (!masked.isBlank()) {
            for (Prepared.Ready event : sent) {
                Matcher said = SAID.matcher(event.json());
                while (said.find()) {
                    masked = masked.replace(said.group(1), MASK);
                }
            }
        }
        for (Pattern personal : PERSONAL) {
            masked = personal.matcher(masked).replaceAll(Matcher.quoteReplacement(MASK));
        }
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
