package kembali.platform;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event made ready for one destination, or the reason it must not travel. */
public sealed interface Prepared {
    /**
     * Encoded and allowed to travel.
     *
     * @param json the event as the platform's JSON object, personal data already hashed
     * @param matchKeys names of the identifiers it carries, in the platform's spelling: {@code em}, {@code ph}, {@code fbc}
     * @param route events of different routes never share a request; empty for the usual one
     * @param alone true when the event must be the only one of its request
     * @param clickedAt the ad click it is attributed by, where the platform's answers depend on its age; else null
     */
    record Ready(
            String json,
            List<String> matchKeys,
            String route,
            boolean alone,
            @Nullable Instant clickedAt) implements Prepared {
        public Ready {
            matchKeys = List.copyOf(matchKeys);
        }

        public Ready(String json, List<String> matchKeys, String route, boolean alone) {
            this(json, matchKeys, route, alone, null);
        }
    }

    /** Deliberately not sent; no request is made. */
    record Skip(Reason reason) implements Prepared {}
}
