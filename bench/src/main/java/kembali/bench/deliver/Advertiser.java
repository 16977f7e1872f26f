package kembali.bench.deliver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A platform to deliver to: its pixel, what of a lead it goes by, and how a sink must answer it. */
enum Advertiser {
    META("meta", "Meta", "Purchase", List.of("META"), "/v26.0/", "\"event_name\"") {
        @Override
        void describe(ObjectNode pixel) {
            pixel.putObject("settings").put("pixelId", "123456789012345");
            pixel.putObject("credentials").put("accessToken", TOKEN);
        }

        @Override
        String answer(int events) {
            return "{\"events_received\":" + events + ",\"messages\":[],\"fbtrace_id\":\"A1b2C3d4E5f6G7h8\"}";
        }

        @Override
        HandWritten handWritten() {
            return new MetaBody();
        }
    },

    GA4("ga4", "GA4", "purchase", List.of("GA4"), "/mp/collect", "\"events\":[{") {
        @Override
        void describe(ObjectNode pixel) {
            pixel.putObject("settings").put("measurementId", "G-BENCH00001");
            pixel.putObject("credentials").put("apiSecret", TOKEN);
        }

        @Override
        void identify(ObjectNode click, long n) {
            click.put("gaClientId", gaClientId(n)).put("gaSessionId", "1763521111");
        }

        /** GA4 says 204 and nothing, whatever it is sent. */
        @Override
        String answer(int events) {
            return "";
        }

        /** The client id stands beside the events, so each needs a request of its own. */
        @Override
        boolean batches() {
            return false;
        }

        @Override
        HandWritten handWritten() {
            return new Ga4Body();
        }
    },

    /** Over the Data Manager API; an access token comes from the same sink. */
    GOOGLE_ADS(
            "google_ads",
            "Google Ads",
            "6512340001",
            List.of("GOOGLE_DATA_MANAGER", "GOOGLE_OAUTH"),
            "/v1/events:ingest",
            "\"transactionId\"") {
        @Override
        void describe(ObjectNode pixel) {
            pixel.putObject("settings").put("customerId", "1234567890").put("actionId", event());
            pixel.putObject("credentials")
                    .put("refreshToken", TOKEN)
                    .put("clientId", "482913570001-bench.apps.googleusercontent.com")
                    .put("clientSecret", TOKEN);
        }

        @Override
        void identify(ObjectNode click, long n) {
            click.put("gclid", gclid(n));
        }

        /** A receipt; the verdict would come half an hour later. */
        @Override
        String answer(int events) {
            return "{\"requestId\":\"sink-0000000001\"}";
        }

        @Override
        HandWritten handWritten() {
            return new DataManagerBody();
        }
    };

    private static final String TOKEN = "a-token-that-only-the-sink-sees";

    private final String key;
    private final String title;
    private final String event;
    private final List<String> endpoints;
    private final String path;
    private final String mark;

    /**
     * @param event what the sync log calls a sale
     * @param endpoints what follows {@code KEMBALI_ENDPOINT_}
     * @param path where its events go begins so
     * @param mark what stands once in every event of a request
     */
    Advertiser(String key, String title, String event, List<String> endpoints, String path, String mark) {
        this.key = key;
        this.title = title;
        this.event = event;
        this.endpoints = endpoints;
        this.path = path;
        this.mark = mark;
    }

    /** Those named, parted by commas, in that order. */
    static List<Advertiser> named(String keys) {
        return Arrays.stream(keys.split(",", -1))
                .map(String::strip)
                .map(wanted -> Arrays.stream(values())
                        .filter(a -> a.key.equals(wanted))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("--platform is "
                                + Arrays.stream(values()).map(a -> a.key).collect(Collectors.joining(", "))
                                + ", one or several parted by commas, not \"" + wanted + "\"")))
                .distinct()
                .toList();
    }

    /** The API's word. */
    String key() {
        return key;
    }

    String title() {
        return title;
    }

    String event() {
        return event;
    }

    List<String> endpoints() {
        return endpoints;
    }

    /** Begins the path of its requests, and is what of it is told apart. */
    String path() {
        return path;
    }

    String mark() {
        return mark;
    }

    /** Whether several events travel in one request. */
    boolean batches() {
        return true;
    }

    /** The body of the request that makes its pixel. */
    ObjectNode pixel() {
        ObjectNode pixel =
                JsonNodeFactory.instance.objectNode().put("platform", key).put("name", title);
        describe(pixel);
        return pixel;
    }

    abstract void describe(ObjectNode pixel);

    /** Adds what it goes by to the click of a lead, besides what every lead has. */
    void identify(ObjectNode click, long n) {}

    /** What the sink says to that many events; empty for a 204. */
    abstract String answer(int events);

    /** What the bare sender sends. */
    abstract HandWritten handWritten();

    static String gaClientId(long n) {
        return (1_000_000_000L + n) + ".1763520000";
    }

    static String gclid(long n) {
        return "CjwKCAiAlfvIBhA6EiwAcErpyQ9dYqk" + Long.toHexString(0x10000000L + n)
                + "TqkXpQmZ8sVb1nRd0wLh3uJf5gEo2yBoC7vQQAvD_BwE";
    }
}
