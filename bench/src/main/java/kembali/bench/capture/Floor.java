package kembali.bench.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * The floor under durable capture on a JVM: no framework, no parsing, no store. Appends each request
 * to a file, answers 302 when the file is synced, and syncs once for all that wait.
 */
public final class Floor {
    private static final byte[] ANSWER =
            "HTTP/1.1 302 Found\r\nLocation: https://wa.me/628111000111?text=Halo\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_HEAD = 8 * 1024;

    /** Requests that share a sync. */
    private static final class Batch {
        private final ByteArrayOutputStream lines = new ByteArrayOutputStream(64 * 1024);
        private final CompletableFuture<Void> synced = new CompletableFuture<>();
    }

    private final Object lock = new Object();
    private Batch open = new Batch();

    private Floor() {}

    /** @param args port, file */
    public static void main(String[] args) throws Exception {
        var floor = new Floor();
        Thread.ofPlatform().daemon().start(() -> floor.write(Path.of(args[1])));
        try (var server = new ServerSocket(Integer.parseInt(args[0]), 1024, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                Thread.startVirtualThread(() -> floor.serve(client));
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                InputStream in = client.getInputStream();
                OutputStream out = client.getOutputStream()) {
            byte[] head = new byte[LONGEST_HEAD];
            int filled = 0;
            for (int n = in.read(head); n > 0; n = in.read(head, filled, head.length - filled)) {
                filled += n;
                if (endsHead(head, filled)) {
                    append(Arrays.copyOf(head, filled)).join();
                    out.write(ANSWER);
                    filled = 0;
                }
            }
        } catch (IOException closed) {
            // the client has had enough
            return;
        }
    }

    /** wrk sends one request at a time, so a head ends where the bytes end. */
    private static boolean endsHead(byte[] b, int n) {
        return n >= 4 && b[n - 1] == '\n' && b[n - 2] == '\r' && b[n - 3] == '\n' && b[n - 4] == '\r';
    }

    private CompletableFuture<Void> append(byte[] line) {
        synchronized (lock) {
            open.lines.writeBytes(line);
            lock.notifyAll();
            return open.synced;
        }
    }

    private void write(Path file) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (true) {
                Batch full;
                synchronized (lock) {
                    while (open.lines.size() == 0) {
                        lock.wait();
                    }
                    full = open;
                    open = new Batch();
                }
                channel.write(ByteBuffer.wrap(full.lines.toByteArray()));
                channel.force(false);
                full.synced.complete(null);
            }
        } catch (IOException | InterruptedException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }
}
