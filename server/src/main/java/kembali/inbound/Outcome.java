package kembali.inbound;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request that was read.
 *
 * @param status one of {@link StoredRequest}; {@code pending} when it is to be read again
 * @param fetched keys of what was fetched for it, so that it is not fetched again for a repetition
 * @param retry whether, and by which scale, it is tried again
 */
record Outcome(
        StoredRequest request,
        String status,
        @Nullable String code,
        @Nullable String reason,
        List<String> leadIds,
        List<Long> fetched,
        Wait retry) {
    /** How the waits until the next try grow, in multiples of the first retry delay. */
    enum Wait {
        NONE(0),
        /** Something is out of reach: soon, then hourly, for two days. */
        OUTAGE(52, 1, 3, 12, 60, 180, 360),
        /** Somebody may become a lead: half a minute, five minutes, an hour, a day, three days. */
        PERSON(5, 3, 30, 360, 8_640, 25_920);

        private final int tries;
        private final int[] factors;

        Wait(int tries, int... factors) {
            this.tries = tries;
            this.factors = factors;
        }

        /** The multiple to wait after that many tries, 1 or more of them, or -1 when it is given up. */
        int after(int tried) {
            return tried > tries ? -1 : factors[Math.min(tried, factors.length) - 1];
        }
    }

    Outcome {
        leadIds = List.copyOf(leadIds);
        fetched = List.copyOf(fetched);
    }
}
