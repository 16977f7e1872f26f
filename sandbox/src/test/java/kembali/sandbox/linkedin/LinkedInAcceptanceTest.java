package kembali.sandbox.linkedin;

import static kembali.sandbox.linkedin.LinkedInClient.at;
import static kembali.sandbox.linkedin.LinkedInClient.event;
import static kembali.sandbox.linkedin.LinkedInClient.headers;
import static kembali.sandbox.linkedin.LinkedInClient.user;
import static kembali.sandbox.linkedin.LinkedInClient.userJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.sandbox.Arrival;
import kembali.sandbox.Fault;
import kembali.sandbox.Fault.Mode;
import kembali.sandbox.Received;
import kembali.sandbox.SandboxClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkedInAcceptanceTest {
    private static final String RULES = """
            {"conversionRules":[
              {"id":"104012","name":"Won","type":"PURCHASE","account":"512345678"},
              {"id":"104011","name":"Lead","type":"LEAD","account":"512345678"},
              {"id":"104014","type":"OTHER","enabled":false,"account":"512345678"},
              {"id":"104099","type":"LEAD","account":"999"}]}""";
    private static final String ACCOUNT = "account=urn%3Ali%3AsponsoredAccount%3A512345678";
    private static final String GRANT = "grant_type=refresh_token&client_id=86client&client_secret=s3cret";

    private LinkedInClient linkedIn;

    @BeforeEach
    void start() {
        linkedIn = new LinkedInClient();
    }

    @AfterEach
    void stop() {
        linkedIn.close();
    }

    @Test
    void takesTheDocumentedExample() {
        Answer answer = linkedIn.send(event());
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).isEmpty();
        assertThat(answer.raw().headers().firstValue("Content-Length")).hasValue("0");
        assertThat(answer.raw().headers().firstValue("x-li-uuid")).isPresent();
        Received received = linkedIn.client.sandbox.ledger().received().getFirst();
        assertThat(received.platform()).isEqualTo("linkedin");
        Arrival arrival = received.arrival();
        assertThat(arrival.pixelId()).isEqualTo("104012");
        assertThat(arrival.event()).isEqualTo("CONVERSION");
        assertThat(arrival.eventId()).isEqualTo("lead_01hzx.won");
        assertThat(arrival.eventTime()).isEqualTo(Instant.parse("2026-11-21T03:00:00Z"));
        assertThat(arrival.value()).isEqualByComparingTo(new BigDecimal("50"));
        assertThat(arrival.currency()).isEqualTo("USD");
        assertThat(arrival.matchKeys())
                .containsExactly(
                        "SHA256_EMAIL",
                        "LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID",
                        "PLAINTEXT_IP_ADDRESS",
                        "firstName",
                        "lastName",
                        "companyName",
                        "countryCode",
                        "externalIds");
        assertThat(arrival.warnings()).isEmpty();
        assertThat(new String(arrival.raw(), StandardCharsets.UTF_8)).isEqualTo(event().toString());
    }

    @Test
    void answersABatchElementByElement() {
        Answer answer = linkedIn.batch(event(), event(e -> e.put("eventId", "b")));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"elements\":[{\"status\":201},{\"status\":201}]}");
        assertThat(linkedIn.client.stored()).isEqualTo(2);
        assertThat(new String(linkedIn.last().raw(), StandardCharsets.UTF_8))
                .isEqualTo(event(e -> e.put("eventId", "b")).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"202601", "202608", "202609", "202610", "202611"})
    void takesEveryVersionThatMayLive(String version) {
        assertThat(linkedIn.sendWith("LinkedIn-Version", version).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 60, -7_776_000, -7_772_400})
    void takesTimesUpToNinetyDays(long secondsFromNow) {
        assertThat(linkedIn.send(at(secondsFromNow)).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"userIds\":[],\"lead\":\"urn:li:leadGenFormResponse:4242\"}",
                "{\"userIds\":[],\"userInfo\":{\"firstName\":\"mike\",\"lastName\":\"smith\"}}",
                "{\"userIds\":[{\"idType\":\"LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID\",\"idValue\":\"df5gf5-gh6t7\"}]}",
                "{\"userIds\":[{\"idType\":\"GOOGLE_AID\",\"idValue\":\"38400000-8cf0-11bd-b23e-10b96e40000d\"}]}",
                "{\"userIds\":[{\"idType\":\"ACXIOM_ID\",\"idValue\":\"x\"}]}",
                "{\"userIds\":[{\"idType\":\"SHA256_IP_ADDRESS\",\"idValue\":\"6d99cbd08fc6c99cdb2d942a4cbb097c6b54496bbbc3ffd6351b145508dd2935\"}]}",
                "{\"userIds\":[],\"userInfo\":{\"hashedFirstName\":\"64b4d0f47c93ce23d157e68a58767356283dc9b63c459d45d0e0e39b3a64b9b9\",\"lastName\":\"smith\"}}"
            })
    void takesEveryWayToNameAPerson(String user) {
        assertThat(linkedIn.send(userJson(user)).status()).isEqualTo(201);
        assertThat(linkedIn.warnings()).isEmpty();
    }

    /** What the real one swallows must not go unseen. */
    @Test
    void warnsOfWhatLinkedInSwallows() {
        linkedIn.send(event(
                e -> e.withObject("/conversionValue").put("currencyCode", "RPX").put("amount", "-1")));
        assertThat(linkedIn.warnings()).containsExactly("unknown_currency", "negative_value");
        for (String address : List.of("999.999.999.999", "10.0.0.1", "100.64.0.1", "2001:db8::7", "224.0.0.1")) {
            linkedIn.send(
                    userJson("{\"userIds\":[{\"idType\":\"PLAINTEXT_IP_ADDRESS\",\"idValue\":\"" + address + "\"}]}"));
            assertThat(linkedIn.warnings()).as(address).containsExactly("unusable_address");
        }
        linkedIn.send(event(e -> e.remove("eventId")));
        assertThat(linkedIn.warnings()).containsExactly("missing_event_id");
        linkedIn.sendWith("X-Restli-Protocol-Version", "");
        assertThat(linkedIn.warnings()).containsExactly("missing_protocol_version");
        linkedIn.send(user(u -> u.withArray("userIds").add(u.at("/userIds/0"))));
        assertThat(linkedIn.warnings()).containsExactly("repeated_id_type");
        linkedIn.send(user(u -> u.withObject("/userInfo").put("countryCode", "id")));
        assertThat(linkedIn.warnings()).containsExactly("unknown_country");
        linkedIn.send(
                user(u -> u.withObject("/userInfo").put("firstName", "Visitor").put("lastName", "[ABC2345]")));
        assertThat(linkedIn.warnings()).containsExactly("placeholder_name");
        for (String contact : List.of("budi@example.co.id", "+6281234567890")) {
            linkedIn.send(user(u -> u.putArray("externalIds").add(contact)));
            assertThat(linkedIn.warnings()).containsExactly("personal_data_in_external_id");
        }
    }

    @Test
    void warnsOfAnExternalIdThatNeverCameWithAnything() {
        ObjectNode alone = userJson("{\"userIds\":[],\"externalIds\":[\"lead_01hzx\"]}");
        assertThat(linkedIn.send(alone).status()).isEqualTo(201);
        assertThat(linkedIn.warnings()).containsExactly("fresh_external_id");
        linkedIn.send(event());
        linkedIn.send(alone);
        assertThat(linkedIn.warnings()).isEmpty();
    }

    @Test
    void tellsRightHashesFromWrongOnes() {
        linkedIn.client.control(
                "known",
                "{\"em\":[\"WhyAreYouYelling@Email.com\"],\"fn\":[\"O'Neil\"],\"li_fat_id\":[\"Df5gf5-Gh6\"]}");
        linkedIn.send(event());
        assertThat(linkedIn.last().recognised()).containsExactly("SHA256_EMAIL");
        assertThat(linkedIn.warnings()).isEmpty();

        linkedIn.send(email(LinkedInKnown.sha256("WhyAreYouYelling@Email.com")));
        assertThat(linkedIn.warnings()).containsExactly("wrong_normalisation");
        linkedIn.send(email(LinkedInKnown.sha256(LinkedInClient.EMAIL)));
        assertThat(linkedIn.last().warnings().getFirst().detail()).contains("hashed twice");
        linkedIn.send(email("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        assertThat(linkedIn.warnings()).containsExactly("placeholder_hashed");
        linkedIn.send(email(LinkedInClient.EMAIL.toUpperCase(java.util.Locale.ROOT)));
        assertThat(linkedIn.warnings()).containsExactly("wrong_normalisation");

        linkedIn.send(
                userJson(
                        "{\"userIds\":[{\"idType\":\"LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID\",\"idValue\":\"df5gf5-gh6\"}],"
                                + "\"userInfo\":{\"hashedFirstName\":\"67a42a846e98e3c1a96cd6ba14883a5ea05990cd93964ce8b832aa9497ca785c\",\"lastName\":\"x\"}}"));
        assertThat(linkedIn.last().recognised()).containsExactly("hashedFirstName");
        assertThat(linkedIn.last().warnings().getFirst().detail()).contains("letter case changed");
    }

    @Test
    void refusesAShapeItCannotLearn() {
        for (String wrong : List.of(
                "{\"li_fat_id\":\"x\"}",
                "{\"platform\":\"linkedin\",\"em\":[\" \"]}",
                "{\"platform\":\"linkedin\",\"fn\":[\"-\"]}")) {
            assertThat(linkedIn.client.control("known", wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void refusesInstructionsItDoesNotUnderstand() {
        for (String wrong :
                List.of("{}", "{\"rules\":[]}", "{\"conversionRules\":{}}", "{\"conversionRules\":[{\"id\":\"x\"}]}")) {
            assertThat(linkedIn.client.control("platforms/linkedin", wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void findsDuplicatesByRuleAndEventId() {
        linkedIn.send(event());
        linkedIn.batch(event(), event(e -> e.put("conversion", "urn:lla:llaPartnerConversion:104013")));
        var summary = linkedIn.client.sandbox.ledger().summary();
        assertThat(summary.events()).isEqualTo(3);
        assertThat(summary.repetitions()).isEqualTo(1);
        assertThat(summary.duplicates()).singleElement().satisfies(duplicate -> {
            assertThat(duplicate.pixelId()).isEqualTo("104012");
            assertThat(duplicate.eventId()).isEqualTo("lead_01hzx.won");
        });
    }

    @Test
    void listsTheRulesOfAnAccount() {
        linkedIn.client.control("platforms/linkedin", RULES);
        Answer answer = linkedIn.get("/rest/conversions?q=account&" + ACCOUNT + "&start=0&count=100");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode elements = answer.body().path("elements");
        assertThat(elements).hasSize(3);
        assertThat(elements.get(1).path("id").asLong()).isEqualTo(104012);
        assertThat(elements.get(1).path("name").asText()).isEqualTo("Won");
        assertThat(elements.get(1).path("type").asText()).isEqualTo("PURCHASE");
        assertThat(elements.get(1).path("enabled").asBoolean()).isTrue();
        assertThat(elements.get(1).path("conversionMethod").asText()).isEqualTo("CONVERSIONS_API");
        assertThat(elements.get(1).path("account").asText()).isEqualTo("urn:li:sponsoredAccount:512345678");
        assertThat(elements.get(2).path("enabled").asBoolean()).isFalse();
        assertThat(answer.body().at("/paging/total").asInt()).isEqualTo(3);

        JsonNode second = linkedIn.get("/rest/conversions?q=account&" + ACCOUNT + "&start=1&count=1")
                .body();
        assertThat(second.path("elements")).hasSize(1);
        assertThat(second.at("/elements/0/id").asLong()).isEqualTo(104012);
    }

    @Test
    void readsOneRuleAndTheAccounts() {
        linkedIn.client.control("platforms/linkedin", RULES);
        assertThat(linkedIn.get("/rest/conversions/104012?" + ACCOUNT)
                        .body()
                        .path("type")
                        .asText())
                .isEqualTo("PURCHASE");
        assertThat(linkedIn.get("/rest/conversions/104099?" + ACCOUNT).status()).isEqualTo(404);
        assertThat(linkedIn.get("/rest/conversions/7?" + ACCOUNT).status()).isEqualTo(404);
        JsonNode accounts = linkedIn.get("/rest/adAccounts?q=search").body().path("elements");
        assertThat(accounts).hasSize(2);
        assertThat(accounts.get(0).path("id").asLong()).isIn(512345678L, 999L);
        linkedIn.send(event());
        assertThat(linkedIn.last().event()).isEqualTo("PURCHASE");
    }

    @Test
    void refusesReadsThatAreNotAllowedOrMakeNoSense() {
        assertThat(linkedIn.get("/rest/conversions?q=account&" + ACCOUNT).status())
                .isEqualTo(403);
        linkedIn.client.control("platforms/linkedin", RULES);
        for (String wrong : List.of(
                "/rest/conversions?" + ACCOUNT,
                "/rest/conversions?q=account",
                "/rest/conversions?q=account&account=512345678",
                "/rest/conversions?q=account&" + ACCOUNT + "&count=0",
                "/rest/conversions?q=account&" + ACCOUNT + "&start=x",
                "/rest/adAccounts")) {
            assertThat(linkedIn.get(wrong).status()).as(wrong).isEqualTo(400);
        }
        Map<String, String> direct = headers("Authorization", "Bearer sandbox-noread");
        assertThat(linkedIn.client
                        .call("GET", "/rest/conversions?q=account&" + ACCOUNT, null, direct)
                        .status())
                .isEqualTo(403);
        assertThat(linkedIn.client
                        .call("POST", LinkedInClient.EVENTS, event().toString(), direct)
                        .status())
                .isEqualTo(201);
        assertThat(linkedIn.client
                        .call("GET", "/rest/conversions?q=account&" + ACCOUNT, null, headers("LinkedIn-Version", ""))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void renewsAccessTokens() {
        Answer answer = linkedIn.refresh(GRANT + "&refresh_token=sandbox-refresh");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("expires_in").asLong()).isEqualTo(5_184_000);
        assertThat(answer.body().path("refresh_token").asText()).isEqualTo("sandbox-refresh");
        assertThat(answer.body().path("refresh_token_expires_in").asLong()).isEqualTo(31_536_000);
        assertThat(answer.body().path("scope").asText()).contains("rw_conversions");
        String token = answer.body().path("access_token").asText();
        assertThat(linkedIn.sendWith("Authorization", "Bearer " + token).status())
                .isEqualTo(201);
        String next = linkedIn.refresh(GRANT + "&refresh_token=sandbox-refresh")
                .body()
                .path("access_token")
                .asText();
        assertThat(next).isNotEqualTo(token);
        linkedIn.client
                .sandbox
                .faults()
                .arm(Fault.of("linkedin", Mode.EXPIRE_TOKEN).times(1));
        assertThat(linkedIn.sendWith("Authorization", "Bearer " + next).status())
                .isEqualTo(401);
        assertThat(linkedIn.sendWith("Authorization", "Bearer " + token).status())
                .isEqualTo(401);
        assertThat(linkedIn.sendWith("Authorization", "Bearer AQXaTokenOfCampaignManager")
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type=refresh_token&client_id=a&client_secret=b, 400, invalid_request",
        "grant_type=refresh_token&client_id=a&refresh_token=sandbox-r, 400, invalid_request",
        "grant_type=refresh_token&client_secret=b&refresh_token=sandbox-r, 400, invalid_request",
        "client_id=a&client_secret=b&refresh_token=sandbox-r, 400, invalid_request",
        "grant_type=client_credentials&client_id=a&client_secret=b, 400, unsupported_grant_type",
        "grant_type=refresh_token&client_id=a&client_secret=wrong&refresh_token=sandbox-r, 401, invalid_client",
        "grant_type=refresh_token&client_id=a&client_secret=b&refresh_token=sandbox-expired, 400, invalid_grant",
        "grant_type=refresh_token&client_id=a&client_secret=b&refresh_token=sandbox-revoked, 400, invalid_grant",
        "grant_type=refresh_token&client_id=a&client_secret=b&refresh_token=short, 400, invalid_grant",
        "grant_type=%zz, 400, invalid_request"
    })
    void refusesToRenew(String form, int status, String error) {
        Answer answer = linkedIn.refresh(form);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("error").asText()).isEqualTo(error);
        assertThat(answer.body().path("error_description").asText()).isNotEmpty();
    }

    @Test
    void renewsOnlyAForm() {
        assertThat(linkedIn.client
                        .call("POST", "/oauth/v2/accessToken", "{}", Map.of("Content-Type", "application/json"))
                        .status())
                .isEqualTo(400);
        assertThat(linkedIn.get("/oauth/v2/accessToken").status()).isEqualTo(405);
    }

    @Test
    void showsNoTokenOfACaller() {
        linkedIn.refresh(GRANT + "&refresh_token=sandbox-refresh-very-secret-1234");
        linkedIn.sendWith("Authorization", "Bearer sandbox-very-secret-token-1234");
        for (String list : List.of("received", "requests")) {
            assertThat(linkedIn.client
                            .get("/_sandbox/" + list + "?platform=linkedin")
                            .body()
                            .findValuesAsText("body")
                            .toString())
                    .doesNotContain("very-secret");
            assertThat(linkedIn.client
                            .get("/_sandbox/" + list + "?platform=linkedin")
                            .body()
                            .findValues("headers")
                            .toString())
                    .doesNotContain("very-secret");
        }
    }

    @Test
    void throttlesWithoutATimeUnlessTold() {
        linkedIn.client.sandbox.faults().arm(Fault.of("linkedin", Mode.THROTTLE).times(1));
        Answer answer = linkedIn.send(event());
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.raw().headers().firstValue("Retry-After")).isEmpty();
        assertThat(answer.body().path("code").asText()).isEqualTo("TOO_MANY_REQUESTS");
        linkedIn.client.control(
                "faults", "{\"platform\":\"linkedin\",\"mode\":\"throttle\",\"retryAfterSeconds\":7,\"count\":1}");
        assertThat(linkedIn.send(event()).raw().headers().firstValue("Retry-After"))
                .hasValue("7");
        assertThat(linkedIn.client.stored()).isZero();
        assertThat(linkedIn.send(event()).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "503, SERVICE_UNAVAILABLE",
        "500, INTERNAL_SERVER_ERROR",
        "401, INVALID_ACCESS_TOKEN",
        "403, ACCESS_DENIED",
        "426, NONEXISTENT_VERSION",
        "408, ERROR"
    })
    void failsAsTold(int status, String code) {
        linkedIn.client.control(
                "faults", "{\"platform\":\"linkedin\",\"mode\":\"fail\",\"status\":" + status + ",\"count\":1}");
        Answer answer = linkedIn.send(event());
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("code").asText()).isEqualTo(code);
        assertThat(linkedIn.client.stored()).isZero();
    }

    @Test
    void hitsTheConversionRuleOfAFaultOnly() {
        linkedIn.client.sandbox.faults().arm(Fault.of("linkedin", Mode.FAIL).at("104013"));
        assertThat(linkedIn.send(event()).status()).isEqualTo(201);
        assertThat(linkedIn.send(event(e -> e.put("conversion", "urn:lla:llaPartnerConversion:104013")))
                        .status())
                .isEqualTo(503);
    }

    @Test
    void losesAnAnswerAfterStoring() {
        linkedIn.client
                .sandbox
                .faults()
                .arm(Fault.of("linkedin", Mode.LOSE_ANSWER).times(1));
        assertThatThrownBy(() -> linkedIn.send(event())).isInstanceOf(UncheckedIOException.class);
        assertThat(linkedIn.client.stored()).isEqualTo(1);
        linkedIn.send(event());
        assertThat(linkedIn.client.sandbox.ledger().summary().repetitions()).isEqualTo(1);
        assertThat(linkedIn.client.sandbox.ledger().summary().unexplained()).isZero();
    }

    @Test
    void takesPartOfABatchWhenTold() {
        linkedIn.client.sandbox.faults().arm(Fault.of("linkedin", Mode.PARTIAL));
        assertThat(linkedIn.send(event()).status()).isEqualTo(201);
        linkedIn.client.delete("/_sandbox/received");
        Answer answer = linkedIn.batch(event(), event(e -> e.put("eventId", "b")));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/elements/0/status").asInt()).isEqualTo(400);
        assertThat(answer.body().at("/elements/0/error/message").asText()).contains("indices [0]");
        assertThat(answer.body().at("/elements/1/status").asInt()).isEqualTo(201);
        assertThat(linkedIn.client.stored()).isEqualTo(1);
        assertThat(linkedIn.last().eventId()).isEqualTo("b");
        linkedIn.client.delete("/_sandbox/faults");
        linkedIn.client.control("faults", "{\"platform\":\"linkedin\",\"mode\":\"partial\",\"eventsReceived\":0}");
        assertThat(linkedIn.batch(event(), event()).body().findValuesAsText("status"))
                .containsOnly("400");
    }

    @Test
    void answersLikeAWithdrawnCredential() {
        linkedIn.client.sandbox.faults().arm(Fault.of("linkedin", Mode.REVOKE));
        Answer answer = linkedIn.send(event());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body().path("code").asText()).isEqualTo("REVOKED_ACCESS_TOKEN");
        Answer refresh = linkedIn.refresh(GRANT + "&refresh_token=sandbox-refresh");
        assertThat(refresh.status()).isEqualTo(400);
        assertThat(refresh.body().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(linkedIn.client.stored()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"HTML, 502", "GARBAGE, 200"})
    void answersLikeAStranger(Mode mode, int status) {
        linkedIn.client.sandbox.faults().arm(Fault.of("linkedin", mode).times(1));
        assertThat(linkedIn.send(event()).status()).isEqualTo(status);
        assertThat(linkedIn.client.stored()).isZero();
    }

    private static ObjectNode email(String hash) {
        return userJson("{\"userIds\":[{\"idType\":\"SHA256_EMAIL\",\"idValue\":\"" + hash + "\"}]}");
    }
}
