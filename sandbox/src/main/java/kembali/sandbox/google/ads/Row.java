package kembali.sandbox.google.ads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One conversion of an upload.
 *
 * @param index its place, from 0
 * @param json its fields in {@code camelCase}
 */
record Row(int index, ObjectNode json) {
    private static final Pattern ACTION = Pattern.compile("customers/\\d+/conversionActions/(\\d+)");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssxxx").withResolverStyle(ResolverStyle.STRICT);
    private static final List<String> CLICK_IDS = List.of("gclid", "gbraid", "wbraid");

    String text(String field) {
        return json.path(field).asText();
    }

    /** The conversion action's id, or null when the resource name is malformed. */
    @Nullable String actionId() {
        Matcher name = ACTION.matcher(text("conversionAction"));
        return name.matches() ? name.group(1) : null;
    }

    /** When it happened, or null when that is not written as wanted. */
    @Nullable Instant time() {
        try {
            return OffsetDateTime.parse(text("conversionDateTime"), TIME).toInstant();
        } catch (DateTimeException wrong) {
            return null;
        }
    }

    /** Names of the click ids that are set. */
    List<String> clickIds() {
        return CLICK_IDS.stream().filter(name -> !text(name).isEmpty()).toList();
    }

    JsonNode userIdentifiers() {
        return json.path("userIdentifiers");
    }

    /** What may come once only, each with its kind: {@code order} or {@code click}. */
    List<Once> once() {
        List<Once> keys = new ArrayList<>();
        String action = actionId();
        if (action == null) {
            return keys;
        }
        if (!text("orderId").isEmpty()) {
            keys.add(new Once(true, action + " order " + text("orderId")));
        }
        // A braid is shared by many clicks, so it tells no repetition.
        if (!text("gclid").isEmpty()) {
            keys.add(new Once(false, action + " click " + text("gclid") + " " + time()));
        }
        return keys;
    }

    /**
     * Something that may come once only.
     *
     * @param order true for an order id, false for a click and its time
     */
    record Once(boolean order, String key) {}
}
