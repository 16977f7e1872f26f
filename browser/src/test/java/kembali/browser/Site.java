package kembali.browser;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An advertiser's site: the pages of {@code pages/} in the test resources, with {@code {{hub}}} and {@code {{tag}}}
 * filled in.
 */
final class Site implements AutoCloseable {
    private final String hub;
    private final Map<String, String> headers = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> asked = new ConcurrentHashMap<>();
    private final LocalServer server = new LocalServer(this::answer);
    private volatile String attributes = "";

    Site(String hub) {
        this.hub = hub;
    }

    /** Address of a page under this site's name, such as {@code shop}. */
    String url(String name, String page) {
        return server.origin(name) + page;
    }

    /** More attributes of the script element. */
    void tag(String more) {
        attributes = more;
    }

    /** A header of all pages. */
    void header(String name, String value) {
        headers.put(name, value);
    }

    /** Waits until the path has been asked for, or opened. Pages wait by asking for {@code /when} + path. */
    void awaitRequest(String path) throws InterruptedException {
        if (!asked(path).await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody asked for " + path);
        }
    }

    /** Lets the pages that have asked for {@code /when} + path go on. */
    void open(String path) {
        asked(path).countDown();
    }

    boolean wasAsked(String path) {
        return asked(path).getCount() == 0;
    }

    private CountDownLatch asked(String path) {
        return asked.computeIfAbsent(path, p -> new CountDownLatch(1));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/when/")) {
            try {
                awaitRequest(path.substring("/when".length()));
            } catch (InterruptedException e) {
                // The test is over.
                Thread.currentThread().interrupt();
            }
        }
        String file = path.equals("/") ? "/index.html" : path;
        try (InputStream in = Site.class.getResourceAsStream("/pages" + file)) {
            if (in == null) {
                LocalServer.answer(exchange, 204, Map.of(), "");
            } else {
                String tag = "<script async src=\"" + hub + "/track.min.js\" data-key=\"WS-8f3k2p\" " + attributes
                        + "></script>";
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .replace("{{tag}}", tag)
                        .replace("{{hub}}", hub);
                var all = new HashMap<>(headers);
                all.put("Content-Type", file.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8");
                LocalServer.answer(exchange, 200, all, text);
            }
        }
        asked(path).countDown();
    }

    @Override
    public void close() {
        server.close();
    }
}
