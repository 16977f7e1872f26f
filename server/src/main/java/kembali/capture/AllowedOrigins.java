package kembali.capture;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The web sites whose pages may call us: origins as browsers send them, {@code https://shop.example}, or all hosts
 * below one, {@code https://*.shop.example}. Without any everybody may.
 */
public final class AllowedOrigins {
    private static final Pattern WRITTEN = Pattern.compile(
            "(https?)://(\\*\\.)?([a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63})*+)(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST = 300;

    private final Set<String> exact = new HashSet<>();
    private final List<Below> below;

    /** All hosts below one: what stands before them, and what follows. */
    private record Below(String scheme, String rest) {
        boolean covers(String origin) {
            int label = origin.length() - rest.length();
            return label > scheme.length() && origin.startsWith(scheme) && origin.endsWith(rest);
        }
    }

    /** @param written origins that {@link #complaint} has nothing against */
    public AllowedOrigins(Collection<String> written) {
        var wild = new HashSet<String>();
        for (String origin : written) {
            String o = origin.toLowerCase(Locale.ROOT);
            if (o.contains("://*.")) {
                wild.add(o);
            } else {
                exact.add(o);
            }
        }
        below = wild.stream()
                .map(o -> new Below(o.substring(0, o.indexOf("*")), o.substring(o.indexOf("*") + 1)))
                .collect(Collectors.toUnmodifiableList());
    }

    /** What is wrong with an origin as somebody wrote it, or null. */
    public static @Nullable String complaint(String written) {
        return written.length() <= LONGEST && WRITTEN.matcher(written).matches()
                ? null
                : "is no origin; write scheme and host without a path, such as https://shop.example or"
                        + " https://*.shop.example";
    }

    /**
     * Whether pages of that origin may call us.
     *
     * @param origin the {@code Origin} header; null when there is none, as with every program that is no browser
     */
    public boolean allow(@Nullable String origin) {
        if (origin == null || (exact.isEmpty() && below.isEmpty())) {
            return true;
        }
        if (origin.length() > LONGEST) {
            return false;
        }
        String o = origin.toLowerCase(Locale.ROOT);
        return exact.contains(o) || below.stream().anyMatch(b -> b.covers(o));
    }
}
