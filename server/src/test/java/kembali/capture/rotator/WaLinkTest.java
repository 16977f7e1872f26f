package kembali.capture.rotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kembali.capture.rotator.WaLink.Host;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaLinkTest {
    @Test
    void opensTheNumberWithTheDraft() {
        assertThat(WaLink.to(Host.WA_ME, "6281234567890", "Halo [ABC1234] a+b"))
                .isEqualTo("https://wa.me/6281234567890?text=Halo%20%5BABC1234%5D%20a%2Bb");
        assertThat(WaLink.to(Host.API, "6281234567890", "Halo"))
                .isEqualTo("https://api.whatsapp.com/send?phone=6281234567890&text=Halo");
    }

    @ParameterizedTest
    @CsvSource({
        "'a b', a%20b",
        "'a\nb', a%0Ab",
        "a+b, a%2Bb",
        "[x], %5Bx%5D",
        "😀, %F0%9F%98%80",
        "a&b=c?d#e%, a%26b%3Dc%3Fd%23e%25",
        "é, %C3%A9"
    })
    void encodesTheDraftForAUrl(String text, String encoded) {
        assertThat(WaLink.encode(text)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+6281234567890", "+62 812-3456-7890", "(62) 812.3456.7890", "62\u00A081234567890"})
    void writesOnlyTheDigitsOfTheNumber(String phone) {
        assertThat(WaLink.to(Host.WA_ME, phone, "x")).isEqualTo("https://wa.me/6281234567890?text=x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "081234567890", "12345", "1234567890123456", "62812/../x", "٦٢٨١٢٣٤٥٦٧"})
    void refusesWhatIsNoFullNumber(String phone) {
        assertThatThrownBy(() -> WaLink.to(Host.WA_ME, phone, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsTheTwoHostsByName() {
        assertThat(Host.named("WA.me ")).isEqualTo(Host.WA_ME);
        assertThat(Host.named("api.whatsapp.com")).isEqualTo(Host.API);
        assertThat(Host.API.hostName()).isEqualTo("api.whatsapp.com");
        assertThatThrownBy(() -> Host.named("evil.test")).hasMessageContaining("evil.test");
    }
}
