package kembali.delivery.courier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kembali.platform.PlatformRequest;
import org.junit.jupiter.api.Test;

class CourierTest extends CourierFixture {
    @Test
    void carriesTheRequestAsItIs() throws Exception {
        var server = closing(LoopbackServer.friendly());

        assertAnswered(send(courier(), post(server.url(), "{\"kota\":\"Malmö\"}"), null), 200);

        assertThat(server.requests).singleElement().satisfies(received -> {
            assertThat(received.line()).isEqualTo("POST /v21.0/1/events?access_token=" + SECRET + " HTTP/1.1");
            assertThat(received.body()).isEqualTo("{\"kota\":\"Malmö\"}");
            assertThat(received.headers())
                    .containsExactlyInAnyOrder(
                            "host: 127.0.0.1:" + server.port(),
                            "content-type: application/json",
                            "authorization: Bearer " + SECRET,
                            "user-agent: Kembali/1.2.3",
                            "content-length: 17");
        });
    }

    @Test
    void getsWithoutABody() throws Exception {
        var server = closing(LoopbackServer.friendly());
        var request = new PlatformRequest("GET", URI.create(server.url()), server.url(), Map.of(), "");

        assertAnswered(send(courier(), request, null), 200);

        assertThat(server.requests).singleElement().satisfies(received -> {
            assertThat(received.line()).isEqualTo("GET / HTTP/1.1");
            assertThat(received.header("content-length")).isNull();
        });
    }

    @Test
    void handsBackTheWholeAnswer() throws Exception {
        var server = server(peer -> {
            peer.read();
            peer.write(
                    "HTTP/1.1 429 Slow down\r\nRetry-AFTER: 7\r\nX-A: 1\r\nx-a: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "4\r\n{\"a\"\r\n4\r\n:1}\n\r\n0\r\n\r\n");
            peer.awaitClose();
        });

        assertThat(send(courier(), post(server.url()), null))
                .isInstanceOfSatisfying(Dispatch.Answered.class, answered -> {
                    assertThat(answered.reply().status()).isEqualTo(429);
                    assertThat(answered.reply().header("retry-after")).isEqualTo("7");
                    assertThat(answered.reply().header("x-a")).isEqualTo("1, 2");
                    assertThat(answered.reply().body()).isEqualTo("{\"a\":1}\n");
                    assertThat(answered.took()).isPositive();
                });
    }

    @Test
    void takesAnAnswerThatEndsWithTheConnection() throws Exception {
        var server = server(peer -> {
            peer.read();
            peer.write("HTTP/1.1 200 OK\r\n\r\n{\"ended\":\"by close\"}");
        });

        assertThat(send(courier(), post(server.url()), null))
                .isInstanceOfSatisfying(
                        Dispatch.Answered.class,
                        answered -> assertThat(answered.reply().body()).isEqualTo("{\"ended\":\"by close\"}"));
    }

    @Test
    void followsNoRedirect() throws Exception {
        var elsewhere = closing(LoopbackServer.friendly());
        var server = server(peer -> {
            peer.read();
            peer.write("HTTP/1.1 307 X\r\nLocation: " + elsewhere.url() + "/\r\nContent-Length: 0\r\n\r\n");
            peer.awaitClose();
        });

        assertAnswered(send(courier(), post(server.url()), null), 307);
        assertThat(elsewhere.connections).hasValue(0);
    }

    @Test
    void cutsAnAnswerOfMoreThanOneMebibyteAndCloses() throws Exception {
        var closed = new CountDownLatch(1);
        var server = server(peer -> {
            peer.read();
            try {
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 900000000\r\n\r\n");
                for (int i = 0; i < 9000; i++) {
                    peer.write("x".repeat(100_000));
                }
            } catch (IOException e) {
                closed.countDown();
            }
        });

        assertThat(send(courier(), post(server.url()), null))
                .isInstanceOfSatisfying(
                        Dispatch.Answered.class,
                        answered -> assertThat(answered.reply().body()).hasSize(1 << 20));
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void keepsAnAnswerOfExactlyTheLimit() throws Exception {
        var server = server(peer -> {
            peer.read();
            peer.answer(200, "x".repeat(1 << 20));
            peer.read();
            peer.answer(200, "still the same connection");
            peer.awaitClose();
        });
        var courier = courier();

        assertAnswered(send(courier, post(server.url()), null), 200);
        assertAnswered(send(courier, post(server.url()), null), 200);
        assertThat(server.connections.get()).isLessThanOrEqualTo(2); // one per event loop at most
    }

    @Test
    void sixtyFourAtATimeShareTheirConnections() throws Exception {
        var allThere = new CountDownLatch(64);
        var self = new LoopbackServer[1];
        var server = server(peer -> {
            for (var r = peer.read(); r != null; r = peer.read()) {
                self[0].requests.add(r);
                allThere.countDown();
                await(allThere); // nobody is answered before 64 are under way together
                peer.answer(200, "{}");
            }
        });
        self[0] = server;
        var courier = courier();

        for (int round = 0; round < 10; round++) {
            List<CompletionStage<Dispatch>> sent = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                sent.add(courier.send(post(server.url()), null));
            }
            for (var each : sent) {
                assertAnswered(get(each), 200);
            }
        }

        assertThat(server.requests).hasSize(640);
        // Event loops do not lend each other connections, and 64 may not divide evenly among them.
        assertThat(server.connections.get())
                .isBetween(64, 64 + Runtime.getRuntime().availableProcessors());
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("gave up");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void speaksTlsOnlyWithServersItTrusts() throws Exception {
        var server = new LoopbackServer[1];
        server[0] = tlsServer(peer -> server[0].answerAll(peer));
        String url = "https://localhost:" + server[0].port();

        assertAnswered(send(courier(), post(url), null), 200);

        var suspicious = closing(new Courier(vertx, CourierSettings.of("1.2.3"), LOOPBACK_ALLOWED));
        assertNotSent(send(suspicious, post(url), null), "TLS with localhost:" + server[0].port() + " failed: ");
        assertThat(server[0].requests).hasSize(1);
    }

    @Test
    void reachesIpv6Literals() throws Exception {
        var server = closing(new LoopbackServer(
                new java.net.ServerSocket(0, 8, java.net.InetAddress.ofLiteral("::1")), peer -> {
                    var received = peer.read();
                    peer.answer(200, String.valueOf(received == null ? null : received.header("host")));
                }));

        assertThat(send(courier(), post("http://[::1]:" + server.port()), null))
                .isInstanceOfSatisfying(
                        Dispatch.Answered.class,
                        answered -> assertThat(answered.reply().body()).isEqualTo("[::1]:" + server.port()));
    }

    @Test
    void waitsForVirtualThreadsButNotOnAnEventLoop() throws Exception {
        var server = closing(LoopbackServer.friendly());
        var courier = courier();

        assertAnswered(courier.sendAndWait(post(server.url()), null), 200);

        var onLoop = new CompletableFuture<Dispatch>();
        vertx.runOnContext(v -> {
            try {
                onLoop.complete(courier.sendAndWait(post(server.url()), null));
            } catch (Exception e) {
                onLoop.completeExceptionally(e);
            }
        });
        assertThatThrownBy(() -> onLoop.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void closesConnectionsNobodyUses() throws Exception {
        var closed = new CountDownLatch(1);
        var server = server(peer -> {
            peer.read();
            peer.answer(200, "{}");
            peer.awaitClose();
            closed.countDown();
        });
        var courier = courier(CourierSettings.of("1.2.3").withKeepAlive(Duration.ofSeconds(1)));

        assertAnswered(send(courier, post(server.url()), null), 200);

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void guardsUrlsThatUsersEnter() throws Exception {
        var server = closing(LoopbackServer.friendly());
        var strict = closing(new Courier(vertx, CourierSettings.of("1.2.3"), new AddressGuard(List.of())));
        String localhost = "http://localhost:" + server.port();

        assertNotSent(get(strict.sendGuarded(post(server.url()))), "127.0.0.1 is a loopback address");
        assertNotSent(get(strict.sendGuarded(post(localhost))), "localhost is a loopback address");
        assertNotSent(
                get(strict.sendGuarded(post("http://[::ffff:127.0.0.1]:" + server.port()))), "is a loopback address");
        assertThat(server.connections).hasValue(0);

        assertAnswered(get(courier().sendGuarded(post(localhost))), 200);
        assertThat(server.requests)
                .singleElement()
                .satisfies(received -> assertThat(received.header("host")).isEqualTo("localhost:" + server.port()));
    }

    @Test
    void doesNotGuardEndpointsTheOperatorChose() throws Exception {
        var server = closing(LoopbackServer.friendly());
        var strict = closing(new Courier(vertx, CourierSettings.of("1.2.3"), new AddressGuard(List.of())));

        assertAnswered(send(strict, post(server.url()), null), 200);
    }
}
