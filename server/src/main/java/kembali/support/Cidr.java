package kembali.support;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * A block of internet addresses: {@code 10.0.0.0/8}, {@code 2001:db8::/32}.
 *
 * @param network the first address of the block
 * @param prefix how many leading bits all addresses of it share: 0 to 32, for IPv6 0 to 128
 */
public record Cidr(InetAddress network, int prefix) {
    private static final int MAPPED_BITS = 96;

    public Cidr {
        int bits = network.getAddress().length * 8;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(
                    "The prefix of " + IpAddresses.text(network) + " is 0 to " + bits + ", not " + prefix);
        }
        InetAddress first = masked(network, prefix);
        if (!first.equals(network)) {
            throw new IllegalArgumentException("%s/%d has bits beyond its prefix; write %s/%d"
                    .formatted(IpAddresses.text(network), prefix, IpAddresses.text(first), prefix));
        }
    }

    /**
     * The block of that text; an address alone is the block of this one address.
     *
     * @throws IllegalArgumentException with a sentence that names the text and what would be right
     */
    public static Cidr parse(String text) {
        String block = text.strip();
        int slash = block.indexOf('/');
        String literal = slash < 0 ? block : block.substring(0, slash);
        InetAddress network = IpAddresses.parse(literal);
        if (network == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an address block such as 10.0.0.0/8 or 2001:db8::/32");
        }
        int bits = network.getAddress().length * 8;
        if (slash < 0) {
            return new Cidr(network, bits);
        }
        int prefix = prefix(block.substring(slash + 1), text);
        // ::ffff:10.0.0.0/104 is 10.0.0.0/8
        boolean mapped = network instanceof Inet4Address && literal.indexOf(':') >= 0;
        return new Cidr(network, mapped ? prefix - MAPPED_BITS : prefix);
    }

    private static int prefix(String digits, String text) {
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException(
                    "'" + text + "' needs a number of bits after the slash, as in 10.0.0.0/8");
        }
        return Integer.parseInt(digits);
    }

    /** Whether the address lies in this block; an IPv4 address never lies in an IPv6 block. */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != other[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || ((mine[whole] ^ other[whole]) & 0xFF) >>> (8 - rest) == 0;
    }

    private static InetAddress masked(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(prefix - 8L * i, 0, 8);
            bytes[i] &= (byte) (0xFF00 >> kept);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("As many bytes as before", e);
        }
    }

    /** The block as it is written; record equality is by block, so this reads back to an equal one. */
    @Override
    public String toString() {
        return IpAddresses.text(network) + "/" + prefix;
    }

    /** Whether any of these blocks holds the address; false for null. */
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
}
