package kembali.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserCookiesTest {
    private static final long NOW = 1_790_000_000_000L;
    private static final String GS2 = "GS2.1.s1747132561$o1$g0$t1747132655$j0$l0$h0";

    private static BrowserIds ids(String header) {
        return BrowserCookies.parse(header, null, NOW).ids();
    }

    private static @Nullable String session(String header, @Nullable String measurementId) {
        return BrowserCookies.parse(header, measurementId, NOW).ids().gaSessionId();
    }

    @Test
    void readsAllBrowserIdsOfOneHeader() {
        var cookies = BrowserCookies.parse(
                "theme=dark; _fbp=fb.1.1596403881668.1116446470; _fbc=fb.1.1554763741205.IwAR2F4-dbP0l7Mn1IawQQGCINEz7PYXQvwjNwB_qa2ofrHyiLjcbCRxTDMgk;"
                        + " _ttp=2aBcDeFgHiJkLmNoPqRsTuVwXyZ; _ga=GA1.1.1162820436.1749482504; _ga_ABC=" + GS2,
                null,
                NOW);

        assertThat(cookies.ids())
                .isEqualTo(new BrowserIds(
                        "fb.1.1554763741205.IwAR2F4-dbP0l7Mn1IawQQGCINEz7PYXQvwjNwB_qa2ofrHyiLjcbCRxTDMgk",
                        "fb.1.1596403881668.1116446470",
                        "2aBcDeFgHiJkLmNoPqRsTuVwXyZ",
                        "1162820436.1749482504",
                        "1747132561"));
        assertThat(cookies.clickIds().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "GA1.1.1162820436.1749482504, 1162820436.1749482504",
        "GA1.2.111.222, 111.222",
        "GA1.1-2.111.222, 111.222",
        "GA1.3-2.5.6, 5.6"
    })
    void takesTheLastTwoPartsOfGaForTheClientId(String cookie, String clientId) {
        assertThat(ids("_ga=" + cookie).gaClientId()).isEqualTo(clientId);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amp-abcdef123",
                "GA1.1.111",
                "GA1.1.a.b",
                "GA1.1.1.2.3",
                "1162820436.1749482504",
                "GA1.1..",
                "GA.1.1.2",
                "x"
            })
    void ignoresAGaCookieOfAnotherForm(String cookie) {
        assertThat(ids("_ga=" + cookie).gaClientId()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "GS1.1.1690013078.2.1.1690013090.0, 1690013078",
        "GS1.1.1690013078.2.1.1690013090.0.0.0, 1690013078",
        "GS2.1.s1747132561$o1$g0$t1747132655$j0$l0$h0, 1747132561",
        "GS2.1.s1747132561%24o1%24g0%24t1747132655%24j0, 1747132561",
        "GS2.1.t1747132655$o1$s1747132561$g0, 1747132561",
        "GS2.1-2.s1747132561, 1747132561"
    })
    void readsTheSessionOfBothFormsInAnyOrder(String cookie, String session) {
        assertThat(session("_ga_ABC=" + cookie, null)).isEqualTo(session);
        assertThat(session("_ga_ABC=" + cookie, "G-ABC")).isEqualTo(session);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GS3.1.s1747132561$o1",
                "GS2.1",
                "GS2.1.",
                "GS2.1.o1$g0",
                "GS2.1.sabc$o1",
                "GS2.1.$$$",
                "GS1.1",
                "GS1.1.x.2",
                "hello"
            })
    void knowsNoSessionInAnotherForm(String cookie) {
        assertThat(session("_ga_ABC=" + cookie, null)).isNull();
    }

    @Test
    void choosesTheSessionOfTheConfiguredStream() {
        String header = "_ga_AAA=GS1.1.1690013078.2.1.1; _ga_BBB=" + GS2 + "; _ga_CCC=GS1.1.1690000000.1.1.1";

        assertThat(session(header, "G-AAA")).isEqualTo("1690013078");
        assertThat(session(header, "BBB")).isEqualTo("1747132561");
        assertThat(session(header, "G-ZZZ")).isNull();
        assertThat(session(header, null)).isEqualTo("1747132561");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fb.1.1596403881668.1116446470",
                "fb.2.1596403881668.0",
                "fb.0.1596403881668.5.AQMCAQEB",
                "fb.1.1596403881668.5.Ag"
            })
    void takesMetasBrowserIdAsItIs(String cookie) {
        assertThat(ids("_fbp=" + cookie).fbp()).isEqualTo(cookie);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fb.1.1596403881668",
                "fb.1.x.5",
                "fb.1.1596403881668.abc",
                "xb.1.1596403881668.5",
                "fb.1.1596403881668.5.A.B",
                "fb"
            })
    void ignoresAMalformedBrowserId(String cookie) {
        assertThat(ids("_fbp=" + cookie).fbp()).isNull();
    }

    @Test
    void rebuildsAClickCookieWhoseTimeIsInSeconds() {
        assertThat(ids("_fbc=fb.1.1554763741.IwARabc").fbc()).isEqualTo("fb.1.1554763741000.IwARabc");
        assertThat(ids("_fbc=fb.1.1554763741205").fbc()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "_gcl_aw=GCL.1700000000.Cj0KCQ_x-y1, gclid, Cj0KCQ_x-y1, 1700000000000",
        "_gcl_dc=GCL.1700000000.CPabcdefghi, dclid, CPabcdefghi, 1700000000000",
        "_gcl_gb=GCL.1700000000.CjgKCAjwabc, wbraid, CjgKCAjwabc, 1700000000000",
        "_gcl_ag=2.1.k0AAAAA_abcde$i1700000000, gbraid, 0AAAAA_abcde, 1700000000000",
        "_gcl_ag=2.1.k0AAAAA_abcde%24i1700000000%24x, gbraid, 0AAAAA_abcde, 1700000000000",
        "_gcl_ag=2.1.k0AAAAA_abcde, gbraid, 0AAAAA_abcde, 1790000000000",
        "FPGCLAW=2.1.kCj0KCQ_x-y1$i1700000000, gclid, Cj0KCQ_x-y1, 1700000000000",
        "FPGCLGB=2.1.kCjgKCAjwabc$i1700000000, wbraid, CjgKCAjwabc, 1700000000000",
        "li_fat_id=8a3c4f0e-1111-4222-8333-abcdefabcdef, li_fat_id, 8a3c4f0e-1111-4222-8333-abcdefabcdef, 1790000000000",
        "li_fat_id=8a3c4f0e%2D1111-4222-8333-abcdefabcdef, li_fat_id, 8a3c4f0e-1111-4222-8333-abcdefabcdef, 1790000000000",
        "ttclid=E.C.P.abc, ttclid, E.C.P.abc, 1790000000000",
        "_uetmsclkid=_uet0123456789abcdef0123456789abcdef, msclkid, 0123456789abcdef0123456789abcdef, 1790000000000"
    })
    void findsTheClickATagRemembered(String header, String name, String value, long firstSeenMs) {
        assertThat(BrowserCookies.parse(header, null, NOW).clickIds().byName())
                .isEqualTo(Map.of(name, ClickId.of(value, firstSeenMs)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_gcl_aw=GCL.17000.Cj0KCQ",
                "_gcl_aw=Cj0KCQ",
                "_gcl_aw=GCL.1700000000.",
                "_gcl_aw=GCL.1700000000.a.b",
                "_gcl_ag=2.1",
                "_gcl_ag=2.1.i1700000000",
                "_gcl_ag=2.1.k",
                "_gcl_ag=k",
                "_uetmsclkid=0123456789abcdef",
                "_uetmsclkid=_uet",
                "ttclid=__CLICKID__",
                "ttclid=",
                "ttclid=a b",
                "ttclid=\u0001",
                "_gcl_au=1.1.123.456"
            })
    void ignoresAMalformedClickCookie(String header) {
        assertThat(BrowserCookies.parse(header, null, NOW).clickIds().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", ";;;", "=", "=x", "a", "a=", " ; = ; a", "_fbp", "_ga=;_ga_="})
    void readsNothingFromAHeaderWithoutCookies(String header) {
        assertThat(BrowserCookies.parse(header, null, NOW)).isEqualTo(BrowserCookies.NONE);
        assertThat(BrowserCookies.parse(null, null, NOW)).isEqualTo(BrowserCookies.NONE);
    }

    @Test
    void takesTheFirstOfTwoCookiesOfOneNameAndItsValueWithoutQuotes() {
        assertThat(CookieHeader.parse("a=1;b=\"2\" ; a=3;c=x=y; A=4"))
                .isEqualTo(Map.of("a", "1", "b", "2", "c", "x=y", "A", "4"));
    }

    @Test
    void readsOnlyABoundedPartOfAHeader() {
        assertThat(CookieHeader.parse("a=1;b=" + "x".repeat(CookieHeader.MAX_LENGTH) + ";c=3"))
                .containsOnlyKeys("a", "b");
        assertThat(CookieHeader.parse("a=" + "1;b".repeat(50_000))).hasSizeLessThan(201);
    }

    @Test
    void letsTheUrlGoBeforeTheCookieAndKeepsTheEarlierTimeOfTheSameClick() {
        var cookies = BrowserCookies.parse("_gcl_aw=GCL.1700000000.Cj0KCQ_x-y1; ttclid=old.id", null, NOW);

        var other = ClickIds.NONE.with("gclid", ClickId.of("another-click", NOW));
        assertThat(cookies.completing(other).byName())
                .isEqualTo(Map.of("gclid", ClickId.of("another-click", NOW), "ttclid", ClickId.of("old.id", NOW)));
        var same = ClickIds.NONE.with("gclid", ClickId.of("Cj0KCQ_x-y1", NOW));
        assertThat(cookies.completing(same).get("gclid")).isEqualTo(ClickId.of("Cj0KCQ_x-y1", 1_700_000_000_000L));
        assertThat(BrowserCookies.NONE.completing(same)).isSameAs(same);
    }
}
