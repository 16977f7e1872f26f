package kembali.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * An event of a taken call that was not stored.
 *
 * @param pixelId the pixel it named, or null
 * @param eventName its name, or null when it could not be read
 * @param code the platform's code, or this sandbox's word where the platform says nothing
 * @param reason a sentence that names what is wrong
 * @param told whether the answer says so; false for what the platform throws away without a word
 */
public record LeftOut(@Nullable String pixelId, @Nullable String eventName, String code, String reason, boolean told) {}
