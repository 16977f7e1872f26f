package kembali.demo.platform;

import org.jspecify.annotations.Nullable;

/**
 * What a row of the sandbox's books is about.
 *
 * @param event as the sync log calls it; null for what is no event, such as an access token
 */
public record Place(PixelPlan pixel, @Nullable String event) {}
