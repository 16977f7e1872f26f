package kembali.capture.rotator;

import io.vertx.core.http.HttpServerResponse;

/** The few small pages a rotator link shows instead of a chat. No script, no resource from elsewhere. */
final class RotatorPages {
    private RotatorPages() {}

    /** For machines that draw link previews. */
    static void preview(HttpServerResponse response, String name) {
        String title = escape(name);
        send(
                response,
                200,
                "<meta property=\"og:title\" content=\"" + title + "\">"
                        + "<meta property=\"og:description\" content=\"Chat via WhatsApp\">"
                        + "<meta property=\"og:type\" content=\"website\">",
                title,
                "Chat via WhatsApp");
    }

    /** No such link. */
    static void notFound(HttpServerResponse response) {
        send(response, 404, "", "Link not found", "This link does not exist (any more). Tautan ini tidak ditemukan.");
    }

    /** Nobody is there and no fallback number is configured. */
    static void nobody(HttpServerResponse response) {
        send(
                response,
                200,
                "",
                "Nobody is available",
                "Nobody can take your chat at the moment; please try again later. Belum ada yang bertugas, silakan coba lagi nanti.");
    }

    /** Nothing could be stored. */
    static void tryAgain(HttpServerResponse response) {
        response.putHeader("Retry-After", "2");
        send(
                response,
                503,
                "",
                "Please try again",
                "We are very busy; please open the link again. Silakan buka tautan ini lagi.");
    }

    private static void send(HttpServerResponse response, int status, String meta, String title, String text) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Robots-Tag", "noindex")
                .putHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .end("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                        + "<meta name=\"robots\" content=\"noindex\">" + meta + "<title>" + title + "</title>"
                        + "<style>:root{color-scheme:light dark}body{font:18px/1.5 system-ui,sans-serif;max-width:32rem;"
                        + "margin:20vh auto 0;padding:0 1.25rem}</style></head><body><h1>" + title + "</h1><p>" + text
                        + "</p></body></html>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
