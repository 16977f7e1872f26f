package kembali.inbound.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.inbound.form.Answer.About;
import org.jspecify.annotations.Nullable;

/**
 * Finds the answers in a body of which nobody said how it is built: a member with a value is an answer, and so is
 * an object that has a name and a value, as in Elementor's {@code fields[email][value]} or a list of
 * {@code {"name":"email","value":"…"}}.
 */
final class Answers {
    private static final int MOST = 500;

    /** Values looked at; what has more is no form. */
    private static final int MOST_LOOKED = 20_000;

    private static final int LONGEST_PATH = 300;

    /** Texts that are JSON themselves and are opened; more is no form. */
    private static final int MOST_NESTED = 20;

    private static final List<String> VALUES = List.of("value", "values", "answer", "raw_value");
    private static final List<String> NAMES = List.of("name", "key", "id", "ref", "field", "slug");
    private static final List<String> LABELS = List.of("label", "title", "question");

    /** Everything an object that describes one answer may have; with any other member it is a record of its own. */
    private static final Set<String> DESCRIBES = Set.of(
            "id",
            "type",
            "title",
            "value",
            "values",
            "rawvalue",
            "required",
            "name",
            "key",
            "label",
            "question",
            "ref",
            "field",
            "slug",
            "answer",
            "options",
            "placeholder",
            "order",
            "position",
            "index",
            "description");

    /** Members whose own members are answers. */
    private static final Set<String> LISTS = Set.of(
            "fields", "formfields", "answers", "questions", "inputs", "responses", "elements", "fielddata", "meta");

    /** Members that only say that this is the value of what they are in. */
    private static final Set<String> VALUE_WORDS =
            Set.of("value", "values", "answer", "rawvalue", "full", "text", "primary");

    /** Parts of a body that are not about the person, by normalised name. */
    private static final Set<String> SURROUNDINGS = Set.of(
            "form",
            "page",
            "site",
            "website",
            "post",
            "meta",
            "agent",
            "seller",
            "store",
            "shop",
            "merchant",
            "owner",
            "sender",
            "product",
            "products",
            "item",
            "items",
            "lineitems",
            "campaign",
            "source",
            "settings",
            "account",
            "workspace",
            "team",
            "assignee",
            "assignedto");

    private final List<Answer> found = new ArrayList<>();
    private int nested;
    private int looked;

    private Answers() {}

    /** In the order of the document. */
    static List<Answer> in(JsonNode body) {
        var answers = new Answers();
        answers.members(body, "", "", About.PERSON);
        return answers.found;
    }

    private void members(JsonNode container, String path, String parent, About about) {
        if (container instanceof ObjectNode object) {
            boolean list = LISTS.contains(FieldNames.normal(parent));
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (found.size() >= MOST || ++looked > MOST_LOOKED) {
                    return;
                }
                value(member.getValue(), join(path, member.getKey()), member.getKey(), parent, list, about);
            }
        } else {
            int i = 0;
            for (JsonNode item : container) {
                if (found.size() >= MOST || ++looked > MOST_LOOKED) {
                    return;
                }
                value(item, join(path, Integer.toString(i++)), parent, "", true, about);
            }
        }
    }

    private void value(JsonNode node, String path, String name, String parent, boolean listed, About about) {
        if (node.isValueNode()) {
            leaf(node, path, name, parent, about);
            return;
        }
        if (node.isArray() && isAllValues(node)) {
            List<String> texts = JsonBody.texts(node);
            if (!texts.isEmpty()) {
                found.add(answer(name, parent, path, texts, false, about));
            }
            return;
        }
        About inside = SURROUNDINGS.contains(FieldNames.normal(name)) ? About.SURROUNDINGS : about;
        if (listed && node instanceof ObjectNode object && describes(object)) {
            Answer named = named(object, path, name, inside);
            if (named != null) {
                found.add(named);
            }
            return; // with no value it is a question without an answer
        }
        members(node, path, name, inside);
    }

    private void leaf(JsonNode node, String path, String name, String parent, About about) {
        String text = JsonBody.text(node);
        if (text == null) {
            return;
        }
        JsonNode inside = node.isTextual() && nested < MOST_NESTED ? JsonBody.nested(text) : null;
        if (inside != null) {
            nested++;
            value(inside, path, name, parent, false, about);
            return;
        }
        found.add(answer(name, parent, path, List.of(text), node.isNumber(), about));
    }

    private static Answer answer(
            String name, String parent, String path, List<String> values, boolean number, About about) {
        if (!parent.isEmpty() && VALUE_WORDS.contains(FieldNames.normal(name))) {
            return new Answer(
                    List.of(parent), about == About.PERSON ? parent : path, path, values, number, null, about);
        }
        List<String> names = parent.isEmpty() ? List.of(name) : List.of(name, parent + name);
        String label = about == About.PERSON ? name : path; // "form.name" is not to be read as the person's
        return new Answer(names, label, path, values, number, null, about);
    }

    /** The answer of an object that describes one; null when it has no value. */
    private static @Nullable Answer named(ObjectNode object, String path, String key, About about) {
        for (String member : VALUES) {
            JsonNode value = object.get(member);
            List<String> values =
                    value == null || (value.isArray() && !isAllValues(value)) ? List.of() : JsonBody.texts(value);
            if (!values.isEmpty()) {
                var names = new ArrayList<String>();
                NAMES.forEach(n -> addText(names, object.get(n)));
                if (!key.isEmpty() && !names.contains(key)) {
                    names.add(key);
                }
                String label = null;
                for (String n : LABELS) {
                    String text = JsonBody.text(object.get(n));
                    if (text != null) {
                        label = label == null ? text : label;
                        names.add(text);
                    }
                }
                String shown = label != null ? label : names.isEmpty() ? path : names.getFirst();
                boolean number = value != null && value.isNumber();
                return new Answer(names, shown, path, values, number, typed(object), about);
            }
        }
        return null;
    }

    /** The type a form builder gives an input says more than a name nobody changed: {@code field_a1b2}. */
    private static @Nullable String typed(ObjectNode object) {
        String type = JsonBody.text(object.get("type"));
        return switch (type == null ? "" : FieldNames.normal(type)) {
            case "email" -> "email";
            case "tel", "phone", "phonenumber" -> "phone";
            default -> null;
        };
    }

    /** Whether a list's item is a single answer, with a name and a value, and no record of its own. */
    static boolean describes(JsonNode object) {
        if (VALUES.stream().noneMatch(object::has)) {
            return false;
        }
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!DESCRIBES.contains(FieldNames.normal(member.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static void addText(List<String> texts, @Nullable JsonNode node) {
        String text = JsonBody.text(node);
        if (text != null) {
            texts.add(text);
        }
    }

    private static boolean isAllValues(JsonNode array) {
        for (JsonNode item : array) {
            if (item.isContainerNode()) {
                return false;
            }
        }
        return true;
    }

    private static String join(String path, String name) {
        if (path.length() > LONGEST_PATH) {
            return path; // what is deeper is told apart no more
        }
        return path.isEmpty() ? name : path + "." + name;
    }
}
