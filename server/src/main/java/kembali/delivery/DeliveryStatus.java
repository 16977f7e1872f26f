package kembali.delivery;

/** The states of a row of the sync log, in the words of the API. */
public final class DeliveryStatus {
    public static final String PENDING = "pending";
    public static final String ACCEPTED = "accepted";
    public static final String PARTIAL_FAILURE = "partial_failure";
    public static final String FAILED = "failed";
    public static final String SKIPPED = "skipped";

    private DeliveryStatus() {}
}
