package kembali.transfer.row;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.intake.LeadImported;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;

/** Checks a lead by the rules of the API. Implemented there. */
public interface LeadChecks {
    /**
     * What came of it.
     *
     * @param row null when it is refused
     * @param refusals what it is refused for, by field
     * @param leftOut what it is taken without, by field
     */
    record Checked(@Nullable LeadImported row, List<FieldError> refusals, List<FieldError> leftOut) {
        public Checked {
            refusals = List.copyOf(refusals);
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * What a row says of a lead besides what the API knows.
     *
     * @param id of a lead here, which may not be there
     */
    record Past(
            @Nullable String id,
            @Nullable Instant createdAt,
            @Nullable String orderId,
            boolean report) {}

    /**
     * Checks one row.
     *
     * @param fields by their path in the API ({@code click.gclid}); money as a plain decimal, times as ISO 8601 in UTC
     * @param now for what the row does not date
     */
    Checked check(int workspaceId, Map<String, String> fields, Past past, Instant now);
}
