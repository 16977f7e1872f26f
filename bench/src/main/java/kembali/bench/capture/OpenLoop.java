package kembali.bench.capture;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Clicks that come when they come, whether the last one was answered or not: each has its instant, and its time counts
 * from that instant, so that a pause of the server is felt by all who would have clicked meanwhile.
 */
public final class OpenLoop {
    private static final int CONNECTIONS = 64;
    private static final byte[] END = {'\r', '\n', '\r', '\n'};

    private OpenLoop() {}

    /**
     * One run.
     *
     * @param path of a rotator link
     * @param rate clicks a second, over all connections
     */
    public static Map<String, Double> run(int port, String path, int rate, int seconds, String tag)
            throws InterruptedException, IOException {
        int clicks = rate * seconds;
        long begin = System.nanoTime() + 200_000_000L;
        var times = new long[clicks];
        long refused = 0;
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("open-loop-", 0).factory())) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int c = 0; c < CONNECTIONS; c++) {
                int first = c;
                all.add(threads.submit(() -> click(port, path, tag, begin, rate, first, times)));
            }
            for (Future<Integer> one : all) {
                try {
                    refused += one.get();
                } catch (ExecutionException e) {
                    throw new IOException("a connection of the open loop broke: " + e.getCause(), e);
                }
            }
        }
        double took = (System.nanoTime() - begin) / 1e9;
        Arrays.sort(times);
        var figures = new LinkedHashMap<String, Double>();
        figures.put("requests_per_s", clicks / took);
        figures.put("p50_ms", times[clicks / 2] / 1e6);
        figures.put("p99_ms", times[(int) (clicks * 0.99)] / 1e6);
        figures.put("max_ms", times[clicks - 1] / 1e6);
        figures.put("not_302", (double) refused);
        return figures;
    }

    /** One connection's clicks, every {@value #CONNECTIONS}th; returns how many were not redirected. */
    private static int click(int port, String path, String tag, long begin, int rate, int first, long[] times)
            throws IOException {
        int refused = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = first; i < times.length; i += CONNECTIONS) {
                long due = begin + i * 1_000_000_000L / rate;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                socket.getOutputStream()
                        .write(("GET " + path + "?utm_source=meta&fbclid=IwZXh0bgNhZW0BMABhZGlk" + tag + "x" + i
                                        + "_aem_q7Lk2VnB0sYcWm4dZt9HxA HTTP/1.1\r\nHost: 127.0.0.1:" + port
                                        + "\r\nUser-Agent: Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36"
                                        + " (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36\r\n"
                                        + "Accept-Language: id-ID,id;q=0.9\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                if (!redirected(in)) {
                    refused++;
                }
                times[i] = System.nanoTime() - due;
            }
        }
        return refused;
    }

    /** Reads an answer's head; a redirect has no body. */
    private static boolean redirected(InputStream in) throws IOException {
        var head = new StringBuilder(512);
        int matched = 0;
        while (matched < END.length) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("the server closed the connection");
            }
            matched = b == END[matched] ? matched + 1 : b == END[0] ? 1 : 0;
            head.append((char) b);
        }
        return head.indexOf("HTTP/1.1 302") == 0;
    }
}
