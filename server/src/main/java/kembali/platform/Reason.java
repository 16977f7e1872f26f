package kembali.platform;

/**
 * Why something was not accepted, in a form a person can act on.
 *
 * @param code stable, lower snake case; scripts and filters rely on it
 * @param message one sentence saying what is wrong
 * @param fix what the user can do about it, or that nothing is to be done
 */
public record Reason(String code, String message, String fix) {
    /** The same reason with more exact words. */
    public Reason saying(String exactMessage) {
        return new Reason(code, exactMessage, fix);
    }
}
