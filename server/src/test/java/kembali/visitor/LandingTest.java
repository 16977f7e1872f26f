package kembali.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LandingTest {
    private static final ClickId ID = ClickId.of("abcdefghijkl", 1_790_000_000_000L);
    private static final ClickId SHARED = new ClickId("abcdefghijkl", 1_790_000_000_000L, true, false);
    private static final ClickId SUSPICIOUS = new ClickId("x", 1_790_000_000_000L, false, true);

    private static Touch touch(ClickIds ids, Utm utm, AdFields ad, @Nullable String host) {
        return landing(ids, utm, ad, host).touch();
    }

    private static Landing landing(ClickIds ids, Utm utm, AdFields ad, @Nullable String host) {
        String referrer = host == null ? null : "https://" + host + "/";
        return new Landing(
                ids, Map.of(), utm, ad, "https://shop.example/", referrer, host, !ids.isEmpty(), Instant.EPOCH);
    }

    private static Utm utm(@Nullable String source, @Nullable String medium) {
        return new Utm(source, medium, null, null, null, null, null, null, null);
    }

    private static void assertSource(Touch touch, @Nullable String platform, String channel) {
        assertThat(touch.platform()).isEqualTo(platform);
        assertThat(touch.channel()).isEqualTo(channel);
    }

    @ParameterizedTest
    @CsvSource({
        "gclid, google", "gbraid, google", "wbraid, google", "dclid, google", "ttclid, tiktok", "li_fat_id, linkedin",
        "msclkid, microsoft", "ScCid, snapchat", "twclid, x", "rdt_cid, reddit", "epik, pinterest", "tblci, taboola",
        "obclid, outbrain", "dicbo, outbrain", "yclid, yandex"
    })
    void creditsTheOwnerOfTheClickId(String name, String platform) {
        assertSource(
                touch(ClickIds.NONE.with(name, ID), Utm.NONE, AdFields.NONE, "www.facebook.com"),
                platform,
                Channels.PAID);
    }

    @Test
    void takesAFbclidForAnAdOnlyWithFurtherEvidence() {
        var fbclid = ClickIds.NONE.with("fbclid", ID);
        var adId = new AdFields(null, null, null, null, null, null, "3", null, null, null, null, null, null, null);

        assertSource(touch(fbclid, Utm.NONE, AdFields.NONE, null), "meta", Channels.ORGANIC_SOCIAL);
        assertSource(touch(fbclid, utm("ig", "paid"), AdFields.NONE, null), "meta", Channels.PAID);
        assertSource(touch(fbclid, Utm.NONE, adId, null), "meta", Channels.PAID);
    }

    @Test
    void letsUtmSourceDecideBetweenSeveralClickIds() {
        var both = ClickIds.NONE.with("gclid", ID).with("fbclid", ID).with("ttclid", ID);

        assertSource(touch(both, utm("Facebook ", "paid"), AdFields.NONE, null), "meta", Channels.PAID);
        assertSource(touch(both, utm("tt", null), AdFields.NONE, null), "tiktok", Channels.PAID);
        assertSource(touch(both, utm("newsletter", null), AdFields.NONE, null), "google", Channels.PAID);
    }

    @Test
    void prefersAnyOtherClickIdToAFbclidBecauseFacebookAppendsItToSharedLinks() {
        var both = ClickIds.NONE.with("fbclid", ID).with("li_fat_id", ID);

        assertSource(touch(both, Utm.NONE, AdFields.NONE, null), "linkedin", Channels.PAID);
    }

    @Test
    void doesNotCreditAClickIdThatCameFromAnotherVisitor() {
        var copied = landing(
                        ClickIds.NONE.with("gclid", ID).with("fbclid", ID), Utm.NONE, AdFields.NONE, "m.facebook.com")
                .withClickIds(ClickIds.NONE.with("gclid", SHARED).with("fbclid", ID));

        assertSource(copied.touch(), "meta", Channels.ORGANIC_SOCIAL);
    }

    @Test
    void creditsASuspiciousClickIdOnlyWhenUtmSaysNothingBetter() {
        var odd = ClickIds.NONE.with("gclid", SUSPICIOUS);

        assertSource(touch(odd, utm("tiktok", "cpc"), AdFields.NONE, null), "tiktok", Channels.PAID);
        assertSource(touch(odd, utm("shopnews", "cpc"), AdFields.NONE, null), "google", Channels.PAID);
        assertSource(touch(odd, Utm.NONE, AdFields.NONE, "www.bing.com"), "google", Channels.PAID);
    }

    @ParameterizedTest
    @CsvSource({
        "fb, cpc, meta", "ig, ppc, meta", "facebook, paid, meta", "instagram, paidsocial, meta",
                "meta, paid_social, meta",
        "an, cpm, meta", "msg, display, meta", "google, cpc, google", "adwords, CPC, google", "youtube, paid, google",
        "tiktok, paid, tiktok", "tt, Paid-Social, tiktok", "linkedin, paid, linkedin", "l.facebook.com, cpc, meta"
    })
    void creditsThePlatformOfAPaidUtmMedium(String source, String medium, String platform) {
        assertSource(touch(ClickIds.NONE, utm(source, medium), AdFields.NONE, "www.bing.com"), platform, Channels.PAID);
    }

    @Test
    void knowsAPaidVisitOfAnUnknownSource() {
        assertSource(touch(ClickIds.NONE, utm("portal", "cpm"), AdFields.NONE, null), null, Channels.PAID);
    }

    @ParameterizedTest
    @CsvSource({
        "newsletter, email, , email",
        "ig, social, meta, organic_social",
        "google, organic, google, organic_search",
        "partner, referral, , referral",
        "poster, qr, , campaign",
        "ig, , meta, organic_social",
        "flyer, , , campaign"
    })
    void namesTheChannelOfAnUnpaidTaggedLink(
            String source, @Nullable String medium, @Nullable String platform, String channel) {
        assertSource(touch(ClickIds.NONE, utm(source, medium), AdFields.NONE, null), platform, channel);
    }

    @ParameterizedTest
    @CsvSource({
        "www.google.com, google, organic_search",
        "www.google.co.id, google, organic_search",
        "google.de, google, organic_search",
        "www.bing.com, microsoft, organic_search",
        "duckduckgo.com, duckduckgo, organic_search",
        "id.search.yahoo.com, yahoo, organic_search",
        "yandex.ru, yandex, organic_search",
        "com.google.android.googlequicksearchbox, google, organic_search",
        "l.facebook.com, meta, organic_social",
        "lm.facebook.com, meta, organic_social",
        "l.instagram.com, meta, organic_social",
        "www.tiktok.com, tiktok, organic_social",
        "lnkd.in, linkedin, organic_social",
        "t.co, x, organic_social",
        "m.youtube.com, google, organic_social",
        "mail.google.com, google, email",
        "blog.example, , referral",
        "notfacebook.com, , referral",
        "google.shop.example, , referral",
        "google.evil, , referral"
    })
    void namesTheChannelOfAReferrer(String host, @Nullable String platform, String channel) {
        assertSource(touch(ClickIds.NONE, Utm.NONE, AdFields.NONE, host), platform, channel);
    }

    @Test
    void callsAVisitWithoutAnyEvidenceDirect() {
        assertSource(touch(ClickIds.NONE, Utm.NONE, AdFields.NONE, null), null, Channels.DIRECT);
    }
}
