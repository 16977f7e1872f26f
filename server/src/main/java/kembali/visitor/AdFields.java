package kembali.visitor;

import org.jspecify.annotations.Nullable;

/**
 * Which ad a visit came from, in one vocabulary for all platforms, as the URL template filled it;
 * null where it said nothing.
 *
 * @param platform what the template itself calls the platform; what the visit is credited to is
 *     {@link Touch#platform}
 * @param adAccountId the advertiser's account at the platform
 * @param adsetId ad set (Meta) or ad group (Google, TikTok)
 * @param siteSource Meta's {@code fb}, {@code ig}, {@code msg}, {@code an}
 * @param matchType Google's {@code e}, {@code p}, {@code b}
 * @param network Google's {@code g}, {@code s}, {@code d}, {@code ytv}, …
 * @param device Google's {@code m}, {@code t}, {@code c}
 */
public record AdFields(
        @Nullable String platform,
        @Nullable String adAccountId,
        @Nullable String campaignId,
        @Nullable String campaignName,
        @Nullable String adsetId,
        @Nullable String adsetName,
        @Nullable String adId,
        @Nullable String adName,
        @Nullable String placement,
        @Nullable String siteSource,
        @Nullable String keyword,
        @Nullable String matchType,
        @Nullable String network,
        @Nullable String device) {
    public static final AdFields NONE =
            new AdFields(null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Whether an id says that an ad was clicked; names alone can be typed by anybody. */
    public boolean identifiesAd() {
        return campaignId != null || adsetId != null || adId != null;
    }
}
