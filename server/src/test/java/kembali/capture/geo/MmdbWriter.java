package kembali.capture.geo;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.support.Cidr;

/**
 * Writes small databases in MaxMind's format, as much of <a href="https://maxmind.github.io/MaxMind-DB/">the
 * specification</a> as tests need: 24-bit records, no pointers. Networks must not overlap.
 */
final class MmdbWriter {
    private static final byte[] MARKER = {
        (byte) 0xAB, (byte) 0xCD, (byte) 0xEF, 'M', 'a', 'x', 'M', 'i', 'n', 'd', '.', 'c', 'o', 'm'
    };
    private static final int SEPARATOR = 16;

    /** A number whose type in the file matters. */
    record Uint(int type, long value) {
        static Uint bits16(int value) {
            return new Uint(5, value);
        }

        static Uint bits32(long value) {
            return new Uint(6, value);
        }

        static Uint bits64(long value) {
            return new Uint(9, value);
        }
    }

    private static final class Node {
        private final Object[] children = new Object[2]; // a Node, the Integer offset of a record, or nothing
    }

    private final String type;
    private final boolean ipv6;
    private final Node root = new Node();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    MmdbWriter(String type, boolean ipv6) {
        this.type = type;
        this.ipv6 = ipv6;
    }

    /** Adds a record of texts, numbers, lists and maps. IPv4 networks lie at {@code ::/96} of an IPv6 database. */
    MmdbWriter add(String network, Map<String, ?> record) {
        Cidr cidr = Cidr.parse(network);
        byte[] address = bits(cidr.network());
        int length =
                cidr.prefixLength() + (address.length == 16 && cidr.network().getAddress().length == 4 ? 96 : 0);
        Integer offset = data.size();
        encode(data, record);
        Node at = root;
        for (int i = 0; i < length - 1; i++) {
            int bit = bit(address, i);
            if (at.children[bit] instanceof Node next) {
                at = next;
            } else {
                Node made = new Node();
                at.children[bit] = made;
                at = made;
            }
        }
        at.children[bit(address, length - 1)] = offset;
        return this;
    }

    byte[] bytes() {
        List<Node> nodes = new ArrayList<>();
        nodes.add(root);
        Map<Node, Integer> numbers = new java.util.IdentityHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            numbers.put(nodes.get(i), i);
            for (Object child : nodes.get(i).children) {
                if (child instanceof Node next) {
                    nodes.add(next);
                }
            }
        }
        var out = new ByteArrayOutputStream();
        for (Node node : nodes) {
            for (Object child : node.children) {
                int value = switch (child) {
                    case null -> nodes.size();
                    case Node next -> numbers.getOrDefault(next, 0);
                    case Integer offset -> nodes.size() + SEPARATOR + offset;
                    default -> throw new IllegalStateException();
                };
                out.write(value >>> 16);
                out.write(value >>> 8);
                out.write(value);
            }
        }
        out.writeBytes(new byte[SEPARATOR]);
        out.writeBytes(data.toByteArray());
        out.writeBytes(MARKER);
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("node_count", Uint.bits32(nodes.size()));
        metadata.put("record_size", Uint.bits16(24));
        metadata.put("ip_version", Uint.bits16(ipv6 ? 6 : 4));
        metadata.put("database_type", type);
        metadata.put("languages", List.of("en"));
        metadata.put("binary_format_major_version", Uint.bits16(2));
        metadata.put("binary_format_minor_version", Uint.bits16(0));
        metadata.put("build_epoch", Uint.bits64(1_795_143_600L)); // 2026-11-20T03:00:00Z
        metadata.put("description", Map.of("en", "made by hand"));
        encode(out, metadata);
        return out.toByteArray();
    }

    private byte[] bits(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (!ipv6 || bytes.length == 16) {
            return bytes;
        }
        byte[] mapped = new byte[16];
        System.arraycopy(bytes, 0, mapped, 12, 4);
        return mapped;
    }

    private static int bit(byte[] address, int i) {
        return address[i / 8] >> 7 - i % 8 & 1;
    }

    private static void encode(ByteArrayOutputStream out, Object value) {
        switch (value) {
            case String text -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                control(out, 2, bytes.length);
                out.writeBytes(bytes);
            }
            case Map<?, ?> map -> {
                control(out, 7, map.size());
                map.forEach((key, v) -> {
                    encode(out, key);
                    encode(out, v);
                });
            }
            case List<?> list -> {
                control(out, 11, list.size());
                list.forEach(v -> encode(out, v));
            }
            case Double number -> {
                control(out, 3, 8);
                big(out, Double.doubleToLongBits(number), 8);
            }
            case Uint number -> {
                int bytes = (71 - Long.numberOfLeadingZeros(number.value)) / 8;
                control(out, number.type, bytes);
                big(out, number.value, bytes);
            }
            default -> throw new IllegalArgumentException(value.getClass().getName());
        }
    }

    private static void control(ByteArrayOutputStream out, int type, int size) {
        int first = type > 7 ? 0 : type << 5;
        if (size < 29) {
            out.write(first | size);
        } else if (size < 285) {
            out.write(first | 29);
        } else {
            throw new IllegalArgumentException("no test needs more than 284");
        }
        if (type > 7) {
            out.write(type - 7);
        }
        if (size >= 29) {
            out.write(size - 29);
        }
    }

    private static void big(ByteArrayOutputStream out, long value, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            out.write((int) (value >>> 8 * i));
        }
    }
}
