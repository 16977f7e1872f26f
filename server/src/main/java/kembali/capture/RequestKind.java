package kembali.capture;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind a request that could become a visitor, a click or a lead. Only {@link Human} may.
 * A rotator link is shared in chats and ad reviews, and each share makes machines open it.
 */
public sealed interface RequestKind {
    /** A person, as far as can be seen; the browsers inside Instagram, Facebook and TikTok are people. */
    record Human() implements RequestKind {}

    /** A browser fetching ahead: answer 503, no cookie, nothing stored; the click itself comes later. */
    record Prefetch() implements RequestKind {}

    /** A messenger or network drawing a link preview: answer a small page, no redirect, no cookie. */
    record Preview(String name) implements RequestKind {}

    /** A crawler, ad reviewer or monitor: let it follow the link, count it, store nothing else. */
    record Crawler(String name) implements RequestKind {}

    /** Not a GET (HEAD, OPTIONS, …): answer it, store nothing. */
    record NotGet() implements RequestKind {}

    /**
     * What kind of request for a link this is.
     *
     * @param method the HTTP method
     * @param header the value of a request header by name, case ignored; null when it is not there
     */
    static RequestKind of(String method, Headers header) {
        return method.equals("GET") ? ofHit(header) : new NotGet();
    }

    /** The same for a tracker's hit, which a script sends by POST. */
    static RequestKind ofHit(Headers header) {
        if (isPrefetch(header)) {
            return new Prefetch();
        }
        return ofUserAgent(header.get("User-Agent"));
    }

    private static RequestKind ofUserAgent(@Nullable String userAgent) {
        if (userAgent == null || userAgent.isBlank()) {
            return new Crawler("no user agent");
        }
        RequestKind machine = UserAgents.machine(userAgent);
        return machine == null ? new Human() : machine;
    }

    private static boolean isPrefetch(Headers header) {
        return says(header.get("Sec-Purpose"), "prefetch")
                || says(header.get("Purpose"), "prefetch")
                || says(header.get("Purpose"), "preview")
                || says(header.get("X-Purpose"), "prefetch")
                || says(header.get("X-Purpose"), "preview")
                || says(header.get("X-Moz"), "prefetch");
    }

    private static boolean says(@Nullable String header, String word) {
        return header != null && header.toLowerCase(Locale.ROOT).contains(word);
    }
}
