package kembali.api;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A lead as people and scripts send it; every member is optional. Money is a decimal in a string. */
public record LeadInput(
        @Nullable String name,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String city,
        @Nullable String country,
        @Nullable String externalRef,
        @Nullable String status,
        @Nullable String priority,
        @Nullable String source,
        @Nullable String assignedTo,
        @Nullable String agentNumber,
        @Nullable BigDecimal estimatedValue,
        @Nullable BigDecimal actualValue,
        @Nullable String currency,
        @Nullable Instant occurredAt,
        @Nullable String state,
        @Nullable String postalCode,
        @Nullable String gender,
        @Nullable String birthDate,
        @Nullable String company,
        @Nullable String title,
        @Nullable Click click,
        @Nullable UtmInput utm,
        @Nullable Web web,
        @Nullable ConsentInput consent,
        @Nullable String visitor) {
    /** Click and browser ids, each as the platform wrote it. */
    public record Click(
            @Nullable String gclid,
            @Nullable String gbraid,
            @Nullable String wbraid,
            @Nullable String fbclid,
            @Nullable String fbc,
            @Nullable String fbp,
            @Nullable String ttclid,
            @Nullable String ttp,
            @Nullable String liFatId,
            @Nullable String ctwaClid,
            @Nullable String metaLeadId,
            @Nullable String tiktokLeadId,
            @Nullable String linkedinLeadId,
            @Nullable String gaClientId,
            @Nullable String gaSessionId,
            @Nullable Instant clickedAt) {}

    /** UTM parameters of the ad link. */
    public record UtmInput(
            @Nullable String source,
            @Nullable String medium,
            @Nullable String campaign,
            @Nullable String term,
            @Nullable String content) {}

    /** The visit: page, address and browser of the person, never of the caller. */
    public record Web(
            @Nullable String pageUrl,
            @Nullable String referrer,
            @Nullable String ip,
            @Nullable String userAgent) {}

    /** {@code granted}, {@code denied} or {@code unknown}. */
    public record ConsentInput(
            @Nullable String adUserData,
            @Nullable String adPersonalization,
            @Nullable String adStorage,
            @Nullable String analyticsStorage) {}

    static final LeadInput EMPTY = new LeadInput(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null, null, null, null);
}
