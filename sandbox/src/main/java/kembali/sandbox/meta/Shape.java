package kembali.sandbox.meta;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a member's value must look like. */
enum Shape {
    /** A text with something in it. */
    TEXT("a non-empty string"),
    /** A whole number without a fraction. */
    WHOLE("an integer"),
    /** Any number. */
    NUMBER("a number, not a string"),
    TRUTH("true or false"),
    OBJECT("a non-empty object"),
    /** May be empty: an empty {@code data_processing_options} means something. */
    ARRAY("an array"),
    /** An array with at least one text, all of them filled. */
    TEXTS("a non-empty array of strings"),
    /** An id of digits; Meta takes it as text or as a number. */
    DIGITS("an id of digits"),
    /** A text, a number or a truth value. */
    SCALAR("a string, number or boolean with a value");

    private final String words;

    Shape(String words) {
        this.words = words;
    }

    /** What is wrong with {@code value}, or null. */
    @Nullable MetaComplaint complaint(JsonNode value, String place) {
        return fits(value) ? null : MetaComplaint.parameter("Param " + place + " must be " + words);
    }

    private boolean fits(JsonNode value) {
        return switch (this) {
            case TEXT -> filled(value);
            case WHOLE -> value.isIntegralNumber() && value.canConvertToLong();
            case NUMBER -> value.isNumber();
            case TRUTH -> value.isBoolean();
            case OBJECT -> value.isObject() && !value.isEmpty();
            case ARRAY -> value.isArray();
            case TEXTS -> value.isArray() && !value.isEmpty() && allFilled(value);
            case DIGITS ->
                (value.isIntegralNumber() || value.isTextual())
                        && value.asText().matches("\\d{1,25}");
            case SCALAR -> filled(value) || value.isNumber() || value.isBoolean();
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
