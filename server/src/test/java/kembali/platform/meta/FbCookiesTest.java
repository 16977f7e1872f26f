package kembali.platform.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FbCookiesTest {
    private static final long CLICKED = 1794970000123L;
    private static final Instant AT = Instant.ofEpochMilli(CLICKED).plusSeconds(86400);
    private static final ClickIds CLICK = click("IwAR-1_aem_x", CLICKED);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fb.1.1794960000000.IwAR-1_aem_x",
                "fb.0.1794960000000.IwAR-1_aem_x",
                "fb.3.1794960000000.IwAR-1_aem_x.AQMCAQEB",
                "fb.2.1794960000000.IwAR-1_aem_x.Bg"
            })
    void keepsTheCookieOfTheSameClickByteForByte(String cookie) {
        assertThat(FbCookies.fbc(CLICK, cookie, AT)).isEqualTo(cookie);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fb",
                "fb.1",
                "fb.1.1794960000000",
                "fb.1.1794960000000.",
                "fb.x.1794960000000.IwAR-1_aem_x",
                "fb.1.1794960000.IwAR-1_aem_x",
                "fb.1.17949600000000.IwAR-1_aem_x",
                "fc.1.1794960000000.IwAR-1_aem_x",
                "fb.1.1794960000000.IwAR-1_aem_X",
                "fb.1.1794960000000.other",
                "fb.1.1794960000000.IwAR-1_aem_x.toolongappendix",
                "fb.1.1794960000000.IwAR-1_aem_x.AQ.AQ",
                "IwAR-1_aem_x"
            })
    void rebuildsWhatIsMalformedOrOfAnotherClick(String cookie) {
        assertThat(FbCookies.fbc(CLICK, cookie, AT)).isEqualTo("fb.1.1794970000123.IwAR-1_aem_x");
    }

    @Test
    void buildsWithoutACookie() {
        assertThat(FbCookies.fbc(CLICK, null, AT)).isEqualTo("fb.1.1794970000123.IwAR-1_aem_x");
        assertThat(FbCookies.fbc(ClickIds.NONE, null, AT)).isNull();
    }

    @Test
    void usesTheCookieWhenNoClickIsKnown() {
        assertThat(FbCookies.fbc(ClickIds.NONE, "fb.2.1794960000000.abc", AT)).isEqualTo("fb.2.1794960000000.abc");
        assertThat(FbCookies.fbc(ClickIds.NONE, "fb.1.1794960000.abc", AT))
                .as("seconds mended to milliseconds")
                .isEqualTo("fb.1.1794960000000.abc");
        assertThat(FbCookies.fbc(ClickIds.NONE, "fb.1.1794960000000.a b", AT)).isNull();
        assertThat(FbCookies.fbc(ClickIds.NONE, "nonsense", AT)).isNull();
    }

    @Test
    void stopsAfterNinetyDays() {
        Instant last = Instant.ofEpochMilli(CLICKED).plus(FbCookies.LIFE);
        assertThat(FbCookies.fbc(CLICK, null, last)).isNotNull();
        assertThat(FbCookies.fbc(CLICK, null, last.plusMillis(1))).isNull();
        String cookie = "fb.1." + CLICKED + ".abc";
        assertThat(FbCookies.fbc(ClickIds.NONE, cookie, last)).isEqualTo(cookie);
        assertThat(FbCookies.fbc(ClickIds.NONE, cookie, last.plusMillis(1))).isNull();
        assertThat(FbCookies.fbc(click("abc", CLICKED + 5), cookie, last.plusMillis(1)))
                .as("the cookie says when the click was first seen")
                .isNull();
    }

    @Test
    void neverUsesASharedClick() {
        ClickIds shared = ClickIds.NONE.with(ClickIds.FBCLID, new ClickId("abc", CLICKED, true, false));
        assertThat(FbCookies.fbc(shared, null, AT)).isNull();
        assertThat(FbCookies.fbc(shared, "fb.1.1794960000000.abc", AT)).isNull();
        assertThat(FbCookies.fbc(shared, "fb.1.1794960000000.own", AT)).isEqualTo("fb.1.1794960000000.own");
    }

    @Test
    void usesASuspiciousClickAllTheSame() {
        ClickIds odd = ClickIds.NONE.with(ClickIds.FBCLID, new ClickId("a.b~c", CLICKED, false, true));
        assertThat(FbCookies.fbc(odd, null, AT)).isEqualTo("fb.1.1794970000123.a.b~c");
        assertThat(FbCookies.fbc(odd, "fb.1.1794960000000.a.b~c", AT)).isEqualTo("fb.1.1794960000000.a.b~c");
    }

    @Test
    void passesTheBrowserIdOnlyWhenItIsOne() {
        for (String right : new String[] {"fb.1.1596403881668.1116446470", "fb.2.1596403881668.0.AQMCAQEB"}) {
            assertThat(FbCookies.fbp(right)).isEqualTo(right);
        }
        for (String wrong :
                new String[] {"", "fb.1.1596403881.1116446470", "fb.1.1596403881668.abc", "fb.1.1596403881668"}) {
            assertThat(FbCookies.fbp(wrong)).isNull();
        }
        assertThat(FbCookies.fbp(null)).isNull();
    }

    private static ClickIds click(String value, long firstSeenMs) {
        return ClickIds.NONE.with(ClickIds.FBCLID, ClickId.of(value, firstSeenMs));
    }
}
