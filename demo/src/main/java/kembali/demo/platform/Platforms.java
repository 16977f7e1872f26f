package kembali.demo.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The platforms of the demo, in the order of its tables. A new one is a line here and a class; if it shows ads of its own, a
 * {@link kembali.demo.sample.Network} with its links too.
 */
public final class Platforms {
    private Platforms() {}

    public static List<Platform> all() {
        return List.of(Meta.PLATFORM, Ga4.PLATFORM, GoogleAds.PLATFORM, TikTok.PLATFORM, LinkedIn.PLATFORM);
    }

    /** Every pixel of the shop. */
    public static List<PixelPlan> pixels() {
        return Pixels.ALL;
    }

    /** Whose books these are. */
    public static Platform of(String sandbox) {
        return all().stream()
                .filter(p -> p.sandboxes().contains(sandbox))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("the sandbox stands in for a strange platform: " + sandbox));
    }

    /** How many values of a request or stored event look like a hash. */
    public static int hashesIn(JsonNode body) {
        return Hashes.count(body);
    }

    /** Collected late, because pixels and platforms know each other. */
    private static final class Pixels {
        static final List<PixelPlan> ALL =
                all().stream().flatMap(p -> p.pixels().stream()).toList();
    }
}
