package kembali.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pixel as people send it; which settings and credentials there are, {@code GET /platforms} says. */
public record PixelInput(
        @Nullable String platform,
        @Nullable String name,
        @Nullable Map<String, @Nullable Object> settings,
        @Nullable Map<String, @Nullable String> credentials,
        @Nullable List<String> campaigns,
        @Nullable Boolean campaignsRequired,
        @Nullable String proxy,
        @Nullable Map<String, @Nullable Map<String, @Nullable String>> mapping,
        @Nullable String strategy,
        @Nullable Boolean enabled) {}
