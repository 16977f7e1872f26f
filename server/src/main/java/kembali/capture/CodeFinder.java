package kembali.capture;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kembali.visitor.VisitorCode;
import org.jspecify.annotations.Nullable;

/**
 * Finds visitor codes in what a person wrote. People forward, retype and decorate the draft we gave
 * them, so the text is normalised first: compatibility forms ({@code ［}, full-width letters), invisible
 * characters, case.
 */
public final class CodeFinder {
    /** Characters read of one message; WhatsApp allows 4,096. */
    private static final int MAX_LENGTH = 8_192;

    private static final Pattern BRACKETED = Pattern.compile("[\\[({<【［]\\s*+([A-Z]{3})[\\s-]?([0-9]{4})\\s*+[])}>】］]");
    private static final Pattern BARE = Pattern.compile("(?<![A-Z0-9])([A-Z]{3})-?([0-9]{4})(?![A-Z0-9])");

    private CodeFinder() {}

    /**
     * The codes of a text, each once, in the order of the text.
     *
     * @param bracketed written in brackets, as our drafts do: take them as they are
     * @param bare without brackets, and in no brackets elsewhere. These may be anything ({@code INV2024},
     *     {@code IDR5000}): take one only if this workspace issued it within the last days for the same
     *     business number
     */
    public record Found(List<VisitorCode> bracketed, List<VisitorCode> bare) {
        public static final Found NOTHING = new Found(List.of(), List.of());

        public Found {
            bracketed = List.copyOf(bracketed);
            bare = List.copyOf(bare);
        }

        public boolean isEmpty() {
            return bracketed.isEmpty() && bare.isEmpty();
        }
    }

    /** The codes of that message; nothing for null. */
    public static Found find(@Nullable String message) {
        if (message == null || message.length() < 7) {
            return Found.NOTHING;
        }
        String text = normalise(message.length() > MAX_LENGTH ? message.substring(0, MAX_LENGTH) : message);
        var bracketed = codes(BRACKETED.matcher(text));
        var bare = codes(BARE.matcher(text));
        bare.removeAll(bracketed);
        return bracketed.isEmpty() && bare.isEmpty()
                ? Found.NOTHING
                : new Found(new ArrayList<>(bracketed), new ArrayList<>(bare));
    }

    private static Set<VisitorCode> codes(Matcher matches) {
        var codes = new LinkedHashSet<VisitorCode>(2);
        while (matches.find()) {
            codes.add(new VisitorCode(matches.group(1) + matches.group(2)));
        }
        return codes;
    }

    private static String normalise(String message) {
        String composed = Normalizer.normalize(message, Normalizer.Form.NFKC);
        var visible = new StringBuilder(composed.length());
        for (int i = 0; i < composed.length(); i++) {
            char c = composed.charAt(i);
            if (!isInvisible(c)) {
                visible.append(c);
            }
        }
        return visible.toString().toUpperCase(Locale.ROOT);
    }

    /** Zero-width characters, marks of writing direction, and the soft hyphen. */
    private static boolean isInvisible(char c) {
        return (c >= '\u200B' && c <= '\u200F')
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2060' && c <= '\u2069')
                || c == '\uFEFF'
                || c == '\u00AD';
    }
}
