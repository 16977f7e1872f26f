package kembali.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import kembali.delivery.courier.AddressGuard;
import kembali.delivery.courier.Courier;
import kembali.delivery.courier.CourierSettings;
import kembali.platform.Outcome;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Reasons;
import kembali.platform.Retry;
import kembali.platform.TokenAnswer;
import kembali.platform.TokenSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessTokensTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch answer = new CountDownLatch(1);
    private volatile Instant now = Instant.parse("2026-11-21T03:00:00Z");
    private Courier courier;
    private AccessTokens tokens;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        courier = new Courier(vertx, CourierSettings.of("test"), new AddressGuard(List.of()));
        tokens = new AccessTokens(courier, () -> now);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/token", exchange -> {
            int n = asked.incrementAndGet();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            byte[] body = ("token-" + n).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        answer.countDown();
        server.stop(0);
        courier.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void fetchesOneTokenForAllWhoWantItAtOnce() {
        var grant = new Grant("a", null);
        var wanted = new ArrayList<CompletableFuture<AccessTokens.Access>>();
        for (int i = 0; i < 50; i++) {
            wanted.add(tokens.get(grant, null).toCompletableFuture());
        }
        answer.countDown();
        assertThat(wanted).allSatisfy(w -> assertThat(w.join()).isEqualTo(new AccessTokens.Access.Granted("token-1")));
        assertThat(asked).hasValue(1);
        assertThat(token(grant)).isEqualTo("token-1");
        assertThat(asked).as("kept while it lasts").hasValue(1);
    }

    @Test
    void remembersWhenAGrantEnds() {
        answer.countDown();
        var grant = new Grant("ends", null);
        assertThat(tokens.grantEnd(grant)).as("nobody said so yet").isNull();
        token(grant);
        assertThat(tokens.grantEnd(grant)).isEqualTo(now.plus(Duration.ofDays(21)));
        var lasting = new Grant("a", null);
        token(lasting);
        assertThat(tokens.grantEnd(lasting)).isNull();
    }

    @Test
    void fetchesForEachGrantOnItsOwn() {
        answer.countDown();
        assertThat(token(new Grant("a", null))).isNotEqualTo(token(new Grant("b", null)));
    }

    @Test
    void renewsAMinuteBeforeTheEnd() {
        answer.countDown();
        var grant = new Grant("a", null);
        assertThat(token(grant)).isEqualTo("token-1");
        now = now.plus(Duration.ofMinutes(58)).plusSeconds(59);
        assertThat(token(grant)).isEqualTo("token-1");
        now = now.plusSeconds(1);
        assertThat(token(grant)).isEqualTo("token-2");
    }

    @Test
    void replacesARefusedTokenOnceHoweverManyWereRefused() {
        answer.countDown();
        var grant = new Grant("a", null);
        String old = token(grant);
        tokens.refused(grant, old);
        assertThat(token(grant)).isEqualTo("token-2");
        tokens.refused(grant, old);
        assertThat(token(grant))
                .as("the fresh one is not thrown away for the old one")
                .isEqualTo("token-2");
    }

    @Test
    void triesTheTokenOfTheSettingsFirst() {
        answer.countDown();
        var grant = new Grant("a", "from-settings");
        assertThat(token(grant)).isEqualTo("from-settings");
        assertThat(asked).hasValue(0);
        tokens.refused(grant, "from-settings");
        assertThat(token(grant)).isEqualTo("token-1");
        tokens.forget(grant);
        assertThat(token(grant)).as("somebody tests whether it was mended").isEqualTo("from-settings");
    }

    @Test
    void saysThatNobodyAnswered() {
        answer.countDown();
        server.stop(0);
        AccessTokens.Access access =
                tokens.get(new Grant("a", null), null).toCompletableFuture().join();
        assertThat(access).isInstanceOfSatisfying(AccessTokens.Access.Refused.class, refused -> {
            assertThat(refused.failure().retry()).isInstanceOf(Retry.Later.class);
            assertThat(refused.failure().reason().code()).isEqualTo("no_answer");
            assertThat(refused.reply()).isNull();
        });
        assertThat(access.toString()).doesNotContain("secret-of-a");
    }

    private String token(TokenSource grant) {
        AccessTokens.Access access =
                tokens.get(grant, null).toCompletableFuture().join();
        assertThat(access).isInstanceOf(AccessTokens.Access.Granted.class);
        assertThat(access.toString()).doesNotContain(((AccessTokens.Access.Granted) access).token());
        return ((AccessTokens.Access.Granted) access).token();
    }

    private final class Grant implements TokenSource {
        private final String name;
        private final @Nullable String given;

        private Grant(String name, @Nullable String given) {
            this.name = name;
            this.given = given;
        }

        @Override
        public String key() {
            return name;
        }

        @Override
        public @Nullable String given() {
            return given;
        }

        @Override
        public PlatformRequest request(Instant at) {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
            return new PlatformRequest("POST", URI.create(url), url, Map.of(), "secret-of-" + name);
        }

        @Override
        public TokenAnswer read(PlatformReply reply) {
            return reply.status() == 200
                    ? new TokenAnswer.Granted(
                            reply.body(), Duration.ofHours(1), name.equals("ends") ? Duration.ofDays(21) : null)
                    : new TokenAnswer.Refused(new Outcome.Failed(Reasons.PLATFORM_DOWN, Retry.Later.UNTIL_EXPIRY));
        }
    }
}
