package kembali.identity;

import org.jspecify.annotations.Nullable;

/**
 * The browser visit an event belongs to. It always describes the visitor, never our server and
 * never the person who changed the status.
 *
 * @param pageUrl the page on the advertiser's domain, or the link the visitor opened; absolute URL
 * @param referrer the page before it
 * @param ip the visitor's public address, IPv4 or IPv6, without port or brackets
 * @param userAgent the visitor's raw {@code User-Agent} header
 * @param place where {@code ip} is; null without a geo database, or when it does not know
 */
public record WebContext(
        @Nullable String pageUrl,
        @Nullable String referrer,
        @Nullable String ip,
        @Nullable String userAgent,
        @Nullable Place place) {
    public static final WebContext NONE = new WebContext(null, null, null, null);

    /** A visit of whose address nobody knows the place. */
    public WebContext(
            @Nullable String pageUrl, @Nullable String referrer, @Nullable String ip, @Nullable String userAgent) {
        this(pageUrl, referrer, ip, userAgent, null);
    }

    /** This context, with everything {@code newer} knows replaced by it. A place goes with its address. */
    public WebContext updatedBy(WebContext newer) {
        boolean sameAddress = newer.ip == null || newer.ip.equals(ip);
        return new WebContext(
                newer.pageUrl != null ? newer.pageUrl : pageUrl,
                newer.referrer != null ? newer.referrer : referrer,
                newer.ip != null ? newer.ip : ip,
                newer.userAgent != null ? newer.userAgent : userAgent,
                newer.place != null || !sameAddress ? newer.place : place);
    }

    /** This browser on another page: the page and what was before it are {@code visit}'s alone. */
    public WebContext on(WebContext visit) {
        return new WebContext(
                visit.pageUrl,
                visit.referrer,
                visit.ip != null ? visit.ip : ip,
                visit.userAgent != null ? visit.userAgent : userAgent,
                visit.ip != null ? visit.place : place);
    }

    /** Whether address and browser are known of both and the same. */
    public boolean isSameBrowser(WebContext other) {
        return userAgent != null && ip != null && userAgent.equals(other.userAgent) && ip.equals(other.ip);
    }
}
