package kembali.bench.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a server is furnished with before it is measured, through its API as people would. */
public final class Workplace {
    /** The rotator link of {@link #rotator}. */
    public static final String LINK = "/wa/promo-eid";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int AGENTS = 3;
    private static final int BULK = 1_000;

    private Workplace() {}

    /** A rotator over three agents, and its link's path. */
    public static String rotator(Api api) throws IOException, InterruptedException {
        ObjectNode rotator = JSON.objectNode()
                .put("slug", "promo-eid")
                .put("name", "Promo Eid")
                .put("message", "Halo, saya tertarik promo Eid. {code}");
        var shares = rotator.putArray("agents");
        for (int i = 1; i <= AGENTS; i++) {
            JsonNode agent =
                    api.post("/agents", JSON.objectNode().put("name", "CS " + i).put("phone", "+62811100011" + i));
            shares.addObject().put("agentId", agent.get("id").asText()).put("weight", 1);
        }
        api.post("/rotators", rotator);
        return LINK;
    }

    /** A campaign with two destinations for Meta's ads, and its link's path. */
    public static String campaign(Api api) throws IOException, InterruptedException {
        ObjectNode campaign = JSON.objectNode()
                .put("alias", "promo-eid")
                .put("name", "Promo Eid")
                .put("source", "meta");
        var destinations = campaign.putArray("destinations");
        for (String page : new String[] {"a", "b"}) {
            destinations
                    .addObject()
                    .put("name", page)
                    .put("url", "https://shop.example/" + page + "?subid={subid}&ad={ad_id}&d={date:Y-m-d}")
                    .put("weight", 1);
        }
        api.post("/campaigns", campaign);
        return "/c/promo-eid";
    }

    /**
     * A Meta pixel.
     *
     * @param newLeads whether a new lead is reported too, as it is usually
     * @return its id
     */
    public static String pixel(Api api, boolean newLeads) throws IOException, InterruptedException {
        ObjectNode pixel = JSON.objectNode().put("platform", "meta").put("name", "Meta");
        pixel.putObject("settings").put("pixelId", "123456789012345");
        pixel.putObject("credentials").put("accessToken", "a-token-that-only-the-sink-sees");
        return pixel(api, pixel, newLeads);
    }

    /**
     * A pixel.
     *
     * @param pixel what the API is to be told of it
     * @param newLeads whether a new lead is reported too, as it is usually
     * @return its id
     */
    public static String pixel(Api api, ObjectNode pixel, boolean newLeads) throws IOException, InterruptedException {
        if (!newLeads) {
            pixel.putObject("mapping").putNull("new");
        }
        return api.post("/pixels", pixel).get("id").asText();
    }

    /**
     * A source of postbacks, and that many leads it may report: {@code bench-0}, {@code bench-1}, …
     *
     * @return the path of its address
     */
    public static String postbacks(Api api, int people) throws IOException, InterruptedException {
        for (int from = 0; from < people; from += BULK) {
            ObjectNode bulk = JSON.objectNode();
            var items = bulk.putArray("items");
            for (int i = from; i < Math.min(people, from + BULK); i++) {
                items.addObject().put("externalRef", "bench-" + i);
            }
            api.post("/leads/bulk", bulk);
        }
        ObjectNode source =
                JSON.objectNode().put("kind", "postback").put("name", "Network").put("ratePerSecond", 100_000);
        String url = api.post("/sources", source).get("url").asText();
        return url.substring(url.indexOf("/p/"));
    }

    /** Events that wait to be sent to a pixel. */
    public static int queued(Api api, String pixelId) throws IOException, InterruptedException {
        return api.get("/pixels/" + pixelId).get("queued").asInt();
    }

    /**
     * Waits until nothing waits any more.
     *
     * @return whether it came to that in time
     */
    public static boolean awaitDrained(Api api, String pixelId, Duration patience)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (queued(api, pixelId) > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return true;
    }
}
