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
        int status(int events) {
            return 204;
        }

        @Override
        String answer(int events) {
            return "";
        }

        /** The client id stands beside the events, so each needs a request of its own. */
        @Override
        int most() {
            return 1;
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
    },

    TIKTOK("tiktok", "TikTok", "Purchase", List.of("TIKTOK"), "/open_api/v1.3/event/track/", "\"event_time\"") {
        @Override
        void describe(ObjectNode pixel) {
            pixel.putObject("settings").put("pixelCode", "BENCH00000000000SINK");
            pixel.putObject("credentials").put("accessToken", TOKEN);
        }

        @Override
        void identify(ObjectNode click, long n) {
            click.put("ttclid", ttclid(n)).put("ttp", ttp(n));
        }

        /** The same for any number: TikTok says nothing of single events. */
        @Override
        String answer(int events) {
            return "{\"code\":0,\"message\":\"OK\",\"request_id\":\"20261121030000010245\",\"data\":{}}";
        }

        @Override
        HandWritten handWritten() {
            return new TikTokBody();
        }
    },

    /** With a token of Campaign Manager, which is never renewed. */
    LINKEDIN(
            "linkedin",
            "LinkedIn",
            "PURCHASE",
            List.of("LINKEDIN"),
            "/rest/conversionEvents",
            "\"conversionHappenedAt\"") {
        @Override
        void describe(ObjectNode pixel) {
            ObjectNode settings = pixel.putObject("settings").put("adAccountId", "512345678");
            settings.putObject("conversionIds").put(event(), "104012");
            pixel.putObject("credentials").put("accessToken", TOKEN);
        }

        @Override
        void identify(ObjectNode click, long n) {
            click.put("liFatId", liFatId(n));
        }

        /** One event is answered 201 and nothing, of several each by itself. */
        @Override
        int status(int events) {
            return events == 1 ? 201 : 200;
        }

        @Override
        String answer(int events) {
            return events == 1 ? "" : "{\"elements\":[" + "{\"status\":201},".repeat(events - 1) + "{\"status\":201}]}";
        }

        @Override
        HandWritten handWritten() {
            return new LinkedInBody();
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

    /** The most events the server ever puts into one request: {@code KEMBALI_BATCH_SIZE} goes no further. */
    int most() {
        return 1_000;
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

    /** The HTTP status the sink answers that many events with. */
    int status(int events) {
        return 200;
    }

    /** What the sink says to that many events; may be empty. */
    abstract String answer(int events);

    /** What the bare sender sends. */
    abstract HandWritten handWritten();

    static String gaClientId(long n) {
        return (1_000_000_000L + n) + ".1763520000";
    }

    static String ttclid(long n) {
        return "E.C.P.v3kQ7mT1xZ9aLw2RbN5dYc8HsUe4JgFoVpIqKtM6yXn0D" + Long.toHexString(0x10000000L + n)
                + "WjSrBhLzCaEuGiOqPkNfMdTvYxRwHsJb1Q3e5U7g9K2m4Z6c8X";
    }

    static String ttp(long n) {
        return "2aBcDeFgHiJkLmNoPqR" + Long.toHexString(0x10000000L + n);
    }

    static String liFatId(long n) {
        return Long.toHexString(0x10000000L + n) + "-7c1e-4b2a-9f3d8e6a5c40";
    }

    static String gclid(long n) {
        return "CjwKCAiAlfvIBhA6EiwAcErpyQ9dYqk" + Long.toHexString(0x10000000L + n)
                + "TqkXpQmZ8sVb1nRd0wLh3uJf5gEo2yBoC7vQQAvD_BwE";
    }
}
