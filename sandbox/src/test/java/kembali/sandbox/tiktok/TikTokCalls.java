package kembali.sandbox.tiktok;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Consumer;
import kembali.sandbox.SandboxClient;
import kembali.sandbox.SandboxClient.Answer;

/** Calls as a sender of TikTok events makes them, to a sandbox whose clock stands still. */
final class TikTokCalls {
    static final String TRACK = "/open_api/v1.3/event/track/";
    static final String PIXEL = "A1T8T4UYGVIQA8ORZMX9";
    static final String EVENT_SET = "7400000000000000123";
    static final String TOKEN = "sandbox-token";

    private final SandboxClient client;

    TikTokCalls(SandboxClient client) {
        this.client = client;
    }

    /** A website lead won: the golden example. */
    static ObjectNode purchase() {
        return SandboxClient.read("""
                {"event":"Purchase","event_time":1795230000,"event_id":"lead_01hzx.Purchase",
                 "user":{"email":"1d72f51cdcfddf2641add5f71acab8d8a21ce388121edc587743c42e1e40bad9",
                  "phone":"62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd",
                  "external_id":"722ea72c94044cae0648247b168d1ab55cfbe4d64d146cc1b01a11428feb5862",
                  "first_name":"24263bfaefb124c488c2f5e63d1d30b418f51d0d6f5b380aa1956ec40ea57278",
                  "last_name":"884ace7632428d815f546c2b854dbfdc0d89f5a0d348444d6237e2dc404892f8",
                  "city":"jakarta","country":"id",
                  "zip_code":"db757b73dcd501203e0148fb2ac8cb90c76be44c207d981bcc2dcf9c3c78d5d0",
                  "ttclid":"E.C.P.abc","ttp":"2aBcDeFgHiJkLmNoPqRsTuVwXyZ",
                  "ip":"203.0.113.9","user_agent":"Mozilla/5.0","locale":"id-ID"},
                 "page":{"url":"https://shop.example/promo?ttclid=E.C.P.abc","referrer":"https://www.tiktok.com/"},
                 "properties":{"value":1500000,"currency":"IDR","order_id":"INV-77"}}""");
    }

    /** A stage of an Instant Form's lead. */
    static ObjectNode stage() {
        return SandboxClient.read("""
                {"event":"Menunggu Pembayaran","event_time":1795230000,"event_id":"kmb_1_stage",
                 "user":{"phone":"62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd"},
                 "lead":{"lead_id":"7412345678901234567","lead_event_source":"Kembali"}}""");
    }

    static ObjectNode envelope(String source, String pixel, ObjectNode... events) {
        ObjectNode envelope = SandboxClient.read("{}");
        envelope.put("event_source", source).put("event_source_id", pixel);
        var data = envelope.putArray("data");
        for (ObjectNode event : events) {
            data.add(event);
        }
        return envelope;
    }

    Answer web(ObjectNode... events) {
        return post(envelope("web", PIXEL, events).toString());
    }

    Answer crm(ObjectNode... events) {
        return post(envelope("crm", EVENT_SET, events).toString());
    }

    /** The golden event after a change. */
    Answer purchase(Consumer<ObjectNode> change) {
        ObjectNode event = purchase();
        change.accept(event);
        return web(event);
    }

    Answer user(Consumer<ObjectNode> change) {
        return purchase(event -> change.accept((ObjectNode) event.get("user")));
    }

    Answer properties(Consumer<ObjectNode> change) {
        return purchase(event -> change.accept((ObjectNode) event.get("properties")));
    }

    Answer post(String body) {
        return postAs(TOKEN, body);
    }

    Answer postAs(String token, String body) {
        return at(TRACK, body, Map.of("Content-Type", "application/json", "Access-Token", token));
    }

    Answer at(String path, String body, Map<String, String> headers) {
        return client.call("POST", path, body, headers);
    }

    /** TikTok's number in an answer; -1 when there is none. */
    static int code(Answer answer) {
        return answer.body().path("code").asInt(-1);
    }

    static String message(Answer answer) {
        return answer.body().path("message").asText();
    }
}
