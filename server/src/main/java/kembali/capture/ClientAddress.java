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

    /** The {@code for} of each element; an element without one, or with several, is an unknown hop. */
    private static List<String> forwardedHops(List<String> headers) {
        var hops = new ArrayList<String>(4);
        for (String header : headers) {
            for (String element : elements(header)) {
                hops.add(forwardedFor(element));
            }
        }
        return hops;
    }

    /**
     * The elements of one header line; a comma within quotes divides nothing. A client can open a quote and leave it
     * to swallow what a proxy appends: then the line is no list of elements and every comma divides, so that what the
     * proxy wrote last is read as it stands.
     */
    private static List<String> elements(String header) {
        List<String> quoted = divided(header, ',');
        return quoted == null ? List.of(header.split(",", -1)) : quoted;
    }

    private static String forwardedFor(String element) {
        List<String> pairs = divided(element, ';');
        String hop = null;
        for (String pair : pairs == null ? List.of(element.split(";", -1)) : pairs) {
            String trimmed = pair.strip();
            if (trimmed.regionMatches(true, 0, "for=", 0, 4)) {
                if (hop != null) {
                    return "";
                }
                hop = trimmed.substring(4);
            }
        }
        return hop == null ? "" : hop;
    }

    /**
     * The parts between the divider, as RFC 7239 nests them: a quoted string stands after a {@code =} and ends its
     * value. Null when quotes stand anywhere else or one is left open.
     */
    private static @Nullable List<String> divided(String text, char divider) {
        var parts = new ArrayList<String>(2);
        int start = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == divider) {
                parts.add(text.substring(start, i));
                start = i + 1;
            } else if (c == '"') {
                int end = closingQuote(text, i);
                if (i == 0 || text.charAt(i - 1) != '=' || end < 0 || !endsValue(text, end + 1)) {
                    return null;
                }
                i = end;
            }
            i++;
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** Where the string that opens at {@code open} closes; a backslash takes the next character as it is. */
    private static int closingQuote(String text, int open) {
        int i = open + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i < text.length() ? i : -1;
    }

    private static boolean endsValue(String text, int at) {
        int i = at;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        return i == text.length() || text.charAt(i) == ',' || text.charAt(i) == ';';
    }

    /** An address with whatever servers and proxies put around it: quotes, brackets, port, zone. */
    static @Nullable InetAddress address(@Nullable String written) {
        if (written == null) {
            return null;
        }
        String s = written.strip().toLowerCase(Locale.ROOT);
        if (s.length() >= 2 && s.startsWith("\"") && s.endsWith("\"")) {
            s = s.substring(1, s.length() - 1).replace("\\", ""); // no escaped character is one of an address
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
