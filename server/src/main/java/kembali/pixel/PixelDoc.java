package kembali.pixel;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The readable part of a pixel's configuration as stored.
 *
 * @param settings by the names of the platform's form
 * @param campaigns ids this pixel is bound to; empty means all traffic
 * @param campaignsRequired true when no campaign bound is an error instead of all traffic
 * @param mapping overrides by status, then mapping column; a null event sends nothing
 * @param strategy {@code inherit}, {@code strict} or {@code send_all}
 */
public record PixelDoc(
        Map<String, Object> settings,
        List<String> campaigns,
        boolean campaignsRequired,
        Map<String, @Nullable Map<String, @Nullable String>> mapping,
        String strategy) {}
