package kembali.delivery.courier;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import kembali.support.Cidr;
import kembali.support.IpAddresses;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses a proxy or URL entered by a user may reach: the public internet, and what the
 * operator allowed with {@code KEMBALI_ALLOW_PRIVATE_ADDRESSES}. It judges resolved addresses; a
 * name proves nothing, since its owner may point it anywhere, a moment later elsewhere.
 *
 * <p>The operator's own {@code KEMBALI_ENDPOINT_*} are not subject to it.
 *
 * @param allowed blocks that may be reached although they are not public
 */
public record AddressGuard(List<Cidr> allowed) {
    private record Closed(String kind, List<Cidr> blocks) {
        static Closed of(String kind, String... blocks) {
            return new Closed(kind, Stream.of(blocks).map(Cidr::parse).toList());
        }
    }

    /** IANA special-purpose address registries, and cloud metadata services at public addresses. */
    private static final List<Closed> CLOSED = List.of(
            // Metadata first: it lies inside broader blocks, and this word explains more.
            Closed.of(
                    "a cloud metadata service",
                    "169.254.169.254",
                    "169.254.170.2",
                    "100.100.100.200",
                    "192.0.0.192",
                    "168.63.129.16",
                    "fd00:ec2::254"),
            Closed.of("a loopback address", "127.0.0.0/8", "::1"),
            Closed.of("an unspecified address", "0.0.0.0/8", "::"),
            Closed.of("a private address", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"),
            Closed.of("a carrier-grade NAT address", "100.64.0.0/10"),
            Closed.of("a link-local address", "169.254.0.0/16", "fe80::/10"),
            Closed.of("a multicast address", "224.0.0.0/4", "ff00::/8"),
            Closed.of(
                    "a reserved address", "192.0.0.0/24", "198.18.0.0/15", "240.0.0.0/4", "64:ff9b:1::/48", "100::/64"),
            Closed.of("a tunnel address", "2001::/32"));

    private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
    private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");
    private static final Cidr IPV4_COMPATIBLE = Cidr.parse("::/96");

    public AddressGuard {
        allowed = List.copyOf(allowed);
    }

    /**
     * Why this address may not be reached, to be put after its name ({@code is a private address}),
     * or null when it may.
     */
    public @Nullable String complaint(InetAddress address) {
        if (isAllowed(address)) {
            return null;
        }
        for (Closed closed : CLOSED) {
            for (Cidr block : closed.blocks) {
                if (block.contains(address)) {
                    return "is " + closed.kind;
                }
            }
        }
        InetAddress carried = carriedIpv4(address);
        return carried == null ? null : complaint(carried);
    }

    /** The same for what a user typed, without asking anybody: only a literal address or {@code localhost} is judged. */
    public @Nullable String complaintOfLiteral(String host) {
        if (host.equalsIgnoreCase("localhost")
                || host.toLowerCase(java.util.Locale.ROOT).endsWith(".localhost")) {
            return complaint(InetAddress.getLoopbackAddress());
        }
        InetAddress literal = IpAddresses.parse(host);
        return literal == null ? null : complaint(literal);
    }

    private boolean isAllowed(InetAddress address) {
        for (Cidr block : allowed) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** The IPv4 address an IPv6 address stands for (mapped, compatible, NAT64, 6to4), or null. */
    private static @Nullable InetAddress carriedIpv4(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return null; // the JDK itself turns ::ffff:a.b.c.d into IPv4
        }
        byte[] bytes = address.getAddress();
        if (NAT64.contains(address) || IPV4_COMPATIBLE.contains(address)) {
            return ipv4(Arrays.copyOfRange(bytes, 12, 16));
        }
        return SIX_TO_FOUR.contains(address) ? ipv4(Arrays.copyOfRange(bytes, 2, 6)) : null;
    }

    private static InetAddress ipv4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for a wrong length
        }
    }
}
