package kembali.bench.deliver;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import kembali.bench.process.Connection;

/**
 * The floor under delivery on a JVM: writes Meta's body by hand, hashes nine fields, sends it over a
 * blocking socket and reads the answer. No queue, no store, no platform rules, no result kept.
 */
public final class BareSender {
    private static final String HEADERS = "Content-Type: application/json\r\nAuthorization: Bearer bare\r\n";
    private static final String PATH = "/v26.0/123456789012345/events";

    private BareSender() {}

    /**
     * Prints one line of JSON: events and seconds of the measured part, its CPU seconds, and all events sent.
     *
     * @param args port, events a request, connections, warm-up seconds, measured seconds
     */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        int batch = Integer.parseInt(args[1]);
        int connections = Integer.parseInt(args[2]);
        var sent = new AtomicLong();
        send(port, batch, connections, Double.parseDouble(args[3]), sent);
        long before = sent.get();
        long cpu = cpuNanos();
        double seconds = send(port, batch, connections, Double.parseDouble(args[4]), sent);
        System.out.printf(
                Locale.ROOT,
                "{\"events\":%d,\"seconds\":%.6f,\"cpuSeconds\":%.6f,\"sent\":%d}%n",
                sent.get() - before,
                seconds,
                (cpuNanos() - cpu) / 1e9,
                sent.get());
    }

    private static double send(int port, int batch, int connections, double seconds, AtomicLong sent)
            throws InterruptedException {
        long begun = System.nanoTime();
        long end = begun + (long) (seconds * 1e9);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < connections; i++) {
            long first = (long) i << 20;
            threads.add(Thread.startVirtualThread(() -> sendUntil(end, port, batch, first, sent)));
        }
        for (Thread t : threads) {
            t.join();
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void sendUntil(long end, int port, int batch, long first, AtomicLong sent) {
        var body = new MetaBody();
        String taken = "{\"events_received\":" + batch + ",";
        long person = first;
        try (var connection = new Connection(port)) {
            while (System.nanoTime() < end) {
                int status = connection.send("POST", PATH, HEADERS, body.of(person, batch, System.currentTimeMillis()));
                if (status != 200 || !connection.body().startsWith(taken)) {
                    throw new IOException("the sink answered " + status + ": " + connection.body());
                }
                person += batch;
                sent.addAndGet(batch);
            }
        } catch (IOException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
