package kembali.platform.meta;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "' 203.0.113.7 ', 203.0.113.7",
        "203.0.113.7:443, 203.0.113.7",
        "172.15.0.1, 172.15.0.1",
        "172.32.0.1, 172.32.0.1",
        "100.63.0.1, 100.63.0.1",
        "2001:db8::7, 2001:db8::7",
        "[2001:db8::7]:443, 2001:db8::7",
        "2001:db8::7%eth0, 2001:db8::7",
        "::ffff:203.0.113.7, 203.0.113.7"
    })
    void givesTheBareAddress(String raw, String bare) {
        assertThat(PublicAddress.of(raw)).isEqualTo(bare);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.20",
                "127.0.0.1",
                "169.254.1.1",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1%eth0",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1..2.3",
                "1.2.3.",
                "localhost",
                "example.com",
                "12345",
                "[::1",
                "g::1",
                "1:2",
                "１.2.3.4"
            })
    void leavesOutWhatIsNotAVisitorsAddress(String raw) {
        assertThat(PublicAddress.of(raw)).isNull();
    }
}
