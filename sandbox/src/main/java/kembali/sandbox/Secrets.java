package kembali.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps tokens out of everything the sandbox shows. */
final class Secrets {
    private static final Set<String> SECRET_HEADERS = Set.of(
            "authorization", "proxy-authorization", "cookie", "access-token", "developer-token", "x-goog-api-key");
    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "((?:^|[?&])(?:access_token|api_secret|appsecret_proof|client_secret|refresh_token|assertion)=)([^&]*)");
    private static final Pattern SECRET_MEMBER = Pattern.compile(
            "(\"(?:access_token|api_secret|appsecret_proof|client_secret|refresh_token|assertion)\"\\s*:\\s*\")([^\"]*)");

    private Secrets() {}

    /** The last four characters at most, which is enough to tell two tokens apart. */
    static String mask(String secret) {
        return secret.length() < 12 ? "…" : "…" + secret.substring(secret.length() - 4);
    }

    static String maskHeader(String name, List<String> values) {
        String value = values.isEmpty() ? "" : values.getFirst();
        if (!SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            return value;
        }
        int space = value.indexOf(' ');
        return space < 0 ? mask(value) : value.substring(0, space + 1) + mask(value.substring(space + 1));
    }

    /** Masks secrets in a query, a form body or a JSON body. */
    static String maskText(String text) {
        String masked = SECRET_PARAMETER.matcher(text).replaceAll(found -> replacement(found.group(1), found.group(2)));
        return SECRET_MEMBER.matcher(masked).replaceAll(found -> replacement(found.group(1), found.group(2)));
    }

    private static String replacement(String before, String secret) {
        return Matcher.quoteReplacement(before + mask(secret));
    }
}
