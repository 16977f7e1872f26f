package kembali.http;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kembali.support.FieldError;
import kembali.support.Refusal;
import org.jspecify.annotations.Nullable;

/** Says in words for the sender what Jackson found wrong. */
public final class JsonFaults {
    private JsonFaults() {}

    public static Refusal refusal(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException u) {
            Collection<Object> known = u.getKnownPropertyIds() == null ? List.of() : u.getKnownPropertyIds();
            String names = known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
            return Refusal.invalid(path(u), "is not a field of this object; it has: " + names);
        }
        if (e instanceof MismatchedInputException m && !m.getPath().isEmpty()) {
            return Refusal.invalid(path(m), expected(m));
        }
        if (e instanceof JsonMappingException m && !m.getPath().isEmpty()) {
            Throwable cause = m.getCause();
            if (cause instanceof JsonParseException p) {
                return malformed(p);
            }
            return Refusal.invalid(path(m), cause == null ? firstLine(m) : String.valueOf(cause.getMessage()));
        }
        return malformed(e);
    }

    private static Refusal malformed(JsonProcessingException e) {
        var at = e.getLocation();
        String where = at == null || at.getLineNr() < 1
                ? ""
                : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return new Refusal(Refusal.Kind.MALFORMED, fault(e) + where + ".", List.of());
    }

    /** A value of the wrong shape is told in our words; Jackson names our classes and its own switches. */
    private static String fault(JsonProcessingException e) {
        if (e instanceof MismatchedInputException m) {
            return m.getOriginalMessage().startsWith("Trailing token")
                    ? "Something stands behind the end of the JSON document"
                    : "The body must be a JSON object";
        }
        return "The body is not JSON that can be read: " + firstLine(e);
    }

    private static String firstLine(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        for (String internals : List.of(" (for ", " (start marker", ", from `", " (through ")) {
            int from = line.indexOf(internals);
            line = from < 0 ? line : line.substring(0, from) + (internals.startsWith(",") ? ")" : "");
        }
        return line.length() > 200 ? line.substring(0, 200) : line;
    }

    private static String path(JsonMappingException e) {
        var path = new StringBuilder();
        for (JsonMappingException.Reference r : e.getPath()) {
            if (r.getFieldName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(r.getFieldName());
            } else if (r.getIndex() >= 0) {
                path.append('[').append(r.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    private static String expected(MismatchedInputException e) {
        Class<?> target = e.getTargetType();
        if (e instanceof InvalidFormatException f && target != null && target.isEnum()) {
            return "is none of: "
                    + Arrays.stream(target.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ")) + "; it was " + shown(f.getValue());
        }
        return kind(target);
    }

    private static String kind(@Nullable Class<?> target) {
        if (target == null) {
            return "has a value of the wrong type";
        }
        if (target == String.class) {
            return "must be a text";
        }
        if (target == Boolean.class || target == boolean.class) {
            return "must be true or false";
        }
        if (target == Instant.class) {
            return "must be an instant such as \"2026-11-20T03:00:00Z\"";
        }
        if (target == LocalDate.class) {
            return "must be a date such as \"1990-12-31\"";
        }
        if (target == BigDecimal.class) {
            return "must be a decimal in a string, such as \"1500000\" or \"12.50\"";
        }
        if (Number.class.isAssignableFrom(target) || target == int.class || target == long.class) {
            return "must be a whole number";
        }
        if (Collection.class.isAssignableFrom(target) || target.isArray()) {
            return "must be a list";
        }
        if (Map.class.isAssignableFrom(target) || target.isRecord()) {
            return "must be an object";
        }
        return "has a value of the wrong type";
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return "\"" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "\"";
    }

    /** One error of a row in a list of rows, for bulk answers. */
    public static List<FieldError> errors(JsonProcessingException e) {
        Refusal r = refusal(e);
        return r.errors().isEmpty() ? List.of(new FieldError("", r.detail())) : r.errors();
    }
}
