package kembali.inbound.whatsapp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kembali.inbound.JsonTree;
import kembali.inbound.RawRequest;

/** The fields of an {@code application/x-www-form-urlencoded} body, flat for Twilio and as a tree for Kommo. */
final class BracketForm {
    private static final int MOST_FIELDS = 5_000;
    private static final int LONGEST_NAME = 500;
    private static final int DEEPEST = 16;

    /** One field, decoded. */
    record Field(String name, String value) {}

    private final List<Field> fields;

    private BracketForm(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    /** The body's fields; for a GET those of the query. */
    static BracketForm of(RawRequest request) {
        return request.method().equals("GET")
                ? parse(request.query().getBytes(StandardCharsets.UTF_8))
                : parse(request.body());
    }

    static BracketForm parse(byte[] body) {
        List<Field> fields = new ArrayList<>();
        int start = 0;
        while (start < body.length && fields.size() < MOST_FIELDS) {
            int end = start;
            int equals = -1;
            while (end < body.length && body[end] != '&') {
                if (body[end] == '=' && equals < 0) {
                    equals = end;
                }
                end++;
            }
            int nameEnd = equals < 0 ? end : equals;
            if (nameEnd > start && nameEnd - start <= LONGEST_NAME * 3) {
                String name = decode(body, start, nameEnd);
                if (name.length() <= LONGEST_NAME) {
                    fields.add(new Field(name, equals < 0 ? "" : decode(body, equals + 1, end)));
                }
            }
            start = end + 1;
        }
        return new BracketForm(fields);
    }

    /** As JSON: {@code leads[status][0][id]=7} is {@code {"leads": {"status": {"0": {"id": "7"}}}}}. */
    JsonTree tree() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        for (Field field : fields) {
            ObjectNode at = root;
            List<String> path = path(field.name());
            for (String step : path.subList(0, path.size() - 1)) {
                at = at.get(step) instanceof ObjectNode deeper ? deeper : at.putObject(step);
            }
            String last = path.getLast();
            at.put(last.isEmpty() ? Integer.toString(at.size()) : last, field.value());
        }
        return JsonTree.of(root);
    }

    /** Names and values without separators, by name and then value: what Twilio signs behind the address. */
    String sorted() {
        StringBuilder text = new StringBuilder();
        fields.stream()
                .sorted(Comparator.comparing(Field::name).thenComparing(Field::value))
                .distinct()
                .forEach(field -> text.append(field.name()).append(field.value()));
        return text.toString();
    }

    private static List<String> path(String name) {
        int open = name.indexOf('[');
        if (open <= 0 || !name.endsWith("]")) {
            return List.of(name);
        }
        List<String> path = new ArrayList<>();
        path.add(name.substring(0, open));
        int at = open;
        while (at < name.length()) {
            int close = name.indexOf(']', at);
            if (name.charAt(at) != '[' || close < 0 || path.size() > DEEPEST) {
                return List.of(name);
            }
            path.add(name.substring(at + 1, close));
            at = close + 1;
        }
        return path;
    }

    private static String decode(byte[] body, int from, int to) {
        var decoded = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            int high = body[i] == '%' && i + 2 < to ? Character.digit(body[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(body[i + 2], 16);
            if (low >= 0) {
                decoded.write(high << 4 | low);
                i += 2;
            } else {
                decoded.write(body[i] == '+' ? ' ' : body[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }
}
