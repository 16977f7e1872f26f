package kembali.sandbox.tiktok;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a member's value must look like. */
enum Shape {
    /** A text with something in it; what is empty belongs left out. */
    TEXT("Not a valid string."),
    /** A whole number without a fraction. */
    WHOLE("Not a valid integer."),
    /** Any number, but not one in quotes. */
    NUMBER("Not a valid number."),
    TRUTH("Not a valid boolean."),
    OBJECT("Not a valid object."),
    /** An array with at least one member. */
    ARRAY("Not a valid list."),
    /** An array with at least one text, all of them filled. */
    TEXTS("Not a valid list of strings.");

    private final String words;

    Shape(String words) {
        this.words = words;
    }

    /** What is wrong with {@code value}, or null. */
    @Nullable TikTokComplaint complaint(JsonNode value, String path) {
        return fits(value) ? null : TikTokComplaint.parameter(path, words);
    }

    private boolean fits(JsonNode value) {
        return switch (this) {
            case TEXT -> filled(value);
            case WHOLE -> value.isIntegralNumber() && value.canConvertToLong();
            case NUMBER -> value.isNumber();
            case TRUTH -> value.isBoolean();
            case OBJECT -> value.isObject();
            case ARRAY -> value.isArray() && !value.isEmpty();
            case TEXTS -> value.isArray() && !value.isEmpty() && allFilled(value);
        };
    }

    private static boolean allFilled(JsonNode texts) {
        for (JsonNode each : texts) {
            if (!filled(each)) {
                return false;
            }
        }
        return true;
    }

    private static boolean filled(JsonNode value) {
        return value.isTextual() && !value.textValue().isBlank();
    }
}
