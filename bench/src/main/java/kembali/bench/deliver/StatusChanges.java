package kembali.bench.deliver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import kembali.bench.process.Connection;
import kembali.bench.process.ServerProcess;

/** Leads become {@code won}, each with a value and an order of its own, over kept-alive connections. */
final class StatusChanges {
    /** Requests in flight at most while a rate is kept; so many that the server, not they, makes others wait. */
    private static final int OPEN_LOOP_CONNECTIONS = 256;

    private final ServerProcess server;
    private final String headers;

    /**
     * What became of them.
     *
     * @param nanos of each one answered; in an open loop since the moment it was due
     * @param refused answered with anything but 200, or not at all
     */
    @SuppressWarnings("ArrayRecordComponent") // thousands of figures, read once
    record Changed(double seconds, long[] nanos, int refused) {}

    StatusChanges(ServerProcess server) {
        this.server = server;
        this.headers = "Authorization: " + server.api().authorization() + "\r\nContent-Type: application/json\r\n";
    }

    /** As fast as the server answers, with that many always in flight. */
    Changed closedLoop(List<String> leads, int connections) throws IOException, InterruptedException {
        var next = new AtomicInteger();
        var refused = new AtomicInteger();
        long[] nanos = new long[leads.size()];
        List<Connection> open = open(connections);
        var threads = new ArrayList<Thread>();
        long begun = System.nanoTime();
        for (Connection c : open) {
            threads.add(Thread.startVirtualThread(() -> {
                for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
                    long start = System.nanoTime();
                    change(c, leads.get(i), i, refused);
                    nanos[i] = System.nanoTime() - start;
                }
            }));
        }
        return end(threads, open, begun, nanos, refused);
    }

    /** At a rate that does not wait for answers: who waits because others were slow counts that as waiting. */
    Changed openLoop(List<String> leads, int perSecond) throws IOException, InterruptedException {
        var refused = new AtomicInteger();
        long[] nanos = new long[leads.size()];
        List<Connection> open = open(OPEN_LOOP_CONNECTIONS);
        BlockingQueue<Connection> idle = new LinkedBlockingQueue<>(open);
        var threads = new ArrayList<Thread>();
        long begun = System.nanoTime();
        for (int i = 0; i < nanos.length; i++) {
            int own = i;
            long due = begun + i * 1_000_000_000L / perSecond;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    Connection c = idle.take();
                    change(c, leads.get(own), own, refused);
                    nanos[own] = System.nanoTime() - due;
                    idle.add(c);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        return end(threads, open, begun, nanos, refused);
    }

    private List<Connection> open(int count) throws IOException {
        var open = new ArrayList<Connection>();
        for (int i = 0; i < count; i++) {
            open.add(new Connection(server.port()));
        }
        return open;
    }

    private static Changed end(
            List<Thread> threads, List<Connection> open, long begun, long[] nanos, AtomicInteger refused)
            throws IOException, InterruptedException {
        for (Thread t : threads) {
            t.join();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        for (Connection c : open) {
            c.close();
        }
        return new Changed(seconds, nanos, refused.get());
    }

    private void change(Connection connection, String lead, int n, AtomicInteger refused) {
        byte[] body = ("{\"status\":\"won\",\"actualValue\":\"" + (150_000 + n % 100 * 1_000)
                        + "\",\"currency\":\"IDR\",\"orderId\":\"INV-" + lead + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        try {
            if (connection.send("PUT", "/api/v1/leads/" + lead + "/status", headers, body) != 200) {
                complain(refused, connection.body());
            }
        } catch (IOException e) {
            complain(refused, e.toString());
        }
    }

    private static void complain(AtomicInteger refused, String answer) {
        if (refused.getAndIncrement() == 0) {
            System.err.println("a status change was refused: " + answer);
        }
    }
}
