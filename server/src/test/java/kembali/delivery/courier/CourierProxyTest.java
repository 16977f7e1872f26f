package kembali.delivery.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CourierProxyTest extends CourierFixture {
    private static ProxyAddress proxy(String scheme, String login, LoopbackServer server) {
        return ProxyAddress.parse(scheme + "://" + login + "@127.0.0.1:" + server.port());
    }

    private LoopbackServer tlsTarget() throws Exception {
        var target = new LoopbackServer[1];
        target[0] = tlsServer(peer -> target[0].answerAll(peer));
        return target[0];
    }

    @Test
    void tunnelsTlsThroughAnHttpProxy() throws Exception {
        var target = tlsTarget();
        var proxy = closing(LoopbackProxies.http());
        var courier = courier();
        // Only the proxy knows this name: it must be resolved there, and still be what the certificate is checked for.
        String url = "https://shop.test:" + target.port();

        for (int i = 0; i < 20; i++) {
            assertAnswered(send(courier, post(url), proxy("http", "ana:s3cret", proxy)), 200);
        }

        assertThat(target.requests).hasSize(20).allSatisfy(received -> {
            assertThat(received.header("proxy-authorization")).isNull();
            assertThat(received.header("host")).isEqualTo("shop.test:" + target.port());
        });
        assertThat(proxy.requests.getFirst().line()).startsWith("CONNECT shop.test:" + target.port());
        assertThat(proxy.connections.get())
                .isLessThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        var target = tlsTarget();
        var proxy = closing(LoopbackProxies.http());

        assertNotSent(
                send(courier(), post("https://other.test:" + target.port()), proxy("http", "ana:s3cret", proxy)),
                "TLS with other.test:" + target.port() + " failed: No subject alternative DNS name");
        assertThat(target.requests).isEmpty();
    }

    @Test
    void forwardsPlainRequestsThroughAnHttpProxy() throws Exception {
        var target = closing(LoopbackServer.friendly());
        var proxy = closing(LoopbackProxies.http());

        assertAnswered(
                send(courier(), post("http://shop.test:" + target.port()), proxy("http", "ana:s3cret", proxy)), 200);

        assertThat(target.requests).hasSize(1);
        assertThat(proxy.requests.getFirst().line()).startsWith("POST http://shop.test:" + target.port() + "/v21.0/");
    }

    @Test
    void tunnelsThroughASocksProxy() throws Exception {
        var plain = closing(LoopbackServer.friendly());
        var tls = tlsTarget();
        var proxy = closing(LoopbackProxies.socks5());
        var courier = courier();

        assertAnswered(
                send(courier, post("http://shop.test:" + plain.port()), proxy("socks5", "ana:s3cret", proxy)), 200);
        assertAnswered(
                send(courier, post("https://shop.test:" + tls.port()), proxy("socks5", "ana:s3cret", proxy)), 200);
        assertAnswered(send(courier, post(plain.url()), proxy("socks5", "ana:s3cret", proxy)), 200);

        assertThat(plain.requests).hasSize(2);
        assertThat(tls.requests).hasSize(1);
    }

    @Test
    void nothingWasSentWhenTheProxyRefusesTheLogin() throws Exception {
        var plain = closing(LoopbackServer.friendly());
        var tls = tlsTarget();
        var http = closing(LoopbackProxies.http());
        var socks = closing(LoopbackProxies.socks5());
        var courier = courier();
        String tlsUrl = "https://shop.test:" + tls.port();

        assertNotSent(
                send(courier, post(tlsUrl), proxy("http", "ana:not-s3cret", http)),
                "the proxy http://***@127.0.0.1:" + http.port() + " refused the login");
        assertNotSent(send(courier, post(plain.url()), proxy("http", "ana:not-s3cret", http)), "refused the login");
        assertNotSent(send(courier, post(tlsUrl), proxy("socks5", "ana:not-s3cret", socks)), "refused the login");
        assertNotSent(
                send(courier, post(tlsUrl), ProxyAddress.parse("socks5://127.0.0.1:" + socks.port())), "the proxy");

        assertThat(plain.connections).hasValue(0);
        assertThat(tls.connections).hasValue(0);
    }

    @Test
    void nothingWasSentWhenTheProxyCannotReachTheTarget() throws Exception {
        int gone;
        try (ServerSocket closed = LoopbackServer.listener()) {
            gone = closed.getLocalPort();
        }
        var http = closing(LoopbackProxies.http());
        var socks = closing(LoopbackProxies.socks5());
        String url = "https://shop.test:" + gone;

        assertNotSent(send(courier(), post(url), proxy("http", "ana:s3cret", http)), "refused: 502");
        assertNotSent(send(courier(), post(url), proxy("socks5", "ana:s3cret", socks)), "refused: CONNECTION_REFUSED");
    }

    @Test
    void nothingWasSentWhenTheProxyIsGoneOrSilent() throws Exception {
        int gone;
        try (ServerSocket closed = LoopbackServer.listener()) {
            gone = closed.getLocalPort();
        }
        assertNotSent(
                send(courier(), post("https://shop.test"), ProxyAddress.parse("http://127.0.0.1:" + gone)),
                "the connection to http://127.0.0.1:" + gone + " was refused");

        var silent = server(LoopbackServer.Peer::awaitClose);
        var courier = courier(CourierSettings.of("1.2.3").withTimeouts(Duration.ofMillis(250), Duration.ofSeconds(10)));
        assertNotSent(send(courier, post("https://shop.test"), proxy("http", "ana:s3cret", silent)), "did not answer");
        assertNotSent(
                send(courier, post("https://shop.test"), proxy("socks5", "ana:s3cret", silent)), "did not answer");

        var rude = server(peer -> peer.in().read());
        assertNotSent(send(courier, post("https://shop.test"), proxy("http", "ana:s3cret", rude)), "the proxy");
    }

    @Test
    void theAnswerIsLostWhenTheProxyDropsTheTunnel() throws Exception {
        var target = tlsServer(peer -> peer.read());
        var proxy = closing(LoopbackProxies.http());

        assertAnswerLost(
                send(courier(), post("https://shop.test:" + target.port()), proxy("http", "ana:s3cret", proxy)),
                "before the answer was complete");
    }

    @Test
    void loginsDoNotShareConnections() throws Exception {
        var target = closing(LoopbackServer.friendly());
        var proxy = closing(LoopbackProxies.socks5());
        var courier = courier();
        for (int i = 0; i < 8; i++) {
            assertAnswered(send(courier, post(target.url()), proxy("socks5", "ana:s3cret", proxy)), 200);
        }

        for (int i = 0; i < 8; i++) {
            assertNotSent(send(courier, post(target.url()), proxy("socks5", "ana:other", proxy)), "refused the login");
        }
        assertAnswered(send(courier, post(target.url()), proxy("socks5", "ana:s3cret", proxy)), 200);
    }

    @Test
    void proxiesNobodyUsesAreLetGo() throws Exception {
        var target = closing(LoopbackServer.friendly());
        var closed = new CountDownLatch(1);
        var proxy = server(peer -> {
            peer.in().readNBytes(3);
            peer.out().write(new byte[] {5, 0});
            peer.in().readNBytes(10);
            peer.out().write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
            target.answerAll(peer);
            closed.countDown();
        });
        var courier = courier(CourierSettings.of("1.2.3").withKeepAlive(Duration.ofSeconds(1)));

        assertAnswered(
                send(courier, post(target.url()), ProxyAddress.parse("socks5://127.0.0.1:" + proxy.port())), 200);

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refusesProxiesAtAddressesTheOperatorDidNotAllow() throws Exception {
        var proxy = closing(LoopbackProxies.http());
        var strict = closing(new Courier(vertx, CourierSettings.of("1.2.3"), new AddressGuard(List.of())));

        assertNotSent(
                send(strict, post("https://shop.test"), proxy("http", "ana:s3cret", proxy)),
                "127.0.0.1 is a loopback address; the operator can allow it with KEMBALI_ALLOW_PRIVATE_ADDRESSES");
        assertNotSent(
                send(
                        strict,
                        post("https://shop.test"),
                        ProxyAddress.parse("http://ana:s3cret@localhost:" + proxy.port())),
                "localhost is a loopback address");
        assertThat(proxy.connections).hasValue(0);
    }
}
