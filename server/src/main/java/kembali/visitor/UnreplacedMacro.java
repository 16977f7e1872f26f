package kembali.visitor;

import kembali.support.PercentDecoder;

/**
 * A placeholder of an ad platform that arrived as it stood in the template, because the platform did
 * not fill it: {@code {{campaign.id}}} (Meta), {@code {keyword}} (Google), {@code __CID__} (TikTok).
 * Its parameter counts as absent; it is kept to tell the advertiser what is wrong with the template.
 *
 * @param parameter the query parameter's name, lower case
 * @param text the placeholder as it arrived
 */
public record UnreplacedMacro(String parameter, String text) {
    /** Whether this decoded value is nothing but one placeholder, also one that was encoded twice. */
    public static boolean isOne(String value) {
        int n = value.length();
        if (n < 2) {
            return false;
        }
        return switch (value.charAt(0)) {
            case '{' -> isBraced(value, n);
            case '_' -> isUnderscored(value, n);
            case '%' -> value.regionMatches(true, 0, "%7B", 0, 3) && isBracedText(PercentDecoder.decode(value, 0, n));
            default -> false;
        };
    }

    private static boolean isBracedText(String text) {
        return text.startsWith("{") && isBraced(text, text.length());
    }

    private static boolean isBraced(String s, int n) {
        int deep = n >= 4 && s.charAt(1) == '{' ? 2 : 1;
        for (int i = deep; i < n - deep; i++) {
            if (s.charAt(i) == '{' || s.charAt(i) == '}') {
                return false;
            }
        }
        return n >= 2 * deep && s.charAt(n - 1) == '}' && s.charAt(n - deep) == '}';
    }

    private static boolean isUnderscored(String s, int n) {
        if (n < 5 || !s.startsWith("__") || !s.endsWith("__")) {
            return false;
        }
        for (int i = 2; i < n - 2; i++) {
            char c = s.charAt(i);
            if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) {
                return false;
            }
        }
        return true;
    }
}
