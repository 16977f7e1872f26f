package kembali.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP and a SOCKS5 proxy on one port of loopback, for the user {@code ana} with the password {@code s3cret}. */
final class SmallProxy implements AutoCloseable {
    private static final String LOGIN = "ana:s3cret";

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    final AtomicInteger forwarded = new AtomicInteger();

    SmallProxy() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket socket = listener.accept();
                    open.add(socket);
                    Thread.ofVirtual().start(() -> hold(socket));
                }
            } catch (IOException closed) {
                // the test is over
            }
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    private void hold(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            int first = in.read();
            if (first == 5) {
                socks(in, socket);
            } else if (first > 0) {
                http((char) first, in, socket);
            }
        } catch (IOException left) {
            // one side went away
        } finally {
            open.remove(socket);
        }
    }

    /** RFC 1928 with the login of RFC 1929. */
    private void socks(InputStream in, Socket client) throws IOException {
        OutputStream out = client.getOutputStream();
        in.readNBytes(in.read());
        out.write(new byte[] {5, 2});
        in.read();
        String user = new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
        String password = new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
        boolean known = LOGIN.equals(user + ":" + password);
        out.write(new byte[] {1, (byte) (known ? 0 : 1)});
        if (!known) {
            return;
        }
        in.readNBytes(3);
        String host = in.read() == 1
                ? InetAddress.getByAddress(in.readNBytes(4)).getHostAddress()
                : new String(in.readNBytes(in.read()), StandardCharsets.US_ASCII);
        int port = in.read() << 8 | in.read();
        try (Socket target = new Socket(host, port)) {
            forwarded.incrementAndGet();
            out.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
            relay(in, client, target);
        } catch (ConnectException e) {
            out.write(new byte[] {5, 5, 0, 1, 127, 0, 0, 1, 0, 0});
        }
    }

    private void http(char first, InputStream in, Socket client) throws IOException {
        StringBuilder head = new StringBuilder().append(first);
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return;
            }
            head.append((char) b);
        }
        String[] lines = head.toString().split("\r\n", -1);
        String wanted = "proxy-authorization: basic "
                + Base64.getEncoder()
                        .encodeToString(LOGIN.getBytes(StandardCharsets.UTF_8))
                        .toLowerCase(Locale.ROOT);
        if (!head.toString().toLowerCase(Locale.ROOT).contains(wanted)) {
            answer(client, 407);
            return;
        }
        String[] request = lines[0].split(" ", -1);
        URI to = URI.create(request[1]);
        try (Socket target = new Socket(to.getHost(), to.getPort())) {
            forwarded.incrementAndGet();
            String path = to.getRawQuery() == null ? to.getRawPath() : to.getRawPath() + "?" + to.getRawQuery();
            StringBuilder passed = new StringBuilder(request[0] + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
            for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
                String name = lines[i].toLowerCase(Locale.ROOT);
                if (!name.startsWith("proxy-") && !name.startsWith("connection:")) {
                    passed.append(lines[i]).append("\r\n");
                }
            }
            target.getOutputStream().write(passed.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            relay(in, client, target);
        } catch (ConnectException e) {
            answer(client, 502);
        }
    }

    private static void answer(Socket client, int status) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static void relay(InputStream in, Socket client, Socket target) throws IOException {
        Thread back = Thread.ofVirtual().start(() -> {
            try {
                target.getInputStream().transferTo(client.getOutputStream());
                client.close();
            } catch (IOException left) {
                // either side is gone
            }
        });
        in.transferTo(target.getOutputStream());
        target.close();
        back.interrupt();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
