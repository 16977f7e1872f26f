package kembali.capture;

import org.jspecify.annotations.Nullable;

/** A request's headers, whatever server they come from: {@code request::getHeader}. */
@FunctionalInterface
public interface Headers {
    /** The value of the header of that name, case ignored, or null when the request has none. */
    @Nullable String get(String name);
}
