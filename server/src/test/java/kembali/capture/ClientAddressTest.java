package kembali.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kembali.support.Cidr;
import kembali.support.IpAddresses;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    private static final String PROXY = "10.0.0.5";
    private final ClientAddress client =
            new ClientAddress(List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("2001:db8:ffff::/48")));

    private @Nullable String of(String peer, List<String> forwardedFor, List<String> forwarded) {
        var address = client.of(peer, forwardedFor, forwarded);
        return address == null ? null : IpAddresses.text(address);
    }

    private @Nullable String forwardedFor(String... headers) {
        return of(PROXY, List.of(headers), List.of());
    }

    private @Nullable String forwarded(String... headers) {
        return of(PROXY, List.of(), List.of(headers));
    }

    @Test
    void believesNoHeaderOfAnUnknownPeer() {
        assertThat(of("198.51.100.1", List.of("203.0.113.7"), List.of("for=203.0.113.7")))
                .isEqualTo("198.51.100.1");
        assertThat(IpAddresses.text(java.util.Objects.requireNonNull(
                        new ClientAddress(List.of()).of(PROXY, List.of("203.0.113.7"), List.of()))))
                .isEqualTo(PROXY);
    }

    @Test
    void takesTheRightmostHopThatIsNoTrustedProxy() {
        assertThat(forwardedFor("203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(forwardedFor("1.1.1.1, 203.0.113.7, 10.9.9.9")).isEqualTo("203.0.113.7");
        assertThat(forwardedFor("1.1.1.1", "203.0.113.7", "10.9.9.9")).isEqualTo("203.0.113.7");
        assertThat(forwardedFor("203.0.113.7,2001:db8:ffff::1")).isEqualTo("203.0.113.7");
        assertThat(forwardedFor("unknown, 203.0.113.7")).isEqualTo("203.0.113.7");
    }

    @Test
    void takesTheLeftmostHopWhenAllAreTrusted() {
        assertThat(forwardedFor("10.1.1.1, 10.2.2.2")).isEqualTo("10.1.1.1");
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7:4711, 203.0.113.7", "[2001:db8::1]:4711, 2001:db8::1", "[2001:db8::1], 2001:db8::1",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1", "2001:db8::1%eth0, 2001:db8::1", "::ffff:203.0.113.7, 203.0.113.7",
        "'\"203.0.113.7\"', 203.0.113.7", "' 203.0.113.7 ', 203.0.113.7"
    })
    void stripsPortBracketsAndZone(String hop, String address) {
        assertThat(forwardedFor(hop)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "unknown",
                "garbage",
                "203.0.113",
                "203.0.113.7.8",
                "203.0.113.256",
                "1",
                "203.0.113.7:",
                "203.0.113.7:x;y",
                "[2001:db8::1",
                "[2001:db8::1]x",
                "localhost",
                "example.com",
                "203.0.113.7, ",
                ":::",
                "0x7f.0.0.1",
                "-1.0.0.0"
            })
    void leavesThePeerWhereTheHopCannotBeRead(String header) {
        assertThat(forwardedFor(header)).isEqualTo(PROXY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    for=203.0.113.7                                          | 203.0.113.7
                    For="[2001:db8:cafe::17]:4711"                           | 2001:db8:cafe::17
                    for=203.0.113.7;proto=https;by=10.0.0.1                  | 203.0.113.7
                    proto=https; for=203.0.113.7                             | 203.0.113.7
                    for=1.1.1.1, for=203.0.113.7, for=10.0.0.9               | 203.0.113.7
                    for="203.0.113.7:_port"                                  | 203.0.113.7
                    for=_hidden                                              | 10.0.0.5
                    for=unknown                                              | 10.0.0.5
                    proto=https                                              | 10.0.0.5
                    for=203.0.113.7, proto=https                             | 10.0.0.5
                    for=203.0.113.7;ext="a,b;for=1.1.1.1"                    | 203.0.113.7
                    for=203.0.113.7;ext="a\\",b"                             | 203.0.113.7
                    FOR="\\[2001:db8::1\\]:443"; ext="x" , for=10.0.0.9      | 2001:db8::1
                    for=1.1.1.1;for=203.0.113.7                              | 10.0.0.5
                    for="2001:db8::1"                                        | 2001:db8::1
                    for=203.0.113.7 ;proto=https                             | 203.0.113.7
                    """)
    void readsTheStandardHeader(String header, String address) {
        assertThat(forwarded(header)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=1.1.1.1;x=\"",
                "for=1.1.1.1;x=\"a\\",
                "\"",
                "for=1.1.1.1;x=a\"b",
                "for=\"1.1.1.1\"x",
                "for=1.1.1.1;x=\"a\";\""
            })
    void readsWhatTheProxyWroteBehindAnOpenQuote(String sent) {
        assertThat(forwarded(sent + ", for=203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(forwarded(sent + ", for=\"[2001:db8::1]:4711\"")).isEqualTo("2001:db8::1");
        assertThat(forwarded(sent + ", for=\"203.0.113.7:80\";proto=https;by=\"10.0.0.1\""))
                .isEqualTo("203.0.113.7");
        assertThat(forwarded(sent, "for=203.0.113.7")).isEqualTo("203.0.113.7");
    }

    @Test
    void readsLongHeadersInTimeThatGrowsWithThem() {
        for (String part : new String[] {"\"", "=\"\"", ";", "a=\"\\", ",", "for=\"1.1.1.1\";"}) {
            assertThat(forwarded(part.repeat(200_000) + ", for=203.0.113.7")).isNotNull();
        }
    }

    @Test
    void trustsProxiesOfBothFamilies() {
        assertThat(of("2001:db8:ffff::2", List.of("2001:db8:aaaa::7, 10.0.0.9"), List.of()))
                .isEqualTo("2001:db8:aaaa::7");
        assertThat(of("::ffff:10.0.0.5", List.of("203.0.113.7"), List.of())).isEqualTo("203.0.113.7");
        assertThat(of("2001:db8:fffe::2", List.of("203.0.113.7"), List.of())).isEqualTo("2001:db8:fffe::2");
    }

    @Test
    void leavesThePeerWhereTheTwoHeadersContradictEachOther() {
        assertThat(of(PROXY, List.of("203.0.113.7"), List.of("for=203.0.113.7")))
                .isEqualTo("203.0.113.7");
        assertThat(of(PROXY, List.of("203.0.113.7"), List.of("for=198.51.100.9")))
                .isEqualTo(PROXY);
    }

    @Test
    void readsThePeerAsServersWriteIt() {
        assertThat(of("0:0:0:0:0:0:0:1%0", List.of(), List.of())).isEqualTo("::1");
        assertThat(of("/run/kembali.sock", List.of("203.0.113.7"), List.of())).isNull();
        assertThat(client.of(null, List.of(), List.of())).isNull();
    }

    @Test
    void looksAtABoundedNumberOfHops() {
        assertThat(forwardedFor("203.0.113.7" + ", 10.0.0.9".repeat(1_000))).isEqualTo("10.0.0.9");
    }
}
