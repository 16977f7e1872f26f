package kembali.postback;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import kembali.support.Cidr;
import org.jspecify.annotations.Nullable;

/**
 * Who may send postbacks with a source's key.
 *
 * @param addresses blocks the request must come from; empty allows every address
 * @param signing how requests are signed; null when they need not be
 */
public record Access(List<Cidr> addresses, @Nullable Signing signing) {
    public static final Access OPEN = new Access(List.of(), null);

    public Access {
        addresses = List.copyOf(addresses);
    }

    /** Whether a request may be read. */
    public sealed interface Admission {
        /**
         * It may.
         *
         * @param query whether the query may be read; false when only the body is signed, and the query could be anybody's
         * @param body whether the body may be read
         */
        record Admitted(boolean query, boolean body) implements Admission {}

        /** @param reason a stable code, without secrets */
        record Denied(String reason) implements Admission {}
    }

    /**
     * Checks one request.
     *
     * @param peer the address of the caller, after trusted proxies
     * @param rawQuery as it arrived, without its {@code ?}
     * @param header the value of the signature header {@link Signing#header}; null when it was not sent
     */
    public Admission check(
            @Nullable InetAddress peer, @Nullable String rawQuery, byte[] body, @Nullable String header, Instant now) {
        if (!addresses.isEmpty() && !Cidr.anyContains(addresses, peer)) {
            return new Admission.Denied("address_not_allowed");
        }
        return signing == null
                ? new Admission.Admitted(true, true)
                : signing.check(rawQuery == null ? "" : rawQuery, body, header, now);
    }
}
