package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import kembali.e2e.Transport.Wrong;

/** The pixels of one test at a server with an otherwise empty workspace, and the leads it reports to them. */
final class Pixels {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final AtomicInteger LEADS = new AtomicInteger();

    /** A pixel as the platform knows it, and as we do. */
    record Pixel(Transport transport, String platformId, String id) {}

    private final Api api;
    private final List<Pixel> all = new ArrayList<>();

    Pixels(Api api) {
        this.api = api;
    }

    /** A pixel that is set up rightly. A new lead is not reported to it, so that a test meets what it says and no more. */
    Pixel add(Transport transport) {
        return add(transport, "{\"mapping\":{\"new\":null}}");
    }

    /** @param more further members of the pixel, over the right ones: a JSON object */
    Pixel add(Transport transport, String more) {
        String platformId = transport.id(COUNT.incrementAndGet());
        return add(transport, platformId, transport.settings(platformId), transport.credentials(platformId), more);
    }

    /** A pixel that is set up wrongly; {@link #mend} sets it right. */
    Pixel add(Transport transport, int which) {
        String platformId = transport.id(COUNT.incrementAndGet());
        Wrong wrong = transport.wrongs(platformId).get(which);
        return add(
                transport,
                platformId,
                wrong.settings() == null ? transport.settings(platformId) : wrong.settings(),
                wrong.credentials() == null ? transport.credentials(platformId) : wrong.credentials(),
                "{\"mapping\":{\"new\":null}}");
    }

    private Pixel add(Transport transport, String platformId, String settings, String credentials, String more) {
        ObjectNode json = (ObjectNode) Json.read("{}");
        json.put("platform", transport.platform()).put("name", transport + " " + platformId);
        json.set("settings", Json.read(settings));
        json.set("credentials", Json.read(credentials));
        json.setAll((ObjectNode) Json.read(more));
        String id = api.post("/pixels", json.toString()).expect(201).path("id").asText();
        var pixel = new Pixel(transport, platformId, id);
        all.add(pixel);
        return pixel;
    }

    /** Stores the right settings and credentials. */
    void mend(Pixel pixel) {
        String platformId = pixel.platformId;
        patch(
                pixel,
                "{\"settings\":%s,\"credentials\":%s}"
                        .formatted(pixel.transport.settings(platformId), pixel.transport.credentials(platformId)));
    }

    JsonNode patch(Pixel pixel, String json) {
        return api.patch("/pixels/" + pixel.id, json).expect(200);
    }

    JsonNode get(Pixel pixel) {
        return api.get("/pixels/" + pixel.id).expect(200);
    }

    JsonNode health(Pixel pixel) {
        return get(pixel).path("health");
    }

    /** Waits until it is in that state. */
    void awaitHealth(Pixel pixel, String state) {
        Eventually.eventually(() -> assertThat(health(pixel).path("state").asText())
                .as(health(pixel).toString())
                .isEqualTo(state));
    }

    /** Starts or ends the quiet in which rows gather, to travel together. */
    void pause(Pixel pixel, boolean paused) {
        api.post("/pixels/" + pixel.id + (paused ? "/pause" : "/resume")).expect(200);
    }

    /** Removes them all, so that the next test's leads are none of their business. */
    void forget() {
        for (Pixel pixel : all) {
            assertThat(api.delete("/pixels/" + pixel.id).status()).isIn(204, 404);
        }
        all.clear();
    }

    /** A new lead every platform would recognise by a click; its id. */
    String lead(String name) {
        return lead(name, Transports.clicks(LEADS.incrementAndGet()));
    }

    /** @param click members of the lead's {@code click} */
    String lead(String name, String click) {
        return api.lead("""
                {"name":%s,"phone":"+62812%08d","click":{%s},
                 "web":{"pageUrl":"https://toko.example/promo","userAgent":"%s"}}""".formatted(Json.quoted(name), LEADS.incrementAndGet(), click, Browser.CHROME));
    }

    /** The delivery to that pixel among the answer to a status. */
    static String deliveryAt(Pixel pixel, JsonNode answer) {
        return Json.list(answer.path("deliveries")).stream()
                .filter(d -> d.path("pixelId").asText().equals(pixel.id))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    /** The tries at sending a row, without the later looks at what became of it. */
    static List<JsonNode> tries(JsonNode row) {
        return Json.list(row.path("attempts")).stream()
                .filter(a -> a.at("/request/method").asText().equals("POST"))
                .toList();
    }

    /** A new lead who bought; the delivery to that pixel. */
    String won(Pixel pixel, String name) {
        return deliveryAt(pixel, api.won(lead(name), "1000"));
    }
}
