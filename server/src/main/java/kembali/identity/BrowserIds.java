package kembali.identity;

import org.jspecify.annotations.Nullable;

/**
 * First-party cookie values by which platforms know a browser, each as the vendor's tag wrote it.
 *
 * @param fbc Meta's click cookie, {@code fb.<index>.<ms>.<fbclid>}; null when the browser sent none
 * @param fbp Meta's browser id, {@code fb.<index>.<ms>.<random>}
 * @param ttp TikTok's browser id, opaque
 * @param gaClientId GA4 client id, {@code <random>.<unix seconds>}
 * @param gaSessionId GA4 session id, unix seconds
 */
public record BrowserIds(
        @Nullable String fbc,
        @Nullable String fbp,
        @Nullable String ttp,
        @Nullable String gaClientId,
        @Nullable String gaSessionId) {
    public static final BrowserIds NONE = new BrowserIds(null, null, null, null, null);

    /** These ids, with every id that {@code newer} knows replaced by it. */
    public BrowserIds updatedBy(BrowserIds newer) {
        return new BrowserIds(
                newer.fbc != null ? newer.fbc : fbc,
                newer.fbp != null ? newer.fbp : fbp,
                newer.ttp != null ? newer.ttp : ttp,
                newer.gaClientId != null ? newer.gaClientId : gaClientId,
                newer.gaSessionId != null ? newer.gaSessionId : gaSessionId);
    }
}
