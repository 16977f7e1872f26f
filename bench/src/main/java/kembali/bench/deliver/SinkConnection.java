package kembali.bench.deliver;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One connection to the sink: reads requests with a length, one after the other. */
final class SinkConnection {
    private static final String TOKEN =
            "{\"access_token\":\"ya29.the-sinks-own\",\"expires_in\":3599,\"token_type\":\"Bearer\"}";
    private static final Advertiser[] PLATFORMS = Advertiser.values();
    private static final byte[][] MARKS = Arrays.stream(PLATFORMS)
            .map(p -> p.mark().getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "\r\ncontent-length:";

    private final Sink sink;
    private final SocketChannel channel;
    private ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    private boolean sends;

    SinkConnection(Sink sink, SocketChannel channel) {
        this.sink = sink;
        this.channel = channel;
    }

    /** Takes what has come, and answers what is complete. */
    void read() throws IOException {
        if (channel.read(buffer) < 0) {
            throw new EOFException();
        }
        int begin = 0;
        for (int used = request(begin); used > 0; used = request(begin)) {
            begin += used;
        }
        if (begin > 0) {
            buffer.flip().position(begin);
            buffer.compact();
        } else if (!buffer.hasRemaining()) {
            buffer = ByteBuffer.allocate(buffer.capacity() * 2).put(buffer.flip());
        }
    }

    /** @return bytes of the request that begins there; 0 while it is not complete */
    private int request(int begin) throws IOException {
        byte[] bytes = buffer.array();
        int headEnd = find(bytes, begin, buffer.position(), HEAD_END);
        if (headEnd < 0) {
            return 0;
        }
        String head = new String(bytes, begin, headEnd - begin, StandardCharsets.ISO_8859_1);
        int body = headEnd + HEAD_END.length;
        int end = body + length(head);
        if (end > buffer.position()) {
            return 0;
        }
        if (head.startsWith("GET " + Sink.COUNT_PATH)) {
            answer(200, sink.counts());
        } else if (head.startsWith("POST /token")) {
            answer(200, TOKEN);
        } else {
            if (!sends) {
                sends = true;
                sink.countConnection();
            }
            events(head, bytes, body, end);
        }
        return end - begin;
    }

    private void events(String head, byte[] bytes, int from, int to) throws IOException {
        for (int i = 0; i < PLATFORMS.length; i++) {
            if (head.startsWith(PLATFORMS[i].path(), "POST ".length())) {
                int events = count(bytes, from, to, MARKS[i]);
                sink.countRequest(events);
                answer(PLATFORMS[i].status(events), PLATFORMS[i].answer(events));
                return;
            }
        }
        throw new IOException("nobody is served at " + head.lines().findFirst().orElse(""));
    }

    private void answer(int status, String json) throws IOException {
        String headers = switch (status) {
            case 204 -> "204 No Content\r\n";
            case 201 -> "201 Created\r\nContent-Length: " + json.length() + "\r\n";
            default -> status + " OK\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n";
        };
        ByteBuffer bytes = ByteBuffer.wrap(("HTTP/1.1 " + headers + "\r\n" + json).getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** A request without a length has no body. */
    private static int length(String head) {
        int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int from = at + LENGTH.length();
        int to = head.indexOf('\r', from);
        return Integer.parseInt(
                head.substring(from, to < 0 ? head.length() : to).strip());
    }

    private static int count(byte[] bytes, int from, int to, byte[] mark) {
        int events = 0;
        for (int at = find(bytes, from, to, mark); at >= 0; at = find(bytes, at + mark.length, to, mark)) {
            events++;
        }
        return events;
    }

    private static int find(byte[] bytes, int from, int to, byte[] wanted) {
        for (int i = from; i <= to - wanted.length; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
