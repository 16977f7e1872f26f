package kembali.delivery.courier;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kembali.delivery.courier.Dispatch.Obstacle;
import kembali.platform.PlatformRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses users entered: only public ones are reached, whatever names and redirections say. */
class CourierEnteredTest extends CourierFixture {
    private static final String HOSTS =
            "127.0.0.1 localhost\n127.0.0.1 evil.test\n10.0.0.1 inside.test\n127.0.0.1 shop.test\n";

    /** Knows names of its own. */
    private static Vertx named;

    @BeforeAll
    static void openNamed() {
        named = Vertx.vertx(new VertxOptions()
                .setAddressResolverOptions(new AddressResolverOptions().setHostsValue(Buffer.buffer(HOSTS))));
    }

    @AfterAll
    static void closeNamed() {
        named.close().toCompletionStage().toCompletableFuture().join();
    }

    private Courier strict() {
        return closing(new Courier(named, CourierSettings.of("1.2.3"), new AddressGuard(List.of())));
    }

    /** Reaches loopback as an operator may allow, and nothing else that is private. */
    private Courier loopback(CourierSettings settings) throws Exception {
        return closing(new Courier(named, settings.withTrust(selfSigned.trust()), LOOPBACK_ALLOWED));
    }

    private Courier loopback() throws Exception {
        return loopback(CourierSettings.of("1.2.3"));
    }

    private static PlatformRequest entered(String method, String url, String body) {
        return new PlatformRequest(
                method,
                URI.create(url),
                url,
                Map.of("X-Api-Key", SECRET, "Content-Type", "application/json"),
                body,
                true);
    }

    private static PlatformRequest entered(String url) {
        return entered("GET", url, "");
    }

    /** Answers each request with a redirection to the next of these places, and the last with 200. */
    private LoopbackServer redirecting(int status, String... places) {
        var self = new LoopbackServer[1];
        var left = new ArrayList<>(List.of(places));
        self[0] = server(peer -> {
            for (var r = peer.read(); r != null; r = peer.read()) {
                self[0].requests.add(r);
                if (left.isEmpty()) {
                    peer.answer(200, "there");
                } else {
                    peer.write("HTTP/1.1 " + status + " X\r\nLocation: " + left.removeFirst()
                            + "\r\nContent-Length: 4\r\n\r\ngone");
                }
            }
        });
        return self[0];
    }

    private static void assertForbidden(Dispatch dispatch, String why) {
        assertThat(dispatch).isInstanceOfSatisfying(Dispatch.NotSent.class, n -> {
            assertThat(n.obstacle()).isEqualTo(Obstacle.FORBIDDEN);
            assertThat(n.error()).contains(why).doesNotContain(SECRET);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254/latest/meta-data/, a cloud metadata service",
        "http://127.0.0.1:9/, a loopback address",
        "http://[::1]:9/, a loopback address",
        "http://[::ffff:10.0.0.1]/, a private address",
        "http://evil.test/, evil.test is a loopback address",
        "https://evil.test/, evil.test is a loopback address",
        "http://inside.test/, inside.test is a private address",
        "http://localhost/, a loopback address",
        "http://0.0.0.0/, an unspecified address",
        "http://192.168.1.1/, a private address",
        "http://224.0.0.1/, a multicast address",
    })
    void refusesWhatLiesInside(String url, String why) throws Exception {
        assertForbidden(send(strict(), entered(url), null), why);
    }

    @Test
    void anOperatorsOwnAddressIsNotAskedAbout() throws Exception {
        var server = closing(LoopbackServer.friendly());
        assertAnswered(send(strict(), post(server.url()), null), 200);
    }

    @Test
    void aRedirectionIntoTheInsideIsRefused() throws Exception {
        for (String inside : List.of("http://10.0.0.1/x", "//inside.test/x", "http://169.254.169.254/")) {
            var server = redirecting(302, inside);
            assertForbidden(send(loopback(), entered(server.url() + "/a"), null), "the redirection to ");
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void threeRedirectionsAreFollowedAndNoFourth() throws Exception {
        var three = redirecting(302, "/1", "/2?x=1", "3");
        assertThat(send(loopback(), entered(three.url() + "/0"), null))
                .isInstanceOfSatisfying(
                        Dispatch.Answered.class,
                        a -> assertThat(a.reply().body()).isEqualTo("there"));
        assertThat(three.requests)
                .extracting(r -> r.line().split(" ", -1)[1])
                .containsExactly("/0", "/1", "/2?x=1", "/3");
        var four = redirecting(302, "/1", "/2", "/3", "/4");
        assertAnswered(send(loopback(), entered(four.url() + "/0"), null), 302);
        assertThat(four.requests).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"301, GET", "302, GET", "303, GET", "307, POST", "308, POST"})
    void aPostKeepsItsBodyOnlyWhereTheStatusSaysSo(int status, String method) throws Exception {
        var server = redirecting(status, "/next");
        assertAnswered(send(loopback(), entered("POST", server.url() + "/a", "{\"a\":1}"), null), 200);
        var followed = server.requests.get(1);
        assertThat(followed.line()).startsWith(method + " /next");
        assertThat(followed.body()).isEqualTo(method.equals("POST") ? "{\"a\":1}" : "");
    }

    @Test
    void headersStayWithTheirHost() throws Exception {
        var elsewhere = closing(LoopbackServer.friendly());
        var same = redirecting(307, "/next");
        assertAnswered(send(loopback(), entered("POST", same.url() + "/a", "{}"), null), 200);
        assertThat(same.requests.get(1).header("x-api-key")).isEqualTo(SECRET);
        var other = redirecting(307, elsewhere.url() + "/b");
        assertAnswered(send(loopback(), entered("POST", other.url() + "/a", "{}"), null), 200);
        assertThat(elsewhere.requests.getFirst().header("x-api-key")).isNull();
        assertThat(elsewhere.requests.getFirst().header("content-type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/", "javascript:alert(1)", "http://", "", "http://a b/"})
    void aRedirectionToNoAddressIsTheAnswer(String location) throws Exception {
        var server = redirecting(302, location);
        assertAnswered(send(loopback(), entered(server.url() + "/a"), null), 302);
    }

    @Test
    void platformsAreNotFollowed() throws Exception {
        var server = redirecting(302, "/next");
        assertAnswered(send(loopback(), post(server.url()), null), 302);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void theFirstHostHasSeenWhatCannotBeFollowed() throws Exception {
        int gone;
        try (ServerSocket closed = LoopbackServer.listener()) {
            gone = closed.getLocalPort();
        }
        var server = redirecting(302, "http://127.0.0.1:" + gone + "/");
        assertAnswerLost(send(loopback(), entered(server.url() + "/a"), null), "a redirection could not be followed");
    }

    @Test
    void timeRunsOnOverRedirections() throws Exception {
        var silent = server(LoopbackServer.Peer::awaitClose);
        var server = redirecting(302, silent.url() + "/slow");
        var courier =
                loopback(CourierSettings.of("1.2.3").withTimeouts(Duration.ofMillis(400), Duration.ofMillis(400)));
        Dispatch end = send(courier, entered(server.url() + "/a"), null);
        assertAnswerLost(end, "no whole answer within");
        assertThat(end.took()).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void readsSixtyFourKibibytesAndNoMore() throws Exception {
        var server = server(peer -> {
            peer.read();
            peer.answer(200, "x".repeat(200_000));
        });
        assertThat(send(loopback(), entered(server.url() + "/a"), null))
                .isInstanceOfSatisfying(
                        Dispatch.Answered.class,
                        a -> assertThat(a.reply().body()).hasSize(64 << 10));
        assertThat(CourierSettings.of("x").forEnteredAddresses().totalTimeout()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void asksForAHeadWithoutABody() throws Exception {
        var server = server(peer -> {
            var r = peer.read();
            assertThat(r).isNotNull();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
            peer.awaitClose();
        });
        assertAnswered(send(loopback(), entered("HEAD", server.url() + "/", ""), null), 200);
    }

    @Test
    void aProxyIsToldTheAddressThatWasChecked() throws Exception {
        var target = new LoopbackServer[1];
        target[0] = tlsServer(peer -> target[0].answerAll(peer));
        var proxy = closing(LoopbackProxies.http());
        var via = ProxyAddress.parse("http://ana:s3cret@127.0.0.1:" + proxy.port());
        assertAnswered(send(loopback(), entered("https://shop.test:" + target[0].port() + "/p"), via), 200);
        assertThat(proxy.requests.getFirst().line()).startsWith("CONNECT 127.0.0.1:" + target[0].port());
        assertThat(target[0].requests.getFirst().header("host")).isEqualTo("shop.test:" + target[0].port());
    }

    @Test
    void aProxyIsNoWayIntoTheInside() throws Exception {
        var proxy = closing(LoopbackProxies.socks5());
        var via = ProxyAddress.parse("socks5://ana:s3cret@127.0.0.1:" + proxy.port());
        assertForbidden(send(loopback(), entered("https://inside.test/"), via), "inside.test is a private address");
        assertThat(proxy.connections).hasValue(0);
    }

    @Test
    void saysWhatOfTheWayFailed() throws Exception {
        int gone;
        try (ServerSocket closed = LoopbackServer.listener()) {
            gone = closed.getLocalPort();
        }
        var http = closing(LoopbackProxies.http());
        var socks = closing(LoopbackProxies.socks5());
        var plain = closing(LoopbackServer.friendly());
        String tls = "https://127.0.0.1:" + gone + "/";
        assertObstacle(Obstacle.TARGET, tls, null);
        assertObstacle(Obstacle.PROXY, tls, "http://127.0.0.1:" + gone);
        assertObstacle(Obstacle.PROXY, tls, "socks5://127.0.0.1:" + gone);
        for (String kind : List.of("http://%s@127.0.0.1:" + http.port(), "socks5://%s@127.0.0.1:" + socks.port())) {
            assertObstacle(Obstacle.PROXY_LOGIN, tls, kind.formatted("ana:wrong"));
            assertObstacle(Obstacle.PROXY_REFUSAL, tls, kind.formatted("ana:s3cret"));
        }
        assertObstacle(Obstacle.PROXY_LOGIN, plain.url() + "/", "http://ana:wrong@127.0.0.1:" + http.port());
        assertThat(plain.connections).hasValue(0);
        var closedProxy = closing(new Courier(named, CourierSettings.of("1.2.3"), new AddressGuard(List.of())));
        assertThat(send(closedProxy, post(plain.url()), ProxyAddress.parse("http://127.0.0.1:" + http.port())))
                .isInstanceOfSatisfying(
                        Dispatch.NotSent.class, n -> assertThat(n.obstacle()).isEqualTo(Obstacle.PROXY));
    }

    private void assertObstacle(Obstacle obstacle, String url, @Nullable String proxy) throws Exception {
        assertThat(send(loopback(), entered(url), proxy == null ? null : ProxyAddress.parse(proxy)))
                .as("%s by %s", url, proxy)
                .isInstanceOfSatisfying(
                        Dispatch.NotSent.class,
                        n -> assertThat(n.obstacle()).as(n.error()).isEqualTo(obstacle));
    }
}
