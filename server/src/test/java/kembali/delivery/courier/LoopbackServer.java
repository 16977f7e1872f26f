package kembali.delivery.courier;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server of real sockets whose every byte the test decides; counts what reached it. */
final class LoopbackServer implements AutoCloseable {
    /** What happens on one accepted connection; it is closed afterwards. */
    interface Conversation {
        void hold(Peer peer) throws IOException;
    }

    /** A request as it was on the wire; header lines in order, names in lower case. */
    record Received(String line, List<String> headers, String body) {
        @Nullable String header(String lowerCaseName) {
            return headers.stream()
                    .filter(h -> h.startsWith(lowerCaseName + ": "))
                    .map(h -> h.substring(lowerCaseName.length() + 2))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** The server's end of a connection. */
    record Peer(Socket socket, InputStream in, OutputStream out) {
        /** The next request, or null when the client closed first. */
        @Nullable Received read() throws IOException {
            String line = line();
            if (line == null) {
                return null;
            }
            List<String> headers = new ArrayList<>();
            int length = 0;
            for (String h = line(); h != null && !h.isEmpty(); h = line()) {
                int colon = h.indexOf(':');
                String name = h.substring(0, colon).toLowerCase(Locale.ROOT);
                String value = h.substring(colon + 1).strip();
                headers.add(name + ": " + value);
                if (name.equals("content-length")) {
                    length = Integer.parseInt(value);
                }
            }
            return new Received(line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }

        private @Nullable String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    return null;
                }
                if (b != '\r') {
                    line.append((char) b);
                }
            }
            return line.toString();
        }

        void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        void answer(int status, String body) throws IOException {
            write("HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }

        /** Returns when the client closed, so that a silent server does not close first. */
        void awaitClose() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    final AtomicInteger connections = new AtomicInteger();
    final List<Received> requests = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    LoopbackServer(ServerSocket listener, Conversation conversation) {
        this.listener = listener;
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket socket = listener.accept();
                    connections.incrementAndGet();
                    open.add(socket);
                    Thread.ofVirtual().start(() -> hold(socket, conversation));
                }
            } catch (IOException e) {
                // closed: the test is over
            }
        });
    }

    LoopbackServer(Conversation conversation) {
        this(listener(), conversation);
    }

    /** Answers every request with 200 and {@code {}}, keeping the connection. */
    static LoopbackServer friendly() {
        var self = new LoopbackServer[1];
        self[0] = new LoopbackServer(peer -> self[0].answerAll(peer));
        return self[0];
    }

    static ServerSocket listener() {
        try {
            return new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void answerAll(Peer peer) throws IOException {
        for (Received r = peer.read(); r != null; r = peer.read()) {
            requests.add(r);
            peer.answer(200, "{}");
        }
    }

    private void hold(Socket socket, Conversation conversation) {
        try (socket) {
            conversation.hold(
                    new Peer(socket, new BufferedInputStream(socket.getInputStream()), socket.getOutputStream()));
        } catch (IOException e) {
            // the client left, which several tests want
        } finally {
            open.remove(socket);
        }
    }

    int openConnections() {
        return open.size();
    }

    int port() {
        return listener.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
