package kembali.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
    private static final AllowedOrigins SHOP =
            new AllowedOrigins(List.of("https://shop.example", "https://*.brand.example", "http://localhost:3000"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example",
                "HTTPS://SHOP.EXAMPLE",
                "https://www.brand.example",
                "https://a.b.brand.example",
                "http://localhost:3000"
            })
    void letsTheseIn(String origin) {
        assertThat(SHOP.allow(origin)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.example",
                "https://shop.example:8443",
                "https://www.shop.example",
                "https://brand.example",
                "https://.brand.example",
                "https://evilbrand.example",
                "https://www.brand.example.evil.example",
                "http://www.brand.example",
                "http://localhost",
                "null",
                ""
            })
    void keepsTheseOut(String origin) {
        assertThat(SHOP.allow(origin)).isFalse();
    }

    @Test
    void withoutAListEverybodyMayAndAProgramWithoutAnOriginAlways() {
        assertThat(new AllowedOrigins(List.of()).allow("https://any.example")).isTrue();
        assertThat(SHOP.allow(null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://shop.example", "https://*.shop.example", "http://127.0.0.1:8080", "https://localhost"})
    void takesTheseAsOrigins(String written) {
        assertThat(AllowedOrigins.complaint(written)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "shop.example",
                "https://",
                "https://*",
                "https://shop.example/",
                "https://shop.example/path",
                "https://*.*.example",
                "https://sh*p.example",
                "ftp://shop.example",
                "https://user@shop.example",
                "https://shop.example:"
            })
    void refusesTheseAsOrigins(String written) {
        assertThat(AllowedOrigins.complaint(written)).isNotNull();
    }
}
