package kembali.sandbox.google.ga4;

import static kembali.sandbox.google.GoogleClient.COLLECT;
import static kembali.sandbox.google.GoogleClient.DEBUG;
import static kembali.sandbox.google.GoogleClient.STREAM;
import static kembali.sandbox.google.GoogleClient.firstEvent;
import static kembali.sandbox.google.GoogleClient.params;
import static kembali.sandbox.google.GoogleClient.purchase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kembali.sandbox.Arrival;
import kembali.sandbox.Fault;
import kembali.sandbox.Fault.Mode;
import kembali.sandbox.Handled.Verdict;
import kembali.sandbox.SandboxClient;
import kembali.sandbox.SandboxClient.Answer;
import kembali.sandbox.google.GoogleClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ga4Test {
    private static final long NOW_MICROS = SandboxClient.NOW.getEpochSecond() * 1_000_000;

    private GoogleClient client;

    @BeforeEach
    void start() {
        client = new GoogleClient();
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void takesTheGoldenPurchaseWithoutAWord() {
        Answer answer = client.collect(body -> {});
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.text()).isEmpty();
        Arrival stored = client.last();
        assertThat(stored.pixelId()).isEqualTo(STREAM);
        assertThat(stored.event()).isEqualTo("purchase");
        assertThat(stored.eventId()).isEqualTo("kbl-7f3a-won");
        assertThat(stored.eventTime()).isEqualTo(Instant.parse("2026-11-20T03:04:05Z"));
        assertThat(stored.value()).isEqualByComparingTo("1500000");
        assertThat(stored.currency()).isEqualTo("IDR");
        assertThat(stored.matchKeys()).containsExactly("sha256_phone_number");
        assertThat(stored.warnings()).isEmpty();
        assertThat(new String(stored.raw(), StandardCharsets.UTF_8))
                .isEqualTo(purchase().at("/events/0").toString());
        assertThat(client.rows()).containsExactly("ga4 " + STREAM + " purchase accepted: 1");
    }

    static Stream<Arguments> swallowed() {
        return Stream.of(
                lost("client_id_missing", "VALUE_REQUIRED", body -> body.remove("client_id")),
                lost("client_id_missing", "VALUE_REQUIRED", body -> body.put("client_id", "")),
                lost("client_id_missing", "VALUE_REQUIRED", body -> body.put("client_id", 12.5)),
                lost("unknown_key", "VALUE_INVALID", body -> body.put("gclid", "Cj0K")),
                lost("app_stream", "VALUE_INVALID", body -> body.put("app_instance_id", "a1")),
                lost("unknown_key", "VALUE_INVALID", body -> firstEvent(body).put("id", "a1")),
                lost("wrong_type", "VALUE_INVALID", body -> body.put("user_id", 7)),
                lost("wrong_type", "VALUE_INVALID", body -> body.put("timestamp_micros", 1795143845.5)),
                lost("wrong_type", "VALUE_INVALID", body -> body.put("timestamp_micros", "yesterday")),
                lost(
                        "timestamp_future",
                        "VALUE_OUT_OF_BOUNDS",
                        body -> body.put("timestamp_micros", NOW_MICROS + 901_000_000L)),
                lost(
                        "consent_value",
                        "VALUE_INVALID",
                        body -> ((ObjectNode) body.get("consent")).put("ad_user_data", "granted")),
                lost("unknown_key", "VALUE_INVALID", body -> ((ObjectNode) body.get("consent")).put("ads", "GRANTED")),
                lost(
                        "unknown_key",
                        "VALUE_INVALID",
                        body -> ((ObjectNode) body.get("user_location")).put("zip", "12345")),
                lost(
                        "unknown_key",
                        "VALUE_INVALID",
                        body -> body.putObject("device").put("colour", "blue")),
                lost(
                        "unknown_key",
                        "VALUE_INVALID",
                        body -> ((ObjectNode) body.get("user_data")).put("email", "a@b.id")),
                lost("wrong_type", "VALUE_INVALID", body -> body.put("validation_behavior", "STRICT")),
                lost(
                        "wrong_type",
                        "VALUE_INVALID",
                        body -> body.putObject("user_properties").put("tier", "gold")),
                lost("too_many_user_properties", "EXCEEDED_MAX_ENTITIES", body -> {
                    ObjectNode properties = body.putObject("user_properties");
                    for (int i = 0; i < 26; i++) {
                        properties.putObject("p" + i).put("value", 1);
                    }
                }),
                lost("events_missing", "VALUE_REQUIRED", body -> body.remove("events")),
                lost("events_missing", "VALUE_REQUIRED", body -> body.putArray("events")),
                lost("name_missing", "VALUE_REQUIRED", body -> firstEvent(body).remove("name")),
                lost("name_invalid", "NAME_INVALID", body -> firstEvent(body).put("name", "_x")),
                lost("name_invalid", "NAME_INVALID", body -> firstEvent(body).put("name", "lead-won")),
                lost("name_too_long", "NAME_INVALID", body -> firstEvent(body).put("name", "a".repeat(41))),
                lost("name_reserved", "NAME_RESERVED", body -> firstEvent(body).put("name", "session_start")),
                lost("name_reserved", "NAME_RESERVED", body -> firstEvent(body).put("name", "ga_lead")),
                lost("too_many_params", "EXCEEDED_MAX_ENTITIES", body -> {
                    for (int i = 0; i < 20; i++) {
                        params(body).put("p" + i, 1);
                    }
                }),
                lost("param_invalid", "NAME_INVALID", body -> params(body).put("lead status", "won")),
                lost("param_too_long", "NAME_INVALID", body -> params(body).put("a".repeat(41), 1)),
                lost("param_reserved", "NAME_RESERVED", body -> params(body).put("google_x", 1)),
                lost("param_type", "VALUE_INVALID", body -> params(body).putNull("coupon")),
                lost("param_type", "VALUE_INVALID", body -> params(body).putObject("lead")),
                lost("param_type", "VALUE_INVALID", body -> params(body).put("items", "paket-a")),
                lost(
                        "transaction_id_empty",
                        "VALUE_REQUIRED",
                        body -> params(body).put("transaction_id", "")));
    }

    private static Arguments lost(String word, String code, Consumer<ObjectNode> change) {
        return Arguments.of(word, code, change);
    }

    @ParameterizedTest
    @MethodSource("swallowed")
    void swallowsWhatTheRealOneSwallowsAndTheValidationServerSaysWhy(
            String word, String code, Consumer<ObjectNode> change) {
        assertThat(client.validate(change)).contains(code);
        assertThat(client.collect(change).status()).isEqualTo(204);
        assertThat(client.stored()).isZero();
        assertThat(client.sandbox().ledger().summary().verdicts()).containsEntry(Verdict.SWALLOWED, 1L);
        assertThat(client.rows()).singleElement().asString().contains("swallowed " + word + ": 1");
    }

    @ParameterizedTest
    @CsvSource({
        "not_json, 'rubbish'",
        "not_json, '[]'",
        "not_json, ''",
        "duplicate_key, '{\"client_id\":\"1.2\",\"client_id\":\"1.2\",\"events\":[{\"name\":\"page_view\"}]}'",
    })
    void swallowsRubbish(String word, String body) {
        assertThat(client.collect(body).status()).isEqualTo(204);
        assertThat(client.rows()).containsExactly("ga4 " + STREAM + "  swallowed " + word + ": 1");
        assertThat(client.get("/_sandbox/requests?verdict=swallowed")
                        .body()
                        .at("/items/0/code")
                        .asText())
                .isEqualTo(word);
    }

    @Test
    void swallowsABodyOf130Kilobytes() {
        client.collect(body -> body.put("user_agent", "x".repeat(130_000)));
        assertThat(client.rows()).singleElement().asString().contains("swallowed body_too_large");
    }

    @ParameterizedTest
    @CsvSource({
        "/mp/collect, measurement_id",
        "/mp/collect?measurement_id=UA-123&api_secret=s1, measurement_id",
        "/mp/collect?measurement_id=G-TEST1234, api_secret_missing",
        "/mp/collect?measurement_id=G-TEST1234&api_secret=, api_secret_missing",
        "/mp/collect?measurement_id=G-TEST1234&api_secret=revoked1, api_secret_wrong",
        "/mp/collect?measurement_id=G-TEST1234&api_secret=s1&firebase_app_id=1:2:web:3, app_stream",
    })
    void swallowsAWrongAddress(String path, String word) {
        assertThat(client.collectAt(path, purchase().toString()).status()).isEqualTo(204);
        assertThat(client.rows()).singleElement().asString().contains("swallowed " + word);
    }

    @Test
    void losesOneEventAndKeepsTheOthers() {
        client.collect(body -> ((ArrayNode) body.get("events")).addObject().put("name", "error"));
        assertThat(client.rows())
                .containsExactlyInAnyOrder(
                        "ga4 " + STREAM + " purchase accepted: 1",
                        "ga4 " + STREAM + " error swallowed name_reserved: 1");
    }

    @Test
    void swallowsACallOf26Events() {
        client.collect(body -> {
            for (int i = 0; i < 25; i++) {
                ((ArrayNode) body.get("events")).addObject().put("name", "page_view");
            }
        });
        assertThat(client.stored()).isZero();
        assertThat(client.rows()).contains("ga4 " + STREAM + " page_view swallowed too_many_events: 25");
    }

    static Stream<Arguments> flawed() {
        return Stream.of(
                flaw("client_id_form", body -> body.put("client_id", "GA1.1.123.456")),
                flaw("empty_string", body -> body.put("user_id", "")),
                flaw("personal_data", body -> body.put("user_id", "budi@example.co.id")),
                flaw("timestamp_unit", body -> body.put("timestamp_micros", 1795143845L)),
                flaw("timestamp_unit", body -> body.put("timestamp_micros", 1795143845000L)),
                flaw("clamped_72h", body -> body.put("timestamp_micros", NOW_MICROS - 259_201_000_000L)),
                flaw("timestamp_future", body -> body.put("timestamp_micros", NOW_MICROS + 600_000_000L)),
                flaw("number_as_text", body -> body.put("timestamp_micros", "1795143845000000")),
                flaw("deprecated_key", body -> body.put("non_personalized_ads", true)),
                flaw("location_form", body -> ((ObjectNode) body.get("user_location")).put("country_id", "Indonesia")),
                flaw("ip_override_ignored", body -> body.put("ip_override", "203.0.113.7")),
                flaw("ip_form", body -> body.put("ip_override", "localhost")),
                flaw("validation_behavior", body -> body.put("validation_behavior", "RELAXED")),
                flaw(
                        "user_property_dropped",
                        body -> body.putObject("user_properties")
                                .putObject("user_id")
                                .put("value", "x")),
                flaw(
                        "user_property_dropped",
                        body -> body.putObject("user_properties")
                                .putObject("a".repeat(25))
                                .put("value", "x")),
                flaw(
                        "value_truncated",
                        body -> body.putObject("user_properties")
                                .putObject("tier")
                                .put("value", "x".repeat(37))),
                flaw(
                        "not_hashed",
                        body -> ((ObjectNode) body.get("user_data")).put("sha256_email_address", "budi@example.co.id")),
                flaw(
                        "hash_form",
                        body -> ((ObjectNode) body.get("user_data"))
                                .put("sha256_email_address", "PRwqPAj4PI87/zGZKSCYmc2N/L18HuK9dh2pF3XFzkg=")),
                flaw(
                        "empty_hashed",
                        body -> ((ObjectNode) body.get("user_data"))
                                .put(
                                        "sha256_email_address",
                                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")),
                flaw("user_data_without_user_id", body -> body.remove("user_id")),
                flaw(
                        "address_form",
                        body -> ((ObjectNode) body.get("user_data"))
                                .putArray("address")
                                .addObject()
                                .put("city", "Jakarta")),
                flaw("wrong_case", body -> firstEvent(body).put("name", "Purchase")),
                flaw("value_without_currency", body -> params(body).remove("currency")),
                flaw("currency_unknown", body -> params(body).put("currency", "idr")),
                flaw("currency_unknown", body -> params(body).put("currency", "Rp")),
                flaw("value_not_a_number", body -> params(body).put("value", "1.500.000")),
                flaw("negative_value", body -> params(body).put("value", -1)),
                flaw("transaction_id_missing", body -> params(body).remove("transaction_id")),
                flaw("value_missing", body -> params(body).remove("value")),
                flaw("items_missing", body -> params(body).remove("items")),
                flaw(
                        "item_unnamed",
                        body -> params(body).putArray("items").addObject().put("price", 1)),
                flaw("item_params", body -> {
                    for (int i = 0; i < 11; i++) {
                        ((ObjectNode) params(body).at("/items/0")).put("own" + i, 1);
                    }
                }),
                flaw("value_truncated", body -> params(body).put("coupon", "x".repeat(101))),
                flaw("param_boolean", body -> params(body).put("paid", true)),
                flaw("param_dropped", body -> params(body).put("firebase_conversion", 1)),
                flaw("session_id_form", body -> params(body).put("session_id", "GS2.1.s1763521111")),
                flaw("engagement_form", body -> params(body).put("engagement_time_msec", 0)));
    }

    private static Arguments flaw(String word, Consumer<ObjectNode> change) {
        return Arguments.of(word, change);
    }

    @ParameterizedTest
    @MethodSource("flawed")
    void keepsAnEventThatSuffersAndSaysWhatItLost(String word, Consumer<ObjectNode> change) {
        client.collect(change);
        assertThat(client.stored()).isEqualTo(1);
        assertThat(client.warnings()).contains(word);
    }

    @Test
    void aTimeOfTheEventGoesBeforeTheCalls() {
        client.collect(body -> firstEvent(body).put("timestamp_micros", NOW_MICROS - 1_000_000));
        assertThat(client.last().eventTime()).isEqualTo(SandboxClient.NOW.minusSeconds(1));
    }

    @Test
    void countsAnOldEventAsOf72HoursAgo() {
        client.collect(body -> body.put("timestamp_micros", NOW_MICROS - 400_000_000_000L));
        assertThat(client.last().eventTime()).isEqualTo(SandboxClient.NOW.minus(Duration.ofHours(72)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"page_view", "generate_lead", "close_convert_lead", "my_own_event"})
    void takesOtherEventsWithoutItemsOrMoney(String name) {
        client.collect(body -> {
            firstEvent(body).put("name", name);
            params(body).removeAll();
        });
        assertThat(client.last().event()).isEqualTo(name);
        assertThat(client.warnings()).isEmpty();
    }

    @Test
    void aPurchaseSentAgainIsADuplicateByItsTransaction() {
        client.collect(body -> {});
        client.collect(body -> body.put("timestamp_micros", NOW_MICROS));
        assertThat(client.lastReceived().duplicate()).isTrue();
        client.collect(body -> params(body).put("transaction_id", "kbl-7f3b-won"));
        assertThat(client.lastReceived().duplicate()).isFalse();
        assertThat(client.sandbox().ledger().summary().unexplained()).isEqualTo(1);
    }

    @Test
    void anEventWithoutATransactionIsKnownByClientAndTime() {
        Consumer<ObjectNode> lead = body -> {
            firstEvent(body).put("name", "generate_lead");
            params(body).removeAll();
        };
        client.collect(lead);
        client.collect(lead.andThen(body -> body.put("timestamp_micros", NOW_MICROS)));
        assertThat(client.lastReceived().duplicate()).isFalse();
        client.collect(lead);
        assertThat(client.lastReceived().duplicate()).isTrue();
    }

    @Test
    void theValidationServerFindsNothingWrongWithTheGoldenPurchaseAndStoresNothing() {
        Answer answer = client.collectAt(DEBUG, purchase().toString());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"validationMessages\":[]}");
        assertThat(client.stored()).isZero();
        assertThat(client.sandbox().ledger().summary().verdicts()).containsEntry(Verdict.LOOKED, 1L);
    }

    @Test
    void theValidationServerAnswersAsDocumented() {
        Answer answer = client.collectAt(
                DEBUG,
                GoogleClient.changed(purchase(), body -> firstEvent(body).put("name", "_x"))
                        .toString());
        assertThat(answer.body().at("/validationMessages/0")).isEqualTo(SandboxClient.read("""
                {"fieldPath":"events","description":"Event at index: [0] has invalid name [_x]. Names must start with an alphabetic character.","validationCode":"NAME_INVALID"}"""));
    }

    @Test
    void theValidationServerDoesNotLookAtTheSecret() {
        Answer answer = client.collectAt(
                "/debug/mp/collect?measurement_id=" + STREAM, purchase().toString());
        assertThat(answer.text()).isEqualTo("{\"validationMessages\":[]}");
    }

    @Test
    void enforcedRecommendationsAreErrors() {
        Consumer<ObjectNode> old = body -> body.put("timestamp_micros", NOW_MICROS - 400_000_000_000L);
        assertThat(client.validate(old)).isEmpty();
        Consumer<ObjectNode> strict = body -> body.put("validation_behavior", "ENFORCE_RECOMMENDATIONS");
        assertThat(client.validate(strict)).isEmpty();
        assertThat(client.validate(strict.andThen(old))).containsExactly("VALUE_OUT_OF_BOUNDS");
        assertThat(client.validate(strict.andThen(body -> params(body).remove("items"))))
                .containsExactly("VALUE_REQUIRED");
        client.collect(strict.andThen(old));
        assertThat(client.stored()).isZero();
    }

    @Test
    void recognisesARightHashAndNamesAWrongOne() {
        client.control("known", "{\"ph\":[\"0812-3456-7890\"],\"em\":[\"Budi.Santoso+promo@Gmail.com\"]}");
        client.collect(body -> ((ObjectNode) body.get("user_data"))
                .put("sha256_email_address", "3d1c2a3c08f83c8f3bff319929209899cd8dfcbd7c1ee2bd761da91775c5ce48"));
        assertThat(client.last().recognised()).containsExactly("sha256_phone_number", "sha256_email_address");
        // Right for Meta: 6281234567890 without the plus.
        client.collect(body -> ((ObjectNode) body.get("user_data"))
                .put("sha256_phone_number", "dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725"));
        assertThat(client.last().recognised()).isEmpty();
        assertThat(client.last().warnings().getFirst().detail()).isEqualTo("sha256_phone_number: without plus");
    }

    @Test
    void theSecretIsNeverShown() {
        client.collectAt(
                "/mp/collect?measurement_id=" + STREAM + "&api_secret=very-secret-1234",
                purchase().toString());
        assertThat(client.get("/_sandbox/requests").text())
                .contains("api_secret=…1234")
                .doesNotContain("very-secret");
    }

    @Test
    void throttlesFailsAndLosesAnswers() {
        client.arm(Fault.of("ga4", Mode.THROTTLE).times(1));
        Answer throttled = client.collect(body -> {});
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.raw().headers().firstValue("Retry-After")).contains("60");
        client.arm(Fault.of("ga4", Mode.FAIL).times(1));
        assertThat(client.collect(body -> {}).status()).isEqualTo(503);
        client.arm(Fault.of("ga4", Mode.REVOKE).at(STREAM).times(1));
        assertThat(client.collect(body -> {}).status()).isEqualTo(204);
        assertThat(client.stored()).isZero();
        client.control("faults", "{\"platform\":\"ga4\",\"mode\":\"lose_answer\",\"count\":1}");
        assertThat(catchThrowable(() -> client.collect(body -> {}))).isNotNull();
        client.collect(body -> {});
        assertThat(client.stored()).isEqualTo(2);
        assertThat(client.sandbox().ledger().summary().unexplained()).isZero();
    }

    @Test
    void partialThrowsEventsAwayWithoutAWord() {
        client.arm(Fault.of("ga4", Mode.PARTIAL).times(1).because("quota"));
        assertThat(client.collect(body -> {}).status()).isEqualTo(204);
        assertThat(client.rows()).containsExactly("ga4 " + STREAM + " purchase swallowed quota: 1");
    }

    @Test
    void onlyPostCounts() {
        assertThat(client.get(COLLECT).status()).isEqualTo(204);
        assertThat(client.rows()).containsExactly("ga4 " + STREAM + "  swallowed method: 1");
    }
}
