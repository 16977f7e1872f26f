package kembali.delivery.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import kembali.platform.PlatformRequest;
import org.junit.jupiter.api.Test;

/** The line between "the platform saw nothing" and "it may have taken it". */
class CourierFaultsTest extends CourierFixture {
    @Test
    void nothingWasSentWhenTheConnectionIsRefused() throws Exception {
        int port;
        try (ServerSocket gone = LoopbackServer.listener()) {
            port = gone.getLocalPort();
        }
        assertNotSent(
                send(courier(), post("http://127.0.0.1:" + port), null),
                "the connection to 127.0.0.1:" + port + " was refused");
    }

    @Test
    void nothingWasSentWhenNobodyPicksUp() throws Exception {
        // Linux drops further SYNs once the accept queue is full: what an unroutable host looks like.
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 4; i++) {
                SocketChannel filler = closing(SocketChannel.open());
                filler.configureBlocking(false);
                filler.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), full.getLocalPort()));
            }
            var courier =
                    courier(CourierSettings.of("1.2.3").withTimeouts(Duration.ofMillis(250), Duration.ofSeconds(10)));

            assertNotSent(send(courier, post("http://127.0.0.1:" + full.getLocalPort()), null), "within 0.25 s");
        }
    }

    @Test
    void nothingWasSentWhenTheNameIsUnknown() throws Exception {
        assertNotSent(
                send(courier(), post("http://shop.invalid:8080"), null),
                "the name of shop.invalid:8080 cannot be resolved");
    }

    @Test
    void nothingWasSentWhenTlsFails() throws Exception {
        var plain = server(peer -> peer.write("HTTP/1.1 400 " + SECRET + "\r\n\r\n"));
        assertNotSent(
                send(courier(), post("https://localhost:" + plain.port()), null), "the other side does not speak TLS");

        var rude = server(peer -> peer.in().read());
        assertNotSent(send(courier(), post("https://localhost:" + rude.port()), null), "localhost:" + rude.port());

        var silent = server(LoopbackServer.Peer::awaitClose);
        assertNotSent(send(hasty(250), post("https://localhost:" + silent.port()), null), "localhost");
    }

    @Test
    void nothingWasSentWhenTheRequestIsNoHttp() throws Exception {
        var server = closing(LoopbackServer.friendly());
        var split = new PlatformRequest(
                "POST", URI.create(server.url()), server.url(), Map.of("X-A", "a\r\nX-B: " + SECRET), "{}");
        assertNotSent(send(courier(), split, null), "cannot be written as HTTP");

        var noHost = new PlatformRequest("POST", URI.create("mailto:a@b.test"), "", Map.of(), "{}");
        assertNotSent(send(courier(), noHost, null), "cannot be written as HTTP");
        assertThat(server.connections).hasValue(0);
    }

    @Test
    void nothingWasSentWhenTheCourierIsClosed() throws Exception {
        var server = closing(LoopbackServer.friendly());
        var courier = courier();
        courier.close();

        assertNotSent(send(courier, post(server.url()), null), "the courier is closed");
    }

    @Test
    void nothingWasSentByThoseWhoWaitedForAFreeConnection() throws Exception {
        var self = new LoopbackServer[1];
        var server = server(peer -> {
            self[0].requests.add(peer.read());
            peer.awaitClose();
        });
        self[0] = server;
        var patience = Duration.ofSeconds(1);
        var courier =
                courier(new CourierSettings("test", patience, patience, Duration.ofSeconds(30), 1, 1 << 20, null));
        List<CompletionStage<Dispatch>> sent = new ArrayList<>();
        for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
            sent.add(courier.send(post(server.url()), null));
        }
        int lost = 0;
        int notSent = 0;
        for (var each : sent) {
            switch (get(each)) {
                case Dispatch.Answered answered -> throw new AssertionError("answered by whom?");
                case Dispatch.AnswerLost l -> lost++;
                case Dispatch.NotSent n -> notSent++;
            }
        }

        assertThat(server.requests).hasSize(lost);
        assertThat(notSent).isPositive();
    }

    @Test
    void aConnectionThatComesTooLateCarriesNothing() throws Exception {
        var target = closing(LoopbackServer.friendly());
        var tooLate = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        var received = new AtomicInteger();
        var slowProxy = server(peer -> {
            peer.in().readNBytes(3); // the SOCKS greeting
            try {
                tooLate.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            peer.out().write(new byte[] {5, 0});
            peer.in().readNBytes(10); // CONNECT 127.0.0.1:port
            peer.out().write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
            received.set(peer.in().readAllBytes().length);
            closed.countDown();
        });
        var courier = courier(CourierSettings.of("1.2.3")
                .withTimeouts(Duration.ofSeconds(9), Duration.ofMillis(250))
                .withKeepAlive(Duration.ofSeconds(1)));

        var proxy = ProxyAddress.parse("socks5://127.0.0.1:" + slowProxy.port());
        assertNotSent(send(courier, post(target.url()), proxy), "within 0.25 s");
        tooLate.countDown();

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(received).hasValue(0);
    }

    @Test
    void theAnswerIsLostWhenTheServerClosesBeforeReading() throws Exception {
        var server = server(peer -> {
            peer.socket().getInputStream().read(); // one byte: the rest arrived and is thrown away by the reset
            peer.socket().setSoLinger(true, 0);
        });

        assertAnswerLost(send(courier(), post(server.url()), null), "before the answer was complete");
    }

    @Test
    void theAnswerIsLostWhenTheCourierIsClosedMeanwhile() throws Exception {
        var read = new CountDownLatch(1);
        var server = server(peer -> {
            peer.read();
            read.countDown();
            peer.awaitClose();
        });
        var courier = courier();
        var sent = courier.send(post(server.url()), null);
        assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();

        courier.close();

        assertAnswerLost(get(sent), "the connection was closed before the answer was complete");
    }

    @Test
    void theAnswerIsLostWhenAGreatRequestIsCutShort() throws Exception {
        var server = server(peer -> {
            peer.in().readNBytes(1000);
            peer.socket().setSoLinger(true, 0);
        });

        assertAnswerLost(
                send(courier(), post(server.url(), "x".repeat(20_000_000)), null), "before the answer was complete");
    }

    @Test
    void theAnswerIsLostWhenTheServerReadsAllAndCloses() throws Exception {
        var read = new AtomicInteger();
        var server = server(peer -> {
            if (peer.read() != null) {
                read.incrementAndGet();
            }
        });

        assertAnswerLost(
                send(courier(), post(server.url()), null), "the connection was closed before the answer was complete");
        assertThat(read).hasValue(1); // the library did not try again
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void theAnswerIsLostWhenOnlyHalfOfItComes() throws Exception {
        var half = server(peer -> {
            peer.read();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"events_");
        });
        assertAnswerLost(
                send(courier(), post(half.url()), null), "closed before the answer was complete, after status 200");

        var chunked = server(peer -> {
            peer.read();
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        });
        assertAnswerLost(send(courier(), post(chunked.url()), null), "after status 200");

        var head = server(peer -> {
            peer.read();
            peer.write("HTTP/1.1 200 OK\r\nContent-Le");
        });
        assertAnswerLost(send(courier(), post(head.url()), null), "before the answer was complete");
    }

    @Test
    void theAnswerIsLostWhenItTakesTooLong() throws Exception {
        var silent = server(peer -> {
            peer.read();
            peer.awaitClose();
        });
        assertAnswerLost(send(hasty(250), post(silent.url()), null), "no whole answer within 0.25 s");

        var body = server(peer -> {
            peer.read();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
            peer.awaitClose();
        });
        assertAnswerLost(send(hasty(250), post(body.url()), null), "within 0.25 s, after status 200");
    }

    @Test
    void drippingBytesDoNotStretchTheTimeLimit() throws Exception {
        var server = server(peer -> {
            peer.read();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            // Our own writes pace it: each is small, and the client's reading goes on and on.
            for (int i = 0; i < 1_000_000_000; i++) {
                peer.write("x");
                LockSupport.parkNanos(1_000_000);
            }
        });

        assertAnswerLost(send(hasty(300), post(server.url()), null), "no whole answer within 0.3 s");
    }

    @Test
    void theAnswerIsLostWhenItIsGarbage() throws Exception {
        var garbage = server(peer -> {
            var received = peer.read();
            peer.write((received == null ? "" : received.line()) + "\r\n\r\n"); // quotes our secret back at us
            peer.awaitClose();
        });
        assertAnswerLost(send(courier(), post(garbage.url()), null), "the answer is not HTTP");

        var version = server(peer -> {
            peer.read();
            peer.write("HTTP/9.9 200 " + SECRET + "\r\nContent-Length: 0\r\n\r\n");
            peer.awaitClose();
        });
        assertAnswerLost(send(courier(), post(version.url()), null), "the answer is not HTTP");

        var longHead = server(peer -> {
            peer.read();
            peer.write("HTTP/1.1 200 OK\r\nX-A: " + SECRET.repeat(5000) + "\r\n\r\n");
            peer.awaitClose();
        });
        assertAnswerLost(send(courier(), post(longHead.url()), null), "the answer's head is too long");
    }

    @Test
    void aConnectionTheServerClosedIsReplacedAndNothingIsSentTwice() throws Exception {
        var served = new AtomicInteger();
        var server = server(peer -> {
            if (peer.read() != null) {
                served.incrementAndGet();
                peer.answer(200, "{}"); // promises keep-alive, then closes all the same
            }
        });
        var courier = courier();
        int answered = 0;
        for (int i = 0; i < 50; i++) {
            switch (send(courier, post(server.url()), null)) {
                case Dispatch.Answered a -> answered++;
                case Dispatch.NotSent n -> {} // closed before we wrote
                case Dispatch.AnswerLost l -> {} // closed while we wrote
            }
        }

        // How often the close is seen in time is a race; that it heals, and that none is resent, is not.
        assertThat(answered).isGreaterThan(10);
        assertThat(served).hasValue(answered);
    }

    @Test
    void aRequestOnAReusedConnectionIsWrittenOnce() throws Exception {
        var read = new AtomicInteger();
        var server = server(peer -> {
            for (var r = peer.read(); r != null; r = peer.read()) {
                read.incrementAndGet();
                if (r.body().equals("silence")) {
                    return;
                }
                peer.answer(200, "{}");
            }
        });
        var courier = courier();
        assertAnswered(send(courier, post(server.url()), null), 200);

        assertAnswerLost(send(courier, post(server.url(), "silence"), null), "before the answer was complete");
        assertThat(read).hasValue(2);
    }

    @Test
    void aLateAnswerIsNotTakenForTheNextOne() throws Exception {
        var gaveUp = new CountDownLatch(1);
        var server = server(peer -> {
            for (var r = peer.read(); r != null; r = peer.read()) {
                if (r.body().equals("slow")) {
                    try {
                        gaveUp.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
                peer.answer(200, r.body());
            }
        });
        var courier = hasty(400);

        assertAnswerLost(send(courier, post(server.url(), "slow"), null), "within 0.4 s");
        gaveUp.countDown();
        assertThat(send(courier, post(server.url(), "quick"), null))
                .isInstanceOfSatisfying(
                        Dispatch.Answered.class,
                        answered -> assertThat(answered.reply().body()).isEqualTo("quick"));
    }
}
