package kembali.sandbox.google.datamanager;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import kembali.sandbox.google.GoogleError;

/** Why a request is refused, field by field. */
final class Violations {
    static final String DOMAIN = "datamanager.googleapis.com";

    /**
     * A field at fault.
     *
     * @param field its path, such as {@code events.events[0].event_source}
     * @param reason Google's word, such as {@code REQUIRED_FIELD_MISSING}
     */
    record Violation(String field, String reason, String description) {}

    private final List<Violation> all = new ArrayList<>();

    void add(String field, String reason, String description) {
        all.add(new Violation(field, reason, description));
    }

    boolean none() {
        return all.isEmpty();
    }

    Violation first() {
        return all.getFirst();
    }

    /** The answer; {@code requestId} names the refused request in the details only. */
    GoogleError error(String requestId) {
        return error(400, requestId, all);
    }

    static GoogleError error(int status, String requestId, List<Violation> all) {
        GoogleError error =
                new GoogleError(status, "There was a problem with the request.").because("INVALID_ARGUMENT", DOMAIN);
        error.rpcDetail("RequestInfo").put("requestId", requestId);
        ArrayNode violations = error.rpcDetail("BadRequest").putArray("fieldViolations");
        for (Violation each : all) {
            violations
                    .addObject()
                    .put("field", each.field())
                    .put("description", each.description())
                    .put("reason", each.reason());
        }
        return error;
    }
}
