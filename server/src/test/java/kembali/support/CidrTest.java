package kembali.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
        "2001:db8:8000::/33, 2001:db8:8000::1, true",
        "2001:db8:8000::/33, 2001:db8:7fff::1, false",
        "::1, ::1, true",
        "::/0, 10.0.0.1, false",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
    })
    void containsExactlyItsAddresses(String block, String address, boolean inside) {
        assertThat(Cidr.parse(block).contains(InetAddress.ofLiteral(address))).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1/8, has bits set after its prefix; write 10.0.0.0/8",
        "fd00::1/8, has bits set after its prefix; write fd00:0:0:0:0:0:0:0/8",
        "10.0.0.0/33, has the prefix length 33; 0 to 32 would fit",
        "::/129, has the prefix length 129; 0 to 128 would fit",
        "10.0.0.0/, 'has no number after the slash, such as 10.0.0.0/8'",
        "10.0.0.0/-1, 'has no number after the slash, such as 10.0.0.0/8'",
        "10/8, is not an IP address block such as 10.0.0.0/8 or fd00::/8",
        "10.0.0.256/32, is not an IP address block such as 10.0.0.0/8 or fd00::/8",
        "fe80::1%1, is not an IP address block such as 10.0.0.0/8 or fd00::/8",
        "localhost, is not an IP address block such as 10.0.0.0/8 or fd00::/8",
    })
    void saysWhatIsWrong(String block, String complaint) {
        assertThatThrownBy(() -> Cidr.parse(block))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(complaint);
    }

    @Test
    void readsListsAndNamesTheBadBlock() {
        assertThat(Cidr.parseList(" 10.0.0.0/8,fd00::/8  127.0.0.1 "))
                .extracting(Cidr::toString)
                .containsExactly("10.0.0.0/8", "fd00:0:0:0:0:0:0:0/8", "127.0.0.1/32");
        assertThat(Cidr.parseList("")).isEmpty();
        assertThatThrownBy(() -> Cidr.parseList("10.0.0.0/8, 10.0.0.0/40"))
                .hasMessageStartingWith("\"10.0.0.0/40\" has the prefix length");
    }
}
