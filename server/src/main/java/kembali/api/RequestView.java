package kembali.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import kembali.inbound.RawRequest;
import kembali.inbound.StoredRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request that came in, and what became of it.
 *
 * @param status {@code pending}, {@code done}, {@code ignored}, {@code failed}, {@code refused} or {@code unmatched}
 * @param reason why; null when there is nothing to say
 * @param size bytes of the body
 * @param dueAt when it is read next; null when it ended
 */
public record RequestView(
        String id,
        Instant receivedAt,
        String method,
        int size,
        String status,
        @Nullable Why reason,
        List<String> leadIds,
        int attempts,
        @Nullable Instant dueAt) {
    /** Why a request ended or waits. */
    public record Why(String code, @Nullable String message) {}

    static RequestView of(StoredRequest r) {
        String code = r.reasonCode();
        return new RequestView(
                r.id(),
                r.receivedAt(),
                r.method(),
                r.size(),
                r.status(),
                code == null ? null : new Why(code, r.reason()),
                r.leadIds(),
                r.attempts(),
                r.status().equals(StoredRequest.PENDING) ? r.dueAt() : null);
    }

    /**
     * The same with what came.
     *
     * @param query part of the address behind the question mark
     * @param headers those that were kept; secrets are masked
     * @param body JSON where it is JSON, text otherwise; null when it was erased with the person it was about
     */
    public record Whole(
            RequestView request,
            @Nullable String query,
            Map<String, String> headers,
            @Nullable Object body) {
        private static final Pattern EMAIL = Pattern.compile("[^\\s\"'<>=&:,;]+(?:@|%40)[^\\s\"'<>=&:,;]+");
        private static final Pattern NUMBER = Pattern.compile("\\d{6,}");
        private static final List<String> SECRET_WORDS = List.of("secret", "token", "key", "auth", "password");

        static Whole of(StoredRequest r, @Nullable RawRequest raw, boolean masked) {
            if (raw == null) {
                return new Whole(RequestView.of(r), null, Map.of(), null);
            }
            var headers = new TreeMap<String, String>();
            raw.headers().forEach((name, value) -> headers.put(name, isSecret(name) ? "***" : shown(value, masked)));
            String body = new String(raw.body(), StandardCharsets.UTF_8);
            return new Whole(RequestView.of(r), shown(raw.query(), masked), headers, Bodies.shown(shown(body, masked)));
        }

        private static boolean isSecret(String header) {
            String name = header.toLowerCase(Locale.ROOT);
            return SECRET_WORDS.stream().anyMatch(name::contains);
        }

        /** Numbers and addresses that could be somebody's are made unreadable, to be shown to a helper. */
        private static String shown(String text, boolean masked) {
            if (!masked) {
                return text;
            }
            String noMail = EMAIL.matcher(text).replaceAll("***@***");
            return NUMBER.matcher(noMail).replaceAll(m -> "9".repeat(m.group().length()));
        }
    }
}
