package kembali.inbound;

/**
 * What a caller is answered.
 *
 * @param contentType media type with charset; empty for no body
 */
public record Reply(int status, String contentType, String body) {
    public static final Reply OK = new Reply(200, "text/plain; charset=utf-8", "OK");

    /** An answer in plain text. */
    public static Reply text(int status, String body) {
        return new Reply(status, "text/plain; charset=utf-8", body);
    }
}
