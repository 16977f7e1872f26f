package kembali.demo.drive;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kembali.demo.sample.Agent;
import kembali.demo.sample.Chat;
import kembali.demo.sample.Message;
import kembali.demo.sample.Person;
import kembali.demo.sample.Sample;
import kembali.demo.sample.Story;
import org.jspecify.annotations.Nullable;

/**
 * What the shop's WhatsApp providers tell the server: the Cloud API of Meta's, signed, for the numbers that have an account
 * there, and a gateway for the others.
 */
final class Inbox {
    private static final int OK = 200;
    private static final int FORGED = 401;

    private final Http http;
    private final Sample sample;
    private final Taps taps;
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    Inbox(Http http, Sample sample, Taps taps) {
        this.http = http;
        this.sample = sample;
        this.taps = taps;
    }

    /** Who writes at all. */
    private List<Story> writers() {
        return sample.stories().stream().filter(s -> !s.messages().isEmpty()).toList();
    }

    /** Delivers all messages of a wave, those of one person in order. */
    void play(int wave, Shop shop, Progress progress) throws InterruptedException {
        var done = new AtomicInteger();
        Crowd.each(writers(), story -> {
            for (Message m : story.messages()) {
                if (m.wave() == wave) {
                    for (int time = 0; time < m.times(); time++) {
                        deliver(story, m, shop);
                    }
                    progress.at(done.incrementAndGet(), sample.messages(), "messages");
                }
            }
        });
    }

    /** What else arrives at such an address: receipts, and messages that are not Meta's. */
    void noise(Shop shop) {
        Agent agent = Sample.AGENTS.getFirst();
        for (int i = 0; i < Sample.RECEIPTS; i++) {
            var status = Map.of(
                    "id",
                    "wamid.OUT" + i,
                    "status",
                    i % 2 == 0 ? "delivered" : "read",
                    "recipient_id",
                    "628111222333",
                    "timestamp",
                    seconds());
            expect("a receipt", OK, cloud(shop, agent, Map.of("statuses", List.of(status)), Shop.APP_SECRET));
        }
        for (int i = 0; i < Sample.FORGERIES; i++) {
            Person nobody = new Person("Penipu", "+62811900099" + i, "62811900099" + i, null, null, null);
            var value = messages(nobody, "wamid.FORGED" + i, "Halo, saya sudah bayar", null);
            expect("a message nobody signed", FORGED, cloud(shop, agent, value, "another secret"));
        }
    }

    /** What went otherwise than it must, in sentences. */
    List<String> complaints() {
        return complaints;
    }

    private void deliver(Story story, Message m, Shop shop) {
        Person writer = Sample.onWhatsApp(story.no());
        Integer codeOf = m.codeOf();
        String text = codeOf == null
                ? m.text()
                : m.text()
                        .replace(
                                Message.CODE,
                                taps.chat(sample.stories().get(codeOf)).code());
        Agent agent = agent(story, m, shop);
        int status = agent.account() == null
                ? gateway(shop, agent, writer, m.id(), text)
                : cloud(shop, agent, messages(writer, m.id(), text, m.chat()), Shop.APP_SECRET);
        expect("message " + m.id() + " of person " + story.no(), OK, status);
    }

    /** Whom a message goes to: the agent it names, else the one the writer's last tap led to. */
    private Agent agent(Story story, Message m, Shop shop) {
        Integer to = m.to();
        return to == null ? shop.agent(taps.chat(story).agent()) : Sample.AGENTS.get(to);
    }

    private int cloud(Shop shop, Agent agent, Map<String, ?> messages, String secret) {
        var value = new LinkedHashMap<String, Object>(messages);
        value.put("messaging_product", "whatsapp");
        value.put(
                "metadata",
                Map.of("display_phone_number", shop.number(agent), "phone_number_id", "10655" + shop.number(agent)));
        byte[] body = json(Map.of(
                "object",
                "whatsapp_business_account",
                "entry",
                List.of(Map.of(
                        "id",
                        String.valueOf(agent.account()),
                        "changes",
                        List.of(Map.of("field", "messages", "value", value))))));
        return post(shop.source(Shop.WHATSAPP), body, "sha256=" + hmac(secret, body));
    }

    private static Map<String, Object> messages(Person writer, String id, String text, @Nullable Chat chat) {
        String number = String.valueOf(writer.phoneDigits());
        var message = new LinkedHashMap<String, Object>();
        message.put("from", number);
        message.put("id", id);
        message.put("timestamp", seconds());
        message.put("type", "text");
        message.put("text", Map.of("body", text));
        if (chat != null) {
            message.put(
                    "referral",
                    Map.of(
                            "source_url",
                            "https://fb.me/3batikayu",
                            "source_id",
                            "120226305854810721",
                            "source_type",
                            "ad",
                            "headline",
                            "Batik Lebaran 2026",
                            "ctwa_clid",
                            chat.click()));
        }
        return Map.of(
                "contacts",
                List.of(Map.of("profile", Map.of("name", String.valueOf(writer.name())), "wa_id", number)),
                "messages",
                List.of(message));
    }

    /** As Fonnte tells it: flat, unsigned, without ads. */
    private int gateway(Shop shop, Agent agent, Person writer, String id, String text) {
        byte[] body = json(Map.of(
                "device",
                shop.number(agent),
                "sender",
                String.valueOf(writer.phoneDigits()),
                "name",
                String.valueOf(writer.name()),
                "message",
                text,
                "inboxid",
                id,
                "timestamp",
                seconds()));
        return post(shop.source(Shop.GATEWAY), body, null);
    }

    private int post(URI address, byte[] body, @Nullable String signature) {
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (signature != null) {
            request.header("X-Hub-Signature-256", signature);
        }
        return http.send(request).statusCode();
    }

    private void expect(String what, int expected, int actual) {
        if (expected != actual) {
            complaints.add(what + " was answered with " + actual + ", not " + expected);
        }
    }

    private static String seconds() {
        return Long.toString(System.currentTimeMillis() / 1_000);
    }

    static String hmac(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every Java platform must have it
        }
    }

    private static byte[] json(Object body) {
        try {
            return Api.JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
