package kembali.inbound;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.intake.LeadSubmission;

/** Makes a lead of what somebody typed, by the rules of the management API, and leaves out what it would refuse. */
public interface FormChecks {
    /**
     * What could be used.
     *
     * @param notes what could not, and why
     */
    record Checked(LeadSubmission submission, List<String> notes) {
        public Checked {
            notes = List.copyOf(notes);
        }
    }

    /**
     * @param fields by {@link LeadFields}; others are noted and left out
     * @param at when it was sent
     */
    Checked check(int workspaceId, Map<String, String> fields, Instant at);
}
