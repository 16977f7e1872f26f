package kembali.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import kembali.lead.Lead;
import kembali.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /in/{kind}/{token}} as providers and browsers use it. */
class InboundHttpTest extends InboundFixture {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String NOT_FOUND = "nothing here";

    @TempDir
    static Path folder;

    private final Vertx vertx = Vertx.vertx();
    private @Nullable HttpServer http;

    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.sqlite(folder);
    }

    @BeforeAll
    void listen() throws Exception {
        Router router = Router.router(vertx);
        InboundHandler handler = hub().hub.inbound().handler();
        router.route("/in/:kind").handler(handler::handle);
        router.route("/in/:kind/:token").handler(handler::handle);
        router.route().handler(r -> r.response().setStatusCode(404).end(NOT_FOUND));
        http = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterAll
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aTakenRequestIsStoredAnsweredAndRead() throws Exception {
        Source s = source();
        String phone = phone();
        HttpResponse<String> answer = post(s.path(), InboundContract.message("h1", phone, "Halo"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("OK");
        StoredRequest r = ended(s, only(s).id());
        assertThat(lead(r).person().phoneE164()).isEqualTo(phone);
    }

    @Test
    void whatIsMerelyNotUnderstoodIsTakenAllTheSame() throws Exception {
        Source s = source();
        assertThat(post(s.path(), "{{{{ \u0000 garbage").statusCode()).isEqualTo(200);
        assertThat(post(s.path(), "").statusCode()).isEqualTo(200);
        assertThat(ended(s, newest(s).id()).status()).isEqualTo(StoredRequest.FAILED);
    }

    @Test
    void theTokenMayComeInAHeader() throws Exception {
        Source s = source();
        assertThat(post("/in/test", "{\"x\":1}", "X-Kembali-Token", s.token()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void anAddressThatIsNoneLooksLikeAnyOtherUnknownOne() throws Exception {
        Source s = source();
        String wrong = s.token().substring(1) + "0";
        for (String path : List.of(
                "/in/test/" + wrong,
                "/in/page/" + s.token(),
                "/in/unknown/" + s.token(),
                "/in/test",
                "/nothing/at/all")) {
            HttpResponse<String> answer = post(path, "{}");
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).as(path).isEqualTo(NOT_FOUND);
        }
        assertThat(stored(s, null)).isEmpty();
    }

    @Test
    void aForgedRequestIsRefusedAndKeptButNotWithoutEnd() throws Exception {
        Source s = source("test", doc(), new SourceKeys("the-secret", null, null));
        for (int i = 0; i < 40; i++) {
            assertThat(post(s.path(), "{\"x\":1}", "X-Signature", "wrong").statusCode())
                    .isEqualTo(401);
        }
        assertThat(post(s.path(), "{\"x\":1}", "X-Signature", "the-secret").statusCode())
                .isEqualTo(200);
        List<StoredRequest> refused = stored(s, StoredRequest.REFUSED);
        assertThat(refused).hasSizeBetween(20, 25);
        assertThat(refused.getFirst().reason()).isEqualTo("The signature does not fit the body.");
    }

    @Test
    void aHandshakeIsAnsweredAtOnceAndStoresNothing() throws Exception {
        Source s = source();
        HttpResponse<String> answer = get(s.path() + "?challenge=1158201444");
        assertThat(answer.body()).isEqualTo("1158201444");
        assertThat(get(s.path()).statusCode()).as("somebody looks").isEqualTo(200);
        assertThat(stored(s, null)).isEmpty();
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWhetherItSaysSoOrNot() throws Exception {
        Source s = source();
        byte[] large = new byte[(1 << 20) + 1];
        assertThat(send(s.path(), BodyPublishers.ofByteArray(large)).statusCode())
                .isEqualTo(413);
        assertThat(refusedOrCut(s.path(), large)).isTrue();
        byte[] most = new byte[1 << 20];
        assertThat(send(s.path(), BodyPublishers.ofByteArray(most)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatLetsSomebodyInIsNotKept() throws Exception {
        Source s = source();
        send(
                s.path() + "?a=1",
                BodyPublishers.ofString("{\"x\":1}"),
                "Authorization",
                "Bearer t0ps3cret",
                "Cookie",
                "session=t0ps3cret",
                "X-Custom",
                "kept");
        RequestContent content = Objects.requireNonNull(
                hub().store().read(sql -> hub().hub.inbound().requests().content(sql, s.workspaceId(), only(s).id())));
        assertThat(content.url()).doesNotContain(s.token()).endsWith("/in/test/{token}?a=1");
        assertThat(content.headers()).containsEntry("x-custom", "kept");
        assertThat(content.headers().toString()).doesNotContain("t0ps3cret");
    }

    // Forms posted by browsers.

    @Test
    void aBrowserIsSentToTheThankYouPageAndAScriptGetsJson() throws Exception {
        Source s = page(List.of(), "https://shop.example/terima-kasih");
        HttpResponse<String> person = post(s.path(), form(phone()), "Origin", "https://shop.example");
        assertThat(person.statusCode()).isEqualTo(200);
        assertThat(person.body()).as("JSON bodies come from scripts").contains("accepted");
        HttpResponse<String> plain = send(
                s.path(),
                BodyPublishers.ofString("a=b"),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Origin",
                "https://shop.example");
        assertThat(plain.statusCode()).isEqualTo(303);
        assertThat(plain.headers().firstValue("Location")).contains("https://shop.example/terima-kasih");
        HttpResponse<String> script = send(
                s.path(),
                BodyPublishers.ofString("a=b"),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "X-Requested-With",
                "XMLHttpRequest");
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.headers().firstValue("Content-Type"))
                .hasValueSatisfying(t -> assertThat(t).startsWith("application/json"));
    }

    @Test
    void onlyListedPagesMayPost() throws Exception {
        Source s = page(List.of("https://shop.example"), null);
        HttpResponse<String> own = post(s.path(), form(phone()), "Origin", "https://shop.example");
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).contains("https://shop.example");
        HttpResponse<String> foreign = post(s.path(), form(phone()), "Origin", "https://evil.example");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(post(s.path(), form(phone())).statusCode())
                .as("a site's server")
                .isEqualTo(200);
        HttpResponse<String> asked =
                send(s.path(), "OPTIONS", BodyPublishers.noBody(), "Origin", "https://shop.example");
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Methods")).contains("POST");
        assertThat(stored(s, StoredRequest.REFUSED))
                .singleElement()
                .satisfies(r -> assertThat(r.reason()).contains("https://evil.example"));
    }

    @Test
    void aBrowsersAddressIsThePersonsAndTheHeaderIsNotBelieved() throws Exception {
        Source s = page(List.of(), null);
        String phone = phone();
        post(
                s.path(),
                form(phone),
                "Origin",
                "https://shop.example",
                "X-Kembali-Address",
                "203.0.113.99",
                "User-Agent",
                "Mozilla/5.0 (Android 14)",
                "Referer",
                "https://shop.example/promo");
        Lead lead = lead(ended(s, only(s).id()));
        var web = hub().visitorOf(lead.id()).profile().web();
        assertThat(web.ip()).isEqualTo("127.0.0.1");
        assertThat(web.userAgent()).isEqualTo("Mozilla/5.0 (Android 14)");
        assertThat(web.pageUrl()).isEqualTo("https://shop.example/promo");
        String other = phone();
        post(s.path(), form(other), "X-Kembali-Address", "203.0.113.99");
        Lead byServer = lead(ended(s, newest(s).id()));
        assertThat(hub().visitorOf(byServer.id()).profile().web().ip())
                .as("a server's address is nobody's")
                .isNull();
    }

    @Test
    void anAddressThatPostsTooOftenWaits() throws Exception {
        Source s = page(List.of(), null);
        int refused = 0;
        for (int i = 0; i < 40; i++) {
            HttpResponse<String> answer = post(s.path(), form(phone()), "Origin", "https://shop.example");
            refused += answer.statusCode() == 429 ? 1 : 0;
        }
        assertThat(refused).isBetween(5, 10);
    }

    private Source page(List<String> origins, @Nullable String redirectUrl) {
        var doc = new SourceDoc(null, Map.of(), Map.of(), redirectUrl, origins, SourceDoc.USUAL_HONEYPOT, null, false);
        return source("page", doc, SourceKeys.NONE);
    }

    private static String form(String phone) {
        return "{\"forms\":[{\"fields\":{\"phone\":\"%s\"}}]}".formatted(phone);
    }

    private List<StoredRequest> stored(Source s, @Nullable String status) {
        return hub().store().read(sql -> hub().hub.inbound().requests().list(sql, s, status, null, 100));
    }

    private StoredRequest only(Source s) {
        assertThat(stored(s, null)).hasSize(1);
        return newest(s);
    }

    private StoredRequest newest(Source s) {
        return stored(s, null).getFirst();
    }

    private HttpResponse<String> post(String path, String json, String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/json";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return send(path, BodyPublishers.ofString(json), all);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(path, "GET", BodyPublishers.noBody());
    }

    private HttpResponse<String> send(String path, HttpRequest.BodyPublisher body, String... headers) throws Exception {
        return send(path, "POST", body, headers);
    }

    private HttpResponse<String> send(String path, String method, HttpRequest.BodyPublisher body, String... headers)
            throws Exception {
        HttpServer server = http;
        if (server == null) {
            throw new IllegalStateException("not listening");
        }
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "origin");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    /** Sent in chunks; the answer may be lost when the server closes the connection meanwhile. */
    private boolean refusedOrCut(String path, byte[] body) throws Exception {
        try {
            return send(path, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                            .statusCode()
                    == 413;
        } catch (IOException closed) {
            return true;
        }
    }
}
