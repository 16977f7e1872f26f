package kembali.bench.deliver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kembali.bench.process.Api;

/** Made-up people who clicked an ad and left their details, each another one. */
final class SampleLeads {
    static final String USER_AGENT = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) "
            + "Chrome/130.0.0.0 Mobile Safari/537.36";
    private static final int MOST_A_REQUEST = 1_000;
    private static final List<String> FIRST = List.of("Budi", "Siti", "Agus", "Dewi", "Rizki", "Putri", "Eko", "Ayu");
    private static final List<String> LAST = List.of("Santoso", "Wijaya", "Lestari", "Hidayat", "Saputra", "Utami");
    private static final List<String> CITIES = List.of("Jakarta", "Surabaya", "Bandung", "Medan", "Semarang");

    private final Advertiser platform;
    private long next;

    /** @param platform to which they must be known */
    SampleLeads(Advertiser platform) {
        this.platform = platform;
    }

    /** Stores that many new leads and returns their ids. */
    List<String> create(Api api, int count) throws IOException, InterruptedException {
        var ids = new ArrayList<String>(count);
        while (ids.size() < count) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode items = body.putArray("items");
            int rows = Math.min(MOST_A_REQUEST, count - ids.size());
            for (int i = 0; i < rows; i++) {
                items.add(lead(next++));
            }
            for (JsonNode row : api.post("/leads/bulk", body).get("items")) {
                if (!row.hasNonNull("id")) {
                    throw new IOException("a lead was refused: " + row);
                }
                ids.add(row.get("id").asText());
            }
        }
        return ids;
    }

    private ObjectNode lead(long n) {
        Instant clickedAt = Instant.now().minusSeconds(3_600);
        String first = FIRST.get((int) (n % FIRST.size()));
        String last = LAST.get((int) (n % LAST.size()));
        ObjectNode lead = JsonNodeFactory.instance
                .objectNode()
                .put("name", first + " " + last)
                .put("email", (first + "." + last + n + "@example.co.id").toLowerCase(java.util.Locale.ROOT))
                .put("phone", "0812" + (10_000_000 + n))
                .put("city", CITIES.get((int) (n % CITIES.size())))
                .put("state", "Jawa Timur")
                .put("postalCode", Long.toString(60_100 + n % 800))
                .put("country", "ID")
                .put("externalRef", "crm-" + n)
                .put("status", "new")
                .put("source", "website");
        ObjectNode click = lead.putObject("click")
                .put("fbclid", fbclid(n))
                .put("fbp", "fb.1." + clickedAt.toEpochMilli() + "." + (1_000_000_000L + n))
                .put("clickedAt", clickedAt.toString());
        platform.identify(click, n);
        lead.putObject("utm").put("source", "meta").put("medium", "paid").put("campaign", "eid-sale");
        lead.putObject("web")
                .put("pageUrl", "https://shop.example/promo")
                .put("ip", "203.0.113." + n % 250)
                .put("userAgent", USER_AGENT);
        lead.putObject("consent").put("adUserData", "granted").put("adPersonalization", "granted");
        return lead;
    }

    static String fbclid(long n) {
        return "IwZXh0bgNhZW0BMABhZGlkAasSKq1R" + Long.toHexString(0x10000000L + n) + "_aem_q7Lk2VnB0sYcWm4dZt9HxA";
    }
}
