package kembali.ledger;

import java.time.Instant;
import java.util.List;
import kembali.postback.Result;
import org.jspecify.annotations.Nullable;

/** One row of the log of received postbacks. */
public record ReceivedPostback(Arrival arrival, Outcome outcome) {
    /** Longest note line that is kept. */
    private static final int MOST_NOTES = 500;

    /**
     * What came, without the person and without secrets.
     *
     * @param ip of the sender, after trusted proxies; null when it has none
     * @param method {@code GET}, {@code POST}, or {@code BATCH} for a row of a batch
     * @param query masked, without its {@code ?}; null when there was none
     * @param body masked; null when there was none
     */
    public record Arrival(
            int workspaceId,
            String id,
            String sourceId,
            Instant receivedAt,
            @Nullable String ip,
            String method,
            @Nullable String query,
            @Nullable String body) {}

    /**
     * The request as it came, to be run again. Stored sealed.
     *
     * @param query without its {@code ?}
     */
    public record Content(
            String method,
            @Nullable String query,
            byte[] body,
            @Nullable String contentType) {}

    /**
     * What became of it.
     *
     * @param result the word of {@link Result}
     * @param booked whether it, or its twin, was used
     * @param notes what was set aside, mended, or kept from platforms, as codes
     * @param word its status word in normal form; null when it had none
     * @param clickId in lower case; null when it named none
     * @param status the status that was booked or reached; null when nothing was
     */
    public record Outcome(
            String result,
            boolean booked,
            @Nullable String reason,
            List<String> notes,
            @Nullable String word,
            @Nullable String clickId,
            @Nullable String status,
            @Nullable String conversionId,
            @Nullable String leadId) {
        public Outcome {
            notes = List.copyOf(notes);
        }

        /** Of what nobody read: refused, denied, over the rate. */
        public static Outcome of(Result refused) {
            return new Outcome(refused.word(), false, refused.reasonCode(), List.of(), null, null, null, null, null);
        }

        /** The notes in one line; null when there are none. */
        @Nullable String noteLine() {
            if (notes.isEmpty()) {
                return null;
            }
            String line = String.join(",", notes);
            return line.length() > MOST_NOTES ? line.substring(0, MOST_NOTES) : line;
        }
    }
}
