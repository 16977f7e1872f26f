package kembali.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import kembali.campaign.MacroTemplate.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacroTemplateTest {
    private static final Instant AT = Instant.parse("2026-11-20T23:04:05.678901Z");

    private static MacroTemplate url(String text) {
        return MacroTemplate.parse(text, Place.URL, Set.of("adset", "my_key"));
    }

    private static String fill(String text, Map<String, String> values) {
        return url(text).fill(MacroValues.of(values, AT));
    }

    private static String json(String text, Map<String, String> values) {
        return MacroTemplate.parse(text, Place.JSON, Set.of()).fill(MacroValues.of(values, AT));
    }

    private static String[] codes(MacroTemplate template) {
        return template.findings().stream().map(Finding::code).toArray(String[]::new);
    }

    @Test
    void vector28StatusInTheWordsOfTheSource() {
        assertThat(fill(
                        "http://t/x?e={status: lead=reg sale=dep}&c={external_id}",
                        Map.of("status", "sale", "external_id", "ext 1")))
                .isEqualTo("http://t/x?e=dep&c=ext%201");
    }

    @Test
    void vector29StatusThatIsNotListedPassesUnchanged() {
        assertThat(fill("http://t/x?e={status: lead=reg sale=dep}&c={external_id}", Map.of("status", "rejected")))
                .isEqualTo("http://t/x?e=rejected&c=");
        assertThat(fill("http://t/x?e={status:sale=30 lead=0 rejected=-1}", Map.of("status", "rejected")))
                .isEqualTo("http://t/x?e=-1");
    }

    @Test
    void vector32ValueIsNeverExpandedAgain() {
        assertThat(fill("https://x.example/?a={sub_id_1}&b={subid}", Map.of("sub_id_1", "{subid}", "subid", "s1")))
                .isEqualTo("https://x.example/?a=%7Bsubid%7D&b=s1");
    }

    @Test
    void encodesEverythingThatCouldChangeTheAddress() {
        assertThat(fill("https://x.example/{keyword}?k={keyword}", Map.of("keyword", "a&b=c?d/é😀 +%\r\n")))
                .isEqualTo("https://x.example/a%26b%3Dc%3Fd%2F%C3%A9%F0%9F%98%80%20%2B%25%0D%0A"
                        + "?k=a%26b%3Dc%3Fd%2F%C3%A9%F0%9F%98%80%20%2B%25%0D%0A");
        assertThat(fill("https://x.example/?k={keyword}", Map.of("keyword", "\ud83d")))
                .endsWith("%EF%BF%BD");
    }

    @Test
    void knowsOtherNamesAndTheCampaignsOwnKeys() {
        assertThat(fill(
                        "https://x.example/?{subid}{click_id}{clickid}{SubId}-{payout}-{adset}-{ad_id}-{fbclid}-{sub_id_30}",
                        Map.of(
                                "subid",
                                "s",
                                "revenue",
                                "5",
                                "adset",
                                "a",
                                "ad_id",
                                "b",
                                "fbclid",
                                "c",
                                "sub_id_30",
                                "d")))
                .isEqualTo("https://x.example/?ssss-5-a-b-c-d");
    }

    @Test
    void unknownMacroIsLeftOutAndReported() {
        var template = url("https://x.example/?a={nonsense}&b={{ad.id}}&c={sub_id_31}&d={}&e={a b}&f={subid}");

        assertThat(template.fill(MacroValues.of(Map.of("subid", "s"), AT)))
                .isEqualTo("https://x.example/?a=&b=&c=&d=&e=&f=s");
        assertThat(template.findings())
                .extracting(Finding::about)
                .containsExactly("{nonsense}", "{{ad.id}}", "{sub_id_31}", "{}", "{a b}");
        assertThat(template.isRefused()).isFalse();
    }

    @Test
    void refusesToReadFiles() {
        var template = url("https://x.example/?a={from_file:/etc/passwd}");

        assertThat(template.isRefused()).isTrue();
        assertThat(codes(template)).containsExactly("from_file");
        assertThat(template.fill(MacroValues.of(Map.of("from_file", "secret"), AT)))
                .isEqualTo("https://x.example/?a=");
    }

    @Test
    void bareValueIsGivenOnlyWhereItCannotDoHarm() {
        assertThat(codes(url("https://x.example/?a={_keyword}"))).containsExactly("raw_encoded");
        assertThat(fill("https://x.example/?a={_keyword}", Map.of("keyword", "a&b")))
                .isEqualTo("https://x.example/?a=a%26b");
        assertThat(fill("{_destination}", Map.of("destination", "https://y.example/?q=1")))
                .isEqualTo("https://y.example/?q=1");
        assertThat(fill("{_destination}&x={subid}", Map.of("destination", "https://y.example/?q=1", "subid", "s")))
                .isEqualTo("https://y.example/?q=1&x=s");
        assertThat(fill("{_destination}", Map.of("destination", "javascript:alert(1)")))
                .isEmpty();
        assertThat(fill("{_destination}", Map.of("destination", "https://y.example/\r\nX: 1")))
                .doesNotContain("\r", "\n");
        assertThat(fill("https://h.example/?to={_destination}", Map.of("destination", "https://y.example/")))
                .isEqualTo("https://h.example/?to=https%3A%2F%2Fy.example%2F");
        assertThat(codes(url("{destination}"))).containsExactly("destination_encoded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Y-m-d H:i:s|2026-11-20 23:04:05",
                "Y-m-d H:i:s,Asia/Jakarta|2026-11-21 06:04:05",
                "Y-m-d H:i:s, Europe/Kyiv|2026-11-21 01:04:05",
                "d.m.y|20.11.26",
                "j/n/Y,UTC|20/11/2026",
                "D, d M Y|Fri, 20 Nov 2026",
                "l jS F|Friday 20th November",
                "G:i a|23:04 pm",
                "g A|11 PM",
                "h|11",
                "N w z W o|5 5 323 47 2026",
                "t L|30 0",
                "u v|678901 678",
                "e I O P p T Z|UTC 0 +0000 +00:00 Z UTC 0",
                "e O P p Z I,America/New_York|America/New_York -0500 -05:00 -05:00 -18000 0",
                "c|2026-11-20T23:04:05+00:00",
                "r|Fri, 20 Nov 2026 23:04:05 +0000",
                "U|1795215845",
                "B|002",
                "\\Y\\m Y|Ym 2026",
                "q|q"
            })
    void writesDatesInTheLettersOfPhp(String format, String expected) {
        assertThat(json("{date:" + format + "}", Map.of())).isEqualTo("\"" + expected + "\"");
    }

    @Test
    void dateIsEncodedAndKnowsItsZones() {
        assertThat(fill("https://x.example/?d={date:Y-m-d H:i}", Map.of()))
                .isEqualTo("https://x.example/?d=2026-11-20%2023%3A04");
        assertThat(fill("https://x.example/?d={date}", Map.of())).isEqualTo("https://x.example/?d=2026-11-20");
        assertThat(codes(url("https://x.example/?d={date:Y,Europe/Kiyv}"))).containsExactly("unknown_zone");
        assertThat(codes(url("https://x.example/?d={date:d,m/Y}"))).isEmpty();
    }

    @Test
    void keywordIsWrittenInACharset() {
        assertThat(fill("https://x.example/?k={keyword:windows-1251}", Map.of("keyword", "Да a")))
                .isEqualTo("https://x.example/?k=%C4%E0%20a");
        assertThat(fill("https://x.example/?k={keyword:nonsense}", Map.of("keyword", "é")))
                .endsWith("%C3%A9");
        assertThat(codes(url("https://x.example/?k={keyword:nonsense}"))).containsExactly("unknown_charset");
    }

    @Test
    void quotesValuesInJson() {
        assertThat(json(
                        "{\"s\":{status},\"t\":\"x-{_reason}\",\"n\":{\"a\":1},\"u\":{nonsense}}",
                        Map.of("status", "a\"b", "reason", "c\\\n\"")))
                .isEqualTo("{\"s\":\"a\\\"b\",\"t\":\"x-c\\\\\\u000a\\\"\",\"n\":{\"a\":1},\"u\":\"\"}");
    }

    @Test
    void encodesValuesOfForms() {
        assertThat(MacroTemplate.parse("e={status}&r={_reason}", Place.FORM, Set.of())
                        .fill(MacroValues.of(Map.of("status", "sale", "reason", "a&b=c"), AT)))
                .isEqualTo("e=sale&r=a%26b%3Dc");
    }

    @Test
    void offersAreNamedByTheirId() {
        assertThat(fill("https://x.example/?o={offer:7}&p={offer}", Map.of("offer:7", "seven", "offer", "any")))
                .isEqualTo("https://x.example/?o=seven&p=any");
    }

    @ParameterizedTest
    @CsvSource({
        "javascript:alert(1),no_address",
        "//x.example/,no_address",
        "{sub_id_1},no_address",
        "https://,no_host",
        "https:///x,no_host",
        "'https://{sub_id_1}/',macro_in_host",
        "'https://x.example{sub_id_1}',macro_in_host",
        "'https://{city}.x.example/',macro_in_host"
    })
    void addressIsTheOwnersAndNotTheVisitors(String template, String code) {
        assertThat(codes(url(template))).contains(code);
        assertThat(url(template).isRefused()).isEqualTo(!code.equals("macro_in_host"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://x.example",
                "http://x.example:8080/a?b={subid}#c",
                "HTTPS://X.example/{city}",
                "{_destination}"
            })
    void soundTemplatesHaveNoFindings(String template) {
        assertThat(codes(url(template))).isEmpty();
    }

    @Test
    void literalTextIsMadeFitForAUrl() {
        assertThat(fill("https://x.example/a b\r\nX: y?é=\"{", Map.of()))
                .isEqualTo("https://x.example/a%20bX:%20y?%C3%A9=%22%7B");
    }

    @Test
    void macroWithEncodedBracesIsUnderstood() {
        assertThat(fill("https://x.example/?a=%7Bsubid%7D&b=%7bnonsense%7d", Map.of("subid", "s")))
                .isEqualTo("https://x.example/?a=s&b=%7bnonsense%7d");
        assertThat(codes(url("https://x.example/?a=%7Bsubid%7D"))).containsExactly("encoded_macro");
    }

    @Test
    void tellsWhichMacrosItHas() {
        assertThat(url("https://x.example/?a={clickid}&b={status:a=b}&c={date}&d={my_key}")
                        .names())
                .containsExactlyInAnyOrder("subid", "status", "date", "my_key");
    }

    @Test
    void overlongTemplateIsRefused() {
        assertThat(codes(url("https://x.example/" + "x".repeat(MacroTemplate.MAX_LENGTH))))
                .containsExactly("too_long");
    }
}
