package kembali.demo.platform;

import org.jspecify.annotations.Nullable;

/**
 * How a delivery must end.
 *
 * @param outcome the sync log's {@code status}
 * @param reason the sync log's {@code reason.code}
 * @param arrives whether the platform has the event then
 */
public record Verdict(String outcome, @Nullable String reason, boolean arrives) {
    public static Verdict accepted(@Nullable String reason) {
        return new Verdict(Outcomes.ACCEPTED, reason, true);
    }

    static Verdict partialFailure(String reason) {
        return new Verdict(Outcomes.PARTIAL_FAILURE, reason, true);
    }

    /** Refused: the platform does not have it. */
    static Verdict refused(String reason) {
        return new Verdict(Outcomes.FAILED, reason, false);
    }

    /** Failed although the platform has it: refused later, or nobody knows because the answer was lost. */
    static Verdict failedAfterwards(String reason) {
        return new Verdict(Outcomes.FAILED, reason, true);
    }

    static Verdict pending(String reason) {
        return new Verdict(Outcomes.PENDING, reason, false);
    }

    public static Verdict skipped(String reason) {
        return new Verdict(Outcomes.SKIPPED, reason, false);
    }
}
