package kembali.capture.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kembali.campaign.CampaignParameter;
import kembali.campaign.LinkRepair;
import kembali.campaign.SourceTemplate;
import kembali.identity.Place;
import kembali.identity.WebContext;
import kembali.intake.CampaignClicked;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a campaign link says, for the visit, for the click that is kept, and for the address people are led to. */
class LinkOpenedTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String SUBID = "mi7x1k2p0a1b2c3d4e5f";
    private static final Campaigns.Ready META = ready(
            "https://shop.example/?s={subid}",
            Objects.requireNonNull(SourceTemplate.named("meta")).parameters());

    @Test
    void theRealFbclidIsFoundBesideTheOneNobodyFilledIn() {
        LinkOpened link = open(META, "fbclid={fbclid}&fbclid=IwAR0abcdefgh");
        assertThat(link.opened().query().get("fbclid")).isEqualTo("IwAR0abcdefgh");
        assertThat(link.said().unfilled()).containsExactly(Map.entry("fbclid", "{fbclid}"));
    }

    @Test
    void aClickIdUnderAnotherKeyIsReadLikeOneUnderItsOwn() {
        var app = ready(
                "https://shop.example/?f={fbclid}",
                List.of(new CampaignParameter("Click id", "sub1", "{fbclid}", "sub_id_1", "fbclid")));
        LinkOpened link = open(app, "sub1=IwAR0abcdefgh");
        assertThat(link.opened().query().get("fbclid")).isEqualTo("IwAR0abcdefgh");
        assertThat(link.said().slots()).containsEntry("sub_id_1", "IwAR0abcdefgh");
        assertThat(filled(app, link)).isEqualTo("https://shop.example/?f=IwAR0abcdefgh");
    }

    @Test
    void aClickToWhatsAppIdIsKeptAlthoughNoVisitReadsIt() {
        LinkOpened link = open(META, "ctwa_clid=" + "A".repeat(64) + "&utm_source=x");
        assertThat(link.opened().clicks().value("ctwa_clid")).isEqualTo("A".repeat(64));
    }

    @Test
    void theClickKeepsEveryFurtherKeyOnce() {
        CampaignClicked.Said said = open(
                        META, "ad_id=7&utm_campaign=Eid&sub_id_9=nine&own=x&fbclid=IwAR0abcdefgh&page_id={{page.id}}")
                .said();
        assertThat(said.slots()).contains(Map.entry("creative_id", "7"), Map.entry("sub_id_9", "nine"));
        assertThat(said.parameters()).isEqualTo(Map.of("ad_id", "7", "utm_campaign", "Eid", "own", "x"));
        assertThat(said.unfilled()).isEqualTo(Map.of("page_id", "{{page.id}}"));
    }

    @Test
    void aValueThatHoldsAMacroStaysThoseCharacters() {
        var campaign = ready("https://shop.example/?a={sub_id_3}&s={subid}", List.of());
        LinkOpened link = open(campaign, "sub_id_3=%7Bsubid%7D-x");
        assertThat(filled(campaign, link)).isEqualTo("https://shop.example/?a=%7Bsubid%7D-x&s=" + SUBID);
    }

    @Test
    void macrosOfTheVisitAreFilledFromIt() {
        var campaign = ready(
                "https://shop.example/?v={visitor_code}&c={campaign_name}&h={current_domain}&i={ip}&t={city}&l={language}"
                        + "&b={browser}&d={device_type}&m={is_bot}&n={nonsense}",
                List.of());
        assertThat(filled(campaign, open(campaign, "")))
                .isEqualTo("https://shop.example/?v=ABC2345&c=Eid%20%26%20more&h=go.brand.example&i=203.0.113.7"
                        + "&t=Bandung&l=id&b=Chrome&d=mobile&m=0&n=");
        assertThat(filled(campaign, open(campaign, "city=Medan")))
                .as("what the link says goes before what we find out")
                .contains("&t=Medan&");
    }

    @Property(tries = 1_000, seed = "20261120")
    void whateverALinkHoldsItLeadsToTheHostItsOwnerWrote(@ForAll("links") String query) {
        LinkOpened link = open(META, query);
        assertThat(link.said().parameters().size()).isLessThanOrEqualTo(256);
        assertThat(filled(META, link)).isEqualTo("https://shop.example/?s=" + SUBID);
    }

    @Provide
    static Arbitrary<String> links() {
        return Arbitraries.of(
                        "fbclid",
                        "sub_id_1",
                        "=",
                        "&",
                        "?",
                        "%",
                        "{{ad.id}}",
                        "{subid}",
                        "%0D%0A",
                        "&amp;",
                        "#",
                        "/",
                        "\u0000",
                        "é",
                        "%E9",
                        "http://evil.example",
                        "ctwa_clid",
                        "external_id",
                        "x".repeat(600))
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    private static LinkOpened open(Campaigns.Ready ready, String query) {
        return LinkOpened.read(ready, LinkRepair.repair("/c/promo", query), "https://go.brand.example", NOW);
    }

    private static String filled(Campaigns.Ready ready, LinkOpened link) {
        var web = new WebContext(
                null,
                null,
                "203.0.113.7",
                "Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile Safari/537.36",
                new Place("ID", null, null, "Bandung", null, null));
        var macros = new ClickMacros(
                ready.campaign(), link.values(), web, "id-ID", SUBID, "ABC2345", "go.brand.example", NOW);
        return Objects.requireNonNull(ready.templates().get("ds_1")).fill(macros);
    }

    static Campaigns.Ready ready(String url, List<CampaignParameter> parameters) {
        return ready(url, parameters, null);
    }

    static Campaigns.Ready ready(String url, List<CampaignParameter> parameters, @Nullable String domain) {
        return Campaigns.Ready.of(new Campaign(
                1,
                "cp_1",
                domain,
                "promo",
                "token123",
                "Eid & more",
                new Campaign.Doc(List.of(new Campaign.Target("ds_1", "Shop", url, 1)), null, parameters, true, null),
                NOW,
                NOW));
    }
}
