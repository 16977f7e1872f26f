package kembali.demo.platform;

/** The sync log's words for how a delivery stands, as docs and API name them. */
public final class Outcomes {
    public static final String ACCEPTED = "accepted";
    public static final String PARTIAL_FAILURE = "partial_failure";
    public static final String FAILED = "failed";
    public static final String PENDING = "pending";
    public static final String SKIPPED = "skipped";

    private Outcomes() {}
}
