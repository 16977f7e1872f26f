package kembali.platform.ga4;

import static org.assertj.core.api.Assertions.assertThat;

import kembali.identity.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ga4PrivacyTest {
    private static final Person BUDI =
            new Person(null, null, "0812-3456-7890", "+6281234567890", null, null, null, null, null, null, null, null);

    @ParameterizedTest
    @CsvSource({
        "https://toko.example/, https://toko.example/",
        "HTTPS://Toko.example/A?b=C&gclid=Cj0_-x, HTTPS://Toko.example/A?b=C&gclid=Cj0_-x",
        "https://toko.example/?email=x, https://toko.example/",
        "https://toko.example/?a=1&e-mail=x&b=2, https://toko.example/?a=1&b=2",
        "https://toko.example/?a=budi%40example.co.id&b=2, https://toko.example/?b=2",
        "https://toko.example/?a=budi@example.co.id, https://toko.example/",
        "https://toko.example/?budi@example.co.id, https://toko.example/",
        "https://toko.example/?phone=081&utm_source=x#top, https://toko.example/?utm_source=x#top",
        "https://toko.example/?&&a=1, https://toko.example/?a=1",
        "https://toko.example/#budi@example.co.id, https://toko.example/",
        "https://medium.example/@budi/x?by=@budi, https://medium.example/@budi/x?by=@budi",
        "https://toko.example/u/budi%40example.co.id, https://toko.example/u/redacted",
        "https://user:pass@toko.example/x, https://toko.example/x",
        "https://toko.example/?a=%4, https://toko.example/?a=%4"
    })
    void keepsPersonalDataOutOfAddresses(String raw, String clean) {
        assertThat(Ga4Privacy.page(raw)).isEqualTo(clean);
        assertThat(Ga4Privacy.page(clean)).as("the clean one again").isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "toko.example",
                "/promo",
                "javascript:alert(1)",
                "android-app://com.example",
                "https://",
                "http:/"
            })
    void takesOnlyWebAddresses(String url) {
        assertThat(Ga4Privacy.page(url)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "budi@example.co.id",
                "hubungi budi@example.co.id ya",
                "<budi@example.co.id>",
                "081234567890",
                "+62 812-3456-7890",
                "(0812) 3456.7890"
            })
    void knowsPersonalTexts(String text) {
        assertThat(Ga4Privacy.isPersonal(text, BUDI)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "@", "Kemang", "@budi", "a @ b", "5 @ 3.50", "12190", "INV-2026-0001", "089999999999", "7890"
            })
    void knowsHarmlessTexts(String text) {
        assertThat(Ga4Privacy.isPersonal(text, BUDI)).isFalse();
    }

    @Test
    void readsQueryParameters() {
        String url = "https://toko.example/?utm_source=google&utm_medium=paid+social&x=&utm_source=later#utm_source=no";
        assertThat(Ga4Privacy.parameter(url, "utm_source")).isEqualTo("google");
        assertThat(Ga4Privacy.parameter(url, "utm_medium")).isEqualTo("paid social");
        assertThat(Ga4Privacy.parameter(url, "x")).isNull();
        assertThat(Ga4Privacy.parameter(url, "utm")).isNull();
        assertThat(Ga4Privacy.parameter("https://toko.example/#?a=1", "a")).isNull();
        assertThat(Ga4Privacy.parameter(null, "a")).isNull();
    }
}
