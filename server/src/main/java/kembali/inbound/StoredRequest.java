package kembali.inbound;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was stored, and what became of it.
 *
 * @param status one of the words below
 * @param reasonCode why, as a stable word; null when there is nothing to say
 * @param reason the same as a sentence for the owner
 * @param leadIds the leads it was about
 * @param attempts how often it was read
 * @param dueAt when it is read next, while pending
 * @param replayed somebody asked for it to be read again
 */
public record StoredRequest(
        int workspaceId,
        String id,
        String sourceId,
        Instant receivedAt,
        String method,
        int size,
        String status,
        @Nullable String reasonCode,
        @Nullable String reason,
        List<String> leadIds,
        int attempts,
        Instant dueAt,
        boolean replayed) {
    /** Waits to be read, for the first time or again. */
    public static final String PENDING = "pending";
    /** Read, and somebody knows more now. */
    public static final String DONE = "done";
    /** Read, and nothing to do; also what was told before. */
    public static final String IGNORED = "ignored";
    /** It could not be read or applied. */
    public static final String FAILED = "failed";
    /** It did not come from whom it says. */
    public static final String REFUSED = "refused";
    /** Read, and it fits nothing we know: a word without a status, a person who is no lead. */
    public static final String UNMATCHED = "unmatched";

    public static final List<String> STATUSES = List.of(PENDING, DONE, IGNORED, FAILED, REFUSED, UNMATCHED);

    public StoredRequest {
        leadIds = List.copyOf(leadIds);
    }
}
