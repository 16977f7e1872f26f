package kembali.e2e;

import static kembali.e2e.Eventually.eventually;
import static kembali.e2e.Pixels.deliveryAt;
import static kembali.e2e.Pixels.tries;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import kembali.e2e.Pixels.Pixel;
import kembali.e2e.Transport.Wrong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the sync log promises of every platform, whatever the platform does. Nothing here knows a platform; what differs
 * stands in its {@link Transport}.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("kembali.e2e.Transports#all")
@ExtendWith(LogsOnFailure.class)
class EveryPlatformIT {
    /** A thousandth of the usual: what a platform asks for in minutes passes in tens of milliseconds. */
    private static final Map<String, String> FAST = Map.of("KEMBALI_RETRY_FIRST_DELAY", "10ms");

    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;

    /** Per transport, the delivery whose answer comes too late; begun first, because the courier waits ten seconds. */
    private static final Map<Transport, Waiting> TOO_LATE = new HashMap<>();

    private record Waiting(Pixel pixel, String delivery) {}

    private final Transport transport;
    private final Pixels pixels;

    EveryPlatformIT(Transport transport) {
        this.transport = transport;
        this.pixels = new Pixels(api);
    }

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        sandbox.instruct("google_ads", GoogleAdsTransport.MANAGED_ACCOUNT);
        server = RunningServer.start(Database.SQLITE, sandbox, FAST);
        api = server.api();
        beginWhatIsTooLate();
    }

    private static void beginWhatIsTooLate() {
        var slow = new Pixels(api);
        for (Transport t : Transports.ALL) {
            Pixel pixel = slow.add(t);
            sandbox.fault(t.word(), pixel.platformId(), "\"mode\":\"slow\",\"delayMs\":11000,\"count\":1");
            TOO_LATE.put(t, new Waiting(pixel, ""));
        }
        JsonNode answer = api.won(slow.lead("Terlambat"), "1000");
        TOO_LATE.replaceAll((t, w) -> new Waiting(w.pixel, deliveryAt(w.pixel, answer)));
        // No other lead is their business.
        TOO_LATE.forEach((t, w) -> slow.patch(w.pixel, "{\"mapping\":{\"new\":null,\"won\":null,\"qualified\":null}}"));
        eventually(() -> assertThat(sandbox.faults()).as("faults not met yet").isEmpty());
    }

    @AfterAll
    static void stop() {
        try {
            JsonNode summary = sandbox.summary();
            assertThat(summary.at("/verdicts/swallowed").asInt())
                    .as("lost without a word: %s", summary.path("rows"))
                    .isZero();
            // Of those that were too late the twin arrived first, which the sandbox cannot explain.
            List<String> late =
                    TOO_LATE.values().stream().map(w -> w.pixel.platformId()).toList();
            assertThat(Json.list(summary.at("/duplicates/items")))
                    .filteredOn(d -> !d.has("explainedBy"))
                    .extracting(d -> d.path("pixelId").asText())
                    .isSubsetOf(late);
        } finally {
            server.close();
            sandbox.close();
        }
    }

    @AfterEach
    void forgetThePixels() {
        sandbox.clearFaults();
        pixels.forget();
    }

    @Test
    void whatCannotBeReportedIsSkippedWithAReasonAndWithoutARequest() {
        Pixel pixel = pixels.add(transport, "{\"mapping\":{\"new\":null,\"qualified\":null}}");
        String nobody = api.lead("{\"name\":\"Tanpa Jejak\"}");
        String refused = pixels.lead("Menolak");
        api.patch("/leads/" + refused, "{\"consent\":{\"adUserData\":\"denied\"}}")
                .expect(200);
        String known = pixels.lead("Dikenal");

        var codes = new LinkedHashMap<String, JsonNode>();
        codes.put(transport.whenNobodyIsRecognised(), api.won(nobody, "1000"));
        codes.put("consent_denied", api.won(refused, "1000"));
        codes.put(
                "no_mapping",
                api.put("/leads/" + known + "/status", "{\"status\":\"qualified\"}")
                        .expect(200));
        codes.forEach((code, answer) -> {
            JsonNode row = api.row(deliveryAt(pixel, answer));
            assertThat(row.path("status").asText()).as(code).isEqualTo("skipped");
            assertThat(row.at("/reason/code").asText()).isEqualTo(code);
            assertThat(row.at("/reason/message").asText()).isNotBlank();
            assertThat(row.at("/reason/fix").asText()).isNotBlank();
            assertThat(row.path("attempts")).isEmpty();
        });
        api.rowOnce(deliveryAt(pixel, api.won(known, "1000")), "accepted");
        assertThat(sandbox.requests(pixel.platformId())).hasSize(1);
    }

    @Test
    void aBadRowHarmsNoGoodRowOfItsBatch() {
        Pixel pixel = pixels.add(transport);
        pixels.pause(pixel, true);
        var deliveries = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            deliveries.add(pixels.won(pixel, "Baik " + i));
        }
        String badClick = transport.badClick();
        if (badClick == null) {
            deliveries.add(pixels.won(pixel, "Buruk"));
            sandbox.fault(transport.word(), pixel.platformId(), transport.refusalOfOneInABatch());
        } else {
            deliveries.add(deliveryAt(pixel, api.won(pixels.lead("Buruk", badClick), "1000")));
        }
        pixels.pause(pixel, false);

        eventually(() -> assertThat(states(pixel)).containsOnly("accepted", "failed"));
        List<JsonNode> failed = api.rows("pixelId=" + pixel.id() + "&status=failed");
        assertThat(failed).hasSize(1);
        assertThat(deliveries).contains(failed.getFirst().path("id").asText());
        if (badClick != null) {
            assertThat(failed.getFirst().path("id").asText()).isEqualTo(deliveries.getLast());
        }
        assertThat(failed.getFirst().at("/reason/fix").asText()).isNotBlank();
        assertThat(states(pixel)).hasSize(13);
        assertThat(arrivedOnce(pixel)).hasSize(12);
        assertThat(pixels.health(pixel).path("state").asText()).isEqualTo("ok");
    }

    /** A fault and what the attempts at it look like; {@code null} stands for no answer. */
    private record Trouble(String fault, String statuses, int copies) {}

    private List<Trouble> troubles() {
        String garbage = transport.readsAnswers() ? "200 OK" : "OK";
        return List.of(
                new Trouble("\"mode\":\"throttle\",\"retryAfterSeconds\":600,\"count\":1", "4xx OK", 1),
                new Trouble("\"mode\":\"throttle\",\"retryAfterSeconds\":0,\"count\":2", "4xx 4xx OK", 1),
                new Trouble(
                        "\"mode\":\"fail\",\"count\":2", transport.whenDown() + " " + transport.whenDown() + " OK", 1),
                new Trouble("\"mode\":\"html\",\"count\":1", "502 OK", 1),
                new Trouble("\"mode\":\"garbage\",\"count\":1", garbage, transport.readsAnswers() ? 1 : 0),
                new Trouble("\"mode\":\"reset\",\"count\":1", "null OK", 1),
                new Trouble("\"mode\":\"lose_answer\",\"count\":2", "null null OK", transport.storesTwins() ? 3 : 1),
                new Trouble("\"mode\":\"slow\",\"delayMs\":700,\"count\":1", "OK", 1));
    }

    @Test
    void afterATroubleTheEventIsAcceptedAndTheAttemptsSayWhatHappened() {
        var met = new LinkedHashMap<Trouble, Pixel>();
        for (Trouble trouble : troubles()) {
            Pixel pixel = pixels.add(transport);
            sandbox.fault(transport.word(), pixel.platformId(), trouble.fault);
            met.put(trouble, pixel);
        }
        JsonNode answer = api.won(pixels.lead("Tabah"), "1000");
        met.forEach((trouble, pixel) -> {
            JsonNode row = api.rowOnce(deliveryAt(pixel, answer), "accepted");
            assertThat(tries(row))
                    .extracting(a -> word(a.path("httpStatus")))
                    .as(trouble.fault)
                    .containsExactly(worded(trouble.statuses, row));
            boolean lost = trouble.statuses.contains("null");
            assertThat(row.path("answerLost").asBoolean()).as(trouble.fault).isEqualTo(lost);
            assertThat(tries(row))
                    .extracting(a -> a.path("answerLost").asBoolean())
                    .containsExactlyElementsOf(tries(row).stream()
                            .map(a -> a.path("httpStatus").isNull())
                            .toList());
            List<JsonNode> arrived = sandbox.received(pixel.platformId());
            assertThat(arrived).as(trouble.fault).hasSize(trouble.copies);
            assertThat(new HashSet<>(Json.each(arrived, "rawBody"))).hasSizeLessThanOrEqualTo(1);
            pixels.awaitHealth(pixel, "ok");
        });
        Pixel told = met.values().iterator().next();
        List<JsonNode> attempts = Json.list(api.row(deliveryAt(told, answer)).path("attempts"));
        assertThat(Duration.between(at(attempts.get(0)), at(attempts.get(1))))
                .as("ten minutes' wait on this clock")
                .isGreaterThanOrEqualTo(
                        transport.saysHowLongToWait() ? Duration.ofMillis(600) : Duration.ofMillis(300));
    }

    @Test
    void anAnswerThatComesTooLateCountsAsLost() {
        Waiting late = Objects.requireNonNull(TOO_LATE.get(transport));
        JsonNode row = api.rowOnce(late.delivery, "accepted");
        assertThat(row.path("answerLost").asBoolean()).isTrue();
        assertThat(tries(row)).hasSize(2);
        assertThat(row.at("/attempts/0/answerLost").asBoolean()).isTrue();
        assertThat(row.at("/attempts/0/durationMs").asInt()).isBetween(9_500, 15_000);
        eventually(
                () -> assertThat(sandbox.received(late.pixel.platformId())).hasSize(transport.storesTwins() ? 2 : 1));
    }

    @Test
    void aThrottledPixelSaysSoAndGoesOnByItself() {
        Pixel pixel = pixels.add(transport);
        sandbox.fault(transport.word(), pixel.platformId(), "\"mode\":\"throttle\",\"retryAfterSeconds\":60");
        String delivery = pixels.won(pixel, "Sabar");
        pixels.awaitHealth(pixel, "throttled");
        assertThat(pixels.health(pixel).at("/reason/code").asText()).isEqualTo("rate_limited");
        JsonNode row = api.row(delivery);
        assertThat(row.path("status").asText()).isEqualTo("pending");
        assertThat(row.at("/reason/code").asText()).isEqualTo("rate_limited");
        assertThat(finding(pixel).path("severity").asText()).isEqualTo("warning");
        sandbox.clearFaults();
        api.rowOnce(delivery, "accepted");
        pixels.awaitHealth(pixel, "ok");
        assertThat(arrivedOnce(pixel)).hasSize(1);
    }

    @Test
    void aWrongSetUpParksThePixelUntilItIsMended() {
        int ways = transport.wrongs("1").size();
        if (ways == 0) {
            return; // It tells nobody. That such events count as received, not as validated, is Ga4IT's.
        }
        var wrong =
                IntStream.range(0, ways).mapToObj(i -> pixels.add(transport, i)).toList();
        for (int i = 0; i < ways; i++) {
            Wrong way = transport.wrongs("1").get(i);
            JsonNode tested = api.post("/pixels/" + wrong.get(i).id() + "/test").expect(200);
            assertThat(tested.path("ok").asBoolean()).isFalse();
            assertThat(tested.path("verdict").asText()).isEqualTo(way.code());
            assertThat(tested.path("fix").asText()).isNotBlank();
        }
        JsonNode answer = api.won(pixels.lead("Parkir"), "1000");
        for (int i = 0; i < ways; i++) {
            Pixel pixel = wrong.get(i);
            String code = transport.wrongs("1").get(i).code();
            pixels.awaitHealth(pixel, "parked");
            JsonNode row = api.row(deliveryAt(pixel, answer));
            assertThat(row.path("status").asText()).as(code).isEqualTo("pending");
            assertThat(row.at("/reason/code").asText()).isEqualTo(code);
            assertThat(row.at("/reason/fix").asText()).isNotBlank();
            JsonNode finding = finding(pixel);
            assertThat(finding.path("code").asText()).isEqualTo(code);
            assertThat(finding.path("severity").asText()).isEqualTo("error");
            assertThat(finding.path("fix").asText()).isNotBlank();
            assertThat(pixels.get(pixel).path("queued").asInt()).isEqualTo(1);
            assertThat(sandbox.received(pixel.platformId())).isEmpty();
            pixels.mend(pixel);
        }
        for (Pixel pixel : wrong) {
            api.rowOnce(deliveryAt(pixel, answer), "accepted");
            pixels.awaitHealth(pixel, "ok");
            assertThat(arrivedOnce(pixel)).hasSize(1);
        }
        assertThat(Json.each(findings(), "pixelId")).doesNotContainAnyElementsOf(ids(wrong));
    }

    @Test
    void testConnectionFindsNothingWrongAndStoresNothing() {
        Pixel pixel = pixels.add(transport);
        JsonNode right = api.post("/pixels/" + pixel.id() + "/test").expect(200);
        assertThat(right.path("ok").asBoolean()).as(right.toString()).isTrue();
        assertThat(right.path("verdict").asText()).isEqualTo(transport.connected());
        assertThat(right.path("message").asText()).isNotBlank();
        sandbox.fault("*", "*", "\"mode\":\"down\"");
        JsonNode unreachable = api.post("/pixels/" + pixel.id() + "/test").expect(200);
        assertThat(unreachable.path("ok").asBoolean()).isFalse();
        assertThat(unreachable.path("verdict").asText()).isEqualTo("unreachable");
        assertThat(unreachable.path("fix").asText()).isNotBlank();
        assertThat(api.rows("pixelId=" + pixel.id())).isEmpty();
        assertThat(sandbox.received(pixel.platformId())).isEmpty();
        assertThat(pixels.health(pixel).path("state").asText()).isEqualTo("ok");
    }

    @Test
    void timesAtTheEdgeAreMovedToNowOrSkipped() {
        Pixel pixel = pixels.add(transport);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Map<Instant, String> edges = Map.of(
                now.plus(Duration.ofMinutes(2)), "accepted",
                now.plus(Duration.ofHours(2)), "event_in_future",
                now.minus(transport.maxAge()).plus(Duration.ofDays(2)), "accepted",
                now.minus(transport.maxAge()).minus(Duration.ofDays(1)), "event_too_old");
        edges.forEach((at, end) -> {
            String delivery = deliveryAt(
                    pixel,
                    api.put("/leads/" + pixels.lead("Waktu") + "/status", """
                                    {"status":"won","actualValue":"1000","currency":"IDR","occurredAt":"%s"}""".formatted(at))
                            .expect(200));
            JsonNode row = api.rowOnce(delivery, end.equals("accepted") ? "accepted" : "skipped");
            assertThat(Instant.parse(row.path("occurredAt").asText())).isEqualTo(at);
            if (!end.equals("accepted")) {
                assertThat(row.at("/reason/code").asText()).isEqualTo(end);
                assertThat(row.at("/reason/fix").asText()).isNotBlank();
            }
        });
        List<JsonNode> arrived = arrivedOnce(pixel);
        assertThat(arrived).hasSize(2);
        assertThat(arrived)
                .allSatisfy(e -> assertThat(Instant.parse(e.path("eventTime").asText()))
                        .as("now, or the next second where the platform takes no fraction")
                        .isBefore(Instant.now().plusSeconds(1)));
    }

    @Test
    void moneyArrivesAsItWasSaid() {
        Pixel pixel = pixels.add(transport);
        Map<String, String> amounts = Map.of(
                "2500000", "IDR",
                "25000000000", "IDR",
                "1234567.89", "USD",
                "0.123456", "USD",
                "10.50", "EUR",
                "0", "JPY");
        amounts.forEach((amount, currency) -> {
            String lead = pixels.lead("Uang");
            JsonNode answer = api.put("/leads/" + lead + "/status", """
                            {"status":"won","actualValue":"%s","currency":"%s"}""".formatted(amount, currency))
                    .expect(200);
            JsonNode row = api.rowOnce(deliveryAt(pixel, answer), "accepted");
            assertThat(row.path("value").asText()).isEqualTo(amount);
            assertThat(row.path("currency").asText()).isEqualTo(currency);
            JsonNode arrived = sandbox.received(pixel.platformId()).getLast();
            assertThat(arrived.path("value").decimalValue()).isEqualByComparingTo(new BigDecimal(amount));
            assertThat(arrived.path("currency").asText()).isEqualTo(currency);
            assertThat(arrived.path("rawBody").asText())
                    .as("a plain number, no text and no exponent")
                    .containsPattern(transport.amount(amount.replaceAll("(\\.\\d*[1-9])0+$", "$1")) + "[,}]");
        });
        assertThat(arrivedOnce(pixel)).hasSize(amounts.size());
    }

    @Test
    void namesOfEveryScriptAreTaken() {
        Pixel pixel = pixels.add(transport);
        List<String> names = List.of(
                "Zażółć Gęślą-Jaźń",
                "李小龙",
                "محمد عبد الله",
                "Nguyễn Văn Ánh",
                "O'Brien \"Bob\" \\ Jr.",
                "👩🏽‍🚀 Ayu",
                "Iİıi ẞß");
        for (String name : names) {
            JsonNode row = api.rowOnce(pixels.won(pixel, name), "accepted");
            assertThat(api.get("/leads/" + row.path("leadId").asText())
                            .expect(200)
                            .path("name")
                            .asText())
                    .isEqualTo(name);
            JsonNode arrived = sandbox.received(pixel.platformId()).getLast();
            assertThat(arrived.path("warnings").toString()).as(name).doesNotContain("normalisation", "hash", "empty");
            assertThat(arrived.path("rawBody").asText()).doesNotContain(name);
        }
        assertThat(arrivedOnce(pixel)).hasSize(names.size());
    }

    @Test
    void aStatusSetByManyThreadsSendsOneEvent() {
        Pixel pixel = pixels.add(transport);
        String lead = pixels.lead("Serentak");
        List<JsonNode> answers =
                Crowd.atOnce(Collections.nCopies(10, (Callable<JsonNode>) () -> api.won(lead, "1000")));
        String delivery = deliveryAt(pixel, answers.getFirst());
        assertThat(answers).extracting(a -> deliveryAt(pixel, a)).containsOnly(delivery);
        api.rowOnce(delivery, "accepted");
        // Somebody else's event comes after all of this one's.
        api.rowOnce(pixels.won(pixel, "Kemudian"), "accepted");
        assertThat(api.onlyRow(lead, pixel.id(), transport.event(pixel.platformId()))
                        .path("attempts"))
                .hasSizeBetween(1, 3);
        assertThat(arrivedOnce(pixel)).hasSize(2);
    }

    @Test
    void aRefusedEventIsSentAgainOnRequestUnderTheSameEventId() {
        Pixel pixel = pixels.add(transport);
        sandbox.fault(transport.word(), pixel.platformId(), transport.refusal() + ",\"count\":1");
        String delivery = pixels.won(pixel, "Ulangi");
        JsonNode failed = api.rowOnce(delivery, "failed");
        assertThat(failed.at("/reason/code").asText()).isNotBlank();
        assertThat(failed.at("/reason/fix").asText()).isNotBlank();
        assertThat(sandbox.received(pixel.platformId())).isEmpty();
        api.post("/sync-logs/" + delivery + "/retry").expect(200);
        JsonNode accepted = api.rowOnce(delivery, "accepted");
        assertThat(accepted.path("eventId")).isEqualTo(failed.path("eventId"));
        assertThat(accepted.path("attempts").size()).isGreaterThanOrEqualTo(2);
        assertThat(arrivedOnce(pixel)).hasSize(1);
        assertThat(api.post("/sync-logs/" + delivery + "/retry").status()).isEqualTo(409);
    }

    @Test
    void aPreviewIsTheRequestThatIsSentLater() {
        Pixel pixel = pixels.add(transport);
        String lead = pixels.lead("Pratinjau");
        api.patch("/leads/" + lead, "{\"actualValue\":\"4200\",\"currency\":\"IDR\"}")
                .expect(200);
        JsonNode shown = preview(pixel, lead, "");
        assertThat(shown.path("send").asBoolean()).isTrue();
        assertThat(shown.path("event").asText()).isEqualTo(transport.event(pixel.platformId()));
        assertThat(shown.path("validation").isNull()).isTrue();
        assertThat(sandbox.requests(pixel.platformId())).isEmpty();
        JsonNode asked = preview(pixel, lead, "?validate=true").path("validation");
        assertThat(asked.isNull()).as(asked.toString()).isNotEqualTo(transport.rehearses());
        if (transport.rehearses()) {
            assertThat(asked.path("ok").asBoolean()).as(asked.toString()).isTrue();
        }
        assertThat(sandbox.received(pixel.platformId())).isEmpty();
        assertThat(api.rows("pixelId=" + pixel.id() + "&event=" + transport.event(pixel.platformId())))
                .isEmpty();

        JsonNode row = api.rowOnce(
                deliveryAt(
                        pixel,
                        api.put("/leads/" + lead + "/status", "{\"status\":\"won\"}")
                                .expect(200)),
                "accepted");
        assertThat(row.path("eventId")).isEqualTo(shown.path("eventId"));
        assertThat(timeless(row.at("/attempts/0/request/body"))).isEqualTo(timeless(shown.at("/request/body")));
        assertThat(row.at("/attempts/0/request/url")).isEqualTo(shown.at("/request/url"));
        assertThat(shown.toString()).doesNotContain(secrets(pixel));
    }

    private static JsonNode preview(Pixel pixel, String lead, String query) {
        JsonNode preview = api.post(
                        "/conversion-settings/preview" + query, "{\"leadId\":\"" + lead + "\",\"status\":\"won\"}")
                .expect(200);
        return Json.items(preview).stream()
                .filter(i -> i.path("pixelId").asText().equals(pixel.id()))
                .findFirst()
                .orElseThrow();
    }

    /** A request's body but for when it happened, which is the moment the status is set. */
    private static JsonNode timeless(JsonNode body) {
        JsonNode copy = body.deepCopy();
        for (String time : List.of(
                "event_time", "timestamp_micros", "eventTimestamp", "conversionDateTime", "conversionHappenedAt")) {
            for (JsonNode holder : copy.findParents(time)) {
                ((ObjectNode) holder).remove(time);
            }
        }
        return copy;
    }

    private static String[] secrets(Pixel pixel) {
        return Json.list(Json.read(pixel.transport().credentials(pixel.platformId()))).stream()
                .map(JsonNode::asText)
                .toArray(String[]::new);
    }

    /** What arrived at a pixel, none of it twice. */
    private static List<JsonNode> arrivedOnce(Pixel pixel) {
        List<JsonNode> arrived = sandbox.received(pixel.platformId());
        assertThat(Json.each(arrived, "eventId")).doesNotHaveDuplicates();
        return arrived;
    }

    private static List<String> states(Pixel pixel) {
        return Json.each(
                api.rows("pixelId=" + pixel.id() + "&event=" + pixel.transport().event(pixel.platformId())), "status");
    }

    private static List<JsonNode> findings() {
        return Json.items(api.get("/diagnostics").expect(200));
    }

    private static JsonNode finding(Pixel pixel) {
        return findings().stream()
                .filter(f -> f.path("pixelId").asText().equals(pixel.id()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> ids(List<Pixel> all) {
        return all.stream().map(Pixel::id).toList();
    }

    private static Instant at(JsonNode attempt) {
        return Instant.parse(attempt.path("at").asText());
    }

    private static String word(JsonNode status) {
        return status.isNull() ? "null" : status.asText();
    }

    /** The expected statuses; what is meant by a class of them is taken from the row if it fits. */
    private static String[] worded(String statuses, JsonNode row) {
        String[] words = statuses.split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            String real = word(row.at("/attempts/" + i + "/httpStatus"));
            String wanted = words[i].equals("OK") ? "20[014]" : words[i].replace("x", "\\d");
            words[i] = real.matches(wanted) ? real : words[i];
        }
        return words;
    }
}
