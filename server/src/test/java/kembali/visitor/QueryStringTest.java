package kembali.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {
    @Test
    void readsNamesWithoutRegardToCaseAndValuesUntouched() {
        var query = QueryString.parse("ScCid=AbC-_x&UTM_Source=Google");

        assertThat(query.get("sccid")).isEqualTo("AbC-_x");
        assertThat(query.get("ScCid")).isEqualTo("AbC-_x");
        assertThat(query.get("utm_source")).isEqualTo("Google");
        assertThat(query.get("utm_medium")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a%20b        | a b
                    a+b          | a b
                    a%2Bb        | a+b
                    Caf%C3%A9    | Café
                    %f0%9F%98%80 | 😀
                    %25C3%25A9   | %C3%A9
                    100%         | 100%
                    50%zz        | 50%zz
                    %4           | %4
                    %+%41        | % A
                    %C3          | %C3
                    %E9t%E9      | %E9t%E9
                    %C3%28       | %C3(
                    %C0%AF       | %C0%AF
                    %E0%80%80    | %E0%80%80
                    %ED%A0%80    | %ED%A0%80
                    %F4%90%80%80 | %F4%90%80%80
                    %F8%88%80%80 | %F8%88%80%80
                    a=b          | a=b
                    Ä            | Ä
                    """)
    void decodesExactlyOnceAndKeepsWhatIsNoValidEscape(String written, String read) {
        assertThat(QueryString.parse("x=" + written).get("x")).isEqualTo(read);
    }

    @Test
    void leavesOutControlCharactersAndHalfSurrogates() {
        assertThat(QueryString.parse("x=a%00b%0Ac%C2%85d\u0000\u0007e").get("x"))
                .isEqualTo("abcde");
        assertThat(QueryString.parse("x=a\ud83db\ude00c").get("x")).isEqualTo("abc");
        assertThat(QueryString.parse("x=a\ud83d\ude00").get("x")).isEqualTo("a😀");
        assertThat(QueryString.parse("x=%00").get("x")).isNull();
    }

    @Test
    void takesTheLastValueThatIsNeitherEmptyNorAnUnreplacedMacro() {
        assertThat(QueryString.parse("ttclid=__CLICKID__&ttclid=E.C.P.abc").get("ttclid"))
                .isEqualTo("E.C.P.abc");
        assertThat(QueryString.parse("ttclid=E.C.P.abc&ttclid=__CLICKID__").get("ttclid"))
                .isEqualTo("E.C.P.abc");
        assertThat(QueryString.parse("gclid=one&GCLID=two&gclid=&gclid&gclid=+").get("gclid"))
                .isEqualTo("two");
    }

    @Test
    void remembersUnreplacedMacrosForDiagnostics() {
        var query = QueryString.parse(
                "campaign_id={{campaign.id}}&kw=%7Bkeyword%7D&ttclid=__CLICKID__&ttclid=real&twice=%257B%257Bad.id%257D%257D");

        assertThat(query.get("campaign_id")).isNull();
        assertThat(query.unreplacedMacros())
                .containsExactly(
                        new UnreplacedMacro("campaign_id", "{{campaign.id}}"),
                        new UnreplacedMacro("kw", "{keyword}"),
                        new UnreplacedMacro("ttclid", "__CLICKID__"),
                        new UnreplacedMacro("twice", "%7B%7Bad.id%7D%7D"));
        assertThat(query.values()).containsOnlyKeys("ttclid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{{campaign.name}}", "{keyword}", "{}", "{{}}", "{_campaign}", "__CID__", "__A_1__", "%7bx%7D"})
    void knowsAPlaceholder(String value) {
        assertThat(UnreplacedMacro.isOne(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "__",
                "____",
                "_CID_",
                "__cid__",
                "__CID__x",
                "{a}{b}",
                "{{a}",
                "{a}}",
                "{{a}b}",
                "Promo {x}",
                "{x} Promo",
                "%7Bx",
                "%41",
                "{a",
                "{{a"
            })
    void knowsThatOtherTextIsNoPlaceholder(String value) {
        assertThat(UnreplacedMacro.isOne(value)).isFalse();
    }

    @Test
    void takesASecondQuestionMarkForAnAmpersand() {
        var query = QueryString.parse("?id=7?utm_source=tiktok&ttclid=abc");

        assertThat(query.get("id")).isEqualTo("7");
        assertThat(query.get("utm_source")).isEqualTo("tiktok");
        assertThat(query.get("ttclid")).isEqualTo("abc");
    }

    @Test
    void readsTheQueryOfAUrlWithoutItsFragment() {
        assertThat(QueryString.ofUrl("https://shop.example/p?a=1&b=2#c?d=3").values())
                .containsOnlyKeys("a", "b");
        assertThat(QueryString.ofUrl("https://shop.example/p#x?a=1").values()).isEmpty();
        assertThat(QueryString.ofUrl("https://shop.example/p").values()).isEmpty();
        assertThat(QueryString.ofUrl("/p?a=1").get("a")).isEqualTo("1");
        assertThat(QueryString.ofUrl(null).values()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "&", "&&??&", "=", "=x", "a", "a&b", "%", "%=%", "a=%", "%00=x&", "\u0000"})
    void takesAnythingWithoutAnError(String raw) {
        assertThat(QueryString.parse(raw).unreplacedMacros()).isEmpty();
    }

    @Test
    void leavesOutTheParameterThatCrossesTheLengthLimit() {
        String padding = "pad=" + "x".repeat(QueryString.MAX_LENGTH - 20);
        var query = QueryString.parse("gclid=first&" + padding + "&gclid=second-that-is-cut&utm_source=late");

        assertThat(query.isTruncated()).isTrue();
        assertThat(query.get("gclid")).isEqualTo("first");
        assertThat(query.get("pad")).isNotNull();
        assertThat(query.get("utm_source")).isNull();
        assertThat(QueryString.parse("x".repeat(QueryString.MAX_LENGTH + 1)).values())
                .isEmpty();
    }

    @Test
    void readsEverythingUpToTheLengthLimit() {
        String value = "x".repeat(QueryString.MAX_LENGTH - 2);
        assertThat(QueryString.parse("a=" + value).get("a")).isEqualTo(value);
        assertThat(QueryString.parse("a=" + value).isTruncated()).isFalse();
    }

    @Test
    void readsABoundedNumberOfParameters() {
        var raw = new StringBuilder();
        for (int i = 0; i < QueryString.MAX_PARAMETERS + 1; i++) {
            raw.append("&p").append(i).append("=1");
        }
        var query = QueryString.parse(raw.toString());

        assertThat(query.values()).hasSize(QueryString.MAX_PARAMETERS);
        assertThat(query.get("p255")).isEqualTo("1");
        assertThat(query.get("p256")).isNull();
        assertThat(query.isTruncated()).isTrue();
    }
}
