package kembali.delivery.courier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kembali.delivery.courier.ProxyAddress.Kind;
import kembali.delivery.courier.ProxyAddress.Login;
import kembali.support.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyAddressTest {
    @Test
    void readsKindPlaceAndLogin() {
        assertThat(ProxyAddress.parse(" http://ana:s3cret@Proxy.example.com:3128/ "))
                .isEqualTo(new ProxyAddress(Kind.HTTP, "proxy.example.com", 3128, new Login("ana", "s3cret")));
        assertThat(ProxyAddress.parse("socks5://203.0.113.9:1080"))
                .isEqualTo(new ProxyAddress(Kind.SOCKS5, "203.0.113.9", 1080, null));
        assertThat(ProxyAddress.parse("socks5h://[2001:db8::1]:1080"))
                .isEqualTo(new ProxyAddress(Kind.SOCKS5, "2001:db8::1", 1080, null));
    }

    @Test
    void readsPasswordsWithSpecialCharacters() {
        assertThat(ProxyAddress.parse("http://ana:p%40ss%2Fw+rd@proxy.example.com:3128")
                        .login())
                .isEqualTo(new Login("ana", "p@ss/w+rd"));
        assertThat(ProxyAddress.parse("http://ana:a:b@c@proxy.example.com:3128").login())
                .isEqualTo(new Login("ana", "a:b@c"));
        assertThat(ProxyAddress.parse("http://ana:100%@proxy.example.com:3128").login())
                .isEqualTo(new Login("ana", "100%"));
        assertThat(ProxyAddress.parse("http://ana@proxy.example.com:3128").login())
                .isEqualTo(new Login("ana", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "proxy.example.com:3128, must begin with http:// or socks5://",
        "ftp://ana:s3cret@proxy.example.com:21, must begin with http:// or socks5://",
        "https://ana:s3cret@proxy.example.com:443, begins with https://",
        "http://ana:s3cret@proxy.example.com, names no port",
        "http://ana:s3cret@proxy.example.com:0, has a port that is no number from 1 to 65535",
        "http://ana:s3cret@proxy.example.com:99999, has a port that is no number from 1 to 65535",
        "http://ana:s3cret@proxy.example.com:3128/path, 'must end after the port, without a path'",
        "http://ana:s3cret@:3128, names no host",
        "http://ana:s3cret@pro xy:3128, has a host that is neither a name nor an IP address",
        "http://ana:s3cret@[proxy]:3128, has a host that is neither a name nor an IP address",
        "http://ana:s3cret@2001:db8::1:3128, has a port that is no number from 1 to 65535",
        "http://:s3cret@proxy.example.com:3128, has a password but no user name",
        "http://a%3Ab:s3cret@proxy.example.com:3128, has a colon in the user name",
    })
    void saysWhatIsWrongWithoutThePassword(String text, String complaint) {
        assertThatThrownBy(() -> ProxyAddress.parse(text)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.errors()).singleElement().satisfies(error -> {
                assertThat(error.field()).isEqualTo("proxy");
                assertThat(error.message())
                        .startsWith(complaint)
                        .endsWith("write it like http://user:password@proxy.example.com:3128")
                        .doesNotContain("s3cret");
            });
        });
    }

    @Test
    void refusesLoginsSocksCannotCarry() {
        assertThatThrownBy(() -> ProxyAddress.parse("socks5://ana:" + "x".repeat(256) + "@proxy.example.com:1080"))
                .hasMessageContaining("over 255 bytes");
    }

    @Test
    void printsNoLogin() {
        var proxy = ProxyAddress.parse("socks5://ana:s3cret@[2001:db8::1]:1080");

        assertThat(proxy).hasToString("socks5://***@[2001:db8::1]:1080");
        assertThat(String.valueOf(proxy.login())).isEqualTo("***");
    }
}
