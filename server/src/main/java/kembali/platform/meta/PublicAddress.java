package kembali.platform.meta;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A visitor's address as Meta wants it: public, without port, brackets or zone. */
final class PublicAddress {
    private PublicAddress() {}

    /** The bare address, or null for what is no address or belongs to a private or local network. */
    static @Nullable String of(String raw) {
        String text = raw.strip();
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) {
                return null;
            }
            text = text.substring(1, end);
        }
        int firstColon = text.indexOf(':');
        if (firstColon > 0 && firstColon == text.lastIndexOf(':')) {
            text = text.substring(0, firstColon); // one colon only: IPv4 and its port
        }
        return text.indexOf(':') < 0 ? v4(text) : v6(text);
    }

    private static @Nullable String v4(String text) {
        int[] parts = new int[4];
        int part = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (digits == 0 || ++part > 3) {
                    return null;
                }
                digits = 0;
            } else if (c >= '0' && c <= '9' && (digits == 0 || parts[part] != 0)) {
                parts[part] = parts[part] * 10 + (c - '0');
                digits++;
                if (parts[part] > 255) {
                    return null;
                }
            } else {
                return null;
            }
        }
        return part == 3 && digits > 0 && isPublic(parts[0], parts[1]) ? text : null;
    }

    private static boolean isPublic(int a, int b) {
        return a != 0
                && a != 10
                && a != 127
                && a < 224
                && !(a == 100 && b >= 64 && b < 128) // shared address space of carriers
                && !(a == 169 && b == 254)
                && !(a == 172 && b >= 16 && b < 32)
                && !(a == 192 && b == 168);
    }

    private static @Nullable String v6(String text) {
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(bare);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (address instanceof Inet6Address v6) {
            return isPublic(v6) ? bare : null;
        }
        return v4(address.getHostAddress()); // ::ffff:203.0.113.7
    }

    private static boolean isPublic(Inet6Address address) {
        boolean uniqueLocal = (address.getAddress()[0] & 0xfe) == 0xfc;
        return !uniqueLocal
                && !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress();
    }
}
