package kembali.api;

import java.time.Instant;
import java.util.List;
import kembali.ledger.ReceivedPostback;
import org.jspecify.annotations.Nullable;

/**
 * A received postback. The person and signatures are masked.
 *
 * @param result {@code recorded}, {@code updated}, {@code duplicate}, {@code orphan}, {@code unmatched}, {@code unmapped},
 *     {@code ignored}, {@code out_of_order}, {@code refused}, {@code denied} or {@code over_rate}
 * @param reason why; null when there is nothing to say
 * @param notes what was set aside, mended, or not sent on, as {@code code} or {@code code:parameter}
 * @param word the network's status word in normal form
 * @param status what was booked or reached; null when nothing was
 * @param dueAt when it is run again; null when it is not
 */
public record PostbackView(
        String id,
        Instant receivedAt,
        @Nullable String ip,
        String method,
        @Nullable String query,
        @Nullable Object body,
        String result,
        @Nullable String reason,
        List<String> notes,
        @Nullable String word,
        @Nullable String clickId,
        @Nullable String status,
        @Nullable String conversionId,
        @Nullable String leadId,
        @Nullable Instant dueAt) {
    static PostbackView of(ReceivedPostback p, @Nullable Instant dueAt) {
        ReceivedPostback.Arrival a = p.arrival();
        ReceivedPostback.Outcome o = p.outcome();
        return new PostbackView(
                a.id(),
                a.receivedAt(),
                a.ip(),
                a.method(),
                a.query(),
                a.body() == null ? null : Bodies.shown(a.body()),
                o.result(),
                o.reason(),
                o.notes(),
                o.word(),
                o.clickId(),
                o.status(),
                o.conversionId(),
                o.leadId(),
                dueAt);
    }
}
