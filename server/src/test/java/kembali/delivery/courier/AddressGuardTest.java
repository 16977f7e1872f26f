package kembali.delivery.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import kembali.support.Cidr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final AddressGuard GUARD = new AddressGuard(List.of());

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, a loopback address",
        "127.255.255.254, a loopback address",
        "::1, a loopback address",
        "0.0.0.0, an unspecified address",
        "0.1.2.3, an unspecified address",
        "::, an unspecified address",
        "10.1.2.3, a private address",
        "172.31.255.255, a private address",
        "192.168.1.1, a private address",
        "fd12:3456::1, a private address",
        "fec0::1, a private address",
        "100.64.0.1, a carrier-grade NAT address",
        "100.127.255.255, a carrier-grade NAT address",
        "169.254.10.10, a link-local address",
        "fe80::1, a link-local address",
        "169.254.169.254, a cloud metadata service",
        "100.100.100.200, a cloud metadata service",
        "168.63.129.16, a cloud metadata service",
        "fd00:ec2::254, a cloud metadata service",
        "224.0.0.1, a multicast address",
        "ff02::1, a multicast address",
        "255.255.255.255, a reserved address",
        "198.19.0.1, a reserved address",
        "2001:0:1::1, a tunnel address",
        "::ffff:10.0.0.1, a private address",
        "::127.0.0.1, a loopback address",
        "64:ff9b::a00:1, a private address",
        "2002:7f00:1::1, a loopback address",
    })
    void refusesWhatIsNotThePublicInternet(String address, String kind) {
        assertThat(GUARD.complaint(InetAddress.ofLiteral(address))).isEqualTo("is " + kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "64:ff9b::101:101",
                "2002:101:101::1",
            })
    void letsPublicAddressesPass(String address) {
        assertThat(GUARD.complaint(InetAddress.ofLiteral(address))).isNull();
    }

    @Test
    void opensOnlyWhatTheOperatorAllowed() {
        var guard = new AddressGuard(Cidr.parseList("10.1.0.0/16, ::1"));

        assertThat(guard.complaint(InetAddress.ofLiteral("10.1.2.3"))).isNull();
        assertThat(guard.complaint(InetAddress.ofLiteral("64:ff9b::a01:203"))).isNull(); // the same by NAT64
        assertThat(guard.complaint(InetAddress.ofLiteral("::1"))).isNull();
        assertThat(guard.complaint(InetAddress.ofLiteral("10.2.0.1"))).isNotNull();
        assertThat(guard.complaint(InetAddress.ofLiteral("127.0.0.1"))).isNotNull();
    }
}
