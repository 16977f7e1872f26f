package kembali.platform.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kembali.platform.MatchWeight;
import kembali.platform.UrlTemplate;
import kembali.platform.meta.MetaUserData.MatchKey;
import org.junit.jupiter.api.Test;

/** What Meta's folder tells people who set up their ads. */
class MetaAdviceTest {
    private final MetaPlatform meta = new MetaPlatform();

    @Test
    void weighsEveryKeyThatIsSentTheStrongestFirst() {
        MetaUserData every = new MetaUserData();
        for (MatchKey key : MatchKey.values()) {
            every.plain(key, "x");
        }
        List<MatchWeight> weights = meta.matchWeights();
        assertThat(weights).extracting(MatchWeight::key).containsExactlyInAnyOrderElementsOf(every.keys());
        assertThat(weights)
                .extracting(MatchWeight::weight)
                .isSortedAccordingTo((a, b) -> b - a)
                .allMatch(weight -> weight >= 1 && weight <= 10);
        assertThat(weights).allSatisfy(weight -> assertThat(weight.howToGet()).endsWith("."));
    }

    @Test
    void advisesNothingThatAnEventOfItsKindCannotCarry() {
        assertThat(meta.matchWeights())
                .filteredOn(weight -> meta.canBeAdded(weight.key(), MetaMessaging.ROUTE))
                .extracting(MatchWeight::key)
                .containsExactly("em", "ph");
        assertThat(meta.matchWeights())
                .filteredOn(weight -> meta.canBeAdded(weight.key(), ""))
                .extracting(MatchWeight::key)
                .contains("em", "fbc", "fbp", "country")
                .doesNotContain("ctwa_clid", "lead_id");
    }

    @Test
    void scoresAPersonKnownByMailAndPhoneFull() {
        assertThat(score("em", "ph")).isEqualTo(10);
        assertThat(score("ctwa_clid", "ph")).isEqualTo(9);
        assertThat(score("external_id", "client_ip_address", "client_user_agent"))
                .isEqualTo(3);
    }

    @Test
    void givesTheTemplateToPasteWithTheAdAccountOfThePixel() {
        UrlTemplate template = meta.urlTemplate(Map.of("adAccountId", "4567890123456789"));
        assertThat(template.parameters())
                .isEqualTo("utm_source=meta&utm_medium=paid&utm_campaign={{campaign.name}}&utm_term={{adset.name}}"
                        + "&utm_content={{ad.name}}&campaign_id={{campaign.id}}&adset_id={{adset.id}}"
                        + "&ad_id={{ad.id}}&campaign_name={{campaign.name}}&adset_name={{adset.name}}"
                        + "&ad_name={{ad.name}}&site_source_name={{site_source_name}}&ad_meta={{placement}}"
                        + "&ad_account_id=4567890123456789");
        assertThat(template.where()).contains("URL parameters");
    }

    @Test
    void leavesAWordWhereNoAdAccountIsKnown() {
        assertThat(meta.urlTemplate(Map.of()).parameters()).endsWith("&ad_account_id=YOUR_AD_ACCOUNT_ID");
        assertThat(meta.urlTemplate(Map.of("adAccountId", "act_1&x=y")).parameters())
                .endsWith("&ad_account_id=YOUR_AD_ACCOUNT_ID");
        assertThat(meta.urlTemplate(Map.of()).notes()).anyMatch(note -> note.contains("YOUR_AD_ACCOUNT_ID"));
    }

    @Test
    void explainsEveryMacroOfTheTemplateAndNoOther() {
        UrlTemplate template = meta.urlTemplate(Map.of());
        List<String> used = Pattern.compile("\\{\\{[^}]+}}")
                .matcher(template.parameters())
                .results()
                .map(found -> found.group())
                .distinct()
                .toList();
        assertThat(template.macros()).extracting(UrlTemplate.Macro::macro).containsExactlyInAnyOrderElementsOf(used);
        assertThat(template.macros()).allSatisfy(macro -> {
            assertThat(macro.meaning()).isNotBlank();
            assertThat(macro.example()).isNotBlank();
        });
        assertThat(template.notes()).anyMatch(note -> note.contains("fbclid={fbclid}"));
        assertThat(template.parameters()).doesNotContain("fbclid", "?");
    }

    private int score(String... keys) {
        return Math.min(
                10,
                meta.matchWeights().stream()
                        .filter(weight -> List.of(keys).contains(weight.key()))
                        .mapToInt(MatchWeight::weight)
                        .sum());
    }
}
