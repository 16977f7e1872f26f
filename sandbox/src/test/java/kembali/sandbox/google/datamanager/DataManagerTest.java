package kembali.sandbox.google.datamanager;

import static kembali.sandbox.google.GoogleClient.ACTION;
import static kembali.sandbox.google.GoogleClient.INGEST;
import static kembali.sandbox.google.GoogleClient.PHONE_HASH;
import static kembali.sandbox.google.GoogleClient.destination;
import static kembali.sandbox.google.GoogleClient.firstEvent;
import static kembali.sandbox.google.GoogleClient.violations;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kembali.sandbox.Arrival;
import kembali.sandbox.Handled.Verdict;
import kembali.sandbox.SandboxClient.Answer;
import kembali.sandbox.google.GoogleClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DataManagerTest {
    private static final String STATUS = "/v1/requestStatus:retrieve?requestId=";

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
    void takesTheGoldenEvent() {
        Answer answer = client.ingest(body -> {});
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("requestId").asText()).isNotEmpty();
        assertThat(answer.body().has("fieldWarnings")).isFalse();
        Arrival stored = client.last();
        assertThat(stored.pixelId()).isEqualTo(ACTION);
        assertThat(stored.event()).isEqualTo("conversion");
        assertThat(stored.eventId()).isEqualTo("kbl-7f3a-won");
        assertThat(stored.eventTime()).isEqualTo(Instant.parse("2026-11-20T03:04:05Z"));
        assertThat(stored.value()).isEqualByComparingTo("1500000");
        assertThat(stored.currency()).isEqualTo("IDR");
        assertThat(stored.origin()).isEqualTo("WEB");
        assertThat(stored.matchKeys()).containsExactly("gclid", "phoneNumber");
        assertThat(stored.warnings()).isEmpty();
        assertThat(new String(stored.raw(), StandardCharsets.UTF_8))
                .isEqualTo(GoogleClient.ingest().at("/events/0").toString());
        assertThat(client.rows()).containsExactly("google_data_manager 987654321 conversion accepted: 1");
    }

    @Test
    void refusesAsDocumented() {
        Answer answer = client.ingest(body -> firstEvent(body).remove("eventSource"));
        assertThat(answer.status()).isEqualTo(400);
        JsonNode error = answer.body().path("error");
        assertThat(error.path("code").asInt()).isEqualTo(400);
        assertThat(error.path("status").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(error.path("message").asText()).isEqualTo("There was a problem with the request.");
        assertThat(error.at("/details/0/@type").asText()).isEqualTo("type.googleapis.com/google.rpc.ErrorInfo");
        assertThat(error.at("/details/0/reason").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(error.at("/details/0/domain").asText()).isEqualTo("datamanager.googleapis.com");
        assertThat(error.at("/details/1/@type").asText()).isEqualTo("type.googleapis.com/google.rpc.RequestInfo");
        assertThat(error.at("/details/1/requestId").asText()).isNotEmpty();
        assertThat(error.at("/details/2/@type").asText()).isEqualTo("type.googleapis.com/google.rpc.BadRequest");
        assertThat(violations(answer)).containsExactly("REQUIRED_FIELD_MISSING events.events[0].event_source");
        assertThat(client.stored()).isZero();
        assertThat(client.rows())
                .containsExactly("google_data_manager 987654321 conversion refused REQUIRED_FIELD_MISSING: 1");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("REQUIRED_FIELD_MISSING destinations", body -> {
                    body.remove("destinations");
                    firstEvent(body).remove("destinationReferences");
                }),
                refusal("TOO_MANY_DESTINATIONS destinations", body -> {
                    for (int i = 0; i < 10; i++) {
                        ((ArrayNode) body.get("destinations"))
                                .add(destination(body).deepCopy().put("reference", "r" + i));
                    }
                }),
                refusal(
                        "DUPLICATE_DESTINATION_REFERENCE destinations[1].reference",
                        body -> ((ArrayNode) body.get("destinations"))
                                .add(destination(body).deepCopy())),
                refusal("REQUIRED_FIELD_MISSING destinations[1].reference", body -> {
                    ObjectNode other = destination(body).deepCopy();
                    other.remove("reference");
                    ((ArrayNode) body.get("destinations")).add(other);
                }),
                refusal(
                        "INVALID_DESTINATION events.events[0].destination_references[0]",
                        body -> firstEvent(body)
                                .putArray("destinationReferences")
                                .add("lost")),
                refusal(
                        "REQUIRED_FIELD_MISSING destinations[0].operating_account",
                        body -> destination(body).remove("operatingAccount")),
                refusal(
                        "INVALID_NUMBER_FORMAT destinations[0].operating_account.account_id",
                        body -> account(body, "operatingAccount").put("accountId", "123-456-7890")),
                refusal(
                        "INVALID_NUMBER_FORMAT destinations[0].login_account.account_id",
                        body -> account(body, "loginAccount").put("accountId", "MCC")),
                refusal(
                        "REQUIRED_FIELD_MISSING destinations[0].operating_account.account_type",
                        body -> account(body, "operatingAccount").remove("accountType")),
                refusal(
                        "LINKED_ACCOUNT_ONLY_ALLOWED_WITH_DATA_PARTNER_LOGIN_ACCOUNT destinations[0].linked_account",
                        body -> destination(body).set("linkedAccount", account(body, "loginAccount"))),
                refusal(
                        "REQUIRED_FIELD_MISSING destinations[0].product_destination_id",
                        body -> destination(body).remove("productDestinationId")),
                refusal(
                        "INVALID_CONVERSION_ACTION_ID destinations[0].product_destination_id",
                        body -> destination(body).put("productDestinationId", "AW-987654321/AbC")),
                refusal(
                        "INVALID_CONVERSION_ACTION_ID destinations[0].product_destination_id",
                        body -> destination(body).put("productDestinationId", "0987654321")),
                refusal("REQUIRED_FIELD_MISSING events", body -> body.putArray("events")),
                refusal("TOO_MANY_EVENTS events", body -> {
                    for (int i = 0; i < 2_000; i++) {
                        ((ArrayNode) body.get("events")).add(firstEvent(body));
                    }
                }),
                refusal(
                        "REQUIRED_FIELD_MISSING events.events[0].event_timestamp",
                        body -> firstEvent(body).remove("eventTimestamp")),
                refusal(
                        "EVENT_TIME_INVALID events.events[0].event_timestamp",
                        body -> firstEvent(body).put("eventTimestamp", "2026-11-21T04:00:00Z")),
                refusal(
                        "INVALID_ARGUMENT events.events[0]",
                        body -> firstEvent(body).put("transactionId", "20261120")),
                refusal("NO_IDENTIFIERS_PROVIDED events.events[0]", body -> {
                    firstEvent(body).remove("adIdentifiers");
                    firstEvent(body).remove("userData");
                }),
                refusal("REQUIRED_FIELD_MISSING encoding", body -> body.remove("encoding")),
                refusal(
                        "INVALID_CURRENCY_CODE events.events[0].currency",
                        body -> firstEvent(body).put("currency", "Rp")),
                refusal(
                        "INVALID_CURRENCY_CODE events.events[0].currency",
                        body -> firstEvent(body).put("currency", "idr")),
                refusal("TOO_MANY_USER_IDENTIFIERS events.events[0].user_data.user_identifiers", body -> {
                    for (int i = 0; i < 10; i++) {
                        identifiers(body).addObject().put("phoneNumber", PHONE_HASH);
                    }
                }),
                refusal(
                        "INVALID_HEX_ENCODING events.events[0].user_data.user_identifiers[0].phone_number",
                        body -> identifier(body).put("phoneNumber", "+6281234567890")),
                refusal(
                        "INVALID_SHA256_FORMAT events.events[0].user_data.user_identifiers[0].phone_number",
                        body -> identifier(body).put("phoneNumber", PHONE_HASH.substring(2))),
                refusal(
                        "INVALID_BASE64_ENCODING events.events[0].user_data.user_identifiers[0].email_address",
                        body -> {
                            body.put("encoding", "BASE64");
                            identifier(body).removeAll();
                            identifier(body).put("emailAddress", "budi@example.co.id");
                        }),
                refusal(
                        "INVALID_SHA256_FORMAT events.events[0].user_data.user_identifiers[0].phone_number",
                        body -> body.put("encoding", "BASE64")),
                refusal(
                        "INVALID_FORMAT events.events[0].user_data.user_identifiers[0]",
                        body -> identifier(body).put("emailAddress", PHONE_HASH)),
                refusal(
                        "REQUIRED_FIELD_MISSING events.events[0].user_data.user_identifiers[1].address.family_name",
                        body -> identifiers(body)
                                .addObject()
                                .putObject("address")
                                .put("givenName", PHONE_HASH)
                                .put("regionCode", "ID")
                                .put("postalCode", "12345")),
                refusal(
                        "INVALID_ENUM_VALUE events.events[0].event_source",
                        body -> firstEvent(body).put("eventSource", "WHATSAPP")),
                refusal(
                        "INVALID_ENUM_VALUE consent.ad_user_data",
                        body -> ((ObjectNode) body.get("consent")).put("adUserData", "GRANTED")));
    }

    private static Arguments refusal(String violation, Consumer<ObjectNode> change) {
        return Arguments.of(violation, change);
    }

    private static ObjectNode account(ObjectNode body, String which) {
        return (ObjectNode) destination(body).get(which);
    }

    private static ArrayNode identifiers(ObjectNode body) {
        return (ArrayNode) firstEvent(body).at("/userData/userIdentifiers");
    }

    private static ObjectNode identifier(ObjectNode body) {
        return (ObjectNode) identifiers(body).get(0);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesTheWholeRequest(String violation, Consumer<ObjectNode> change) {
        Answer answer = client.ingest(change);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(violations(answer)).contains(violation);
        assertThat(client.stored()).isZero();
    }

    static Stream<Arguments> misshapen() {
        return Stream.of(
                refusal(
                        "Unknown name \"gclid\" at 'events[0]'",
                        body -> firstEvent(body).put("gclid", "Cj0K")),
                refusal("Unknown name \"partialFailure\"", body -> body.put("partialFailure", true)),
                refusal(
                        "Invalid value at 'events[0].conversion_value' (TYPE_DOUBLE)",
                        body -> firstEvent(body).put("conversionValue", "1.500.000")),
                refusal(
                        "Invalid value at 'events[0].transaction_id' (TYPE_STRING)",
                        body -> firstEvent(body).put("transactionId", 7)),
                refusal(
                        "Invalid value at 'events[0].event_timestamp'",
                        body -> firstEvent(body).put("eventTimestamp", "2026-11-20 10:04:05+07:00")),
                refusal("Invalid value at 'events' (list)", body -> body.set("events", firstEvent(body))),
                refusal("Invalid value at 'validate_only' (TYPE_BOOL)", body -> body.put("validateOnly", "false")));
    }

    @ParameterizedTest
    @MethodSource("misshapen")
    void refusesWhatDoesNotFitTheMessage(String sentence, Consumer<ObjectNode> change) {
        Answer answer = client.ingest(change);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/message").asText()).contains(sentence);
        assertThat(answer.body()
                        .at("/error/details/0/fieldViolations/0/description")
                        .asText())
                .contains(sentence);
        assertThat(client.stored()).isZero();
    }

    @Test
    void readsSnakeCaseNullsAndNumbersInTexts() {
        Answer answer = client.ingest(body -> {
            firstEvent(body).remove("eventSource");
            firstEvent(body).put("event_source", "WEB").putNull("cartData").put("conversionValue", "12.5");
        });
        assertThat(answer.status()).isEqualTo(200);
        assertThat(client.last().value()).isEqualByComparingTo("12.5");
    }

    @ParameterizedTest
    @CsvSource({"not json", "'{\"events\":[],\"events\":[]}'", "''"})
    void refusesABodyThatIsNoJson(String body) {
        assertThat(client.post(INGEST, body).status()).isEqualTo(400);
        assertThat(client.stored()).isZero();
    }

    @Test
    void namesTheEventAtFaultAndStoresNoneOfThem() {
        Answer answer = client.ingest(body -> {
            ArrayNode events = (ArrayNode) body.get("events");
            events.add(firstEvent(body).deepCopy().put("transactionId", "kbl-2-won"));
            events.addObject();
        });
        assertThat(violations(answer))
                .containsExactlyInAnyOrder(
                        "REQUIRED_FIELD_MISSING events.events[2].event_timestamp",
                        "REQUIRED_FIELD_MISSING events.events[2].event_source",
                        "NO_IDENTIFIERS_PROVIDED events.events[2]");
        assertThat(client.stored()).isZero();
    }

    @Test
    void validateOnlyStoresNothingHasNoStatusAndMissesNumericTransactionIds() {
        Answer answer = client.ingest(body -> {
            body.put("validateOnly", true);
            firstEvent(body).put("transactionId", "20261120");
        });
        assertThat(answer.status()).isEqualTo(200);
        assertThat(client.stored()).isZero();
        Answer status = client.get(STATUS + answer.body().path("requestId").asText());
        assertThat(status.status()).isEqualTo(400);
        assertThat(violations(status)).containsExactly("INVALID_REQUEST_ID request_id");
        assertThat(client.ingest(body -> body.put("validateOnly", true).remove("encoding"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void warnsOfCustomVariablesNobodyEnabled() {
        Consumer<ObjectNode> variable = body -> firstEvent(body)
                .putArray("customVariables")
                .addObject()
                .put("variable", "agent")
                .put("value", "Siti");
        Answer answer = client.ingest(variable);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/fieldWarnings/0/field").asText())
                .isEqualTo("events.events[0].custom_variables[0]");
        assertThat(answer.body().at("/fieldWarnings/0/reason").asText())
                .isEqualTo("WARNING_REASON_CUSTOM_VARIABLE_NOT_ENABLED");
        client.control("platforms/google_data_manager", "{\"customVariables\":[\"agent\"]}");
        assertThat(client.ingest(variable).body().has("fieldWarnings")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"sandbox-expired", "sandbox-revoked", "ya29.of-somebody-else-entirely", "short"})
    void answers401ToATokenThatIsNotGood(String token) {
        Answer answer = client.postAs(token, INGEST, GoogleClient.ingest().toString());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body().at("/error/status").asText()).isEqualTo("UNAUTHENTICATED");
    }

    @ParameterizedTest
    @CsvSource({
        "sandbox-noperm, ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "sandbox-disabled, SERVICE_DISABLED",
        "sandbox-wrongpixel, PERMISSION_DENIED",
    })
    void answers403WithoutAccess(String token, String reason) {
        Answer answer = client.postAs(token, INGEST, GoogleClient.ingest().toString());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().at("/error/status").asText()).isEqualTo("PERMISSION_DENIED");
        assertThat(answer.body().at("/error/details/0/reason").asText()).isEqualTo(reason);
    }

    @Test
    void wantsTheScopeOfItsOwn() {
        String ads = client.accessToken("sandbox-adwords-refresh");
        assertThat(client.postAs(ads, INGEST, GoogleClient.ingest().toString()).status())
                .isEqualTo(403);
        String dataManager = client.accessToken("sandbox-datamanager-refresh");
        assertThat(client.postAs(dataManager, INGEST, GoogleClient.ingest().toString())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesACallWithoutToken() {
        Answer answer = client.call(
                "POST", INGEST, GoogleClient.ingest().toString(), Map.of("Content-Type", "application/json"));
        assertThat(answer.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"actions\":[{\"id\":\"987654321\",\"type\":\"WEBPAGE\"}]}', INVALID_CONVERSION_ACTION_TYPE",
        "'{\"actions\":[{\"id\":\"987654321\",\"status\":\"REMOVED\"}]}', INVALID_CONVERSION_ACTION_ID",
        "'{\"accounts\":[{\"id\":\"1234567890\",\"manager\":\"111\"}]}', OPERATING_ACCOUNT_LOGIN_ACCOUNT_MISMATCH",
        "'{\"accounts\":[{\"id\":\"1234567890\",\"enhancedLeads\":false}]}',"
                + " DESTINATION_ACCOUNT_NOT_ENABLED_ENHANCED_CONVERSIONS_FOR_LEADS",
        "'{\"accounts\":[{\"id\":\"1234567890\",\"terms\":false}]}',"
                + " DESTINATION_ACCOUNT_ENHANCED_CONVERSIONS_TERMS_NOT_SIGNED",
    })
    void knowsTheAccountsItWasToldOf(String told, String reason) {
        assertThat(client.control("platforms/google_data_manager", told).status())
                .isEqualTo(200);
        assertThat(violations(client.ingest(body -> {})))
                .singleElement()
                .asString()
                .startsWith(reason);
        client.delete("/_sandbox/platforms/google_data_manager");
        assertThat(client.ingest(body -> {}).status()).isEqualTo(200);
    }

    @Test
    void clickIdsGoThroughThoughEnhancedConversionsAreOff() {
        client.control("platforms/google_ads", "{\"accounts\":[{\"id\":\"1234567890\",\"enhancedLeads\":false}]}");
        assertThat(client.ingest(body -> firstEvent(body).remove("userData")).status())
                .isEqualTo(200);
    }

    @Test
    void namesAWrongFormAndRecognisesARightOne() {
        client.control("known", "{\"ph\":[\"0812-3456-7890\"]}");
        client.ingest(body -> {});
        assertThat(client.last().recognised()).containsExactly("phoneNumber");
        client.ingest(body -> {
            body.put("encoding", "BASE64");
            identifier(body).put("phoneNumber", "Yjl7vWqMmuU7yRSmAXMA62sTr1viDkzJrS3D1h7LJM0=");
        });
        assertThat(client.last().recognised()).containsExactly("phoneNumber");
        // Right for Meta, where the plus is left out.
        client.ingest(body -> identifier(body)
                .put("phoneNumber", "dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725"));
        assertThat(client.last().recognised()).isEmpty();
        assertThat(client.warnings()).contains("wrong_normalisation");
    }

    @ParameterizedTest
    @CsvSource({
        "1, placeholder_transaction_id",
        "null, placeholder_transaction_id",
        "'kbl 7f3a won', transaction_id_form",
        "'', transaction_id_missing",
    })
    void warnsOfPoorTransactionIds(String id, String warning) {
        client.ingest(body -> firstEvent(body).put("transactionId", id.equals("1") ? "x" : id));
        assertThat(client.warnings()).contains(warning);
    }

    @Test
    void aGoogleAnalyticsEventNeedsNameAndClient() {
        Consumer<ObjectNode> analytics = body -> {
            account(body, "operatingAccount").put("accountType", "GOOGLE_ANALYTICS_PROPERTY");
            destination(body).remove("loginAccount");
            destination(body).put("productDestinationId", "G-TEST1234");
            firstEvent(body).remove("eventSource");
        };
        assertThat(violations(client.ingest(analytics)))
                .containsExactly(
                        "REQUIRED_FIELD_MISSING events.events[0].event_name",
                        "REQUIRED_FIELD_MISSING events.events[0].client_id");
        client.ingest(analytics.andThen(
                body -> firstEvent(body).put("eventName", "purchase").put("clientId", "1.2")));
        assertThat(client.rows()).contains("google_data_manager G-TEST1234 purchase accepted: 1");
    }

    @Test
    void sendsAnEventToEachDestinationItNames() {
        client.ingest(body -> {
            ((ArrayNode) body.get("destinations"))
                    .add(destination(body).deepCopy().put("reference", "paid").put("productDestinationId", "555"));
            firstEvent(body).remove("destinationReferences");
        });
        assertThat(client.rows())
                .containsExactlyInAnyOrder(
                        "google_data_manager 987654321 conversion accepted: 1",
                        "google_data_manager 555 conversion accepted: 1");
    }

    @Test
    void servesNothingElse() {
        assertThat(client.get(INGEST).status()).isEqualTo(404);
        assertThat(client.post(STATUS + "x", "{}").status()).isEqualTo(404);
        assertThat(violations(client.get("/v1/requestStatus:retrieve")))
                .containsExactly("REQUIRED_FIELD_MISSING request_id");
        assertThat(client.sandbox().ledger().summary().verdicts()).containsEntry(Verdict.REFUSED, 3L);
    }
}
