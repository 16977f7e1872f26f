package kembali.inbound;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON of strangers, read the way it was meant. What is promised as an object may come as a list of one, or as
 * JSON written into a text; a number may come as text and a text as a number. Asking for what is not there gives
 * {@link #NOTHING}, never an exception, and work is bounded by the size of what was parsed.
 */
public final class JsonTree {
    /** What is not there: has no members, no elements and no text. */
    public static final JsonTree NOTHING = new JsonTree(MissingNode.getInstance(), new Openings());

    private static final int DEEPEST = 64;

    /** Texts holding JSON that are opened per body; a hostile body consists of nothing else. */
    private static final int MOST_OPENINGS = 1_000;

    /** Decimal places or zeros beyond which a number is left in scientific notation: 1e999999999 has a gigabyte. */
    private static final int LONGEST_PLAIN = 100;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(4_000_000) // the body's own limit is what counts: pictures come inline
                            .maxNumberLength(LONGEST_PLAIN)
                            .build())
                    // Names of strangers do not belong into tables shared by the whole process.
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final JsonNode node;
    private final Openings openings;

    private JsonTree(JsonNode node, Openings openings) {
        this.node = node;
        this.openings = openings;
    }

    /** How many texts of a body were opened so far. */
    private static final class Openings {
        private int left = MOST_OPENINGS;

        boolean take() {
            return left > 0 && left-- > 0;
        }
    }

    /** Reads a body; {@link #NOTHING} when it is not JSON. Bytes that are no UTF-8 become replacement characters. */
    public static JsonTree parse(byte[] body) {
        return parse(new String(body, StandardCharsets.UTF_8));
    }

    /** Reads a text; {@link #NOTHING} when it is not JSON. */
    public static JsonTree parse(String text) {
        JsonNode node = node(text.startsWith("\uFEFF") ? text.substring(1) : text);
        return node == null ? NOTHING : of(node);
    }

    /** Wraps what was parsed elsewhere, such as the fields of a form. */
    public static JsonTree of(JsonNode node) {
        return new JsonTree(node, new Openings());
    }

    private static @Nullable JsonNode node(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException | NumberFormatException notJson) {
            return null; // the latter escapes Jackson for exponents beyond an int
        }
    }

    /** Whether anything is here; {@code null} and the empty body are nothing. */
    public boolean isThere() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** Whether this is an object, a list that begins with one, or a text that holds one. */
    public boolean isObject() {
        return opened().isObject();
    }

    /** The member of that name. */
    public JsonTree get(String name) {
        JsonNode member = opened().get(name);
        return member == null ? NOTHING : new JsonTree(member, openings);
    }

    /** The member at the end of that way. */
    public JsonTree at(String first, String... further) {
        JsonTree here = get(first);
        for (String name : further) {
            here = here.get(name);
        }
        return here;
    }

    /** What is to be looped over: the elements of a list, the members of {@code {"0": …, "1": …}}, else this alone. */
    public List<JsonTree> each() {
        if (!isThere()) {
            return List.of();
        }
        JsonNode list = json();
        List<JsonTree> elements = new ArrayList<>();
        if (list.isArray() || isNumbered(list)) {
            for (JsonNode element : list) {
                if (!element.isNull()) {
                    elements.add(new JsonTree(element, openings));
                }
            }
        } else {
            elements.add(new JsonTree(list, openings));
        }
        return elements;
    }

    /**
     * The text, number or boolean here, without surrounding space, control characters and broken characters; of a
     * list the first one. Null when there is none or it is blank. Numbers are written out: {@code 6.28E12} is
     * {@code 6280000000000}.
     */
    public @Nullable String text() {
        JsonNode value = node.isArray() && !node.isEmpty() ? node.get(0) : node;
        if (value.isTextual()) {
            return clean(value.textValue());
        }
        if (value.isIntegralNumber() || value.isBoolean()) {
            return value.asText();
        }
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            return Math.abs((long) number.scale()) > LONGEST_PLAIN
                    ? number.toString()
                    : number.stripTrailingZeros().toPlainString();
        }
        return null;
    }

    /** The first of these members that has a text; null when none has. */
    public @Nullable String text(String... names) {
        for (String name : names) {
            String text = get(name).text();
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** Whether this says yes: {@code true}, {@code "true"}, {@code 1}, {@code "1"}. */
    public boolean isTrue() {
        String text = text();
        return text != null && (text.equalsIgnoreCase("true") || text.equals("1"));
    }

    /**
     * The least deep object, here or below, with a member of one of these names that has a text. Texts that hold JSON
     * are searched too when they contain such a name.
     *
     * @param names compared exactly
     * @param closed members whose text is what a person wrote: never opened
     * @return {@link #NOTHING} when there is none
     */
    public JsonTree holderOf(Set<String> names, Set<String> closed) {
        var waiting = new ArrayDeque<JsonNode>();
        waiting.add(json());
        JsonNode next;
        while ((next = waiting.poll()) != null) {
            if (next.isObject()) {
                for (String name : names) {
                    JsonNode value = next.get(name);
                    if (value != null && new JsonTree(value, openings).text() != null) {
                        return new JsonTree(next, openings);
                    }
                }
                for (var member : next.properties()) {
                    await(member.getValue(), names, closed.contains(member.getKey()), waiting);
                }
            } else if (next.isArray()) {
                for (JsonNode element : next) {
                    await(element, names, false, waiting);
                }
            }
        }
        return NOTHING;
    }

    private void await(JsonNode node, Set<String> names, boolean closed, ArrayDeque<JsonNode> waiting) {
        if (node.isContainerNode()) {
            waiting.add(node);
        } else if (node.isTextual() && !closed && names.stream().anyMatch(node.textValue()::contains)) {
            JsonNode inside = inside(node);
            if (inside != null) {
                waiting.add(inside);
            }
        }
    }

    /** The object meant here. */
    private JsonNode opened() {
        JsonNode here = json();
        return here.isArray() && !here.isEmpty() ? here.get(0) : here;
    }

    /** What is here, JSON written into a text included. */
    private JsonNode json() {
        JsonNode inside = node.isTextual() ? inside(node) : null;
        return inside == null ? node : inside;
    }

    private @Nullable JsonNode inside(JsonNode textual) {
        String text = textual.textValue().strip();
        boolean likely = text.startsWith("{") && text.endsWith("}") || text.startsWith("[") && text.endsWith("]");
        if (!likely || !openings.take()) {
            return null;
        }
        JsonNode inside = node(text);
        return inside != null && inside.isContainerNode() ? inside : null;
    }

    private static boolean isNumbered(JsonNode node) {
        if (!node.isObject() || node.isEmpty()) {
            return false;
        }
        for (var member : node.properties()) {
            String name = member.getKey();
            if (name.isEmpty() || name.length() > 9 || !name.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String clean(String raw) {
        StringBuilder clean = new StringBuilder(raw.length());
        raw.codePoints()
                // NUL is refused by databases, half a surrogate pair by encoders.
                .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .forEach(clean::appendCodePoint);
        String text = clean.toString().strip();
        return text.isEmpty() ? null : text;
    }
}
