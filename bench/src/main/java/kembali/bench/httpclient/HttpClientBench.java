package kembali.bench.httpclient;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import kembali.bench.httpclient.Candidates.Sender;

/**
 * Sends a 1.2 kB body from 64 virtual threads with each client in turn, in short slices over and
 * over: another process's load then falls on all of them, and the ratios hold though the rates do
 * not. One warm-up slice each is not counted.
 *
 * <pre>HttpClientBench https://localhost:8443/v21.0/1/events cert.pem [ROUNDS=9] [SECONDS=2]</pre>
 *
 * The sink must answer 200 from memory, for instance nginx with {@code return 200 '{}'} and {@code
 * keepalive_requests 100000000}.
 */
public final class HttpClientBench {
    private record Slice(double rate, double cpuSecondsPer1000, double p50Millis, double p99Millis, long errors) {}

    private HttpClientBench() {}

    public static void main(String[] args) throws Exception {
        Map<String, Sender> senders = Candidates.all(URI.create(args[0]), Path.of(args[1]));
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 9;
        double seconds = args.length > 3 ? Double.parseDouble(args[3]) : 2;
        byte[] body = ("{\"data\":[{\"event_name\":\"Purchase\",\"pad\":\"" + "x".repeat(1150) + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        Map<String, List<Slice>> slices = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (var each : senders.entrySet()) {
                Slice slice = slice(each.getValue(), body, round == 0 ? 4 : seconds);
                if (round > 0) {
                    slices.computeIfAbsent(each.getKey(), name -> new ArrayList<>())
                            .add(slice);
                }
            }
        }
        slices.forEach(
                (name, own) -> print(name, own, slices.values().iterator().next()));
        System.exit(0); // the clients' threads would keep us
    }

    private static Slice slice(Sender sender, byte[] body, double seconds) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long cpu = cpuNanos();
        AtomicLong errors = new AtomicLong();
        long[][] latencies = new long[Candidates.IN_FLIGHT][];
        Thread[] threads = new Thread[Candidates.IN_FLIGHT];
        for (int i = 0; i < threads.length; i++) {
            int own = i;
            threads[i] = Thread.startVirtualThread(() -> latencies[own] = sendUntil(end, sender, body, errors));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long[] sorted =
                Arrays.stream(latencies).flatMapToLong(Arrays::stream).sorted().toArray();
        return new Slice(
                sorted.length / ((System.nanoTime() - start) / 1e9),
                (cpuNanos() - cpu) / 1e6 / sorted.length,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                errors.get());
    }

    /** @return nanoseconds of each request answered with something */
    private static long[] sendUntil(long end, Sender sender, byte[] body, AtomicLong errors) {
        long[] latencies = new long[1 << 12];
        int count = 0;
        for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
            try {
                if (sender.send(body).isEmpty()) {
                    throw new IllegalStateException("empty answer");
                }
            } catch (Exception e) {
                errors.incrementAndGet();
                continue;
            }
            if (count == latencies.length) {
                latencies = Arrays.copyOf(latencies, count * 2);
            }
            latencies[count++] = System.nanoTime() - begun;
        }
        return Arrays.copyOf(latencies, count);
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void print(String name, List<Slice> own, List<Slice> first) {
        double[] ratios = new double[own.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = own.get(i).cpuSecondsPer1000 / first.get(i).cpuSecondsPer1000;
        }
        System.out.printf(
                Locale.ROOT,
                "%-16s %6.0f/s  p50 %5.2f ms  p99 %6.2f ms  %.4f CPU s per 1,000 = %.2f of the first  %d errors%n",
                name,
                median(own, Slice::rate),
                median(own, Slice::p50Millis),
                median(own, Slice::p99Millis),
                median(own, Slice::cpuSecondsPer1000),
                Arrays.stream(ratios).sorted().toArray()[ratios.length / 2],
                own.stream().mapToLong(Slice::errors).sum());
    }

    private static double median(List<Slice> slices, ToDoubleFunction<Slice> figure) {
        return slices.stream().mapToDouble(figure).sorted().toArray()[slices.size() / 2];
    }
}
