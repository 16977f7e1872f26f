package kembali.capture.rotator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import kembali.capture.CodeFinder;
import kembali.visitor.VisitorCode;
import org.jspecify.annotations.Nullable;

/**
 * The text a rotator puts into the person's message box, made from the advertiser's template:
 * {@code {code}} becomes {@code [ABC2345]} and is appended where the template lacks it, the other
 * {@link #PLACEHOLDERS} become what is known. A placeholder nothing is known for goes, with the blank
 * and the punctuation that only it held. Anything else in braces stays as it is.
 */
public final class DraftMessage {
    /** Longest draft, in characters. The code is never cut, nor pushed out by what stands before it. */
    public static final int MAX_LENGTH = 300;

    /** What may stand in braces, besides the keys of the rotator's own form. */
    public static final Set<String> PLACEHOLDERS = new LinkedHashSet<>(List.of(
            "code",
            "name",
            "campaign",
            "agent",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_term",
            "utm_content",
            "adset_name",
            "ad_name"));

    private static final String CODE = "code";
    private static final int MAX_VALUE = 100;
    private static final Pattern BLANK = Pattern.compile("[\\p{Cntrl}\\s]++");
    private static final Pattern DIRECTION = Pattern.compile("[\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    /** What is known for the placeholders. */
    @FunctionalInterface
    public interface Values {
        /** The value for a placeholder, without its braces; null when nothing is known. */
        @Nullable String of(String placeholder);
    }

    /** Words to copy, or a placeholder to fill. */
    private record Part(String text, boolean isPlaceholder) {}

    private final List<Part> parts;

    public DraftMessage(String template) {
        this(template, Set.of());
    }

    /** @param own further placeholders: the keys of the rotator's form */
    public DraftMessage(String template, Set<String> own) {
        this.parts = parts(template, own);
    }

    private static List<Part> parts(String template, Set<String> own) {
        var parts = new ArrayList<Part>();
        var words = new StringBuilder();
        int i = 0;
        while (i < template.length()) {
            int open = template.indexOf('{', i);
            int close = open < 0 ? -1 : template.indexOf('}', open);
            if (close < 0) {
                break;
            }
            // "{{name}" holds the placeholder that begins with the second brace.
            open = template.lastIndexOf('{', close);
            words.append(template, i, open);
            String name = template.substring(open + 1, close);
            if (PLACEHOLDERS.contains(name) || own.contains(name)) {
                if (!words.isEmpty()) {
                    parts.add(new Part(words.toString(), false));
                    words.setLength(0);
                }
                parts.add(new Part(name, true));
            } else {
                words.append(template, open, close + 1);
            }
            i = close + 1;
        }
        words.append(template, Math.min(i, template.length()), template.length());
        if (!words.isEmpty()) {
            parts.add(new Part(words.toString(), false));
        }
        return List.copyOf(parts);
    }

    /** Whether the template says where the code stands. */
    public boolean namesCode() {
        return parts.stream().anyMatch(p -> p.isPlaceholder && p.text.equals(CODE));
    }

    /** What stands in braces and is no placeholder: probably misspelt. */
    public List<String> unknownPlaceholders() {
        var unknown = new LinkedHashSet<String>();
        for (Part p : parts) {
            if (!p.isPlaceholder) {
                var braces = Pattern.compile("\\{([A-Za-z][\\w.-]{0,39})}").matcher(p.text);
                while (braces.find()) {
                    unknown.add(braces.group(1));
                }
            }
        }
        return List.copyOf(unknown);
    }

    /** The draft for one visitor. A value is cut short, because it may come from the address they opened. */
    public String expand(VisitorCode code, Values values) {
        return limited(whole(code, values), code);
    }

    /** The draft however long it is; {@link #expand} cuts it. */
    public String whole(VisitorCode code, Values values) {
        var text = new StringBuilder(MAX_LENGTH);
        for (Part p : parts) {
            if (!p.isPlaceholder) {
                text.append(p.text);
            } else if (p.text.equals(CODE)) {
                text.append(code.bracketed());
            } else {
                append(values.of(p.text), text);
            }
        }
        Gaps.close(text);
        return namesCode() ? text.toString() : text.toString().stripTrailing();
    }

    private static void append(@Nullable String value, StringBuilder text) {
        String words = value == null
                ? ""
                : BLANK.matcher(DIRECTION.matcher(value).replaceAll(""))
                        .replaceAll(" ")
                        .strip();
        // A campaign called "[MAY2026] Promo" would read as a second code in the person's message.
        if (words.isEmpty() || !CodeFinder.find(words).bracketed().isEmpty()) {
            text.append(Gaps.GAP);
        } else {
            text.append(words, 0, end(words, MAX_VALUE));
        }
    }

    private static String limited(String whole, VisitorCode code) {
        String bracketed = code.bracketed();
        int codeStart = whole.indexOf(bracketed);
        if (codeStart < 0) {
            return withCodeAtEnd(whole, code);
        }
        if (whole.length() <= MAX_LENGTH) {
            return whole;
        }
        if (codeStart + bracketed.length() > MAX_LENGTH) {
            return withCodeAtEnd(whole.substring(0, codeStart), code);
        }
        int end = end(whole, MAX_LENGTH);
        int again = whole.lastIndexOf(bracketed, end - 1);
        if (again > codeStart && again + bracketed.length() > end) {
            end = again;
        }
        return whole.substring(0, end);
    }

    private static String withCodeAtEnd(String text, VisitorCode code) {
        String bracketed = code.bracketed();
        String before = text.substring(0, end(text, MAX_LENGTH - bracketed.length() - 1))
                .stripTrailing();
        return before.isEmpty() ? bracketed : before + " " + bracketed;
    }

    /** Where to cut so that at most {@code max} characters stay and no surrogate pair is halved. */
    private static int end(CharSequence text, int max) {
        if (text.length() <= max) {
            return text.length();
        }
        return Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    }
}
