package kembali.capture.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36 | Chrome | 131.0 | 14 | SM-A155F | mobile",
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36 | Chrome | 131.0 | 10 | - | mobile",
                "Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 | Chrome | 120.0 | 13 | SM-X200 | tablet",
                "Mozilla/5.0 (Linux; Android 12; M2101K6G Build/SKQ1.210908.001; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/440.0.0.1;] | Facebook | 440.0 | 12 | M2101K6G | mobile",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1 | Safari | 17.5 | 17.5 | iPhone | mobile",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 330.0.3.29.92 (iPhone14,5) | Instagram | 330.0 | 17.5 | iPhone | mobile",
                "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/120.0.6099.50 Mobile/15E148 Safari/604.1 | Chrome | 120.0 | 16.6 | iPad | tablet",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.51 | Edge | 131.0 | 10.0 | - | desktop",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15 | Safari | 17.4 | 10.15 | - | desktop",
                "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0 | Firefox | 132.0 | - | - | desktop",
                "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36 | Samsung Internet | 26.0 | 14 | SM-S921B | mobile",
            })
    void isReadOffTheUserAgent(
            String userAgent, String browser, String version, String osVersion, String model, String type) {
        assertThat(Device.of(userAgent)).isEqualTo(new Device(browser, version, osVersion, model, type));
    }

    @Test
    void nobodySaysNothing() {
        assertThat(Device.of(null)).isEqualTo(new Device(null, null, null, null, "desktop"));
    }

    @Property(tries = 1_000, seed = "20261120")
    void anyUserAgentIsRead(@ForAll String userAgent) {
        assertThat(Device.of("Android 14; " + userAgent).type()).isIn("mobile", "tablet", "desktop");
        assertThat(Device.of(userAgent)).isNotNull();
    }
}
