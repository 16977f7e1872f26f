package kembali.postback;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * All that decides how the postbacks of one source are read and handled.
 *
 * @param sourceId tells equal requests of different sources apart
 * @param fields where the source's requests have our fields
 * @param amounts how it writes money
 * @param statuses what its status words mean
 * @param zone in which it writes times without an offset
 * @param handling what is done with a postback
 */
public record SourceRules(
        String sourceId, FieldMap fields, AmountRules amounts, StatusRules statuses, ZoneId zone, Handling handling) {
    /**
     * What is done with a postback.
     *
     * @param duplicates what a second one for the same conversion does
     * @param forwardNothing record everything, send nothing onward: a drill
     * @param strict answer 422 for what could not be used
     * @param reportRejected whether a rejection is reported to platforms; teaches them the wrong people unless wanted
     * @param matchContact whether a postback without any id may be matched by hashed e-mail or phone
     */
    public record Handling(
            DuplicatePolicy duplicates,
            boolean forwardNothing,
            boolean strict,
            boolean reportRejected,
            boolean matchContact) {
        public static final Handling DEFAULT = new Handling(DuplicatePolicy.UPDATE, false, false, false, false);
    }

    /** The rules of a source nobody has configured. */
    public static SourceRules of(String sourceId) {
        return new SourceRules(
                sourceId, FieldMap.NONE, AmountRules.DEFAULT, StatusRules.NONE, ZoneOffset.UTC, Handling.DEFAULT);
    }

    public SourceRules withFields(FieldMap other) {
        return new SourceRules(sourceId, other, amounts, statuses, zone, handling);
    }

    public SourceRules withAmounts(AmountRules other) {
        return new SourceRules(sourceId, fields, other, statuses, zone, handling);
    }

    public SourceRules withStatuses(StatusRules other) {
        return new SourceRules(sourceId, fields, amounts, other, zone, handling);
    }

    public SourceRules withZone(ZoneId other) {
        return new SourceRules(sourceId, fields, amounts, statuses, other, handling);
    }

    public SourceRules withHandling(Handling other) {
        return new SourceRules(sourceId, fields, amounts, statuses, zone, other);
    }
}
