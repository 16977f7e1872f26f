package kembali.api;

import java.time.Instant;
import java.util.List;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.Consent;
import kembali.identity.Person;
import kembali.identity.Place;
import kembali.identity.WebContext;
import kembali.lead.Lead;
import kembali.support.FieldError;
import kembali.visitor.Touch;
import kembali.visitor.Utm;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * A stored lead: what was sent, and what Kembali adds.
 *
 * @param code the visitor code people see
 * @param syncState {@code none}, {@code pending}, {@code synced}, {@code partial} or {@code failed}
 * @param unusable identifiers that are stored as given but can match nobody, with the reason
 * @param place where the visitor's address is, by the geo database: a hint, not what the lead gave; null without one
 * @param firstTouch where the person came from first; null when nobody knows
 */
public record LeadView(
        String id,
        String code,
        String name,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String city,
        @Nullable String country,
        @Nullable String externalRef,
        String status,
        Instant statusAt,
        String priority,
        String source,
        @Nullable String assignedTo,
        @Nullable String agentNumber,
        @Nullable String estimatedValue,
        @Nullable String actualValue,
        @Nullable String currency,
        Instant occurredAt,
        @Nullable String state,
        @Nullable String postalCode,
        @Nullable String gender,
        @Nullable String birthDate,
        @Nullable String company,
        @Nullable String title,
        Click click,
        UtmView utm,
        WebView web,
        @Nullable Place place,
        ConsentView consent,
        @Nullable TouchView firstTouch,
        @Nullable TouchView lastTouch,
        String syncState,
        List<FieldError> unusable,
        Instant createdAt,
        Instant updatedAt) {
    /** Click and browser ids. */
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

    /** UTM parameters of the last touch. */
    public record UtmView(
            @Nullable String source,
            @Nullable String medium,
            @Nullable String campaign,
            @Nullable String term,
            @Nullable String content) {
        static UtmView of(Utm u) {
            return new UtmView(u.source(), u.medium(), u.campaign(), u.term(), u.content());
        }
    }

    /** The visit. */
    public record WebView(
            @Nullable String pageUrl,
            @Nullable String referrer,
            @Nullable String ip,
            @Nullable String userAgent) {
        static WebView of(WebContext w) {
            return new WebView(w.pageUrl(), w.referrer(), w.ip(), w.userAgent());
        }
    }

    /** {@code granted}, {@code denied} or {@code unknown}. */
    public record ConsentView(String adUserData, String adPersonalization, String adStorage, String analyticsStorage) {}

    /** One arrival. */
    public record TouchView(
            @Nullable String platform,
            String channel,
            UtmView utm,
            @Nullable String campaignId,
            @Nullable String campaignName,
            @Nullable String adsetId,
            @Nullable String adsetName,
            @Nullable String adId,
            @Nullable String adName,
            @Nullable String placement,
            @Nullable String landingUrl,
            @Nullable String referrer,
            Instant at) {
        static @Nullable TouchView of(@Nullable Touch t) {
            return t == null
                    ? null
                    : new TouchView(
                            t.platform(),
                            t.channel(),
                            UtmView.of(t.utm()),
                            t.ad().campaignId(),
                            t.ad().campaignName(),
                            t.ad().adsetId(),
                            t.ad().adsetName(),
                            t.ad().adId(),
                            t.ad().adName(),
                            t.ad().placement(),
                            t.landingUrl(),
                            t.referrer(),
                            t.at());
        }
    }

    static LeadView of(Lead lead, Visitor v, String syncState) {
        Person p = lead.person();
        Touch last = v.profile().lastTouch();
        Consent c = v.profile().consent();
        return new LeadView(
                lead.id(),
                lead.code(),
                lead.displayName(),
                p.email(),
                p.phoneE164() == null ? p.phone() : p.phoneE164(),
                p.city(),
                p.country(),
                lead.externalRef(),
                lead.status(),
                lead.statusAt(),
                lead.details().priority(),
                lead.details().source(),
                lead.details().assignedTo(),
                lead.details().agentNumber(),
                lead.estimatedValue() == null ? null : lead.estimatedValue().toPlainString(),
                lead.actualValue() == null ? null : lead.actualValue().toPlainString(),
                lead.currency(),
                lead.statusAt(),
                p.state(),
                p.postalCode(),
                p.gender(),
                p.birthDate() == null ? null : p.birthDate().toString(),
                p.company(),
                p.title(),
                click(v.profile().clicks(), v.profile().browser()),
                last == null ? UtmView.of(Utm.NONE) : UtmView.of(last.utm()),
                WebView.of(v.profile().web()),
                v.profile().web().place(),
                new ConsentView(
                        word(c.adUserData()),
                        word(c.adPersonalization()),
                        word(c.adStorage()),
                        word(c.analyticsStorage())),
                TouchView.of(v.profile().firstTouch()),
                TouchView.of(last),
                syncState,
                Unusable.of(p),
                lead.createdAt(),
                lead.updatedAt());
    }

    private static Click click(ClickIds clicks, BrowserIds b) {
        Instant clickedAt = clicks.byName().values().stream().mapToLong(ClickId::firstSeenMs).max().stream()
                .mapToObj(Instant::ofEpochMilli)
                .findFirst()
                .orElse(null);
        return new Click(
                value(clicks, ClickIds.GCLID),
                value(clicks, ClickIds.GBRAID),
                value(clicks, ClickIds.WBRAID),
                value(clicks, ClickIds.FBCLID),
                b.fbc(),
                b.fbp(),
                value(clicks, ClickIds.TTCLID),
                b.ttp(),
                value(clicks, ClickIds.LI_FAT_ID),
                value(clicks, ClickIds.CTWA_CLID),
                value(clicks, ClickIds.META_LEAD_ID),
                value(clicks, ClickIds.TIKTOK_LEAD_ID),
                value(clicks, ClickIds.LINKEDIN_LEAD_ID),
                b.gaClientId(),
                b.gaSessionId(),
                clickedAt);
    }

    private static @Nullable String value(ClickIds clicks, String name) {
        ClickId id = clicks.get(name);
        return id == null ? null : id.value();
    }

    private static String word(Consent.Choice c) {
        return c.name().toLowerCase(java.util.Locale.ROOT);
    }
}
