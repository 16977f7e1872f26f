package kembali.capture.rotator;

import java.util.regex.Pattern;
import kembali.capture.CodeFinder;
import kembali.visitor.VisitorCode;
import org.jspecify.annotations.Nullable;

/**
 * The text a rotator puts into the person's message box, made from the advertiser's template:
 * {@code {code}} becomes {@code [ABC2345]} and is appended where the template lacks it; {@code {name}}
 * and {@code {campaign}} become what is known. Anything else in braces stays as it is.
 *
 * @param template the advertiser's words
 */
public record DraftMessage(String template) {
    /** Longest draft, in characters. The code is never cut, nor pushed out by what stands before it. */
    public static final int MAX_LENGTH = 300;

    private static final int MAX_VALUE = 100;
    private static final Pattern BLANK = Pattern.compile("[\\p{Cntrl}\\s]++");

    /**
     * The draft for one visitor.
     *
     * @param name who {@code {name}} is; when null the placeholder goes, with the space before it
     * @param campaign the campaign's name or id; may come from the visitor's URL, so it is cut short
     */
    public String expand(VisitorCode code, @Nullable String name, @Nullable String campaign) {
        var text = new StringBuilder(template.length() + 32);
        int codeStart = -1;
        int i = 0;
        while (i < template.length()) {
            int open = template.indexOf('{', i);
            int close = open < 0 ? -1 : template.indexOf('}', open);
            if (close < 0) {
                break;
            }
            // "{{name}" holds the placeholder that begins with the second brace.
            open = template.lastIndexOf('{', close);
            text.append(template, i, open);
            switch (template.substring(open + 1, close)) {
                case "code" -> {
                    codeStart = codeStart < 0 ? text.length() : codeStart;
                    text.append(code.bracketed());
                }
                case "name" -> append(name, text);
                case "campaign" -> append(campaign, text);
                default -> text.append(template, open, close + 1);
            }
            i = close + 1;
        }
        text.append(template, Math.min(i, template.length()), template.length());
        return codeStart < 0 ? withCodeAtEnd(text, code) : limited(text, codeStart, code);
    }

    private static void append(@Nullable String value, StringBuilder text) {
        String words = value == null ? "" : BLANK.matcher(value).replaceAll(" ").strip();
        // A campaign called "[MAY2026] Promo" would read as a second code in the person's message.
        if (!words.isEmpty() && CodeFinder.find(words).bracketed().isEmpty()) {
            text.append(words, 0, end(words, MAX_VALUE));
        } else if (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
    }

    private static String limited(StringBuilder text, int codeStart, VisitorCode code) {
        if (text.length() <= MAX_LENGTH) {
            return text.toString();
        }
        int codeEnd = codeStart + code.bracketed().length();
        if (codeEnd > MAX_LENGTH) {
            text.setLength(codeStart);
            return withCodeAtEnd(text, code);
        }
        int end = end(text, MAX_LENGTH);
        int again = text.lastIndexOf(code.bracketed(), end - 1);
        if (again > codeStart && again + code.bracketed().length() > end) {
            end = again;
        }
        return text.substring(0, end);
    }

    private static String withCodeAtEnd(StringBuilder text, VisitorCode code) {
        String bracketed = code.bracketed();
        text.setLength(end(text, MAX_LENGTH - bracketed.length() - 1));
        String before = text.toString().stripTrailing();
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
