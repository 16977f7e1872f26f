package kembali.capture;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.support.PercentDecoder;
import kembali.visitor.ClickParameter;
import kembali.visitor.UnreplacedMacro;
import org.jspecify.annotations.Nullable;

/**
 * What the cookies of advertising tags on the advertiser's domain tell. A cookie that does not have
 * its documented form is ignored, never an error.
 *
 * @param ids the browser as each platform knows it
 * @param clickIds clicks of earlier visits that the tags remembered; those of the URL go before them
 */
public record BrowserCookies(BrowserIds ids, ClickIds clickIds) {
    public static final BrowserCookies NONE = new BrowserCookies(BrowserIds.NONE, ClickIds.NONE);

    private static final int MAX_OPAQUE = 1_000;
    private static final Pattern FBP = Pattern.compile("fb\\.\\d\\.\\d{1,16}\\.\\d{1,20}(?:\\.[A-Za-z0-9_-]{2,8})?");
    private static final Pattern GCL = Pattern.compile("GCL\\.(\\d{10})\\.([A-Za-z0-9_-]++)");

    /** Reads a {@code Cookie} header; see {@link #read}. */
    public static BrowserCookies parse(@Nullable String header, @Nullable String measurementId, long nowMs) {
        return read(CookieHeader.parse(header), measurementId, nowMs);
    }

    /**
     * @param cookies raw values by cookie name, from {@link CookieHeader} or a tracker hit
     * @param measurementId the GA4 stream whose session counts, with or without {@code G-}; null takes
     *     the youngest session of any stream
     * @param nowMs epoch milliseconds: first sight of an id whose cookie says no time
     */
    public static BrowserCookies read(Map<String, String> cookies, @Nullable String measurementId, long nowMs) {
        if (cookies.isEmpty()) {
            return NONE;
        }
        var ids = new BrowserIds(
                Fbc.repaired(cookies.get("_fbc")),
                fbp(cookies.get("_fbp")),
                opaque(cookies.get("_ttp")),
                GaCookies.clientId(cookies.get("_ga")),
                GaCookies.sessionId(cookies, measurementId));
        return new BrowserCookies(ids, clickIds(cookies, nowMs));
    }

    /** The URL's ids, completed by those of the cookies; the same value keeps its earlier time. */
    public ClickIds completing(ClickIds fromUrl) {
        if (clickIds.isEmpty()) {
            return fromUrl;
        }
        var all = new LinkedHashMap<>(fromUrl.byName());
        clickIds.byName().forEach((name, remembered) -> all.merge(name, remembered, BrowserCookies::earlierIfSame));
        return new ClickIds(all);
    }

    private static ClickId earlierIfSame(ClickId fromUrl, ClickId remembered) {
        return fromUrl.value().equals(remembered.value()) && remembered.firstSeenMs() < fromUrl.firstSeenMs()
                ? remembered
                : fromUrl;
    }

    private static ClickIds clickIds(Map<String, String> cookies, long nowMs) {
        var found = new LinkedHashMap<String, ClickId>(4);
        gcl("gclid", cookies.get("_gcl_aw"), found);
        gcl("dclid", cookies.get("_gcl_dc"), found);
        gcl("wbraid", cookies.get("_gcl_gb"), found);
        gclParts("gbraid", cookies.get("_gcl_ag"), nowMs, found);
        // Written by server-side tagging in place of the cookies above.
        gclParts("gclid", cookies.get("FPGCLAW"), nowMs, found);
        gclParts("gbraid", cookies.get("FPGCLAG"), nowMs, found);
        gclParts("wbraid", cookies.get("FPGCLGB"), nowMs, found);
        put("ttclid", opaque(cookies.get("ttclid")), nowMs, found);
        put("li_fat_id", decoded(opaque(cookies.get("li_fat_id"))), nowMs, found);
        put("li_fat_id", decoded(opaque(cookies.get("_li_fat_id"))), nowMs, found);
        String microsoft = cookies.get("_uetmsclkid");
        if (microsoft != null && microsoft.startsWith("_uet")) {
            put("msclkid", opaque(microsoft.substring("_uet".length())), nowMs, found);
        }
        return found.isEmpty() ? ClickIds.NONE : new ClickIds(found);
    }

    /** {@code GCL.<unix seconds>.<id>}. */
    private static void gcl(String name, @Nullable String cookie, Map<String, ClickId> found) {
        if (cookie != null && cookie.length() <= ClickParameter.MAX_LENGTH) {
            var parts = GCL.matcher(cookie);
            if (parts.matches()) {
                put(name, parts.group(2), Long.parseLong(parts.group(1)) * 1000, found);
            }
        }
    }

    /** {@code 2.1.k<id>$i<unix seconds>}, items in any order. */
    private static void gclParts(String name, @Nullable String cookie, long nowMs, Map<String, ClickId> found) {
        String value = decoded(cookie);
        int start = value == null ? -1 : value.indexOf('.', value.indexOf('.') + 1);
        if (value == null || start < 0) {
            return;
        }
        String id = null;
        long firstSeenMs = nowMs;
        for (String item : value.substring(start + 1).split("\\$", 16)) {
            if (item.startsWith("k")) {
                id = item.substring(1);
            } else if (item.length() == 11 && item.charAt(0) == 'i' && isDigits(item, 1)) {
                firstSeenMs = Long.parseLong(item.substring(1)) * 1000;
            }
        }
        put(name, opaque(id), firstSeenMs, found);
    }

    private static void put(String name, @Nullable String value, long firstSeenMs, Map<String, ClickId> found) {
        ClickParameter parameter = ClickParameter.named(name);
        if (value != null && parameter != null && !UnreplacedMacro.isOne(value)) {
            found.putIfAbsent(name, LandingReader.clickId(parameter, value, firstSeenMs));
        }
    }

    private static @Nullable String fbp(@Nullable String cookie) {
        return cookie != null && cookie.length() < 64 && FBP.matcher(cookie).matches() ? cookie : null;
    }

    /** A value without a documented form, kept as it is when it can be one: printable and not too long. */
    private static @Nullable String opaque(@Nullable String value) {
        if (value == null || value.isEmpty() || value.length() > MAX_OPAQUE) {
            return null;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) <= ' ' || value.charAt(i) >= 0x7F) {
                return null;
            }
        }
        return value;
    }

    /** A cookie value with its escapes decoded; in a cookie {@code +} is a plus. */
    static @Nullable String decoded(@Nullable String value) {
        if (value == null || value.indexOf('%') < 0) {
            return value;
        }
        String plusKept = value.replace("+", "%2B");
        return PercentDecoder.decode(plusKept, 0, plusKept.length());
    }

    static boolean isDigits(String s, int from) {
        for (int i = from; i < s.length(); i++) {
            if (s.charAt(i) < '0' || s.charAt(i) > '9') {
                return false;
            }
        }
        return s.length() > from;
    }
}
