package kembali.sandbox.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kembali.sandbox.Json;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a message as Google reads them from JSON: unknown names and wrong types are refused;
 * {@code null} counts as absent; numbers may be texts; a name may be written {@code camelCase} or
 * {@code snake_case}.
 */
public final class WireMessage {
    /**
     * Something that does not fit.
     *
     * @param path where, in {@code snake_case}, such as {@code events[0].event_source}; empty for the top
     * @param sentence what, as Google puts it
     * @param wrongChoice true when the value is none of an enumeration's
     */
    public record Slip(String path, String sentence, boolean wrongChoice) {}

    private enum Scalar {
        TYPE_STRING,
        TYPE_DOUBLE,
        TYPE_INT64,
        TYPE_INT32,
        TYPE_BOOL,
        TYPE_TIMESTAMP
    }

    /**
     * A field. Exactly one of the three says what a value is.
     *
     * @param name in {@code camelCase}
     * @param choices texts an enumeration allows
     */
    private record Field(
            String name,
            boolean repeated,
            @Nullable Scalar scalar,
            @Nullable Set<String> choices,
            @Nullable WireMessage message) {}

    private final Map<String, Field> fields = new LinkedHashMap<>();

    /** Adds texts. */
    public WireMessage texts(String... names) {
        return scalars(Scalar.TYPE_STRING, false, names);
    }

    /** Adds lists of texts. */
    public WireMessage textLists(String... names) {
        return scalars(Scalar.TYPE_STRING, true, names);
    }

    /** Adds numbers with a fraction. */
    public WireMessage doubles(String... names) {
        return scalars(Scalar.TYPE_DOUBLE, false, names);
    }

    /** Adds whole numbers of 64 bits. */
    public WireMessage longs(String... names) {
        return scalars(Scalar.TYPE_INT64, false, names);
    }

    /** Adds whole numbers of 32 bits. */
    public WireMessage ints(String... names) {
        return scalars(Scalar.TYPE_INT32, false, names);
    }

    /** Adds truth values. */
    public WireMessage truths(String... names) {
        return scalars(Scalar.TYPE_BOOL, false, names);
    }

    /** Adds instants, written as RFC 3339. */
    public WireMessage times(String... names) {
        return scalars(Scalar.TYPE_TIMESTAMP, false, names);
    }

    /** Adds an enumeration. */
    public WireMessage choice(String name, String... choices) {
        return add(new Field(name, false, null, Set.of(choices), null));
    }

    /** Adds a message. */
    public WireMessage one(String name, WireMessage message) {
        return add(new Field(name, false, null, null, message));
    }

    /** Adds a list of messages. */
    public WireMessage many(String name, WireMessage message) {
        return add(new Field(name, true, null, null, message));
    }

    private WireMessage scalars(Scalar scalar, boolean repeated, String... names) {
        for (String name : names) {
            add(new Field(name, repeated, scalar, null, null));
        }
        return this;
    }

    private WireMessage add(Field field) {
        fields.put(field.name(), field);
        fields.put(snake(field.name()), field);
        return this;
    }

    /**
     * Reads an object.
     *
     * @param slips what does not fit is added here
     * @return the same in {@code camelCase} without nulls and without what does not fit
     */
    public ObjectNode read(JsonNode json, List<Slip> slips) {
        return object(json, "", slips);
    }

    private ObjectNode object(JsonNode json, String path, List<Slip> slips) {
        ObjectNode read = Json.MAPPER.createObjectNode();
        if (!json.isObject()) {
            slips.add(wrong(path, "message", json));
            return read;
        }
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            Field field = fields.get(member.getKey());
            if (field == null) {
                String at = path.isEmpty() ? "" : " at '" + path + "'";
                slips.add(new Slip(
                        path, "Unknown name \"" + member.getKey() + "\"" + at + ": Cannot find field.", false));
            } else if (!member.getValue().isNull()) {
                String place = path.isEmpty() ? snake(field.name()) : path + "." + snake(field.name());
                JsonNode value = field.repeated()
                        ? list(field, member.getValue(), place, slips)
                        : value(field, member.getValue(), place, slips);
                if (value != null) {
                    read.set(field.name(), value);
                }
            }
        }
        return read;
    }

    private static @Nullable JsonNode list(Field field, JsonNode json, String place, List<Slip> slips) {
        if (!json.isArray()) {
            slips.add(wrong(place, "list", json));
            return null;
        }
        ArrayNode read = Json.MAPPER.createArrayNode();
        for (int i = 0; i < json.size(); i++) {
            JsonNode value = value(field, json.get(i), place + "[" + i + "]", slips);
            if (value != null) {
                read.add(value);
            }
        }
        return read;
    }

    private static @Nullable JsonNode value(Field field, JsonNode json, String place, List<Slip> slips) {
        if (field.message() != null) {
            return field.message().object(json, place, slips);
        }
        if (field.choices() != null) {
            if (json.isTextual() && field.choices().contains(json.textValue())) {
                return json;
            }
            slips.add(new Slip(place, "Invalid value at '" + place + "' (TYPE_ENUM), " + json, true));
            return null;
        }
        Scalar scalar = field.scalar() == null ? Scalar.TYPE_STRING : field.scalar();
        if (fits(scalar, json)) {
            return json.isTextual() && scalar != Scalar.TYPE_STRING && scalar != Scalar.TYPE_TIMESTAMP
                    ? Json.MAPPER.getNodeFactory().numberNode(new BigDecimal(json.textValue()))
                    : json;
        }
        slips.add(wrong(place, scalar.name(), json));
        return null;
    }

    private static boolean fits(Scalar scalar, JsonNode json) {
        return switch (scalar) {
            case TYPE_STRING -> json.isTextual();
            case TYPE_BOOL -> json.isBoolean();
            case TYPE_DOUBLE -> number(json) != null;
            case TYPE_INT64 -> whole(json, BigDecimal.valueOf(Long.MIN_VALUE), BigDecimal.valueOf(Long.MAX_VALUE));
            case TYPE_INT32 ->
                whole(json, BigDecimal.valueOf(Integer.MIN_VALUE), BigDecimal.valueOf(Integer.MAX_VALUE));
            case TYPE_TIMESTAMP -> json.isTextual() && instant(json.textValue());
        };
    }

    private static boolean whole(JsonNode json, BigDecimal least, BigDecimal most) {
        BigDecimal number = number(json);
        return number != null
                && number.stripTrailingZeros().scale() <= 0
                && number.compareTo(least) >= 0
                && number.compareTo(most) <= 0;
    }

    private static @Nullable BigDecimal number(JsonNode json) {
        if (json.isNumber()) {
            return json.decimalValue();
        }
        try {
            return json.isTextual() ? new BigDecimal(json.textValue()) : null;
        } catch (NumberFormatException none) {
            return null;
        }
    }

    private static boolean instant(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException none) {
            return false;
        }
    }

    private static Slip wrong(String place, String type, JsonNode json) {
        return new Slip(place, "Invalid value at '" + place + "' (" + type + "), " + json, false);
    }

    /** {@code eventSource} as {@code event_source}. */
    public static String snake(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
