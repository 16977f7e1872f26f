package kembali.postback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import kembali.support.PercentDecoder;

/**
 * Requests as they may be logged: who somebody is, and what a request is signed with, is masked, whatever way it is
 * written; all else stays, so that one can see what a network sent.
 */
public final class LoggedQuery {
    static final String MASK = "***";

    /** Longest text that is kept. */
    public static final int MAX_LENGTH = 8 * 1024;

    private static final Set<String> SIGNATURES = Set.of("sig", "signature", "token", "secret", "api_key", "password");

    private static final int DEEPEST = 16;

    private final Set<String> personal;

    /** @param fields the source's map: what it says is a person's is masked, too */
    public LoggedQuery(FieldMap fields) {
        personal = new HashSet<>(SIGNATURES);
        for (Field field : Field.PERSON) {
            personal.addAll(field.keys());
            String mapped = fields.fields().get(field);
            if (mapped != null) {
                personal.add(mapped);
            }
        }
    }

    /** A raw query, or a form, with its personal values masked. */
    public String mask(String rawQuery) {
        String query = cut(rawQuery);
        var out = new StringBuilder(query.length());
        int start = 0;
        while (start < query.length()) {
            int stop = start;
            int equals = -1;
            while (stop < query.length() && !isSeparator(query.charAt(stop))) {
                if (query.charAt(stop) == '=' && equals < 0) {
                    equals = stop;
                }
                stop++;
            }
            part(query, start, equals, stop, out);
            if (stop < query.length()) {
                out.append(query.charAt(stop));
            }
            start = stop + 1;
        }
        return cut(out.toString());
    }

    private static String cut(String text) {
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    }

    private void part(String query, int start, int equals, int stop, StringBuilder out) {
        if (equals < 0) {
            out.append(looksPersonal(query.substring(start, stop)) ? MASK : query.substring(start, stop));
            return;
        }
        String value = query.substring(equals + 1, stop);
        out.append(query, start, equals + 1);
        boolean masked =
                !value.isEmpty() && (isPersonal(PercentDecoder.decode(query, start, equals)) || looksPersonal(value));
        out.append(masked ? MASK : value);
    }

    /** A body of JSON with its personal members masked; anything else is masked like a query. */
    public String maskBody(String body) {
        String start = body.stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return mask(body);
        }
        try {
            JsonNode root = PostbackBody.JSON.readTree(body);
            return cut(masked("", root, 0).toString());
        } catch (JsonProcessingException e) {
            return MASK; // broken JSON may hold anything anywhere
        }
    }

    private JsonNode masked(String path, JsonNode node, int depth) {
        return switch (node) {
            case ObjectNode object -> maskedMembers(path, object, depth);
            case ArrayNode array -> {
                ArrayNode copy = array.arrayNode();
                for (int i = 0; i < array.size(); i++) {
                    copy.add(masked(joined(path, Integer.toString(i)), array.get(i), depth + 1));
                }
                yield copy;
            }
            default -> node.isTextual() && looksPersonal(node.textValue()) ? TextNode.valueOf(MASK) : node;
        };
    }

    private ObjectNode maskedMembers(String path, ObjectNode object, int depth) {
        ObjectNode copy = object.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            String whole = joined(path, name);
            boolean leaf = !member.getValue().isContainerNode();
            if (depth > DEEPEST || (leaf && (isPersonal(name) || isPersonal(whole)))) {
                copy.put(name, MASK);
            } else {
                copy.set(name, masked(whole, member.getValue(), depth + 1));
            }
        }
        return copy;
    }

    private static String joined(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private boolean isPersonal(String key) {
        String normal = Parameters.normal(key);
        // "amp;em": the rest of a mangled separator.
        return personal.contains(normal.startsWith("amp;") ? normal.substring(4) : normal);
    }

    /** An e-mail address under any name. Click ids and macros hold no @. */
    private static boolean looksPersonal(String value) {
        return value.indexOf('@') >= 0 || value.contains("%40");
    }

    private static boolean isSeparator(char c) {
        return c == '&' || c == '?';
    }
}
