package kembali.inbound;

/** Whether a request comes from who it says. */
public sealed interface Authenticity {
    /** Its signature fits. */
    record Genuine() implements Authenticity {}

    /** This provider signs nothing, or no secret is configured: only the address's token vouches for it. */
    record Unsigned() implements Authenticity {}

    /**
     * Its signature is missing or wrong; answered 401 and kept as refused.
     *
     * @param reason what did not fit and what to do, without secrets
     */
    record Forged(String reason) implements Authenticity {}
}
