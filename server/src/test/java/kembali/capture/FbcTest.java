package kembali.capture;

import static org.assertj.core.api.Assertions.assertThat;

import kembali.identity.ClickIds.ClickId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FbcTest {
    private static final ClickId CLICK = ClickId.of("IwARnew_aem_x", 1_790_000_000_000L);
    private static final ClickId SHARED = new ClickId("IwARnew_aem_x", 1_790_000_000_000L, true, false);
    private static final String SAME = "fb.2.1780000000000.IwARnew_aem_x";
    private static final String SAME_WITH_APPENDIX = SAME + ".AQMCAQEB";
    private static final String OTHER = "fb.1.1780000000000.IwARold";

    @ParameterizedTest
    @ValueSource(strings = {SAME, SAME_WITH_APPENDIX, OTHER, "fb.1.1780000000000.x.Ag", "fb.3.1780000000000.a-_b"})
    void knowsAValidCookie(String fbc) {
        assertThat(Fbc.isValid(fbc)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fb",
                "fb.1.1780000000000",
                "fb.1.1780000000000.",
                "fb.1.1780000000.x",
                "fb.1.17800000000000.x",
                "fb.x.1780000000000.x",
                "fa.1.1780000000000.x",
                "fb.1.1780000000000.x.y",
                "fb.1.1780000000000.x.AQMCAQEBx",
                "fb.1.1780000000000.x.Ag.Ag",
                "fb.1.1780000000000.a b",
                "fb.1.1780000000000.a;b"
            })
    void knowsAnInvalidCookie(String fbc) {
        assertThat(Fbc.isValid(fbc)).isFalse();
        assertThat(Fbc.fbclid(fbc)).isNull();
    }

    @Test
    void findsTheClickInTheFourthPart() {
        assertThat(Fbc.fbclid(SAME)).isEqualTo("IwARnew_aem_x");
        assertThat(Fbc.fbclid(SAME_WITH_APPENDIX)).isEqualTo("IwARnew_aem_x");
    }

    @Test
    void buildsTheValueFromAClickWithMilliseconds() {
        assertThat(Fbc.newest(CLICK, null)).isEqualTo("fb.1.1790000000000.IwARnew_aem_x");
    }

    @Test
    void keepsTheCookieByteForByteWhenItIsTheSameClick() {
        assertThat(Fbc.newest(CLICK, SAME)).isEqualTo(SAME);
        assertThat(Fbc.newest(CLICK, SAME_WITH_APPENDIX)).isEqualTo(SAME_WITH_APPENDIX);
        assertThat(Fbc.toWrite(CLICK, SAME_WITH_APPENDIX)).isNull();
    }

    @Test
    void letsANewerClickReplaceTheCookie() {
        assertThat(Fbc.newest(CLICK, OTHER)).isEqualTo("fb.1.1790000000000.IwARnew_aem_x");
        assertThat(Fbc.toWrite(CLICK, OTHER)).isEqualTo("fb.1.1790000000000.IwARnew_aem_x");
    }

    @Test
    void replacesAMalformedCookieAfterAClick() {
        assertThat(Fbc.toWrite(CLICK, "fb.1.garbage")).isEqualTo("fb.1.1790000000000.IwARnew_aem_x");
        assertThat(Fbc.toWrite(CLICK, "fb.1.1780000000.IwARnew_aem_x")).isEqualTo("fb.1.1780000000000.IwARnew_aem_x");
    }

    @Test
    void inventsNothingWithoutAClick() {
        assertThat(Fbc.newest(null, null)).isNull();
        assertThat(Fbc.newest(null, "fb.1.garbage")).isNull();
        assertThat(Fbc.newest(null, OTHER)).isEqualTo(OTHER);
        assertThat(Fbc.toWrite(null, null)).isNull();
        assertThat(Fbc.toWrite(null, OTHER)).isNull();
    }

    @Test
    void doesNotTakeTheClickOfAnotherVisitor() {
        assertThat(Fbc.newest(SHARED, null)).isNull();
        assertThat(Fbc.toWrite(SHARED, null)).isNull();
    }
}
