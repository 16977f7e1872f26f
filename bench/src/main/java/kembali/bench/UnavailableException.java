package kembali.bench;

/** Something a benchmark needs is not on this machine; the message says how to get it. */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message);
    }
}
