package kembali.postback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.support.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is answered, after the write that makes it true. Networks switch an address off that answers errors, so
 * what we cannot use is answered 200 as well, unless the caller asked to be told.
 *
 * @param headers besides the content type
 */
public record Answer(int status, String contentType, String body, Map<String, String> headers) {
    public static final String TEXT = "text/plain; charset=utf-8";
    public static final String JSON = "application/json";

    public Answer {
        headers = Map.copyOf(headers);
    }

    /**
     * How a caller wants to be answered.
     *
     * @param json whether it reads JSON
     * @param strict whether it wants to know what could not be used
     * @param returnText what it wants to read instead of {@code OK}, harmless already
     * @param clickId what its postback named, for programs; null when it named none
     */
    public record Wish(
            boolean json,
            boolean strict,
            @Nullable String returnText,
            @Nullable String clickId) {
        /** For what could not be read. */
        public static Wish of(@Nullable String accept) {
            return new Wish(wantsJson(accept), false, null, null);
        }

        public static Wish of(@Nullable String accept, Postback postback, SourceRules.Handling handling) {
            return new Wish(
                    wantsJson(accept),
                    postback.switches().strict() || handling.strict(),
                    postback.returnText(),
                    postback.clickId());
        }

        private static boolean wantsJson(@Nullable String accept) {
            return accept != null && accept.toLowerCase(Locale.ROOT).contains("application/json");
        }
    }

    /** The answer. For an unknown key its status and nothing else: let the router answer as for any unknown address. */
    public static Answer of(Result result, Wish wish) {
        int status = status(result, wish.strict());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        if (result instanceof Result.OverRate over) {
            headers.put("Retry-After", Integer.toString(Math.max(1, over.retryAfterSeconds())));
        }
        return wish.json() && !(result instanceof Result.UnknownKey)
                ? new Answer(status, JSON, Json.write(members(result, wish.clickId())), headers)
                : new Answer(status, TEXT, text(result, wish), headers);
    }

    /** The answer to a batch: an array with one object a row, {@code row} counting from 0. */
    public static Answer ofBatch(List<Result> rows) {
        List<Map<String, @Nullable Object>> list = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("row", i);
            members.putAll(members(rows.get(i), null));
            list.add(members);
        }
        return new Answer(
                200, JSON, Json.write(list), Map.of("Cache-Control", "no-store", "X-Content-Type-Options", "nosniff"));
    }

    private static int status(Result result, boolean strict) {
        return switch (result) {
            case Result.Booked b -> 200;
            case Result.Duplicate d -> 200;
            case Result.Kept k ->
                strict
                        ? switch (k.because()) {
                            case ORPHAN, UNMATCHED, UNMAPPED -> 422;
                            case IGNORED, OUT_OF_ORDER -> 200;
                        }
                        : 200;
            case Result.Unreadable u -> u.why().httpStatus();
            case Result.UnknownKey k -> 404;
            case Result.Denied d -> 403;
            case Result.OverRate o -> 429;
            case Result.NotStored n -> 503;
        };
    }

    private static String text(Result result, Wish wish) {
        return switch (result) {
            case Result.Booked b -> wish.returnText() == null ? "OK" : wish.returnText();
            case Result.Duplicate d -> "OK duplicate";
            case Result.Kept k -> status(result, wish.strict()) == 200 ? "OK accepted" : refusal(k);
            case Result.Unreadable u -> u.why().text();
            case Result.UnknownKey k -> "";
            case Result.Denied d -> "forbidden";
            case Result.OverRate o -> "too many requests";
            case Result.NotStored n -> "try again later";
        };
    }

    /** The reason names a parameter the caller sent, so it passes the same sieve as a text to return. */
    private static String refusal(Result.Kept kept) {
        String reason = ReturnText.of(kept.reason());
        return reason == null ? kept.because().code() : kept.because().code() + " " + reason;
    }

    private static Map<String, @Nullable Object> members(Result result, @Nullable String clickId) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("result", result.word());
        members.put("reason", result.reasonCode());
        members.put("click_id", clickId);
        switch (result) {
            case Result.Booked b -> put(members, b.conversionId(), b.leadId(), b.status());
            case Result.Duplicate d -> put(members, d.conversionId(), d.leadId(), null);
            case Result.Kept k -> put(members, null, null, null);
            case Result.Unreadable u -> put(members, null, null, null);
            case Result.UnknownKey k -> put(members, null, null, null);
            case Result.Denied d -> put(members, null, null, null);
            case Result.OverRate o -> put(members, null, null, null);
            case Result.NotStored n -> put(members, null, null, null);
        }
        return members;
    }

    private static void put(
            Map<String, @Nullable Object> members,
            @Nullable String conversionId,
            @Nullable String leadId,
            @Nullable String status) {
        members.put("conversion_id", conversionId);
        members.put("lead_id", leadId);
        members.put("status", status);
    }
}
