package kembali.visitor;

import org.jspecify.annotations.Nullable;

/** What ad URL templates tell about the ad, by one name for all platforms. */
public record AdFields(
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
            new AdFields(null, null, null, null, null, null, null, null, null, null, null, null, null);

    public boolean isEmpty() {
        return equals(NONE);
    }
}
