package kembali.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page at {@code /}: three files, no build step, nothing from elsewhere. */
final class Page {
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-cache");

    private final Map<String, Reply> files = Map.of(
            "/", file("page.html", "text/html"),
            "/_sandbox/page.css", file("page.css", "text/css"),
            "/_sandbox/page.js", file("page.js", "text/javascript"),
            "/favicon.ico", file("icon.svg", "image/svg+xml"),
            "/_sandbox/icon.svg", file("icon.svg", "image/svg+xml"));

    /** The file at a path, or null. */
    @Nullable Reply at(String path) {
        return files.get(path);
    }

    private static Reply file(String name, String contentType) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new Reply(200, contentType + "; charset=UTF-8", HEADERS, in.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
