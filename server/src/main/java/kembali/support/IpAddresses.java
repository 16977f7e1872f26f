package kembali.support;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Internet addresses as text. Names are never looked up. */
public final class IpAddresses {
    private static final int MAX_LENGTH = 45;

    private IpAddresses() {}

    /**
     * The address written there: IPv4 with all four numbers, or IPv6 without brackets or zone. An
     * IPv4-mapped one ({@code ::ffff:192.0.2.1}) is the IPv4 address. Null for anything else.
     */
    public static @Nullable InetAddress parse(@Nullable String literal) {
        if (literal == null || literal.isEmpty() || literal.length() > MAX_LENGTH || !isLiteral(literal)) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    /** Keeps out what {@code ofLiteral} takes besides: {@code 10.1}, {@code [::1]}, {@code fe80::1%eth0}. */
    private static boolean isLiteral(String s) {
        int dots = 0;
        boolean colon = false;
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c == ':') {
                colon = true;
            } else if (c >= 0x80 || Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return colon || dots == 3;
    }

    /** The address as text; IPv6 in its short form (RFC 5952), without zone. */
    public static String text(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        int[] groups = new int[bytes.length / 2];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = ((bytes[2 * i] & 0xFF) << 8) | (bytes[2 * i + 1] & 0xFF);
        }
        int gapStart = 0;
        int gapLength = 1; // a single zero group is not shortened
        for (int i = 0; i < groups.length; i++) {
            int zeros = zerosFrom(groups, i);
            if (zeros > gapLength) {
                gapStart = i;
                gapLength = zeros;
            }
        }
        var text = new StringBuilder(39);
        int i = 0;
        while (i < groups.length) {
            if (gapLength > 1 && i == gapStart) {
                text.append("::");
                i += gapLength;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i++]));
            }
        }
        return text.toString();
    }

    private static int zerosFrom(int[] groups, int start) {
        int i = start;
        while (i < groups.length && groups[i] == 0) {
            i++;
        }
        return i - start;
    }

    /**
     * Whether the address can belong to somebody on the internet: not private, loopback, link-local,
     * unique local (fc00::/7), unspecified or multicast.
     */
    public static boolean isPublic(InetAddress address) {
        boolean uniqueLocal = address instanceof Inet6Address && (address.getAddress()[0] & 0xFE) == 0xFC;
        return !uniqueLocal
                && !address.isSiteLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isAnyLocalAddress()
                && !address.isMulticastAddress();
    }
}
