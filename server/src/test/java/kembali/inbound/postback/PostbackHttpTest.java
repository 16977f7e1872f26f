package kembali.inbound.postback;

import static kembali.testing.Eventually.eventually;
import static kembali.testing.TestHub.WS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kembali.inbound.PostbackDoc;
import kembali.inbound.Source;
import kembali.inbound.SourceDoc;
import kembali.inbound.SourceKeys;
import kembali.ledger.ReceivedPostback;
import kembali.ledger.ReceivedPostbacks;
import kembali.ledger.SourceDays;
import kembali.support.Json;
import kembali.testing.LeadForm;
import kembali.testing.TestClock;
import kembali.testing.TestDatabase;
import kembali.testing.TestHub;
import kembali.visitor.AdFields;
import kembali.visitor.Click;
import kembali.visitor.Utm;
import kembali.visitor.Visitor;
import kembali.visitor.VisitorProfile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The addresses of postbacks as networks use and misuse them, and what is run again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostbackHttpTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String NOT_FOUND = "nothing here";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    static Path folder;

    private final TestClock clock = new TestClock();
    private final Vertx vertx = Vertx.vertx();
    private @Nullable TestHub opened;
    private int port;

    @BeforeAll
    void listen() throws Exception {
        // A peer on loopback stands for a proxy, so that a test may come from any address.
        opened = TestHub.open(TestDatabase.sqlite(folder), clock, Map.of("KEMBALI_TRUSTED_PROXIES", "127.0.0.0/8"));
        Router router = Router.router(vertx);
        PostbackHandler handler = hub().hub.postbacks().handler();
        router.route("/p/:key").handler(handler::handle);
        router.route("/:key/postback").handler(handler::handle);
        router.route("/p/:key/batch").handler(handler::handleBatch);
        router.route().handler(r -> r.response().setStatusCode(404).end(NOT_FOUND));
        port = vertx.createHttpServer(
                        new HttpServerOptions().setMaxInitialLineLength(20_000).setMaxHeaderSize(32_768))
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
        hub().hub.start();
    }

    @AfterAll
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        hub().close();
    }

    private TestHub hub() {
        return Objects.requireNonNull(opened);
    }

    private static PostbackDoc doc(List<String> ips, @Nullable String header, int rate) {
        PostbackDoc d = PostbackDoc.NATIVE;
        return new PostbackDoc(
                d.template(),
                d.label(),
                d.macros(),
                "USD",
                d.decimalMark(),
                d.sumPair(),
                d.defaultStatus(),
                d.duplicatePolicy(),
                ips,
                header,
                d.timezone(),
                d.matchContact(),
                d.reportRejected(),
                d.forwardNothing(),
                d.quarantine(),
                d.strict(),
                rate);
    }

    private Source source() {
        return source(doc(List.of(), null, PostbackDoc.USUAL_RATE), SourceKeys.NONE, Map.of());
    }

    private Source source(PostbackDoc doc, SourceKeys keys, Map<String, String> words) {
        var sources = hub().hub.inbound().sources();
        return saved(new Source(
                WS,
                sources.newId(),
                Source.POSTBACK,
                "Network",
                SourceDoc.ofPostbacks(Map.of(), words, doc),
                keys,
                sources.newToken(),
                null,
                null,
                clock.instant(),
                clock.instant()));
    }

    private Source saved(Source s) {
        hub().hub.inbound().sources().save(s);
        return Objects.requireNonNull(hub().hub.inbound().sources().find(WS, s.id()));
    }

    private Visitor visitor() {
        return hub().store().write(tx -> hub().hub.visitors().in(tx).create(WS, VisitorProfile.EMPTY));
    }

    private void click(String subid) {
        Visitor v = visitor();
        hub().store().write(tx -> {
            var content = new Click.Content(
                    kembali.identity.ClickIds.NONE,
                    kembali.identity.BrowserIds.NONE,
                    kembali.identity.WebContext.NONE,
                    Utm.NONE,
                    AdFields.NONE,
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    false);
            hub().hub.clicks().in(tx).add(new Click(WS, subid, null, v.no(), clock.instant(), content));
            return true;
        });
    }

    private static String subid() {
        return "q%019d".formatted(NUMBER.incrementAndGet());
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return send("GET", path, null, headers);
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return send("POST", path, body, headers);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body, String... headers)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private List<ReceivedPostback> log(Source s) {
        return hub().store().read(sql -> ReceivedPostbacks.list(sql, WS, s.id(), null, null, null, 20_000));
    }

    private ReceivedPostback newest(Source s) {
        return log(s).getFirst();
    }

    @Test
    void answersAsNetworksExpectAndKeepsARowOfEverything() throws Exception {
        Source s = source();
        String code = visitor().code();
        HttpResponse<String> first = get(s.path() + "?subid=" + code + "&status=lead&em=budi%40example.com");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("OK");
        assertThat(first.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(first.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        String other = "/" + s.token() + "/postback";
        assertThat(post(other, "status=sale&payout=2.61", "Content-Type", "application/x-www-form-urlencoded")
                        .body())
                .isEqualTo("OK accepted");
        assertThat(post(other + "?subid=nobody", "{\"subid\":\"" + code + "\",\"status\":\"sale\",\"payout\":2.61}")
                        .body())
                .isEqualTo("OK");
        HttpResponse<String> again =
                get(other + "?payout=2.61&status=SALE&subid=" + code, "Accept", "application/json");
        JsonNode json = Json.STORED.readTree(again.body());
        assertThat(json.path("result").asText()).isEqualTo("duplicate");
        assertThat(json.path("conversion_id").asText()).startsWith("cv_");
        assertThat(json.path("lead_id").asText()).startsWith("ld_");
        assertThat(get(s.path() + "?subid=" + code + "&status=rejected&return=%3Cb%3Ethanks%3C%2Fb%3E")
                        .body())
                .isEqualTo("bthanks/b");
        assertThat(get(s.path()).body()).isEqualTo("missing parameters");
        assertThat(get(s.path()).statusCode()).isEqualTo(400);
        assertThat(get(s.path() + "?subid=" + code + "&status=frobnicate&strict=1")
                        .statusCode())
                .isEqualTo(422);
        assertThat(post(s.path(), "x".repeat(256 * 1024 + 1)).statusCode()).isEqualTo(413);
        int rows = log(s).size();
        assertThat(send("HEAD", s.path() + "?subid=" + code + "&status=sale", null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("OPTIONS", s.path() + "?subid=" + code + "&status=sale", null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("PUT", s.path() + "?subid=" + code + "&status=sale", "x")
                        .statusCode())
                .isEqualTo(405);
        assertThat(log(s)).as("looking leaves nothing").hasSize(rows);
        assertThat(log(s))
                .extracting(r -> r.outcome().result())
                .containsExactly(
                        "refused",
                        "unmapped",
                        "refused",
                        "refused",
                        "updated",
                        "duplicate",
                        "updated",
                        "unmatched",
                        "recorded");
        assertThat(log(s).getLast().arrival().query()).isEqualTo("subid=" + code + "&status=lead&em=***");
    }

    @Test
    void aWrongKeyIsAnyUnknownAddressAndCannotBeSearchedFor() throws Exception {
        Source s = source();
        String from = "198.51.100.7";
        for (String path : List.of("/p/", "/", "/p/")) {
            String wrong = path + "0".repeat(32) + (path.equals("/") ? "/postback" : "");
            HttpResponse<String> answer = get(wrong + "?subid=A&status=sale", "X-Forwarded-For", from);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo(NOT_FOUND);
        }
        assertThat(get("/in/postback/" + s.token(), "X-Forwarded-For", from).statusCode())
                .isEqualTo(404);
        for (int i = 0; i < 7; i++) {
            get("/p/" + i, "X-Forwarded-For", from);
        }
        HttpResponse<String> wrong = get("/p/guess?subid=A", "X-Forwarded-For", from);
        HttpResponse<String> right = get(s.path() + "?subid=A&status=sale", "X-Forwarded-For", from);
        assertThat(wrong.statusCode()).isEqualTo(429);
        assertThat(wrong.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(right.statusCode()).as("nobody learns which is right").isEqualTo(429);
        assertThat(right.body()).isEqualTo(wrong.body());

        String network = "198.51.100.8";
        assertThat(get(s.path() + "?subid=A&status=sale", "X-Forwarded-For", network)
                        .statusCode())
                .isEqualTo(200);
        for (int i = 0; i < 12; i++) {
            get("/p/" + i, "X-Forwarded-For", network);
        }
        assertThat(get(s.path() + "?subid=B&status=sale", "X-Forwarded-For", network)
                        .statusCode())
                .as("another customer's old key holds nobody up")
                .isEqualTo(200);
    }

    @Test
    void addressesSignaturesAndRatesAreKept() throws Exception {
        Source fenced = source(doc(List.of("203.0.113.0/24"), null, 200), SourceKeys.NONE, Map.of());
        assertThat(get(fenced.path() + "?subid=A&status=sale", "X-Forwarded-For", "203.0.113.9")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> outside = get(fenced.path() + "?subid=A&status=sale", "X-Forwarded-For", "192.0.2.1");
        assertThat(outside.statusCode()).isEqualTo(403);
        assertThat(outside.body()).isEqualTo("forbidden");
        assertThat(newest(fenced).outcome().reason()).isEqualTo("address_not_allowed");
        assertThat(newest(fenced).arrival().ip()).isEqualTo("192.0.2.1");

        var keys = new SourceKeys("a-secret-of-the-shop", null, null);
        Source signed = source(doc(List.of(), "X-Signature", 200), keys, Map.of());
        String body = "{\"subid\":\"nobody-1\",\"status\":\"sale\"}";
        long t = clock.instant().getEpochSecond();
        String good = "t=" + t + ",v1=" + hmac("a-secret-of-the-shop", t + "." + body);
        assertThat(post(signed.path(), body, "X-Signature", good).statusCode()).isEqualTo(200);
        assertThat(post(signed.path() + "?status=rejected", body, "X-Signature", good)
                        .body())
                .as("a query nobody vouches for is not read")
                .isEqualTo("OK duplicate");
        assertThat(post(signed.path(), body + " ", "X-Signature", good).statusCode())
                .isEqualTo(403);
        assertThat(newest(signed).outcome().reason()).isEqualTo("signature_wrong");

        Source slow = source(doc(List.of(), null, 1), SourceKeys.NONE, Map.of());
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(get(slow.path() + "?subid=r" + i + "&status=sale").statusCode());
        }
        assertThat(answers.subList(0, 5)).containsOnly(200);
        assertThat(answers).contains(429);
        assertThat(newest(slow).outcome().result()).isEqualTo("over_rate");
        for (int i = 0; i < 80; i++) {
            get(fenced.path() + "?subid=A&status=sale", "X-Forwarded-For", "192.0.2.1");
        }
        assertThat(log(fenced))
                .as("refused requests are kept, but not without end")
                .hasSizeBetween(55, 70);
    }

    private static String hmac(String secret, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aBatchIsBookedRowByRow() throws Exception {
        Source s = source();
        String code = visitor().code();
        HttpResponse<String> answer = post(s.path() + "/batch?currency=EUR", """
                [{"subid":"%s","status":"lead"},7,{"subid":"%s","status":"sale","payout":"5","em":"a@example.com"},
                 {"subid":"%s","status":"lead"},{"status":"sale"}]""".formatted(code, code, code));
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode rows = Json.STORED.readTree(answer.body());
        assertThat(rows).extracting(r -> r.path("row").asInt()).containsExactly(0, 1, 2, 3, 4);
        assertThat(rows)
                .extracting(r -> r.path("result").asText())
                .containsExactly("recorded", "refused", "updated", "duplicate", "unmatched");
        assertThat(log(s)).hasSize(5);
        assertThat(log(s).get(2).arrival().body()).contains("\"em\":\"***\"").doesNotContain("a@example.com");
        assertThat(post(s.path() + "/batch", "subid=A").body()).isEqualTo("unreadable body");
        assertThat(get(s.path() + "/batch").statusCode()).isEqualTo(405);

        String lines = String.join(
                "\n",
                IntStream.range(0, 600)
                        .mapToObj(i -> "{\"subid\":\"many-" + i + "\",\"status\":\"sale\"}")
                        .toList());
        JsonNode many = Json.STORED.readTree(post(s.path() + "/batch", lines).body());
        assertThat(many.size()).isEqualTo(600);
        assertThat(many).extracting(r -> r.path("result").asText()).containsOnly("orphan");
    }

    @Test
    void anOrphanIsMatchedAsSoonAsItsClickAppears() throws Exception {
        Source s = source();
        String subid = subid();
        assertThat(get(s.path() + "?subid=" + subid.toUpperCase(java.util.Locale.ROOT) + "&status=sale&payout=4")
                        .body())
                .isEqualTo("OK accepted");
        assertThat(newest(s).outcome().result()).isEqualTo("orphan");
        click(subid);
        eventually(() -> assertThat(newest(s).outcome().result()).isEqualTo("recorded"));
        ReceivedPostback row = newest(s);
        assertThat(row.outcome().booked()).isTrue();
        assertThat(hub().lead(Objects.requireNonNull(row.outcome().leadId())).status())
                .isEqualTo("won");
        assertThat(content(row)).as("what was booked need not be kept").isNull();

        assertThat(get(s.path() + "?subid=CRM-" + subid + "&status=lead").body())
                .isEqualTo("OK accepted");
        hub().submit(LeadForm.blank().externalRef("CRM-" + subid));
        eventually(() -> assertThat(newest(s).outcome().result()).isEqualTo("recorded"));
    }

    private kembali.ledger.ReceivedPostback.@Nullable Content content(ReceivedPostback p) {
        return hub().store()
                .read(sql -> hub().hub
                        .intake()
                        .domain()
                        .ledger()
                        .received()
                        .content(sql, WS, p.arrival().id()));
    }

    @Test
    void anOrphanNobodyClaimsIsUnmatchedAfterThreeDaysAndCanBeRunAgain() throws Exception {
        Source s = source();
        String subid = subid();
        get(s.path() + "?subid=" + subid + "&status=sale");
        for (Duration wait :
                List.of(Duration.ofSeconds(31), Duration.ofMinutes(6), Duration.ofHours(1), Duration.ofDays(1))) {
            clock.forward(wait);
            hub().hub.postbacks().turn();
            assertThat(newest(s).outcome().result()).as(wait.toString()).isEqualTo("orphan");
        }
        clock.forward(Duration.ofDays(3));
        eventually(() -> {
            hub().hub.postbacks().turn();
            assertThat(newest(s).outcome().result()).isEqualTo("unmatched");
        });
        assertThat(newest(s).outcome().reason()).isEqualTo("click_not_found");
        click(subid);
        assertThat(hub().hub.postbacks().again(s, newest(s).arrival().id())).isTrue();
        eventually(() -> assertThat(newest(s).outcome().result()).isEqualTo("recorded"));
        assertThat(hub().hub.postbacks().again(s, newest(s).arrival().id()))
                .as("it was used")
                .isFalse();
    }

    @Test
    void aWordThatGetsAMeaningRunsWhatCameWithIt() throws Exception {
        Source s = source();
        String code = visitor().code();
        get(s.path() + "?subid=" + code + "&status=Frob%20Nicate&payout=3");
        get(s.path() + "?subid=" + code + "&payout=4");
        assertThat(log(s)).extracting(r -> r.outcome().result()).containsOnly("unmapped");
        List<ReceivedPostbacks.WaitingWord> words = hub().store().read(sql -> ReceivedPostbacks.words(sql, s.id()));
        assertThat(words)
                .extracting(ReceivedPostbacks.WaitingWord::word)
                .containsExactlyInAnyOrder("frob_nicate", null);
        Source mapped = saved(s.with(
                s.name(),
                SourceDoc.ofPostbacks(
                        Map.of(),
                        Map.of("frob_nicate", "sale"),
                        Objects.requireNonNull(s.doc().postback())),
                s.keys()));
        assertThat(hub().hub.postbacks().mapped(mapped)).isEqualTo(1);
        eventually(() -> assertThat(log(s).getLast().outcome().result()).isEqualTo("recorded"));
        assertThat(newest(s).outcome().result())
                .as("a missing word means nothing still")
                .isEqualTo("unmapped");
    }

    @Test
    void aSaleTwoSecondsAfterItsClickIsNoticed() throws Exception {
        Source s = source();
        String subid = subid();
        click(subid);
        get(s.path() + "?subid=" + subid + "&status=sale&payout=4");
        eventually(() -> {
            hub().hub.postbacks().turn();
            var days = hub().store()
                    .read(sql -> SourceDays.since(
                            sql, s.id(), SourceDays.day(clock.instant()).minusDays(7)));
            assertThat(kembali.ledger.Unusual.notices(days, SourceDays.day(clock.instant())))
                    .extracting(kembali.ledger.Unusual.Notice::code)
                    .containsExactly("sales_too_fast");
        });
    }

    @Test
    void brokenRequestsGetAnAnswerOrNoneButLeaveTheServerAlive() throws Exception {
        Source s = source();
        for (String raw : List.of(
                "GET " + s.path() + "?\u0001\u0002=\u00ff&subid=%00%ff%fe&status=\u0000 HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST " + s.path() + " HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc",
                "POST " + s.path() + " HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\nabc",
                "POST " + s.path() + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "GET " + s.path()
                        + "?subid=A&status=sale HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ;;;,,,\r\nAccept: \u0000\r\n\r\n")) {
            answerOf(raw);
        }
        assertThat(get(s.path() + "?subid=A&status=sale&payout=7").statusCode()).isEqualTo(200);
    }

    private void answerOf(String raw) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(300);
            socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            assertThat(in.read(new byte[4_096])).isGreaterThanOrEqualTo(-1);
        } catch (java.net.SocketTimeoutException waiting) {
            assertThat(waiting).hasMessageContaining("timed out");
        }
    }
}
