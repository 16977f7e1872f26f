package kembali.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import kembali.campaign.LinkRepair.Repaired;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkReaderTest {
    private static final LinkReader PLAIN = new LinkReader(LinkRules.NONE);
    private static final SourceTemplate META = Objects.requireNonNull(SourceTemplate.named("meta"));

    private static LinkReader reader(CampaignParameter... parameters) {
        return new LinkReader(new LinkRules(List.of(parameters), Map.of()));
    }

    @Test
    void vector26SecondQuestionMarkSplitsTheQuery() {
        Repaired link = LinkRepair.repair("/promo", "c=1?fbclid=IwAR0abcdefgh&utm_source=fb");
        LinkValues values = PLAIN.read(link);

        assertThat(link.path()).isEqualTo("/promo");
        assertThat(values.clickIds()).containsExactly(Map.entry("fbclid", "IwAR0abcdefgh"));
        assertThat(values.attribution()).containsExactly(Map.entry("utm_source", "fb"));
        assertThat(values.keys()).containsEntry("c", "1");
        assertThat(values.repairs()).containsExactly(Repair.SECOND_QUESTION_MARK);
    }

    @Test
    void vector27FilledClickIdCountsBesideTheUnfilledOne() {
        for (String query : List.of(
                "fbclid={fbclid}&fbclid=IwAR0abcdefgh",
                "fbclid=IwAR0abcdefgh&fbclid={fbclid}",
                "fbclid=IwAR0abcdefgh&fbclid=")) {
            LinkValues values = PLAIN.read(query);

            assertThat(values.clickIds()).containsExactly(Map.entry("fbclid", "IwAR0abcdefgh"));
            assertThat(values.unfilled()).extracting(Unfilled::key).containsExactly("fbclid");
        }
        assertThat(new UrlChecker(Set.of(), META)
                        .check("https://track.example/promo?fbclid={fbclid}&fbclid=IwAR0abcdefgh"))
                .extracting(Finding::code)
                .contains("fbclid_twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "NULL",
            quoteCharacter = '"',
            value = {
                "/promo|a=1&b=2|/promo|a=1&b=2|",
                "/promo|NULL|/promo|\"\"|",
                "/promo|c=x?utm_source=fb&ad_id=1|/promo|c=x&utm_source=fb&ad_id=1|second_question_mark",
                "/promo|?a=1|/promo|a=1|second_question_mark",
                "/promo|&a=1|/promo|a=1|empty_parts",
                "/promo|a=1&&b=2&|/promo|a=1&b=2|empty_parts",
                "/promo&utm_source=fb|NULL|/promo|utm_source=fb|lost_question_mark",
                "/promo&utm_source=fb|a=1|/promo|utm_source=fb&a=1|lost_question_mark",
                "/promo%3Fa%3D1%26b%3D2|NULL|/promo|a=1&b=2|encoded_separators",
                "/promo|a%3D1%26b%3Dx%20y|/promo|a=1&b=x%20y|encoded_separators",
                "/promo|a=1%26b%3D2|/promo|a=1%26b%3D2|",
                "/promo|a=1&amp;b=2&amp%3Bc=3|/promo|a=1&b=2&c=3|html_ampersand",
                "/promo|cost=1¤cy=EUR|/promo|cost=1&currency=EUR|html_character",
                "/promo|cost=1%C2%A4cy=EUR|/promo|cost=1&currency=EUR|html_character",
                "/promo|a=%257B%257Bad.id%257D%257D|/promo|a=%7B%7Bad.id%7D%7D|double_encoding",
                "/promo|a=50%25+off|/promo|a=50%25+off|",
                "/promo|a=100%25|/promo|a=100%25|",
                "/promo|k=Caf%C3%A9|/promo|k=Caf%C3%A9|"
            })
    void mendsLinks(String path, String query, String mendedPath, String mendedQuery, String repair) {
        Repaired mended = LinkRepair.repair(path, query);

        assertThat(mended.path()).isEqualTo(mendedPath);
        assertThat(mended.query()).isEqualTo(mendedQuery == null ? "" : mendedQuery);
        assertThat(mended.repairs()).extracting(Repair::code).isEqualTo(repair == null ? List.of() : List.of(repair));
        assertThat(LinkRepair.repair(mended.path(), mended.query()).query())
                .as("a mended link is sound")
                .isEqualTo(mended.query());
    }

    @Test
    void slotsAreFilledFromTheCampaignsKeysFirst() {
        var reader = new LinkReader(new LinkRules(
                List.of(
                        CampaignParameter.of("Ad", "Ad_ID", "{{ad.id}}", "sub_id_3"),
                        CampaignParameter.of("Site", "zone", "{zoneid}", Slots.SOURCE)),
                Map.of("creative_id", List.of("Banner"))));
        LinkValues values = reader.read("AD_ID=7&sub_id_3=8&banner=b&source=own&zone=z&utm_source=u&tds-key=k");

        assertThat(values.slots())
                .containsOnly(
                        Map.entry("sub_id_3", "7"),
                        Map.entry("creative_id", "b"),
                        Map.entry("source", "z"),
                        Map.entry("keyword", "k"));
        assertThat(values.keys()).containsEntry("ad_id", "7");
        assertThat(reader.read("sub_id_3=8&source=own&utm_source=u").slots())
                .containsOnly(Map.entry("sub_id_3", "8"), Map.entry("source", "own"));
        assertThat(reader.read("utm_source=u&zone={zoneid}").slot("source")).isEqualTo("u");
    }

    @Test
    void parameterOnACapturedNameDoesNotStopTheCapture() {
        var reader = reader(
                CampaignParameter.of("Click", "fbclid", "{fbclid}", Slots.EXTERNAL_ID),
                CampaignParameter.of("Term", "utm_term", "{{adset.name}}", "sub_id_2"));
        LinkValues values = reader.read("fbclid=IwAR0abcdefgh&utm_term=set");

        assertThat(values.slots()).containsEntry("external_id", "IwAR0abcdefgh").containsEntry("sub_id_2", "set");
        assertThat(values.clickIds()).containsEntry("fbclid", "IwAR0abcdefgh");
        assertThat(values.attribution()).containsEntry("utm_term", "set");
    }

    @Test
    void slotCanBeDeclaredTheFbclid() {
        var app = reader(CampaignParameter.imported("Click", "sub1", "{fbclid}", "sub_id_1"));

        assertThat(app.read("sub1=IwAR0abcdefgh").clickIds()).containsExactly(Map.entry("fbclid", "IwAR0abcdefgh"));
        assertThat(app.read("sub1=IwAR0abcdefgh").slot("sub_id_1")).isEqualTo("IwAR0abcdefgh");
        assertThat(app.read("sub1=IwAR0abcdefgh&fbclid=PAAaZZZZZZZZZZ").clickIds())
                .containsExactly(Map.entry("fbclid", "PAAaZZZZZZZZZZ"));
        assertThat(app.read("sub1={fbclid}").clickIds()).isEmpty();
        assertThat(app.read("sub1={fbclid}").unfilled()).containsExactly(new Unfilled("sub1", "{fbclid}"));
        assertThat(CampaignParameter.imported("Click", "fbclid", "{fbclid}", "sub_id_1")
                        .clickId())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ScCid", "sccid", "SCCID"})
    void clickIdsAreNamedAsTheirPlatformsSpellThem(String key) {
        assertThat(PLAIN.read(key + "=aBc").clickIds()).containsExactly(Map.entry("ScCid", "aBc"));
    }

    @Test
    void idsAreNeverCutAndTextsAre() {
        assertThat(PLAIN.read("gclid=" + "a".repeat(2_048)).clickIds().get("gclid"))
                .hasSize(2_048);
        LinkValues tooLong = PLAIN.read("gclid=" + "a".repeat(2_049) + "&keyword=" + "k".repeat(600));
        assertThat(tooLong.clickIds()).isEmpty();
        assertThat(tooLong.slot("keyword")).hasSize(500);
        assertThat(tooLong.truncated()).isTrue();
    }

    @Test
    void furtherKeysAreBounded() {
        var query = new StringBuilder("gclid=abcdefghijkl");
        for (int i = 0; i < 100; i++) {
            query.append("&k").append(i).append("=v");
        }
        LinkValues values = PLAIN.read(query.append("&sub_id_1=x").toString());

        assertThat(values.keys()).hasSize(LinkReader.MAX_FURTHER + 2);
        assertThat(values.slot("sub_id_1")).isEqualTo("x");
        assertThat(values.truncated()).isTrue();
        assertThat(PLAIN.read("a=" + "x".repeat(490) + ("&b=" + "x".repeat(490)).repeat(12))
                        .truncated())
                .isTrue();
        assertThat(PLAIN.read("a=1&b=2").truncated()).isFalse();
    }

    @Test
    void noticesRepeatedKeysWithDifferentValues() {
        assertThat(PLAIN.read("a=1&a=2&b=1&b=1&c=1&c=").repeated()).containsExactly("a");
        assertThat(PLAIN.read("a=1&a=2").keys()).containsEntry("a", "2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{x}",
                "{{ad.id}}",
                "${SUBID}",
                "[CLICK_ID]",
                "__CLICKID__",
                "##CLICK_ID##",
                "#click#",
                "%SITE%",
                "%AFF_SUB%",
                "<x>",
                "(x)",
                "$x",
                "REPLACE",
                "OPTIONAL",
                "null",
                "undefined",
                "none",
                "-",
                "key",
                "KEY",
                "%7Bx%7D",
                "%7B%7Bad.id%7D%7D",
                "{}"
            })
    void recognisesWhatNobodyFilledIn(String value) {
        assertThat(Unfilled.isOne("key", value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "0",
                "%20%",
                "%2F%",
                "$5",
                "(5.00)",
                "(not interested)",
                "[ABC2345]",
                "[abc2345]",
                "{x}y",
                "a{x}",
                "_x_",
                "#1",
                "##",
                "a-b",
                "IwAR0_-x",
                "100%",
                "%site%",
                "keys",
                "5 <x>",
                "{a}{b}"
            })
    void leavesValuesAlone(String value) {
        assertThat(Unfilled.isOne("key", value)).isFalse();
    }

    @Test
    void zeroIsNoId() {
        assertThat(Unfilled.isUnfilledId("gclid", "0")).isTrue();
        assertThat(PLAIN.read("gclid=0").clickIds()).isEmpty();
        assertThat(PLAIN.read("cost=0").slot("cost")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({
        "fbclid,IwAR0abcde,true",
        "fbclid,short,false",
        "fbclid,has.dot.in.it.somewhere,false",
        "gclid,Cj0KCQ-_abc,true",
        "ttclid,E.C.P.abc,true",
        "ttclid,E_C_P_abc,true",
        "ttclid,abc,false",
        "li_fat_id,0b6c1a52-3f2e-4b6a-9c1d-0123456789ab,true",
        "li_fat_id,abc,false",
        "msclkid,0123456789abcdef0123456789abcdef,true",
        "epik,anything,true",
        "FBCLID,IwAR0abcde,true"
    })
    void knowsHowClickIdsLook(String name, String value, boolean plausible) {
        assertThat(ClickIdShape.isPlausible(name, value)).isEqualTo(plausible);
    }

    @Test
    void ctwaClickIdsAreLong() {
        assertThat(ClickIdShape.isPlausible("ctwa_clid", "A".repeat(60))).isTrue();
        assertThat(ClickIdShape.isPlausible("ctwa_clid", "A".repeat(59))).isFalse();
        assertThat(ClickIdShape.isPlausible("fbclid", "A".repeat(1_025))).isFalse();
    }

    @Test
    void saysWhatIsWrongWithRules() {
        var faults = new LinkRules(
                        List.of(
                                CampaignParameter.of("a", "x y", "", null),
                                CampaignParameter.of("b", "k", "", "sub_id_1"),
                                CampaignParameter.of("c", "k", "", "sub_id_31"),
                                CampaignParameter.of("d", "l", "", "sub_id_1"),
                                CampaignParameter.of("e", "m", "", "currency"),
                                new CampaignParameter("f", "n", "", null, "nonsense")),
                        Map.of("nonsense", List.of("x")))
                .faults();

        assertThat(faults)
                .extracting("field")
                .containsExactly(
                        "parameters[0].key",
                        "parameters[2].key",
                        "parameters[2].slot",
                        "parameters[3].slot",
                        "parameters[4].key",
                        "parameters[5].clickId",
                        "aliases.nonsense");
        assertThat(SourceTemplate.ALL)
                .allSatisfy(t -> assertThat(new LinkRules(t.parameters(), Map.of()).faults())
                        .as(t.key())
                        .isEmpty());
    }
}
