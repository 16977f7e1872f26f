package kembali.support;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of IPv4 or IPv6 addresses: {@code 10.0.0.0/8}, {@code fd00::/8}, or one address alone.
 *
 * @param network the block's first address
 * @param prefixLength how many leading bits are fixed: 0 to 32, or to 128 for IPv6
 */
public record Cidr(InetAddress network, int prefixLength) {
    private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");

    /** @throws IllegalArgumentException when the prefix does not fit or bits after it are set */
    public Cidr {
        int bits = network.getAddress().length * 8;
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException(
                    "has the prefix length " + prefixLength + "; 0 to " + bits + " would fit");
        }
        InetAddress first = firstOf(network, prefixLength);
        if (!network.equals(first)) {
            throw new IllegalArgumentException(
                    "has bits set after its prefix; write " + first.getHostAddress() + "/" + prefixLength);
        }
    }

    /**
     * Reads a block, or a bare address as a block of one. Never asks DNS. An IPv4 block written in
     * IPv6 ({@code ::ffff:10.0.0.0/104}) is the IPv4 block.
     *
     * @throws IllegalArgumentException saying what is wrong, to be put after the name of the setting
     */
    public static Cidr parse(String text) {
        String trimmed = text.strip();
        int slash = trimmed.indexOf('/');
        String literal = slash < 0 ? trimmed : trimmed.substring(0, slash);
        InetAddress address = address(literal);
        int bits = address.getAddress().length * 8;
        if (slash < 0) {
            return new Cidr(address, bits);
        }
        String prefix = trimmed.substring(slash + 1);
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("has no number after the slash, such as 10.0.0.0/8");
        }
        boolean mapped = literal.indexOf(':') >= 0 && address instanceof Inet4Address;
        return new Cidr(address, Integer.parseInt(prefix) - (mapped ? 96 : 0));
    }

    /**
     * Reads blocks separated by commas or spaces; an empty text is an empty list.
     *
     * @throws IllegalArgumentException naming the block and its fault
     */
    public static List<Cidr> parseList(String text) {
        List<Cidr> blocks = new ArrayList<>();
        for (String part : text.split("[,\\s]+", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            try {
                blocks.add(parse(part));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("\"" + part + "\" " + e.getMessage(), e);
            }
        }
        return List.copyOf(blocks);
    }

    /** Whether the address lies in this block; an address of the other family never does. */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        int whole = prefixLength / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != other[i]) {
                return false;
            }
        }
        int rest = prefixLength % 8;
        return rest == 0 || (mine[whole] & 0xff) >>> (8 - rest) == (other[whole] & 0xff) >>> (8 - rest);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixLength;
    }

    /** True when one of the blocks holds the address; null is in none. */
    public static boolean anyContains(Iterable<Cidr> blocks, @Nullable InetAddress address) {
        if (address != null) {
            for (Cidr block : blocks) {
                if (block.contains(address)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static InetAddress address(String literal) {
        boolean v6 = literal.indexOf(':') >= 0;
        // ofLiteral also takes "10.1" and scoped "fe80::1%eth0", which are no blocks anyone means.
        if (v6 ? literal.indexOf('%') < 0 : DOTTED.matcher(literal).matches()) {
            try {
                return InetAddress.ofLiteral(literal);
            } catch (IllegalArgumentException e) {
                // falls through to our own words
            }
        }
        throw new IllegalArgumentException("is not an IP address block such as 10.0.0.0/8 or fd00::/8");
    }

    private static InetAddress firstOf(InetAddress address, int prefixLength) {
        byte[] bytes = address.getAddress();
        for (int bit = prefixLength; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >>> bit % 8);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for a wrong length
        }
    }
}
