package kembali.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    private static java.net.InetAddress ip(String literal) {
        return Objects.requireNonNull(IpAddresses.parse(literal));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "192.168.4.0/22, 192.168.7.255, true",
        "192.168.4.0/22, 192.168.8.0, false",
        "0.0.0.0/0, 203.0.113.7, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "203.0.113.7, 203.0.113.7, true",
        "203.0.113.7/32, 203.0.113.8, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true",
        "::/0, fe80::1, true",
        "::/0, 10.0.0.1, false",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "::ffff:10.0.0.1, 10.0.0.1, true"
    })
    void knowsWhichAddressesItHolds(String block, String address, boolean inside) {
        assertThat(Cidr.parse(block).contains(ip(address))).isEqualTo(inside);
        assertThat(Cidr.anyContains(List.of(Cidr.parse("192.0.2.0/24"), Cidr.parse(block)), ip(address)))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0/8",
                "10",
                "localhost",
                "example.com/8",
                "10.0.0.256/8",
                "[::1]/128",
                "fe80::1%eth0"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> Cidr.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not an address block such as 10.0.0.0/8 or 2001:db8::/32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/", "10.0.0.0/x", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/1234"})
    void refusesWhatIsNoNumberOfBits(String text) {
        assertThatThrownBy(() -> Cidr.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number of bits");
    }

    @Test
    void saysWhatWouldBeRight() {
        assertThatThrownBy(() -> Cidr.parse("10.1.2.3/8"))
                .hasMessage("10.1.2.3/8 has bits beyond its prefix; write 10.0.0.0/8");
        assertThatThrownBy(() -> Cidr.parse("2001:db8::1/32")).hasMessageContaining("write 2001:db8::/32");
        assertThatThrownBy(() -> Cidr.parse("10.0.0.0/33")).hasMessage("The prefix of 10.0.0.0 is 0 to 32, not 33");
        assertThatThrownBy(() -> Cidr.parse("::/129")).hasMessageContaining("0 to 128");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "2001:db8::/32", "::1/128", "0.0.0.0/0"})
    void readsBackWhatItWrites(String text) {
        assertThat(Cidr.parse(text)).hasToString(text).isEqualTo(Cidr.parse(" " + text + " "));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:0:0:0:1, 2001:db8::1", "0:0:0:0:0:0:0:0, ::", "::1, ::1", "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7", "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::", "FE80::A, fe80::a",
                "203.0.113.7, 203.0.113.7"
    })
    void writesAddressesInTheirShortForm(String written, String text) {
        assertThat(IpAddresses.text(ip(written))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, true", "8.8.8.8, true", "2001:db8::1, true", "10.1.1.1, false", "172.16.0.1, false",
                "172.32.0.1, true",
        "192.168.1.1, false", "127.0.0.1, false", "169.254.1.1, false", "::1, false", "fe80::1, false",
                "fc00::1, false",
        "fd12::1, false", "0.0.0.0, false", "::, false", "224.0.0.1, false", "::ffff:10.0.0.1, false"
    })
    void knowsAddressesOfTheInternet(String address, boolean isPublic) {
        assertThat(IpAddresses.isPublic(ip(address))).isEqualTo(isPublic);
    }
}
