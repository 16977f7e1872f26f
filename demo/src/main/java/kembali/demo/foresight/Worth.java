package kembali.demo.foresight;

import java.util.Map;

/** What each status is worth: the conversion settings of the demo, in the API's words. */
public final class Worth {
    /** Value of a new lead, IDR. */
    public static final String NEW_LEAD = "10000";

    /** {@code kind} by status; a status left out has no value. */
    public static final Map<String, String> KINDS = Map.of(
            "new", "fixed",
            "qualified", "estimated",
            "proposal", "estimated",
            "negotiation", "estimated",
            "invoice", "estimated",
            "won", "actual");

    private Worth() {}
}
