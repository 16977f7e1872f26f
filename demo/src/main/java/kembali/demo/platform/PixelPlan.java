package kembali.demo.platform;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pixel of the shop.
 *
 * @param name short, in Kembali and in the tables
 * @param strategy {@code strict} or {@code send_all}
 * @param sandboxId what the sandbox calls it: the pixel id, the measurement id, the OAuth client
 * @param settings as the API takes them
 * @param credentials as the API takes them; made up
 * @param mapping by status, what is reported otherwise than usual, as the API takes it; null for a status: nothing
 * @param waitsFor the reason for which its queue stands still; null when it works
 */
public record PixelPlan(
        Platform platform,
        String name,
        String strategy,
        String sandboxId,
        Map<String, ?> settings,
        Map<String, String> credentials,
        Map<String, ? extends @Nullable Object> mapping,
        @Nullable String waitsFor)
        implements Comparable<PixelPlan> {
    /** Its name in Kembali. */
    public String title() {
        return name + " (" + strategy + ")";
    }

    public boolean strict() {
        return strategy.equals("strict");
    }

    /** Whether what is reported to it is also sent. */
    public boolean works() {
        return waitsFor == null;
    }

    /** In the order of the tables. */
    @Override
    public int compareTo(PixelPlan other) {
        return Integer.compare(
                Platforms.pixels().indexOf(this), Platforms.pixels().indexOf(other));
    }

    @Override
    public String toString() {
        return platform.title() + " · " + title();
    }
}
