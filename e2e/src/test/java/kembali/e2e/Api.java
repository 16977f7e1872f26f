package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import kembali.e2e.Http.Answer;
import org.jspecify.annotations.Nullable;

/** The management API, as a script with a key uses it. Paths begin after {@code /api/v1}. */
record Api(String url, String key) {
    private static final AtomicInteger CLICKS = new AtomicInteger();

    Answer get(String path) {
        return send("GET", path, null, Map.of());
    }

    Answer post(String path, String json) {
        return send("POST", path, json, Map.of());
    }

    Answer post(String path) {
        return send("POST", path, null, Map.of());
    }

    Answer put(String path, String json) {
        return send("PUT", path, json, Map.of());
    }

    Answer patch(String path, String json) {
        return send("PATCH", path, json, Map.of());
    }

    Answer delete(String path) {
        return send("DELETE", path, null, Map.of());
    }

    Answer send(String method, String path, @Nullable String body, Map<String, String> more) {
        var headers = new HashMap<String, String>();
        headers.put("Authorization", "Bearer " + key);
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        headers.putAll(more);
        return Http.send(method, url + "/api/v1" + path, body, headers);
    }

    /** Every item of a list, page by page. */
    List<JsonNode> all(String path) {
        var items = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            String query = path + (path.contains("?") ? "&" : "?") + "limit=200";
            JsonNode page =
                    get(cursor.isEmpty() ? query : query + "&cursor=" + cursor).expect(200);
            items.addAll(Json.items(page));
            cursor = page.path("nextCursor").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));
        return items;
    }

    /** A new Meta pixel; its id here. */
    String metaPixel(String pixelId, String accessToken) {
        return post("/pixels", """
                        {"platform":"meta","name":"Pixel %s","settings":{"pixelId":"%s"},
                         "credentials":{"accessToken":"%s"}}""".formatted(pixelId, pixelId, accessToken))
                .expect(201)
                .path("id")
                .asText();
    }

    /** A new lead; its id. */
    String lead(String json) {
        return post("/leads", json).expect(201).path("id").asText();
    }

    /** A new lead who clicked an ad nobody else clicked, so that the strict strategy reports it; its id. */
    String clickedLead(String name) {
        return lead("""
                {"name":"%s","click":{"fbclid":"IwAR-%d"},
                 "web":{"pageUrl":"https://toko.example/promo","userAgent":"%s"}}""".formatted(name, CLICKS.incrementAndGet(), Browser.CHROME));
    }

    /** Says that a lead reached {@code won}; the answer. */
    JsonNode won(String leadId, String value) {
        return put("/leads/" + leadId + "/status", """
                        {"status":"won","actualValue":"%s","currency":"IDR"}""".formatted(value)).expect(200);
    }

    /** Rows of the sync log. */
    List<JsonNode> rows(String query) {
        return all("/sync-logs?" + query);
    }

    /** A row with its attempts. */
    JsonNode row(String id) {
        return get("/sync-logs/" + id).expect(200);
    }

    /** The row of a lead at a pixel, which must be the only one of that event. */
    JsonNode onlyRow(String leadId, String pixelId, String event) {
        List<JsonNode> rows = rows("leadId=" + leadId + "&pixelId=" + pixelId + "&event=" + event);
        assertThat(rows).as("rows of %s", event).hasSize(1);
        return row(rows.getFirst().path("id").asText());
    }

    /** Waits until a row has that status. */
    JsonNode rowOnce(String id, String status) {
        Eventually.eventually(() -> assertThat(row(id).path("status").asText())
                .as(row(id).toString())
                .isEqualTo(status));
        return row(id);
    }
}
