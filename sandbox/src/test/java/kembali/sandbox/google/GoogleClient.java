package kembali.sandbox.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import kembali.sandbox.Arrival;
import kembali.sandbox.Fault;
import kembali.sandbox.Json;
import kembali.sandbox.Received;
import kembali.sandbox.Sandbox;
import kembali.sandbox.SandboxClient;
import kembali.sandbox.SandboxClient.Answer;
import kembali.sandbox.Warning;

/** A sandbox and Google's golden calls for it. The clock stands still at {@link SandboxClient#NOW}. */
public final class GoogleClient implements AutoCloseable {
    public static final String STREAM = "G-TEST1234";
    public static final String COLLECT = "/mp/collect?measurement_id=" + STREAM + "&api_secret=sandbox-secret";
    public static final String DEBUG = "/debug/mp/collect?measurement_id=" + STREAM + "&api_secret=sandbox-secret";
    public static final String INGEST = "/v1/events:ingest";
    public static final String UPLOAD = "/v26/customers/1234567890:uploadClickConversions";
    public static final String SEARCH = "/v26/customers/1234567890/googleAds:search";
    public static final String ACTION = "987654321";
    public static final String PHONE_HASH = "62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd";

    private final SandboxClient client;

    public GoogleClient() {
        this(false);
    }

    public GoogleClient(boolean lean) {
        client = new SandboxClient(lean);
    }

    @Override
    public void close() {
        client.close();
    }

    public Sandbox sandbox() {
        return client.sandbox;
    }

    // ---- GA4

    /** The golden purchase. */
    public static ObjectNode purchase() {
        return SandboxClient.read("""
                {"client_id":"1234567890.1763520000","user_id":"lead-7f3a","timestamp_micros":1795143845000000,
                 "consent":{"ad_user_data":"GRANTED","ad_personalization":"GRANTED"},
                 "user_data":{"sha256_phone_number":["62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd"]},
                 "user_location":{"country_id":"ID","region_id":"ID-JK","city":"Jakarta"},
                 "events":[{"name":"purchase","params":{"transaction_id":"kbl-7f3a-won","value":1500000,"currency":"IDR",
                   "session_id":"1763521111","engagement_time_msec":1,
                   "items":[{"item_id":"paket-a","item_name":"Paket A","price":1500000,"quantity":1}]}}]}""");
    }

    public static ObjectNode firstEvent(ObjectNode body) {
        return (ObjectNode) body.at("/events/0");
    }

    public static ObjectNode params(ObjectNode body) {
        return (ObjectNode) body.at("/events/0/params");
    }

    public Answer collect(String body) {
        return collectAt(COLLECT, body);
    }

    public Answer collectAt(String path, String body) {
        return client.call("POST", path, body, Map.of("Content-Type", "application/json"));
    }

    /** The golden purchase after a change. */
    public Answer collect(Consumer<ObjectNode> change) {
        return collect(changed(purchase(), change).toString());
    }

    /** What the validation server says of the golden purchase after a change: codes, in order. */
    public List<String> validate(Consumer<ObjectNode> change) {
        List<String> codes = new ArrayList<>();
        collectAt(DEBUG, changed(purchase(), change).toString())
                .body()
                .path("validationMessages")
                .forEach(each -> codes.add(each.path("validationCode").asText()));
        return codes;
    }

    // ---- Data Manager

    /** The golden ingest. */
    public static ObjectNode ingest() {
        return SandboxClient.read("""
                {"destinations":[{"reference":"won","operatingAccount":{"accountType":"GOOGLE_ADS","accountId":"1234567890"},
                   "loginAccount":{"accountType":"GOOGLE_ADS","accountId":"9998887777"},"productDestinationId":"987654321"}],
                 "encoding":"HEX","validateOnly":false,
                 "consent":{"adUserData":"CONSENT_GRANTED","adPersonalization":"CONSENT_GRANTED"},
                 "events":[{"destinationReferences":["won"],"transactionId":"kbl-7f3a-won","eventTimestamp":"2026-11-20T03:04:05Z",
                   "eventSource":"WEB","conversionValue":1500000,"currency":"IDR","adIdentifiers":{"gclid":"Cj0KTEST"},
                   "userData":{"userIdentifiers":[{"phoneNumber":"62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd"}]}}]}""");
    }

    public static ObjectNode destination(ObjectNode body) {
        return (ObjectNode) body.at("/destinations/0");
    }

    /** The golden ingest after a change. */
    public Answer ingest(Consumer<ObjectNode> change) {
        return post(INGEST, changed(ingest(), change).toString());
    }

    /** Result of a request, polled so often that its usual processing is over. */
    public JsonNode result(Answer taken) {
        String path = "/v1/requestStatus:retrieve?requestId="
                + taken.body().path("requestId").asText();
        get(path);
        return get(path).body().at("/requestStatusPerDestination/0");
    }

    /** Reason and field of each violation, such as {@code REQUIRED_FIELD_MISSING encoding}. */
    public static List<String> violations(Answer answer) {
        List<String> found = new ArrayList<>();
        for (JsonNode detail : answer.body().at("/error/details")) {
            for (JsonNode each : detail.path("fieldViolations")) {
                found.add(
                        (each.path("reason").asText() + " " + each.path("field").asText()).strip());
            }
        }
        return found;
    }

    // ---- Google Ads

    /** The golden row. */
    public static ObjectNode row() {
        return SandboxClient.read("""
                {"conversionAction":"customers/1234567890/conversionActions/987654321",
                 "conversionDateTime":"2026-11-20 10:04:05+07:00","gclid":"Cj0KTEST","orderId":"kbl-7f3a-won",
                 "conversionValue":1500000,"currencyCode":"IDR","consent":{"adUserData":"GRANTED"},
                 "userIdentifiers":[{"hashedPhoneNumber":"62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd","userIdentifierSource":"FIRST_PARTY"}]}""");
    }

    /** A row that shares neither click nor order with another number. */
    public static ObjectNode row(int number) {
        return row().put("gclid", "Cj0K" + number).put("orderId", "kbl-" + number + "-won");
    }

    public static ObjectNode uploadOf(ObjectNode... rows) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("partialFailure", true);
        ArrayNode conversions = body.putArray("conversions");
        for (ObjectNode row : rows) {
            conversions.add(row);
        }
        return body;
    }

    public Answer upload(ObjectNode... rows) {
        return post(UPLOAD, uploadOf(rows).toString());
    }

    /** The golden row after a change. */
    public Answer upload(Consumer<ObjectNode> change) {
        return upload(changed(row(), change));
    }

    /** Index, family, code and last field of each error of a partial failure. */
    public static List<String> failures(Answer answer) {
        List<String> found = new ArrayList<>();
        for (JsonNode error : answer.body().at("/partialFailureError/details/0/errors")) {
            JsonNode elements = error.at("/location/fieldPathElements");
            JsonNode last = elements.get(elements.size() - 1);
            String code = error.path("errorCode")
                    .fields()
                    .next()
                    .toString()
                    .replace("=\"", ".")
                    .replace("\"", "");
            found.add(elements.at("/0/index").asInt() + " " + code + " "
                    + last.path("fieldName").asText());
        }
        return found;
    }

    /** Family and code of an error of the whole request. */
    public static String adsError(Answer answer) {
        JsonNode code = answer.body().at("/error/details/0/errors/0/errorCode");
        return code.isMissingNode()
                ? ""
                : code.fields().next().toString().replace("=\"", ".").replace("\"", "");
    }

    // ---- OAuth

    public Answer token(Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&"));
        return client.call("POST", "/token", body, Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    public Answer refresh(String refreshToken) {
        return token(Map.of(
                "grant_type", "refresh_token",
                "client_id", "client-1",
                "client_secret", "client-secret-1",
                "refresh_token", refreshToken));
    }

    /** An access token by a refresh token. */
    public String accessToken(String refreshToken) {
        return refresh(refreshToken).body().path("access_token").asText();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    // ---- all

    public Answer post(String path, String body) {
        return postAs("sandbox-token", path, body);
    }

    public Answer postAs(String token, String path, String body) {
        return client.call(
                "POST", path, body, Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token));
    }

    public Answer call(String method, String path, String body, Map<String, String> headers) {
        return client.call(method, path, body, headers);
    }

    public Answer get(String path) {
        return client.get(path);
    }

    public Answer delete(String path) {
        return client.delete(path);
    }

    public Answer control(String what, String json) {
        return client.control(what, json);
    }

    public void arm(Fault fault) {
        client.sandbox.faults().arm(fault);
    }

    public long stored() {
        return client.stored();
    }

    public Arrival last() {
        return client.last();
    }

    public Received lastReceived() {
        return client.sandbox.ledger().received().getLast();
    }

    /** Codes of the warnings of the event stored last. */
    public List<String> warnings() {
        return last().warnings().stream().map(Warning::code).toList();
    }

    /** Counts of the summary, such as {@code ga4 G-TEST1234 purchase accepted: 1}. */
    public List<String> rows() {
        List<String> rows = new ArrayList<>();
        client.sandbox
                .ledger()
                .summary()
                .rows()
                .forEach((row, count) -> rows.add(
                        row.platform() + " " + row.pixelId() + " " + row.event() + " " + row.verdict() + ": " + count));
        return rows;
    }

    public static ObjectNode changed(ObjectNode body, Consumer<ObjectNode> change) {
        change.accept(body);
        return body;
    }
}
