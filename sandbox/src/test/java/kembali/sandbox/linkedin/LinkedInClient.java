package kembali.sandbox.linkedin;

import static kembali.sandbox.SandboxClient.NOW;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import kembali.sandbox.Arrival;
import kembali.sandbox.Json;
import kembali.sandbox.SandboxClient;
import kembali.sandbox.SandboxClient.Answer;

/** A caller of LinkedIn's stand-in, and events to send. */
final class LinkedInClient implements AutoCloseable {
    static final String EVENTS = "/rest/conversionEvents";
    static final String TOKEN = "sandbox-linkedin";
    static final String EMAIL = "691f95429e014a31230a8963ea28daff1da1c2e4d95f9723a4ea36c548ed2e58";

    final SandboxClient client = new SandboxClient();

    @Override
    public void close() {
        client.close();
    }

    /** The documented example, a minute old. */
    static ObjectNode event() {
        return SandboxClient.read("""
                {"conversion":"urn:lla:llaPartnerConversion:104012","conversionHappenedAt":1795230000000,
                 "conversionValue":{"currencyCode":"USD","amount":"50"},"eventId":"lead_01hzx.won",
                 "user":{"userIds":[
                   {"idType":"SHA256_EMAIL","idValue":"691f95429e014a31230a8963ea28daff1da1c2e4d95f9723a4ea36c548ed2e58"},
                   {"idType":"LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID","idValue":"df5gf5-gh6t7-ph4j7h-fgf6n1"},
                   {"idType":"PLAINTEXT_IP_ADDRESS","idValue":"8.8.4.4"}],
                  "userInfo":{"firstName":"mike","lastName":"smith","companyName":"microsoft","countryCode":"US"},
                  "externalIds":["lead_01hzx"]}}""");
    }

    static ObjectNode event(Consumer<ObjectNode> change) {
        ObjectNode event = event();
        change.accept(event);
        return event;
    }

    static ObjectNode user(Consumer<ObjectNode> change) {
        return event(event -> change.accept((ObjectNode) event.get("user")));
    }

    /** The documented example of another person. */
    static ObjectNode userJson(String json) {
        return event(event -> event.set("user", SandboxClient.read(json)));
    }

    static ObjectNode at(long secondsFromNow) {
        return event(event -> event.put("conversionHappenedAt", (NOW.getEpochSecond() + secondsFromNow) * 1000));
    }

    static Map<String, String> headers(String... changes) {
        Map<String, String> headers = new HashMap<>(Map.of(
                "Content-Type", "application/json",
                "Authorization", "Bearer " + TOKEN,
                "LinkedIn-Version", "202609",
                "X-Restli-Protocol-Version", "2.0.0"));
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1].isEmpty()) {
                headers.remove(changes[i]);
            } else {
                headers.put(changes[i], changes[i + 1]);
            }
        }
        return headers;
    }

    Answer send(ObjectNode event) {
        return client.call("POST", EVENTS, event.toString(), headers());
    }

    Answer batch(ObjectNode... events) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode elements = body.putArray("elements");
        elements.addAll(List.of(events));
        return batch(body.toString());
    }

    Answer batch(String body) {
        return client.call("POST", EVENTS, body, headers("X-RestLi-Method", "BATCH_CREATE"));
    }

    Answer sendWith(String... headers) {
        return client.call("POST", EVENTS, event().toString(), headers(headers));
    }

    Answer get(String path) {
        return client.call("GET", path, null, headers());
    }

    Answer refresh(String form) {
        return client.call(
                "POST", "/oauth/v2/accessToken", form, Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    /** The event stored last. */
    Arrival last() {
        return client.last();
    }

    /** Codes of the warnings of the event stored last. */
    List<String> warnings() {
        return last().warnings().stream().map(warning -> warning.code()).toList();
    }
}
