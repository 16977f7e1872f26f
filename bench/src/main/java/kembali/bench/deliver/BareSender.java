package kembali.bench.deliver;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import kembali.bench.process.Connection;

/**
 * The floor under delivery on a JVM: writes a platform's body by hand, hashes its fields, sends it over a
 * blocking socket and reads the answer. No queue, no store, no platform rules, no result kept.
 */
public final class BareSender {
    private static final String HEADERS = "Content-Type: application/json\r\nAuthorization: Bearer bare\r\n";

    private BareSender() {}

    /**
     * Prints one line of JSON: events and seconds of the measured part, its CPU seconds, and all events sent.
     *
     * @param args platform, port, events a request, connections, warm-up seconds, measured seconds
     */
    public static void main(String[] args) throws Exception {
        Advertiser platform = Advertiser.named(args[0]).getFirst();
        int port = Integer.parseInt(args[1]);
        int batch = Integer.parseInt(args[2]);
        int connections = Integer.parseInt(args[3]);
        var sent = new AtomicLong();
        send(platform, port, batch, connections, Double.parseDouble(args[4]), sent);
        long before = sent.get();
        long cpu = cpuNanos();
        double seconds = send(platform, port, batch, connections, Double.parseDouble(args[5]), sent);
        System.out.printf(
                Locale.ROOT,
                "{\"events\":%d,\"seconds\":%.6f,\"cpuSeconds\":%.6f,\"sent\":%d}%n",
                sent.get() - before,
                seconds,
                (cpuNanos() - cpu) / 1e9,
                sent.get());
    }

    private static double send(
            Advertiser platform, int port, int batch, int connections, double seconds, AtomicLong sent)
            throws InterruptedException {
        long begun = System.nanoTime();
        long end = begun + (long) (seconds * 1e9);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < connections; i++) {
            long first = (long) i << 20;
            threads.add(Thread.startVirtualThread(() -> sendUntil(platform, end, port, batch, first, sent)));
        }
        for (Thread t : threads) {
            t.join();
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void sendUntil(Advertiser platform, long end, int port, int batch, long first, AtomicLong sent) {
        HandWritten body = platform.handWritten();
        String taken = platform.answer(batch);
        long person = first;
        try (var connection = new Connection(port)) {
            while (System.nanoTime() < end) {
                int status = connection.send(
                        "POST", body.path(), HEADERS, body.of(person, batch, System.currentTimeMillis()));
                if (status != platform.status(batch) || !connection.body().equals(taken)) {
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
