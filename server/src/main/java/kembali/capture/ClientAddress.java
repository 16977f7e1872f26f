package kembali.capture;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import kembali.support.Cidr;
import kembali.support.IpAddresses;
import org.jspecify.annotations.Nullable;

/**
 * The address a request comes from. What {@code X-Forwarded-For} or {@code Forwarded} say is believed
 * only as far as trusted proxies wrote it: the hop furthest right that is not one of them.
 */
public final class ClientAddress {
    /** Hops looked at, from the right; a client can send any number on the left. */
    private static final int MAX_HOPS = 32;

    private final List<Cidr> trusted;

    /** @param trusted the blocks our proxies are in; empty believes no header */
    public ClientAddress(Collection<Cidr> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /**
     * The client's address. A header that cannot be read, or two that contradict each other, leave the
     * peer: one of them may have been sent by the client and passed through by a proxy.
     *
     * @param peer the other end of the connection, as the server names it
     * @param forwardedFor all values of {@code X-Forwarded-For}, in order
     * @param forwarded all values of {@code Forwarded} (RFC 7239), in order
     * @return null when the peer itself is no internet address
     */
    public @Nullable InetAddress of(@Nullable String peer, List<String> forwardedFor, List<String> forwarded) {
        InetAddress connected = address(peer);
        if (connected == null || !Cidr.anyContains(trusted, connected)) {
            return connected;
        }
        InetAddress old = forwardedFor.isEmpty() ? connected : furthest(hops(forwardedFor), connected);
        InetAddress standard = forwarded.isEmpty() ? connected : furthest(forwardedHops(forwarded), connected);
        if (forwardedFor.isEmpty()) {
            return standard;
        }
        return forwarded.isEmpty() || old.equals(standard) ? old : connected;
    }

    private InetAddress furthest(List<String> hops, InetAddress peer) {
        InetAddress furthest = peer;
        int last = Math.max(0, hops.size() - MAX_HOPS);
        for (int i = hops.size() - 1; i >= last; i--) {
            InetAddress hop = address(hops.get(i));
            if (hop == null) {
                return peer;
            }
            furthest = hop;
            if (!Cidr.anyContains(trusted, hop)) {
                return furthest;
            }
        }
        return furthest;
    }

    private static List<String> hops(List<String> headers) {
        var hops = new ArrayList<String>(4);
        for (String header : headers) {
            for (String hop : header.split(",", -1)) {
                hops.add(hop);
            }
        }
        return hops;
    }

    /** The {@code for} of each element; an element without one is an unknown hop. */
    private static List<String> forwardedHops(List<String> headers) {
        var hops = new ArrayList<String>(4);
        for (String element : hops(headers)) {
            String hop = "";
            for (String pair : element.split(";", -1)) {
                String trimmed = pair.strip();
                if (trimmed.regionMatches(true, 0, "for=", 0, 4)) {
                    hop = trimmed.substring(4);
                }
            }
            hops.add(hop);
        }
        return hops;
    }

    /** An address with whatever servers and proxies put around it: quotes, brackets, port, zone. */
    static @Nullable InetAddress address(@Nullable String written) {
        if (written == null) {
            return null;
        }
        String s = written.strip().toLowerCase(Locale.ROOT);
        if (s.length() >= 2 && s.startsWith("\"") && s.endsWith("\"")) {
            s = s.substring(1, s.length() - 1);
        }
        if (s.startsWith("[")) {
            int close = s.indexOf(']');
            if (close < 0 || !isPort(s, close + 1)) {
                return null;
            }
            s = s.substring(1, close);
        } else if (s.indexOf(':') >= 0 && s.indexOf(':') == s.lastIndexOf(':')) {
            // One colon only: IPv4 and a port.
            int colon = s.indexOf(':');
            if (!isPort(s, colon)) {
                return null;
            }
            s = s.substring(0, colon);
        }
        int zone = s.indexOf('%');
        return IpAddresses.parse(zone < 0 ? s : s.substring(0, zone));
    }

    /** Nothing, or a colon and what RFC 7239 allows for a port. */
    private static boolean isPort(String s, int from) {
        if (from == s.length()) {
            return true;
        }
        for (int i = from + 1; i < s.length(); i++) {
            char c = s.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_' || c == '-' || c == '.')) {
                return false;
            }
        }
        return s.charAt(from) == ':' && s.length() > from + 1;
    }
}
