package kembali.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A sandbox on a free port, a caller for it, and events to send. The clock stands still at {@link #NOW}. */
public final class SandboxClient implements AutoCloseable {
    /** A minute after the events of the golden examples. */
    public static final Instant NOW = Instant.ofEpochSecond(1795230060);

    public static final String PIXEL = "123456789012345";
    public static final String EVENTS = "/v26.0/" + PIXEL + "/events";
    public static final String TOKEN = "sandbox-token";

    /** An answer; {@code body} is a missing node when it is no JSON. */
    public record Answer(int status, JsonNode body, String text, HttpResponse<String> raw) {
        public int code() {
            return body.path("error").path("code").asInt();
        }

        public int subcode() {
            return body.path("error").path("error_subcode").asInt();
        }

        public String codes() {
            return subcode() == 0 ? Integer.toString(code()) : code() + "/" + subcode();
        }

        /** Everything the error says. */
        public String words() {
            JsonNode error = body.path("error");
            return error.path("message").asText() + " "
                    + error.path("error_user_title").asText() + " "
                    + error.path("error_user_msg").asText();
        }
    }

    public final Sandbox sandbox;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public SandboxClient() {
        this(false);
    }

    public SandboxClient(boolean lean) {
        sandbox = Sandbox.start(
                SandboxOptions.onPort(0).withClock(InstantSource.fixed(NOW)).withLean(lean));
    }

    @Override
    public void close() {
        http.shutdownNow();
        sandbox.close();
    }

    /** A web lead won: the first golden example. */
    public static ObjectNode purchase() {
        return read("""
                {"event_name":"Purchase","event_time":1795230000,"event_id":"kmb_7f3a_Purchase",
                 "action_source":"website","event_source_url":"https://toko.example/promo",
                 "user_data":{"ph":["dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725"],
                  "em":["1d72f51cdcfddf2641add5f71acab8d8a21ce388121edc587743c42e1e40bad9"],
                  "country":["a56145270ce6b3bebd1dd012b73948677dd618d496488bc608a3cb43ce3547dd"],
                  "client_ip_address":"203.0.113.7","client_user_agent":"Mozilla/5.0 (Linux; Android 14)",
                  "fbc":"fb.1.1794970000123.IwAR2F4-dbP0_aem_x1","fbp":"fb.1.1794970000124.1116446470"},
                 "custom_data":{"value":25000001,"currency":"IDR","order_id":"INV-88","lead_status":"won"}}""");
    }

    /** Click-to-WhatsApp, qualified: the second golden example. */
    public static ObjectNode message() {
        return read("""
                {"event_name":"QualifiedLead","event_time":1795230000,"event_id":"kmb_91bc_QualifiedLead",
                 "action_source":"business_messaging","messaging_channel":"whatsapp",
                 "user_data":{"whatsapp_business_account_id":"123456789012345","ctwa_clid":"ARAkExampleOnly"},
                 "custom_data":{"lead_status":"qualified"}}""");
    }

    /** Instant Form lead, CRM stage: the third golden example. */
    public static ObjectNode crmStage() {
        return read("""
                {"event_name":"Sales Opportunity","event_time":1795230000,"event_id":"kmb_55aa_opp",
                 "action_source":"system_generated","user_data":{"lead_id":1234567890123456},
                 "custom_data":{"event_source":"crm","lead_event_source":"Kembali"}}""");
    }

    public static ObjectNode read(String json) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(json);
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    /** An envelope around events. */
    public static ObjectNode envelope(ObjectNode... events) {
        ObjectNode envelope = Json.MAPPER.createObjectNode();
        var data = envelope.putArray("data");
        for (ObjectNode event : events) {
            data.add(event);
        }
        return envelope.put("partner_agent", "kembali");
    }

    public Answer send(ObjectNode... events) {
        return post(EVENTS, envelope(events).toString());
    }

    /** The golden purchase after a change. */
    public Answer purchase(Consumer<ObjectNode> change) {
        ObjectNode event = purchase();
        change.accept(event);
        return send(event);
    }

    /** The golden purchase with other user data. */
    public Answer user(Consumer<ObjectNode> change) {
        return purchase(event -> change.accept((ObjectNode) event.get("user_data")));
    }

    /** The golden purchase with other custom data. */
    public Answer custom(Consumer<ObjectNode> change) {
        return purchase(event -> change.accept((ObjectNode) event.get("custom_data")));
    }

    /** The golden message after a change. */
    public Answer message(Consumer<ObjectNode> change) {
        ObjectNode event = message();
        change.accept(event);
        return send(event);
    }

    public Answer post(String path, String json) {
        return call("POST", path, json, Map.of("Content-Type", "application/json", "Authorization", "Bearer " + TOKEN));
    }

    public Answer postAs(String token) {
        return call(
                "POST",
                EVENTS,
                envelope(purchase()).toString(),
                Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token));
    }

    public Answer get(String path) {
        return call("GET", path, null, Map.of("Authorization", "Bearer " + TOKEN));
    }

    public Answer delete(String path) {
        return call("DELETE", path, null, Map.of());
    }

    public Answer control(String what, String json) {
        return call("POST", "/_sandbox/" + what, json, Map.of("Content-Type", "application/json"));
    }

    /** Events stored so far. */
    public long stored() {
        return sandbox.ledger().summary().events();
    }

    /** The event stored last. */
    public Arrival last() {
        return sandbox.ledger().received().getLast().arrival();
    }

    public Answer call(String method, String path, @Nullable String body, Map<String, String> headers) {
        try {
            return exchange(method, path, body, headers);
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    /** Like {@link #call}, for calls that may lose their connection. */
    public Answer exchange(String method, String path, @Nullable String body, Map<String, String> headers)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.url() + path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), json(answer.body()), answer.body(), answer);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException none) {
            return Json.MAPPER.missingNode();
        }
    }
}
