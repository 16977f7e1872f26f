package kembali.campaign;

import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A URL or body with macros, parsed once and filled on every click. Filling is one pass: a value that itself holds
 * {@code {subid}} appears as those characters. Every value is encoded for the place it stands in; a leading underscore,
 * {@code {_x}}, asks for the bare value and gets it in two places only: {@code {_destination}} at the very start of a URL,
 * and a JSON body, where we quote values ourselves. A macro nobody knows is left out, never sent as it stands.
 */
public final class MacroTemplate {
    /** Longest template, in characters. */
    public static final int MAX_LENGTH = 8_192;

    /** What the template is, which says how values are encoded. */
    public enum Place {
        /** An address, {@code http} or {@code https}: values are percent-encoded. */
        URL,
        /** An {@code application/x-www-form-urlencoded} body: likewise. */
        FORM,
        /** A JSON body: a value within a string is escaped, one outside becomes a string. */
        JSON
    }

    /** A piece of a template. */
    sealed interface Part {
        /** Text as it is. */
        record Literal(String text) implements Part {}

        /** A value, encoded as {@code form} says. */
        record Value(String name, @Nullable String argument, Form form) implements Part {}

        /** A status in the words of the source; one that is not listed passes unchanged. */
        record Status(Map<String, String> words, Form form) implements Part {}

        /** The moment. */
        record Date(PhpDate date, Form form) implements Part {}
    }

    /** How a value is written. */
    sealed interface Form {
        record Percent() implements Form {}

        record PercentIn(Charset charset) implements Form {}

        /** An address of our own configuration, as it is. */
        record Whole() implements Form {}

        /** Within a JSON string. */
        record Escaped() implements Form {}

        /** A JSON string of its own. */
        record Quoted() implements Form {}
    }

    private final String text;
    private final Part[] parts;
    private final List<Finding> findings;
    private final int expected;

    MacroTemplate(String text, List<Part> parts, List<Finding> findings) {
        this.text = text;
        this.parts = parts.toArray(Part[]::new);
        this.findings = List.copyOf(findings);
        this.expected = text.length() + 16 * parts.size();
    }

    /**
     * Parses a template. What is wrong with it is in {@link #findings}; a refused one can be filled all the same.
     *
     * @param ownKeys query keys of the campaign, lower case, which are macros, too
     */
    public static MacroTemplate parse(String text, Place place, Set<String> ownKeys) {
        return new MacroParser(text, place, ownKeys).parse();
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** What its owner should know. */
    public List<Finding> findings() {
        return findings;
    }

    /** Whether it must not be saved or imported as it is. */
    public boolean isRefused() {
        return findings.stream().anyMatch(f -> f.weight() == Finding.Weight.REFUSED);
    }

    /** The names of the macros it asks for. */
    public Set<String> names() {
        return Arrays.stream(parts)
                .map(part -> switch (part) {
                    case Part.Literal l -> "";
                    case Part.Value v -> v.name();
                    case Part.Status s -> Macros.STATUS;
                    case Part.Date d -> Macros.DATE;
                })
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The template with its macros filled; never throws for anything the values hold. */
    public String fill(MacroValues values) {
        var out = new StringBuilder(expected);
        for (Part part : parts) {
            switch (part) {
                case Part.Literal l -> out.append(l.text());
                case Part.Value v -> write(out, values.value(v.name(), v.argument()), v.form());
                case Part.Status s -> write(out, status(values.value(Macros.STATUS, null), s.words()), s.form());
                case Part.Date d -> write(out, date(d.date(), values.at()), d.form());
            }
        }
        return out.toString();
    }

    private static @Nullable String status(@Nullable String status, Map<String, String> words) {
        return status == null ? null : words.getOrDefault(status.toLowerCase(Locale.ROOT), status);
    }

    private static String date(PhpDate date, Instant at) {
        return date.format(at);
    }

    private static void write(StringBuilder out, @Nullable String value, Form form) {
        String text = value == null ? "" : value;
        switch (form) {
            case Form.Percent p -> PercentEncoder.append(out, text);
            case Form.PercentIn p -> PercentEncoder.append(out, text, p.charset());
            case Form.Whole w -> PercentEncoder.appendLiteral(out, isAddress(text) ? text : "");
            case Form.Escaped e -> escape(out, text);
            case Form.Quoted q -> {
                out.append('"');
                escape(out, text);
                out.append('"');
            }
        }
    }

    private static boolean isAddress(String text) {
        return text.regionMatches(true, 0, "https://", 0, 8) || text.regionMatches(true, 0, "http://", 0, 7);
    }

    private static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xF, 16));
            } else if (!Character.isSurrogate(c)) {
                out.append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                out.append('\ufffd');
            }
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
