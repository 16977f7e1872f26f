package kembali.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignLinkTest {
    private static final Alias PROMO = new Alias("promo");

    private static CampaignLink link(String source) {
        SourceTemplate template = Objects.requireNonNull(SourceTemplate.named(source));
        return CampaignLink.of("https://track.example", PROMO, template.parameters(), template);
    }

    @Test
    void metasLinkNeverCarriesFbclid() {
        assertThat(link("meta").parameters())
                .startsWith("utm_source=meta&utm_medium=paid&utm_campaign={{campaign.name}}&")
                .contains("&campaign_id={{campaign.id}}&ad_id={{ad.id}}&adset_id={{adset.id}}&")
                .doesNotContain("fbclid", "?");
    }

    @Test
    void sourcesFillTheirOwnMacros() {
        assertThat(link("google").parameters())
                .contains("campaign_id={campaignid}")
                .doesNotContain("gclid");
        assertThat(link("tiktok").parameters())
                .startsWith("ttclid=__CLICKID__&")
                .contains("&ad_id=__CID__");
        assertThat(link("linkedin").parameters())
                .contains("campaign_id={{CAMPAIGN_ID}}")
                .doesNotContain("li_fat_id");
        assertThat(link("app").whole()).startsWith("https://track.example/promo?sub1={fbclid}&");
        assertThat(link("generic").parameters()).contains("external_id={clickid}", "cost={cost}");
    }

    @Test
    void whatALinkCarriesIsReadFromItsClicks() {
        for (SourceTemplate template : SourceTemplate.ALL) {
            String query = CampaignLink.of("https://t.example", PROMO, template.parameters(), template)
                    .parameters();
            var reader = new LinkReader(new LinkRules(template.parameters(), Map.of()));

            assertThat(reader.read(query).slots().keySet())
                    .as("nothing is filled in yet")
                    .isSubsetOf("source");
            String filled = query.replaceAll("\\{+[^}]+}+|__[A-Z_]+__", "filled-in-value");
            LinkValues values = reader.read(filled);
            assertThat(values.unfilled()).as(template.key()).isEmpty();
            template.parameters().stream()
                    .filter(p -> p.slot() != null && !template.appended().contains(p.key()))
                    .forEach(p -> assertThat(values.slot(Objects.requireNonNull(p.slot())))
                            .as(template.key() + " " + p.key())
                            .isNotNull());
        }
    }

    @Test
    void constantsAreEncodedAndMacrosAreNot() {
        var link = CampaignLink.of(
                "https://track.example/",
                null,
                List.of(
                        CampaignParameter.of("a", "a", "x & y", null),
                        CampaignParameter.of("b", "b", "{{ad.id}}", null),
                        CampaignParameter.of("c", "c", " ", null)),
                null);

        assertThat(link.whole()).isEqualTo("https://track.example/?a=x%20%26%20y&b={{ad.id}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eid-promo", "Eid_Promo", "a1", "9to5"})
    void aliasesAreWords(String written) {
        assertThat(Alias.complaint(written)).isNull();
        assertThat(Alias.of(written)).isEqualTo(new Alias(written.toLowerCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "p",
                "api",
                "API",
                "wa",
                "t",
                "in",
                "track.min.js",
                "click_api",
                "health",
                "admin",
                ".well-known",
                "metrics",
                "-promo",
                "_x1",
                "pro mo",
                "promo&utm_source",
                "é1",
                "0123456789abcdef0123456789abcdef"
            })
    void aliasesAreNoneOfOurOwnAddresses(String written) {
        assertThat(Alias.complaint(written)).isNotBlank();
        assertThat(Alias.of(written)).isNull();
        assertThatThrownBy(() -> new Alias(written)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aliasHasAtMost64Characters() {
        assertThat(Alias.complaint("x".repeat(64))).isNull();
        assertThat(Alias.complaint("x".repeat(65))).isNotBlank();
    }

    private static final List<Destination> THREE = List.of(
            new Destination("a", "https://a.example/", 1),
            new Destination("b", "https://b.example/", 3),
            new Destination("off", "https://c.example/", 0));

    private static Map<String, Integer> shares(List<Destination> destinations, int visitors) {
        var chooser = new DestinationChooser("cp_1", destinations);
        Map<String, Integer> shares = new HashMap<>();
        for (int i = 0; i < visitors; i++) {
            shares.merge(Objects.requireNonNull(chooser.choose("ABC" + i)).id(), 1, Integer::sum);
        }
        return shares;
    }

    @Test
    void visitorsAreSharedByWeight() {
        Map<String, Integer> shares = shares(THREE, 20_000);

        assertThat(shares).containsOnlyKeys("a", "b");
        assertThat(shares.get("a")).isBetween(4_700, 5_300);
    }

    @Test
    void visitorAlwaysGoesToTheSamePlace() {
        for (int i = 0; i < 100; i++) {
            assertThat(new DestinationChooser("cp_1", THREE).choose("v" + i))
                    .isEqualTo(new DestinationChooser("cp_1", THREE.reversed()).choose("v" + i));
        }
    }

    @Test
    void onlyThoseMoveWhoHaveTo() {
        var before = new DestinationChooser("cp_1", THREE);
        var after = new DestinationChooser(
                "cp_1", List.of(THREE.get(0), THREE.get(1), new Destination("new", "https://d.example/", 4)));
        for (int i = 0; i < 1_000; i++) {
            Destination now = Objects.requireNonNull(after.choose("v" + i));
            assertThat(now.id().equals("new") || now.equals(before.choose("v" + i)))
                    .isTrue();
        }
    }

    @Test
    void campaignsShareIndependently() {
        var one = new DestinationChooser("cp_1", THREE);
        var two = new DestinationChooser("cp_2", THREE);
        long same = IntStream.range(0, 10_000)
                .filter(i -> Objects.equals(one.choose("v" + i), two.choose("v" + i)))
                .count();

        assertThat(same).isBetween(5_900L, 6_600L); // 1/4² + 3/4²
    }

    @Test
    void nobodyIsSentNowhere() {
        assertThat(new DestinationChooser("cp_1", List.of()).choose("v")).isNull();
        assertThat(new DestinationChooser("cp_1", List.of(THREE.get(2))).choose("v"))
                .isNull();
        assertThat(new DestinationChooser("cp_1", List.of(THREE.get(0))).choose("v"))
                .isEqualTo(THREE.get(0));
        assertThatThrownBy(() -> new Destination("x", "https://x.example/", -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void clickIdsSortByTimeAndAreWellFormed() {
        RandomGenerator fixed = () -> 0x1234_5678_9abc_def0L;
        String early = SubIds.make(1_790_000_000_000L, fixed);
        String late = SubIds.make(1_790_000_000_001L, fixed);

        assertThat(early).hasSize(20).isLessThan(late);
        assertThat(SubIds.isOne(early)).isTrue();
        assertThat(SubIds.isOne(early.toUpperCase(Locale.ROOT))).isFalse();
        assertThat(Long.parseLong(early.substring(0, 8), 36)).isEqualTo(1_790_000_000_000L);
    }
}
