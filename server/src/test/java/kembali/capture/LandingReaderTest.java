package kembali.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.identity.ClickIds.ClickId;
import kembali.visitor.AdFields;
import kembali.visitor.Channels;
import kembali.visitor.Landing;
import kembali.visitor.Utm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LandingReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");
    private final LandingReader reader = new LandingReader(List.of("shop.example", "WWW.pay.example"));

    private Landing read(String query, @Nullable String referrer) {
        return reader.read("https://link.shop.example/wa/promo?" + query, referrer, NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "fbclid, IwAR3xYz_aem-1",
        "gclid, Cj0KCQiA_x-1",
        "gbraid, 0AAAAA_abcde",
        "wbraid, CjgKCAjw_abc",
        "dclid, CPab.1",
        "ttclid, E.C.P.abc",
        "li_fat_id, 8a3c4f0e-1111-4222-8333-abcdefabcdef",
        "msclkid, 0123456789abcdef0123456789abcdef",
        "ScCid, 3b-X",
        "twclid, 2-abc",
        "rdt_cid, 57~x",
        "epik, dj0y",
        "tblci, GiB",
        "obclid, v1",
        "dicbo, v2",
        "yclid, 123"
    })
    void keepsEveryKindOfClickIdWithTheTimeItWasSeen(String name, String value) {
        var landing = read(name + "=" + value, null);

        assertThat(landing.clickIds().byName()).isEqualTo(Map.of(name, ClickId.of(value, NOW.toEpochMilli())));
        assertThat(landing.isTouch()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "gclid, short",
        "gclid, has.dots.in.it.x",
        "gbraid, 123",
        "wbraid, a b c d e f g",
        "fbclid, x",
        "fbclid, abcdefghij.klm",
        "li_fat_id, not-a-uuid",
        "msclkid, 0123456789ABCDEF0123456789ABCDEF",
        "msclkid, 1"
    })
    void keepsAClickIdOfStrangeShapeAndMarksItSuspicious(String name, String value) {
        var id = read(name + "=" + value.replace(" ", "%20"), null).clickIds().get(name);

        assertThat(id).isEqualTo(new ClickId(value, NOW.toEpochMilli(), false, true));
    }

    @Test
    void takesLinkedInsFourGroupsForAnId() {
        assertThat(read("li_fat_id=0a1b2c3d-4e5f-6a7b-8c9d0e1f2a3b", null)
                        .clickIds()
                        .get("li_fat_id"))
                .isEqualTo(ClickId.of("0a1b2c3d-4e5f-6a7b-8c9d0e1f2a3b", NOW.toEpochMilli()));
    }

    @Test
    void keepsAClickIdOfAThousandCharactersAndIgnoresAnAbsurdOne() {
        assertThat(read("gclid=" + "x".repeat(1_000), null).clickIds().value("gclid"))
                .hasSize(1_000);
        assertThat(read("gclid=" + "x".repeat(3_000), null).clickIds().isEmpty())
                .isTrue();
    }

    @Test
    void keepsGooglesCompanionsApartFromClickIds() {
        var landing = read("gclsrc=aw.ds&gad_source=1&gad_campaignid=77&srsltid=Af", null);

        assertThat(landing.clickIds().isEmpty()).isTrue();
        assertThat(landing.helpers())
                .isEqualTo(Map.of("gclsrc", "aw.ds", "gad_source", "1", "gad_campaignid", "77", "srsltid", "Af"));
        assertThat(landing.isTouch()).isFalse();
    }

    @Test
    void readsAllNineUtmKeys() {
        var landing = read(
                "UTM_SOURCE=Meta&utm_medium=paid&utm_campaign=Eid+Sale&utm_term=t&utm_content=c&utm_id=9"
                        + "&utm_source_platform=sp&utm_creative_format=cf&utm_marketing_tactic=mt",
                null);

        assertThat(landing.utm()).isEqualTo(new Utm("Meta", "paid", "Eid Sale", "t", "c", "9", "sp", "cf", "mt"));
    }

    @Test
    void cutsUtmAtFiveHundredCharactersWithoutHalvingAnEmoji() {
        assertThat(read("utm_campaign=" + "x".repeat(501), null).utm().campaign())
                .hasSize(500);
        assertThat(read("utm_campaign=" + "x".repeat(499) + "😀", null).utm().campaign())
                .isEqualTo("x".repeat(499));
    }

    @Test
    void readsTheFieldsOfTheMetaTemplate() {
        var ad = read(
                        "campaign_id=1&adset_id=2&ad_id=3&campaign_name=C&adset_name=S&ad_name=A&site_source_name=ig"
                                + "&ad_meta=Instagram_Stories&ad_account_id=act",
                        null)
                .ad();

        assertThat(ad)
                .isEqualTo(new AdFields(
                        null, "act", "1", "C", "2", "S", "3", "A", "Instagram_Stories", "ig", null, null, null, null));
        assertThat(ad.identifiesAd()).isTrue();
    }

    @Test
    void readsTheFieldsOfTheTikTokTemplate() {
        var ad = read(
                        "campaign_id=1&campaign_name=C&ad_group_name=S&ad_name=A&ad_group_id=2&ad_id=3&ttclid=__CLICKID__&ad_account_id=7",
                        null)
                .ad();

        assertThat(ad)
                .isEqualTo(new AdFields(null, "7", "1", "C", "2", "S", "3", "A", null, null, null, null, null, null));
    }

    @Test
    void readsTheFieldsOfTheGoogleTemplateAndItsAliases() {
        var ad = read(
                        "campaign_id=1&adgroup_id=2&creative_id=3&keyword=sepatu+lari&matchtype=e&network=g&device=m&placement=p&platform=google",
                        null)
                .ad();

        assertThat(ad)
                .isEqualTo(new AdFields(
                        "google", null, "1", null, "2", null, "3", null, "p", null, "sepatu lari", "e", "g", "m"));
    }

    @Test
    void findsNothingInAnEmptyQuery() {
        var landing = read("", null);

        assertThat(landing.utm().isEmpty()).isTrue();
        assertThat(landing.ad().isEmpty()).isTrue();
        assertThat(landing.isTouch()).isFalse();
        assertThat(landing.touch().channel()).isEqualTo(Channels.DIRECT);
        assertThat(landing.touch().isDirect()).isTrue();
    }

    @Test
    void takesTheFbclidOfTheReferrerWhenTheUrlHasNone() {
        String referrer = "https://shop.example/promo?fbclid=IwAR_referrer&gclid=ignored-here";

        assertThat(read("x=1", referrer).clickIds().value("fbclid")).isEqualTo("IwAR_referrer");
        assertThat(read("x=1", referrer).clickIds().value("gclid")).isNull();
        assertThat(read("fbclid=IwAR_of_url1", referrer).clickIds().value("fbclid"))
                .isEqualTo("IwAR_of_url1");
    }

    @Test
    void doesNotCountTheClickOfAnOwnPageAgain() {
        var landing = read("x=1", "https://shop.example/promo?fbclid=IwAR_referrer");

        assertThat(landing.isTouch()).isFalse();
        assertThat(landing.touch().platform()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/a, false", "https://www.shop.example/a, false", "https://blog.shop.example, false",
        "https://pay.example/x, false", "https://link.shop.example:8443/x, false", "http://SHOP.example./, false",
        "https://notshop.example/, true", "https://shop.example.evil.test/, true", "https://other.test/?x, true",
        "https://shop.example@evil.test/, true", "about:blank, false", "garbage, false"
    })
    void countsOnlyAnothersPageAsAnArrival(String referrer, boolean external) {
        assertThat(read("", referrer).isTouch()).isEqualTo(external);
    }

    @Test
    void takesTheOpenedPagesOwnHostForAnOwnOne() {
        var other = new LandingReader(List.of());

        assertThat(other.read("https://www.new.example/b", "https://new.example/a", NOW)
                        .isTouch())
                .isFalse();
        assertThat(other.read("https://new.example/b", "", NOW).isTouch()).isFalse();
        assertThat(other.read("/b?utm_source=x", "https://a.test/", NOW).isTouch())
                .isTrue();
    }

    @Test
    void namesTheExternalReferrerInTheTouch() {
        var touch = read("", "https://l.facebook.com/l.php?u=x").touch();

        assertThat(touch.referrer()).isEqualTo("https://l.facebook.com/l.php?u=x");
        assertThat(touch.landingUrl()).isEqualTo("https://link.shop.example/wa/promo?");
        assertThat(touch.at()).isEqualTo(NOW);
        assertThat(read("utm_source=x", "https://shop.example/").touch().referrer())
                .isNull();
    }
}
