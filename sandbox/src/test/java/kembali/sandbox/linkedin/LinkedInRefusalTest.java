package kembali.sandbox.linkedin;

import static kembali.sandbox.linkedin.LinkedInClient.EVENTS;
import static kembali.sandbox.linkedin.LinkedInClient.at;
import static kembali.sandbox.linkedin.LinkedInClient.event;
import static kembali.sandbox.linkedin.LinkedInClient.headers;
import static kembali.sandbox.linkedin.LinkedInClient.user;
import static kembali.sandbox.linkedin.LinkedInClient.userJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kembali.sandbox.SandboxClient;
import kembali.sandbox.SandboxClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkedInRefusalTest {
    private LinkedInClient linkedIn;

    @BeforeAll
    void start() {
        linkedIn = new LinkedInClient();
    }

    @AfterAll
    void stop() {
        linkedIn.close();
    }

    /** Every test of this class is about a refusal; none may have stored anything. */
    @AfterEach
    void nothingWasStored() {
        assertThat(linkedIn.client.stored()).isZero();
        linkedIn.client.delete("/_sandbox/platforms/linkedin");
    }

    @Test
    void refusesACallWithoutVersion() {
        Answer answer = linkedIn.sendWith("LinkedIn-Version", "");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(code(answer)).isEqualTo("VERSION_MISSING");
        assertThat(answer.raw().headers().firstValue("X-RestLi-Gateway-Error")).hasValue("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"202511", "202512", "202510", "202401", "202612", "202709", "2026-09", "latest", "v26.0"})
    void refusesAVersionThatEndedOrNeverWas(String version) {
        Answer answer = linkedIn.sendWith("LinkedIn-Version", version);
        assertThat(answer.status()).isEqualTo(426);
        assertThat(code(answer)).isEqualTo("NONEXISTENT_VERSION");
        assertThat(answer.body().path("message").asText()).isEqualTo("Requested version " + version + " is not active");
        assertThat(answer.body().path("status").asInt()).isEqualTo(426);
    }

    @ParameterizedTest
    @CsvSource({
        "short, 401, INVALID_ACCESS_TOKEN, 65600",
        "sandbox-expired, 401, EXPIRED_ACCESS_TOKEN, 65602",
        "sandbox-revoked, 401, REVOKED_ACCESS_TOKEN, 65601",
        "sandbox-noperm, 403, ACCESS_DENIED, 100"
    })
    void refusesATokenByItsStanding(String token, int status, String code, int number) {
        Answer answer = linkedIn.sendWith("Authorization", "Bearer " + token);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(code(answer)).isEqualTo(code);
        assertThat(answer.body().path("serviceErrorCode").asInt()).isEqualTo(number);
    }

    @Test
    void refusesACallWithoutToken() {
        for (String header : new String[] {"", "Basic abc", "Bearer "}) {
            Answer answer = linkedIn.sendWith("Authorization", header);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(code(answer)).isEqualTo("EMPTY_ACCESS_TOKEN");
        }
    }

    @Test
    void refusesARuleTheTokenCannotReach() {
        Answer wrong = linkedIn.sendWith("Authorization", "Bearer sandbox-wrongpixel");
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.body()).isEqualTo(SandboxClient.read("{\"message\":\"No ad accounts found\",\"status\":403}"));
        linkedIn.client.control(
                "tokens", "{\"token\":\"tied-to-another\",\"standing\":\"good\",\"pixelIds\":[\"104013\"]}");
        assertThat(linkedIn.sendWith("Authorization", "Bearer tied-to-another").status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /rest/conversionEvents, 405",
        "PUT, /rest/conversionEvents, 405",
        "POST, /rest/conversions, 405",
        "POST, /rest/conversions/104012, 405",
        "POST, /rest/conversionEvent, 404",
        "GET, /rest/me, 404",
        "GET, /rest/conversions/abc, 404"
    })
    void refusesAnAddressItDoesNotServe(String method, String path, int status) {
        assertThat(linkedIn.client
                        .call(method, path, method.equals("GET") ? null : event().toString(), headers())
                        .status())
                .isEqualTo(status);
    }

    @Test
    void refusesAnotherContentType() {
        assertThat(linkedIn.sendWith("Content-Type", "text/plain").status()).isEqualTo(415);
        assertThat(linkedIn.sendWith("Content-Encoding", "gzip").status()).isEqualTo(415);
    }

    @Test
    void refusesMethodAndBodyThatDoNotFitTogether() {
        assertThat(linkedIn.sendWith("X-RestLi-Method", "BATCH_UPDATE").status())
                .isEqualTo(400);
        Answer noHeader = linkedIn.client.call("POST", EVENTS, "{\"elements\":[" + event() + "]}", headers());
        assertThat(noHeader.status()).isEqualTo(422);
        assertThat(message(noHeader)).contains("ERROR :: /elements :: unrecognized field found but not allowed");
        Answer noElements = linkedIn.batch(event().toString());
        assertThat(noElements.status()).isEqualTo(422);
        assertThat(message(noElements)).contains("/conversion :: unrecognized field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "[]", "null", "1", "{}x", "{\"eventId\":\"a\",\"eventId\":\"b\"}"})
    void refusesABodyThatIsNoObject(String body) {
        assertThat(linkedIn.client.call("POST", EVENTS, body, headers()).status())
                .isEqualTo(400);
        if (!body.startsWith("{\"")) {
            assertThat(linkedIn.batch(body).status()).isEqualTo(400);
        }
    }

    @Test
    void refusesABatchThatIsEmptyOrTooBig() {
        assertThat(linkedIn.batch("{\"elements\":[]}").status()).isEqualTo(400);
        assertThat(linkedIn.batch("{}").status()).isEqualTo(422);
        String one = event().toString();
        String all = "{\"elements\":[" + (one + ",").repeat(5000) + one + "]}";
        Answer answer = linkedIn.batch(all);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(message(answer)).contains("1 to 5000", "5001");
    }

    static Stream<Arguments> schemas() {
        return Stream.of(
                wrong("no conversion", "/conversion", "required", e -> e.remove("conversion")),
                wrong("conversion as a number", "/conversion", "coerced to String", e -> e.put("conversion", 104012)),
                wrong("bare conversion id", "/conversion", "Invalid prefix", e -> e.put("conversion", "104012")),
                wrong(
                        "the other name space",
                        "/conversion",
                        "Invalid Urn format. Invalid prefix.",
                        e -> e.put("conversion", "urn:li:llaPartnerConversion:104012")),
                wrong("no time", "/conversionHappenedAt", "required", e -> e.remove("conversionHappenedAt")),
                wrong(
                        "time as a text",
                        "/conversionHappenedAt",
                        "coerced to Long",
                        e -> e.put("conversionHappenedAt", "1795230000000")),
                wrong(
                        "time with a fraction",
                        "/conversionHappenedAt",
                        "coerced to Long",
                        e -> e.put("conversionHappenedAt", 1795230000000.5)),
                wrong(
                        "amount as a number",
                        "/conversionValue/amount",
                        "50 cannot be coerced to String",
                        e -> value(e).put("amount", 50)),
                wrong("amount with exponent", "/conversionValue/amount", "decimal", e -> value(e).put("amount", "5E1")),
                wrong(
                        "amount with grouping",
                        "/conversionValue/amount",
                        "decimal",
                        e -> value(e).put("amount", "1,500.00")),
                wrong("no amount", "/conversionValue/amount", "required", e -> value(e).remove("amount")),
                wrong("no currency", "/conversionValue/currencyCode", "required", e -> value(e).remove("currencyCode")),
                wrong("value null", "/conversionValue", "data map", e -> e.putNull("conversionValue")),
                wrong("event id as a number", "/eventId", "coerced to String", e -> e.put("eventId", 7)),
                wrong("event id null", "/eventId", "coerced to String", e -> e.putNull("eventId")),
                wrong("no user", "/user", "required", e -> e.remove("user")),
                wrong("an event name", "/event_name", "unrecognized", e -> e.put("event_name", "LEAD")),
                wrong("a phone", "/user/phone", "unrecognized", e -> person(e).put("phone", "x")),
                wrong("no userIds", "/user/userIds", "required", e -> person(e).remove("userIds")),
                wrong(
                        "userIds null",
                        "/user/userIds",
                        "data list",
                        e -> person(e).putNull("userIds")),
                wrong("id without a type", "/user/userIds/0/idType", "required", e -> id(e).remove("idType")),
                wrong("id without a value", "/user/userIds/0/idValue", "required", e -> id(e).remove("idValue")),
                wrong("id with an empty value", "/user/userIds/0/idValue", "empty", e -> id(e).put("idValue", "")),
                wrong("id with a key too many", "/user/userIds/0/salt", "unrecognized", e -> id(e).put("salt", "x")),
                wrong(
                        "id of a phone",
                        "/user/userIds/0/idType",
                        "enum symbol",
                        e -> id(e).put("idType", "SHA256_PHONE")),
                wrong(
                        "id that was dropped",
                        "/user/userIds/0/idType",
                        "enum symbol",
                        e -> id(e).put("idType", "ORACLE_MOAT_ID")),
                wrong("id misspelled", "/user/userIds/0/idType", "enum symbol", e -> id(e).put("idType", "AXCIOM_ID")),
                wrong("first name alone", "/user/userInfo/lastName", "required", e -> info(e).remove("lastName")),
                wrong("last name alone", "/user/userInfo/firstName", "required", e -> info(e).remove("firstName")),
                wrong(
                        "company without names",
                        "/user/userInfo/firstName",
                        "required",
                        e -> info(e).remove(java.util.List.of("firstName", "lastName"))),
                wrong(
                        "a name hashed short",
                        "/user/userInfo/hashedFirstName",
                        "exactly 64",
                        e -> info(e).put("hashedFirstName", "abc")),
                wrong("a city", "/user/userInfo/city", "unrecognized", e -> info(e).put("city", "Jakarta")),
                wrong(
                        "lead without its prefix",
                        "/user/lead",
                        "Invalid prefix",
                        e -> person(e).put("lead", "4242")),
                wrong(
                        "two external ids",
                        "/user/externalIds",
                        "at most 1",
                        e -> person(e).withArray("externalIds").add("second")),
                wrong(
                        "external id as a number",
                        "/user/externalIds/0",
                        "coerced",
                        e -> person(e).putArray("externalIds").add(7)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void refusesAFormLinkedInDoesNotKnow(String name, ObjectNode event, String place, String words) {
        Answer answer = linkedIn.send(event);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("status").asInt()).isEqualTo(422);
        assertThat(message(answer)).startsWith("ERROR :: ").contains("ERROR :: " + place + " ::", words);
    }

    @Test
    void refusesHashedNamesBeforeTheirVersion() {
        ObjectNode hashed = user(u -> ((ObjectNode) u.get("userInfo")).put("hashedFirstName", LinkedInClient.EMAIL));
        Answer answer = linkedIn.client.call("POST", EVENTS, hashed.toString(), headers("LinkedIn-Version", "202608"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(message(answer)).contains("/user/userInfo/hashedFirstName :: unrecognized field");
    }

    @Test
    void collectsAllErrorsOfABatchWithTheirPlaces() {
        ObjectNode bad = event(e -> {
            e.put("phone", "x");
            e.remove("user");
        });
        Answer answer = linkedIn.batch(event(), bad, event(), event(e -> e.remove("conversion")));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(message(answer).lines())
                .containsExactly(
                        "Index: 1, ERROR :: /phone :: unrecognized field found but not allowed",
                        "ERROR :: /user :: field is required but not found and has no default value",
                        "Index: 3, ERROR :: /conversion :: field is required but not found and has no default value");
    }

    @ParameterizedTest
    @ValueSource(longs = {-7_776_061, -17_280_000, 61, 86_400})
    void refusesTimesOutsideNinetyDays(long secondsFromNow) {
        Answer answer = linkedIn.send(at(secondsFromNow));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(message(answer)).contains("batchIndex=0", "type=INVALID_CONVERSION_TIME_FIELD_VALUE");
    }

    @Test
    void refusesSecondsForMilliseconds() {
        Answer answer = linkedIn.send(event(e -> e.put("conversionHappenedAt", 1795230000)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(message(answer)).contains("looks like seconds");
    }

    @Test
    void refusesAWholeBatchForOneOldEvent() {
        Answer answer = linkedIn.batch(event(), at(-17_280_000), event());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(message(answer)).contains("batchIndex=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"budi@example.co.id", "abc", "6281234567890", "48ddb93f0b30c475423fe177832912c5"})
    void refusesAnEmailThatIsNotHashed(String value) {
        Answer answer =
                linkedIn.send(userJson("{\"userIds\":[{\"idType\":\"SHA256_EMAIL\",\"idValue\":\"" + value + "\"}]}"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(message(answer)).contains("INVALID_USER_IDENTIFICATION_FIELD_VALUE", "SHA256_EMAIL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"userIds\":[]}", "{\"userIds\":[],\"externalIds\":[]}"})
    void refusesAnEventOfNobody(String user) {
        Answer answer = linkedIn.send(userJson(user));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(message(answer)).contains("INVALID_USER_IDENTIFICATION_FIELD_VALUE", "at least one of");
    }

    @Test
    void knowsOnlyTheRulesItWasTold() {
        linkedIn.client.control("platforms/linkedin", """
                {"conversionRules":[{"id":"104013"},{"id":"104014","enabled":false},
                 {"id":104015,"conversionMethod":"INSIGHT_TAG"}]}""");
        Answer unknown = linkedIn.send(event());
        assertThat(unknown.status()).isEqualTo(403);
        assertThat(message(unknown)).isEqualTo("No ad accounts found");
        assertThat(unknown.body().has("code")).isFalse();
        Answer disabled = linkedIn.send(of("104014"));
        assertThat(disabled.status()).isEqualTo(400);
        assertThat(message(disabled)).contains("indices [0] (0-indexed)", "marked as deleted");
        Answer method = linkedIn.batch(of("104013"), of("104015"));
        assertThat(method.status()).isEqualTo(400);
        assertThat(message(method)).contains("indices [1] (0-indexed)", "CONVERSIONS_API");
        assertThat(linkedIn.batch(of("104013"), of("104012")).status()).isEqualTo(403);
    }

    @Test
    void looksAtVersionThenTokenThenForm() {
        String broken = "{";
        assertThat(linkedIn.client
                        .call(
                                "POST",
                                EVENTS,
                                broken,
                                headers("LinkedIn-Version", "202511", "Authorization", "Bearer sandbox-expired"))
                        .status())
                .isEqualTo(426);
        assertThat(linkedIn.client
                        .call("POST", EVENTS, broken, headers("Authorization", "Bearer sandbox-expired"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void notesWhatWasRefused() {
        linkedIn.send(at(-17_280_000));
        JsonNode handled = linkedIn.client
                .get("/_sandbox/requests?platform=linkedin&limit=1")
                .body()
                .at("/items/0");
        assertThat(handled.path("pixelId").asText()).isEqualTo("104012");
        assertThat(handled.path("verdict").asText()).isEqualTo("refused");
        assertThat(handled.path("code").asText()).isEqualTo("400");
        assertThat(handled.path("reason").asText()).contains("INVALID_CONVERSION_TIME_FIELD_VALUE");
    }

    private static ObjectNode of(String conversionId) {
        return event(e -> e.put("conversion", "urn:lla:llaPartnerConversion:" + conversionId));
    }

    private static Arguments wrong(String name, String place, String words, Consumer<ObjectNode> change) {
        return Arguments.of(name, event(change), place, words);
    }

    private static ObjectNode value(ObjectNode event) {
        return (ObjectNode) event.get("conversionValue");
    }

    private static ObjectNode person(ObjectNode event) {
        return (ObjectNode) event.get("user");
    }

    private static ObjectNode id(ObjectNode event) {
        return (ObjectNode) event.at("/user/userIds/0");
    }

    private static ObjectNode info(ObjectNode event) {
        return (ObjectNode) event.at("/user/userInfo");
    }

    private static String code(Answer answer) {
        return answer.body().path("code").asText();
    }

    private static String message(Answer answer) {
        return answer.body().path("message").asText();
    }
}
