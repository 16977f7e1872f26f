package kembali.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetCookiesTest {
    private static final String FBC = "fb.1.1790000000000.IwARnew";

    private static List<String> parts(String header) {
        return Arrays.asList(header.split("; "));
    }

    @Test
    void writesTheVisitorCookieForFourHundredDays() {
        assertThat(parts(new SetCookies(true, null).visitor("v", true)))
                .containsExactlyInAnyOrder(
                        "__Secure-kmb_v=v", "Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=34560000");
    }

    @Test
    void keepsTheVisitorForTheSessionOnlyWithoutConsent() {
        assertThat(parts(new SetCookies(true, null).visitor("v", false)))
                .containsExactlyInAnyOrder("__Secure-kmb_v=v", "Path=/", "Secure", "HttpOnly", "SameSite=Lax");
    }

    @Test
    void writesNoSecureCookieOverPlainHttp() {
        var cookies = new SetCookies(false, null);

        assertThat(cookies.visitorName()).isEqualTo("kmb_v");
        assertThat(parts(cookies.visitor("v", true)))
                .containsExactlyInAnyOrder("kmb_v=v", "Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=34560000");
    }

    @Test
    void writesMetasClickCookieReadableByScriptForNinetyDays() {
        assertThat(parts(new SetCookies(true, ".Shop.example").fbc(FBC)))
                .containsExactlyInAnyOrder(
                        "_fbc=" + FBC, "Path=/", "Secure", "SameSite=Lax", "Max-Age=7776000", "Domain=shop.example");
        assertThatThrownBy(() -> new SetCookies(true, null).fbc("x; Domain=evil"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void widensTheVisitorCookieToTheBrandsDomain() {
        assertThat(parts(new SetCookies(true, "shop.example").visitor("v", true)))
                .contains("Domain=shop.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.example; HttpOnly", "https://shop.example", "a..b", "shop.example.", "ex ample"})
    void refusesADomainThatIsNoHostName(String domain) {
        assertThatThrownBy(() -> new SetCookies(true, domain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as shop.example");
    }
}
