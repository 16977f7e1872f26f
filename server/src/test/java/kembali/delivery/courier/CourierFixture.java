package kembali.delivery.courier;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import kembali.platform.PlatformRequest;
import kembali.support.Cidr;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What the courier's tests share: Vert.x, a certificate, and requests full of secrets. */
abstract class CourierFixture {
    /** In every request's query, header and body: no error text may hold it. */
    static final String SECRET = "hush-hush";

    static final AddressGuard LOOPBACK_ALLOWED = new AddressGuard(Cidr.parseList("127.0.0.0/8, ::1"));
    static Vertx vertx;
    static SelfSigned selfSigned;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    static void open(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        vertx = Vertx.vertx();
        selfSigned = SelfSigned.in(folder);
    }

    @AfterAll
    static void closeVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    <T extends AutoCloseable> T closing(T resource) {
        opened.add(resource);
        return resource;
    }

    /** Trusts the test certificate and may use loopback proxies. */
    Courier courier(CourierSettings settings) throws GeneralSecurityException {
        return closing(new Courier(vertx, settings.withTrust(selfSigned.trust()), LOOPBACK_ALLOWED));
    }

    Courier courier() throws GeneralSecurityException {
        return courier(CourierSettings.of("1.2.3"));
    }

    /** Gives up on connections and answers after that many milliseconds. */
    Courier hasty(int millis) throws GeneralSecurityException {
        return courier(CourierSettings.of("1.2.3").withTimeouts(Duration.ofMillis(millis), Duration.ofMillis(millis)));
    }

    LoopbackServer server(LoopbackServer.Conversation conversation) {
        return closing(new LoopbackServer(conversation));
    }

    LoopbackServer tlsServer(LoopbackServer.Conversation conversation) throws IOException, GeneralSecurityException {
        ServerSocket listener = selfSigned.listener();
        return closing(new LoopbackServer(listener, conversation));
    }

    static PlatformRequest post(String base) {
        return post(base, "{\"secret\":\"" + SECRET + "\"}");
    }

    static PlatformRequest post(String base, String body) {
        String path = "/v21.0/1/events";
        return new PlatformRequest(
                "POST",
                URI.create(base + path + "?access_token=" + SECRET),
                base + path,
                Map.of("Content-Type", "application/json", "Authorization", "Bearer " + SECRET),
                body);
    }

    static Dispatch get(CompletionStage<Dispatch> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    static Dispatch send(Courier courier, PlatformRequest request, @Nullable ProxyAddress proxy) throws Exception {
        return get(courier.send(request, proxy));
    }

    static void assertAnswered(Dispatch dispatch, int status) {
        assertThat(dispatch)
                .isInstanceOfSatisfying(
                        Dispatch.Answered.class,
                        answered -> assertThat(answered.reply().status()).isEqualTo(status));
    }

    static void assertNotSent(Dispatch dispatch, String error) {
        assertThat(dispatch)
                .isInstanceOfSatisfying(Dispatch.NotSent.class, notSent -> assertError(notSent.error(), error));
    }

    static void assertAnswerLost(Dispatch dispatch, String error) {
        assertThat(dispatch)
                .isInstanceOfSatisfying(Dispatch.AnswerLost.class, lost -> assertError(lost.error(), error));
    }

    private static void assertError(String error, String expected) {
        assertThat(error).contains(expected).doesNotContain(SECRET, "s3cret", "access_token");
    }
}
