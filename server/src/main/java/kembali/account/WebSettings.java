package kembali.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a workspace says of its own web sites, and of what a page of them may do.
 *
 * @param domains the brand's own hosts, lower case, each with all below it: a link between them is no arrival, and
 *     where our host lies below one of them our cookies are set for all of it
 * @param trackerOrigins who may use the tracker: {@code https://shop.example}, {@code https://*.shop.example}; empty
 *     lets everybody
 * @param trackerStatuses statuses that a page may say a visitor reached; a page is public, so none at first
 * @param trackerIdentify whether a page that tells who a visitor is makes a lead of them
 * @param gpcMeansDenied whether Global Privacy Control is a refusal everywhere; otherwise only where the law says so
 */
public record WebSettings(
        List<String> domains,
        List<String> trackerOrigins,
        List<String> trackerStatuses,
        boolean trackerIdentify,
        boolean gpcMeansDenied) {
    /** What a new workspace begins with. */
    public static final WebSettings INITIAL = new WebSettings(List.of(), List.of(), List.of(), true, true);

    public WebSettings {
        domains = copy(domains);
        trackerOrigins = copy(trackerOrigins);
        trackerStatuses = copy(trackerStatuses);
    }

    /** Missing in JSON from before there was such a list. */
    private static List<String> copy(@Nullable List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
