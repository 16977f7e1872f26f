package kembali.bench.process;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection to loopback, blocking: the cheapest way to make load from a
 * virtual thread, so that what we measure is the other side. Answers must say their length, unless they are a 204.
 */
public final class Connection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[16 * 1024];
    private int filled;
    private int bodyAt;

    public Connection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /**
     * Sends one request and reads its whole answer.
     *
     * @param headers lines that each end with CR LF, without the length
     * @return the answer's status
     */
    public int send(String method, String path, String headers, byte[] body) throws IOException {
        byte[] head = (method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "Content-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        // One write: a head alone would travel in a packet of its own.
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        out.write(all);
        filled = 0;
        bodyAt = 0;
        int end = -1;
        String answer = "";
        while (end < 0) {
            read();
            answer = new String(buffer, 0, filled, StandardCharsets.ISO_8859_1);
            end = answer.indexOf("\r\n\r\n");
        }
        bodyAt = end + 4;
        int needed = bodyAt + length(answer.substring(0, end + 2));
        while (filled < needed) {
            read();
        }
        return Integer.parseInt(answer.substring(9, 12));
    }

    /** The body of the last answer. */
    public String body() {
        return new String(buffer, bodyAt, filled - bodyAt, StandardCharsets.UTF_8);
    }

    private void read() throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, filled * 2);
        }
        int n = in.read(buffer, filled, buffer.length - filled);
        if (n < 0) {
            throw new EOFException("the server closed the connection");
        }
        filled += n;
    }

    private static int length(String head) throws IOException {
        if (head.startsWith("204", 9)) {
            return 0;
        }
        String name = "\r\ncontent-length:";
        int at = head.toLowerCase(Locale.ROOT).indexOf(name);
        if (at < 0) {
            throw new IOException("an answer without a length: " + head);
        }
        int from = at + name.length();
        return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
