package kembali.platform.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kembali.platform.Destination;
import kembali.platform.Endpoints;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.ProbeResult;
import kembali.platform.ProbeStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkedInProbeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
    private static final PlatformReply TOO_OLD = refusal(
            400,
            "{\"message\":\"Validation failed because [{batchIndex=0, type=INVALID_CONVERSION_TIME_FIELD_VALUE}]\",\"status\":400}");
    private static final PlatformReply UNKNOWN_RULE =
            refusal(403, "{\"message\":\"No ad accounts found\",\"status\":403}");
    private static final PlatformReply MAY_NOT_READ =
            refusal(403, "{\"status\":403,\"code\":\"ACCESS_DENIED\",\"message\":\"Not enough permissions\"}");

    private static final Map<String, String> TOKEN = Map.of("accessToken", LinkedInPlatformTest.TOKEN);
    private static final Map<String, String> GRANT = Map.of(
            "refreshToken", "AQYTestRefreshNotReal1234567",
            "clientId", "86testclientid",
            "clientSecret", "WPL_AP1.TestSecretNotReal");
    private static final Map<String, String> BOTH = Stream.of(TOKEN, GRANT)
            .flatMap(part -> part.entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private final List<PlatformRequest> asked = new ArrayList<>();

    @Test
    void listsTheRulesAndSendsOneEventThatIsTooOld() throws IOException {
        ProbeResult result = talk(rules(rule(104011, "LEAD"), rule(104012, "PURCHASE")), TOO_OLD);
        assertThat(result.ok()).isTrue();
        assertThat(result.verdict()).isEqualTo("connected");
        assertThat(result.message()).contains("Nothing was recorded", "All conversion rules exist");
        assertThat(result.fix()).isEmpty();

        assertThat(asked).hasSize(2);
        assertThat(asked.get(0).method()).isEqualTo("GET");
        assertThat(asked.get(0).uri().toString())
                .isEqualTo("https://api.linkedin.com/rest/conversions?q=account"
                        + "&account=urn%3Ali%3AsponsoredAccount%3A512345678&start=0&count=100");
        assertThat(asked.get(0).headers())
                .containsOnly(Map.entry("LinkedIn-Version", "202609"), Map.entry("X-Restli-Protocol-Version", "2.0.0"));
        assertThat(asked.get(1).method()).isEqualTo("POST");
        assertThat(asked.get(1).uri().toString()).isEqualTo("https://api.linkedin.com/rest/conversionEvents");
        var json = JsonMapper.builder().build();
        // 200 days before now, and probe@example.com.
        assertThat(json.readTree(asked.get(1).body()))
                .isEqualTo(json.readTree("{\"conversion\":\"urn:lla:llaPartnerConversion:104011\","
                        + "\"conversionHappenedAt\":1777950000000,\"eventId\":\"kmb_probe\",\"user\":{\"userIds\":["
                        + "{\"idType\":\"SHA256_EMAIL\",\"idValue\":"
                        + "\"01daf2b30b24130a019a896a6c532bc978d2ed8cbbe618e8a09f96769a20de9d\"}]}}"));
    }

    @Test
    void remarksOnARuleOfAnotherType() {
        ProbeResult result = talk(rules(rule(104011, "OTHER"), rule(104012, "PURCHASE")), TOO_OLD);
        assertThat(result.ok()).isTrue();
        assertThat(result.message()).contains("104011 (Rule 104011, OTHER) serves LEAD");
    }

    @Test
    void namesARuleTheAccountDoesNotHaveAndWhatItHasInstead() {
        ProbeResult result = talk(rules(rule(104011, "LEAD"), rule(777, "PURCHASE"), disabled(778)));
        assertThat(result.ok()).isFalse();
        assertThat(result.verdict()).isEqualTo("conversion_rule_unknown");
        assertThat(result.message()).contains("no conversion rule 104012, entered for PURCHASE");
        assertThat(result.fix()).contains("777 (Rule 777, PURCHASE)").doesNotContain("778", "104011");
    }

    @Test
    void namesARuleThatIsSwitchedOff() {
        ProbeResult result = talk(rules(rule(104011, "LEAD"), disabled(104012)));
        assertThat(result.verdict()).isEqualTo("conversion_rule_disabled");
        assertThat(result.message()).contains("104012", "entered for PURCHASE", "switched off");
    }

    @Test
    void namesARuleOfTheInsightTag() {
        ProbeResult result = talk(
                rules(
                        rule(104011, "LEAD"),
                        "{\"id\":104012,\"name\":\"Tag\",\"type\":\"PURCHASE\",\"enabled\":true,\"conversionMethod\":\"INSIGHT_TAG\"}"));
        assertThat(result.verdict()).isEqualTo("conversion_rule_wrong_method");
        assertThat(result.message()).contains("INSIGHT_TAG");
    }

    @Test
    void namesAllWrongRules() {
        ProbeResult result = talk(rules(disabled(104011)));
        assertThat(result.verdict()).isEqualTo("conversion_rule_disabled");
        assertThat(result.message()).contains("104011", "104012");
    }

    @Test
    void turnsThePageOfALongList() {
        String full =
                IntStream.range(0, 100).mapToObj(i -> rule(1000 + i, "OTHER")).collect(Collectors.joining(","));
        ProbeResult result = talk(rules(full), rules(rule(104011, "LEAD"), rule(104012, "PURCHASE")), TOO_OLD);
        assertThat(result.ok()).isTrue();
        assertThat(asked.get(1).uri().toString()).endsWith("&start=100&count=100");
    }

    @Test
    void triesEveryRuleWhereTheListIsNotForThisToken() {
        ProbeResult result = talk(MAY_NOT_READ, TOO_OLD, TOO_OLD);
        assertThat(result.ok()).isTrue();
        assertThat(result.message()).contains("none was refused", "Nothing was recorded");
        assertThat(asked.get(1).body()).contains("104011");
        assertThat(asked.get(2).body()).contains("104012");
    }

    @Test
    void namesTheRulesThatWereRefused() {
        ProbeResult result = talk(MAY_NOT_READ, UNKNOWN_RULE, TOO_OLD);
        assertThat(result.ok()).isFalse();
        assertThat(result.verdict()).isEqualTo("conversion_rule_unknown");
        assertThat(result.message()).contains("104011, entered for LEAD").doesNotContain("104012");
        ProbeResult off = talk(
                MAY_NOT_READ,
                TOO_OLD,
                refusal(400, "{\"message\":\"indices [0] (0-indexed) marked as deleted\",\"status\":400}"));
        assertThat(off.verdict()).isEqualTo("conversion_rule_disabled");
        assertThat(off.message()).contains("104012, entered for PURCHASE");
    }

    @ParameterizedTest
    @CsvSource({
        "401, INVALID_ACCESS_TOKEN, token_invalid",
        "401, REVOKED_ACCESS_TOKEN, token_revoked",
        "403, USER_NOT_AUTHORIZED, permission_missing",
        "400, VERSION_MISSING, version_missing",
        "404, RESOURCE_NOT_FOUND, request_refused",
        "422, X, request_malformed",
        "426, NONEXISTENT_VERSION, api_version_ended",
        "429, TOO_MANY_REQUESTS, rate_limited",
        "503, SERVICE_UNAVAILABLE, platform_unavailable"
    })
    void readsTheRefusalOfTheEvent(int status, String code, String verdict) {
        ProbeResult result = talk(
                MAY_NOT_READ,
                refusal(status, "{\"status\":" + status + ",\"code\":\"" + code + "\",\"message\":\"words\"}"));
        assertThat(result.ok()).isFalse();
        assertThat(result.verdict()).isEqualTo(verdict);
        assertThat(result.message()).contains("words");
        assertThat(result.fix()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "426, NONEXISTENT_VERSION, api_version_ended",
        "400, VERSION_MISSING, version_missing",
        "429, TOO_MANY_REQUESTS, rate_limited",
        "500, INTERNAL, platform_unavailable"
    })
    void endsWithTheListWhereNothingElseWouldFareBetter(int status, String code, String verdict) {
        ProbeResult result = talk(refusal(status, "{\"status\":" + status + ",\"code\":\"" + code + "\"}"));
        assertThat(result.verdict()).isEqualTo(verdict);
    }

    /** LinkedIn documents that it refuses so old an event; if not, nobody may believe that nothing happened. */
    @ParameterizedTest
    @CsvSource({"201, ''", "200, '{\"elements\":[{\"status\":201}]}'", "200, ''"})
    void reportsAProbeThatWasRecorded(int status, String body) {
        ProbeResult result = talk(MAY_NOT_READ, refusal(status, body));
        assertThat(result.ok()).isFalse();
        assertThat(result.verdict()).isEqualTo("probe_recorded");
        assertThat(result.message()).contains("104011", "LEAD");
    }

    /** The token beside a refresh token may be old: events are sent with a fresh one. */
    @Test
    void asksForAFreshTokenWhenTheGivenOneHasEnded() {
        PlatformReply ended = refusal(401, "{\"status\":401,\"code\":\"EXPIRED_ACCESS_TOKEN\"}");
        ProbeResult renewed = talkTo(
                pixel(BOTH), ended, ended, refusal(200, "{\"access_token\":\"AQXfresh\",\"expires_in\":5184000}"));
        assertThat(renewed.ok()).isTrue();
        assertThat(renewed.message()).contains("fresh one").doesNotContain("AQXfresh");
        assertThat(asked.getLast().uri().toString()).isEqualTo("https://www.linkedin.com/oauth/v2/accessToken");
        ProbeResult refused = talkTo(pixel(BOTH), ended, ended, refusal(400, "{\"error\":\"invalid_grant\"}"));
        assertThat(refused.ok()).isFalse();
        assertThat(refused.verdict()).isEqualTo("refresh_token_invalid");
    }

    /** Without a given token the refused one was fresh already. */
    @Test
    void doesNotAskTwiceForAFreshToken() {
        PlatformReply ended = refusal(401, "{\"status\":401,\"code\":\"INVALID_ACCESS_TOKEN\"}");
        assertThat(talkTo(pixel(GRANT), ended, ended).verdict()).isEqualTo("token_invalid");
    }

    @Test
    void doesNotTakeAStrangersPageForLinkedIn() {
        assertThat(talk(refusal(200, "<html>")).verdict()).isEqualTo("unreadable_answer");
        assertThat(talk(refusal(200, "{}")).verdict()).isEqualTo("unreadable_answer");
        assertThat(talk(refusal(403, "<html>")).verdict()).isEqualTo("unreadable_answer");
        assertThat(talk(refusal(401, "")).verdict()).isEqualTo("token_invalid");
        assertThat(talk(refusal(503, "<html>")).verdict()).isEqualTo("platform_unavailable");
        assertThat(talk(MAY_NOT_READ, refusal(400, "<html>")).verdict()).isEqualTo("unreadable_answer");
    }

    /** A step answered twice must not remember the first answer. */
    @Test
    void remembersNothingBetweenTwoConversations() {
        ProbeStep begin = pixel(TOKEN).probe(NOW);
        ProbeStep first = ((ProbeStep.Ask) begin).next().apply(MAY_NOT_READ);
        ProbeStep refused = ((ProbeStep.Ask) first).next().apply(UNKNOWN_RULE);
        assertThat(((ProbeStep.Ask) refused).next().apply(TOO_OLD)).isInstanceOf(ProbeStep.Found.class);
        ProbeStep taken = ((ProbeStep.Ask) first).next().apply(TOO_OLD);
        ProbeStep end = ((ProbeStep.Ask) taken).next().apply(TOO_OLD);
        assertThat(((ProbeStep.Found) end).result().ok()).isTrue();
    }

    private ProbeResult talk(PlatformReply... answers) {
        return talkTo(pixel(TOKEN), answers);
    }

    private ProbeResult talkTo(Destination pixel, PlatformReply... answers) {
        asked.clear();
        Deque<PlatformReply> replies = new ArrayDeque<>(List.of(answers));
        ProbeStep step = pixel.probe(NOW);
        while (step instanceof ProbeStep.Ask ask) {
            asked.add(ask.request());
            step = ask.next().apply(replies.remove());
        }
        assertThat(replies).as("every answer was asked for").isEmpty();
        return ((ProbeStep.Found) step).result();
    }

    private static Destination pixel(Map<String, String> credentials) {
        return new LinkedInPlatform()
                .destination(
                        Map.of(
                                "adAccountId",
                                "512345678",
                                "conversionIds",
                                Map.of("LEAD", "104011", "PURCHASE", "104012")),
                        credentials,
                        Endpoints.USUAL);
    }

    private static PlatformReply rules(String... rules) {
        return refusal(200, "{\"elements\":[" + String.join(",", rules) + "],\"paging\":{\"start\":0,\"count\":100}}");
    }

    private static String rule(int id, String type) {
        return "{\"id\":" + id + ",\"name\":\"Rule " + id + "\",\"type\":\"" + type
                + "\",\"enabled\":true,\"conversionMethod\":\"CONVERSIONS_API\"}";
    }

    private static String disabled(int id) {
        return rule(id, "PURCHASE").replace("\"enabled\":true", "\"enabled\":false");
    }

    private static PlatformReply refusal(int status, String body) {
        return new PlatformReply(status, Map.of(), body);
    }
}
