package kembali.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form as it was posted, {@code application/x-www-form-urlencoded} or
 * {@code multipart/form-data}, in their order. Files are left out. Nothing a sender can write is an error:
 * what cannot be read is left out, and {@link #isTruncated} says when a limit was reached.
 */
public final class FormBody {
    /** Fields read; further ones are left out. */
    public static final int MAX_FIELDS = 1_000;

    /** Longest name in characters; a field with a longer one is left out. */
    public static final int MAX_NAME = 500;

    /** Longest value in characters; a longer one is cut. */
    public static final int MAX_VALUE = 100_000;

    /** Deepest nesting of {@code a[b][c]}; what is deeper is one name. */
    private static final int MAX_DEPTH = 16;

    private static final int LONGEST_BOUNDARY = 200;
    private static final Charset WESTERN = Charset.forName("windows-1252");
    private static final byte[] END_OF_HEADERS = {'\r', '\n', '\r', '\n'};

    /** One field: its name and value, decoded once. */
    public record Field(String name, String value) {}

    private final List<Field> fields;
    private final boolean truncated;

    private FormBody(List<Field> fields, boolean truncated) {
        this.fields = List.copyOf(fields);
        this.truncated = truncated;
    }

    /** Whether a body of that {@code Content-Type} is a form. */
    public static boolean isForm(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.strip().toLowerCase(Locale.ROOT);
        return type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/form-data");
    }

    /** The form in that request, of its media type; anything but multipart is read as urlencoded. */
    public static FormBody of(RawRequest request) {
        return parse(request.header("content-type"), request.body());
    }

    /** @param contentType the whole header with charset and boundary; null reads as urlencoded */
    public static FormBody parse(@Nullable String contentType, byte[] body) {
        String type = contentType == null ? "" : contentType;
        if (type.strip().regionMatches(true, 0, "multipart/", 0, 10)) {
            String boundary = parameter(type, "boundary");
            return boundary == null || boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY
                    ? new FormBody(List.of(), false)
                    : multipart(boundary, body);
        }
        return urlencoded(body, charsetNamed(parameter(type, "charset")));
    }

    /** Reads a query as a form. */
    public static FormBody ofQuery(String query) {
        return urlencoded(query.getBytes(StandardCharsets.UTF_8), null);
    }

    /** In the order of the form; a name may occur more than once. */
    public List<Field> fields() {
        return fields;
    }

    /** Whether something was left out or cut for its size. */
    public boolean isTruncated() {
        return truncated;
    }

    /** Of the fields of that exact name the last one that is not blank; null when there is none. */
    public @Nullable String get(String name) {
        for (int i = fields.size() - 1; i >= 0; i--) {
            Field field = fields.get(i);
            if (field.name().equals(name) && !field.value().isBlank()) {
                return field.value();
            }
        }
        return null;
    }

    /**
     * The fields as a tree: {@code fields[x][id]} is the member {@code id} of {@code x} of {@code fields},
     * a repeated name becomes an array, whether written {@code a} or {@code a[]}. Numbers in brackets are names,
     * so {@code leads[status][0][id]} has a member {@code 0}. Every leaf is text.
     */
    public ObjectNode tree() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        for (Field field : fields) {
            put(root, path(field.name()), field.value());
        }
        return root;
    }

    private static void put(ObjectNode root, List<String> path, String value) {
        ObjectNode at = root;
        for (int i = 0; i < path.size() - 1; i++) {
            String step = step(at, path.get(i));
            JsonNode next = at.get(step);
            if (next instanceof ObjectNode deeper) {
                at = deeper;
                continue;
            }
            ObjectNode made = JsonNodeFactory.instance.objectNode();
            if (next != null) {
                made.set("", next); // "a=1&a[b]=2": the plain value stays, without a name
            }
            at.set(step, made);
            at = made;
        }
        add(at, path.getLast(), value);
    }

    private static void add(ObjectNode at, String name, String value) {
        JsonNode there = at.get(name);
        switch (there) {
            case null -> at.put(name, value);
            case com.fasterxml.jackson.databind.node.ArrayNode several -> several.add(value);
            case ObjectNode deeper -> add(deeper, "", value);
            case TextNode one -> at.putArray(name).add(one).add(value);
            default -> at.put(name, value);
        }
    }

    /** The empty brackets of {@code a[][b]} take the next number. */
    private static String step(ObjectNode at, String name) {
        return name.isEmpty() ? Integer.toString(at.size()) : name;
    }

    /** {@code fields[x][id]} as {@code fields}, {@code x}, {@code id}; a name that is not of this form as it is. */
    static List<String> path(String name) {
        int open = name.indexOf('[');
        if (open <= 0 || !name.endsWith("]")) {
            return List.of(name);
        }
        var path = new ArrayList<String>(4);
        path.add(name.substring(0, open));
        int at = open;
        while (at < name.length()) {
            int close = name.indexOf(']', at);
            if (name.charAt(at) != '[' || close < 0 || path.size() > MAX_DEPTH) {
                return List.of(name);
            }
            path.add(name.substring(at + 1, close));
            at = close + 1;
        }
        if (path.getLast().isEmpty()) {
            path.removeLast();
        }
        return path;
    }

    private static FormBody urlencoded(byte[] body, @Nullable Charset charset) {
        var found = new Collected();
        int start = 0;
        while (start < body.length && !found.full()) {
            int stop = start;
            int equals = -1;
            while (stop < body.length && body[stop] != '&') {
                if (body[stop] == '=' && equals < 0) {
                    equals = stop;
                }
                stop++;
            }
            if (stop > start) {
                String name = decoded(body, start, equals < 0 ? stop : equals, charset);
                found.add(name, equals < 0 ? "" : decoded(body, equals + 1, stop, charset));
            }
            start = stop + 1;
        }
        return found.form(start < body.length);
    }

    private static String decoded(byte[] body, int from, int to, @Nullable Charset charset) {
        byte[] plain = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte b = body[i];
            if (b == '+') {
                b = ' ';
            } else if (b == '%' && i + 2 < to) {
                int high = Character.digit(body[i + 1], 16);
                int low = Character.digit(body[i + 2], 16);
                if (high >= 0 && low >= 0) {
                    b = (byte) (high << 4 | low);
                    i += 2;
                }
            }
            plain[length++] = b;
        }
        return text(plain, 0, length, charset);
    }

    private static FormBody multipart(String boundary, byte[] body) {
        var found = new Collected();
        byte[] delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        byte[] first = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        int at = startsWith(body, first, 0) ? first.length : after(body, delimiter, 0);
        Charset charset = null;
        while (at >= 0 && !found.full() && !startsWith(body, new byte[] {'-', '-'}, at)) {
            int endOfHeaders = indexOf(body, END_OF_HEADERS, at);
            if (endOfHeaders < 0) {
                break;
            }
            int content = endOfHeaders + END_OF_HEADERS.length;
            // A part without content: its delimiter begins with the line end of the headers.
            int end = startsWith(body, delimiter, content - 2) ? content - 2 : indexOf(body, delimiter, content);
            int stop = end < 0 ? body.length : Math.max(end, content);
            String headers = new String(body, at, endOfHeaders - at, StandardCharsets.UTF_8);
            Part part = Part.of(headers);
            if (part != null) {
                String value = text(body, content, stop, part.charset() == null ? charset : part.charset());
                if (part.name().equals("_charset_")) {
                    charset = charsetNamed(value.strip());
                } else {
                    found.add(part.name(), value);
                }
            }
            at = end < 0 ? -1 : end + delimiter.length;
        }
        return found.form(at >= 0 && found.full());
    }

    /** A part that is a field; files and parts without a name are none. */
    private record Part(String name, @Nullable Charset charset) {
        static @Nullable Part of(String headers) {
            String name = null;
            Charset charset = null;
            for (String line : headers.split("\r\n", -1)) {
                if (line.regionMatches(true, 0, "content-disposition:", 0, 20)) {
                    if (parameter(line, "filename") != null || parameter(line, "filename*") != null) {
                        return null;
                    }
                    name = parameter(line, "name");
                } else if (line.regionMatches(true, 0, "content-type:", 0, 13)) {
                    charset = charsetNamed(parameter(line, "charset"));
                }
            }
            return name == null ? null : new Part(name, charset);
        }
    }

    /** The parameter of a header, without quotes; browsers write a quote inside as {@code %22}, others escape it. */
    static @Nullable String parameter(String header, String name) {
        int at = header.indexOf(';');
        while (at >= 0 && at < header.length()) {
            int start = at + 1;
            int equals = -1;
            boolean quoted = false;
            int end = start;
            for (; end < header.length(); end++) {
                char c = header.charAt(end);
                if (quoted && c == '\\') {
                    end++;
                } else if (c == '"') {
                    quoted = !quoted;
                } else if (!quoted && c == ';') {
                    break;
                } else if (!quoted && c == '=' && equals < 0) {
                    equals = end;
                }
            }
            end = Math.min(end, header.length());
            if (equals >= 0 && header.substring(start, equals).strip().equalsIgnoreCase(name)) {
                return unquoted(header.substring(equals + 1, end).strip());
            }
            at = end;
        }
        return null;
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            return value;
        }
        var out = new StringBuilder(value.length());
        for (int i = 1; i < value.length() - 1; i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 2 < value.length() && (value.charAt(i + 1) == '"' || value.charAt(i + 1) == '\\')) {
                c = value.charAt(++i);
            }
            out.append(c);
        }
        return out.toString().replace("%22", "\"");
    }

    private static @Nullable Charset charsetNamed(@Nullable String name) {
        try {
            return name == null || name.isBlank() ? null : Charset.forName(name.strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return null;
        }
    }

    /** In the charset said, else as UTF-8, else, when it is none, as the Western bytes it then mostly is. */
    private static String text(byte[] bytes, int from, int to, @Nullable Charset charset) {
        if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
            return new String(bytes, from, to - from, charset);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, from, to - from, charset == null ? WESTERN : charset);
        }
    }

    private static int after(byte[] body, byte[] wanted, int from) {
        int found = indexOf(body, wanted, from);
        return found < 0 ? -1 : found + wanted.length;
    }

    private static int indexOf(byte[] body, byte[] wanted, int from) {
        for (int i = from; i <= body.length - wanted.length; i++) {
            if (body[i] == wanted[0] && startsWith(body, wanted, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] body, byte[] wanted, int at) {
        if (at < 0 || at + wanted.length > body.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (body[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static final class Collected {
        private final List<Field> fields = new ArrayList<>();
        private boolean cut;

        boolean full() {
            return fields.size() >= MAX_FIELDS;
        }

        void add(String name, String value) {
            if (name.isEmpty() || name.length() > MAX_NAME) {
                cut |= !name.isEmpty();
                return;
            }
            boolean tooLong = value.length() > MAX_VALUE;
            cut |= tooLong;
            fields.add(new Field(name, tooLong ? value.substring(0, MAX_VALUE) : value));
        }

        FormBody form(boolean more) {
            return new FormBody(fields, cut || more);
        }
    }
}
