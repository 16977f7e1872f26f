package kembali.capture.rotator.page;

import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A page's frame and its headers. */
final class Html {
    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#6b7280;--bad:#b3261e;--go:#0b7a4b}
            @media(prefers-color-scheme:dark){:root{--line:#9aa3af;--bad:#ff9c94}}
            *{box-sizing:border-box}
            body{font:1.0625rem/1.5 system-ui,sans-serif;margin:0;overflow-wrap:anywhere}
            main{max-width:32rem;margin:0 auto;padding:1.5rem 1rem 3rem}
            h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 .75rem}
            h2{font-size:1.125rem;margin:0 0 .5rem}
            p{margin:0 0 1rem;white-space:pre-line}
            label,legend{display:block;font-weight:600;margin:0 0 .25rem}
            .field{margin:0 0 1.25rem}
            .note{font-weight:400;color:var(--line)}
            input,select{font:inherit;color:inherit;width:100%;min-height:2.75rem;padding:.5rem .75rem;
            border:1px solid var(--line);border-radius:.5rem;background:Field}
            .tick{display:flex;gap:.75rem;align-items:flex-start}
            .tick input{width:1.5rem;min-width:1.5rem;min-height:1.5rem;margin:0}
            .tick label{font-weight:400}
            .bad{color:var(--bad);margin:0 0 .25rem;font-weight:600}
            [aria-invalid=true]{border:2px solid var(--bad)}
            .errors{border:2px solid var(--bad);border-radius:.5rem;padding:1rem;margin:0 0 1.5rem}
            .errors ul{margin:0;padding-left:1.25rem}
            .errors a{color:var(--bad)}
            button,.button{display:block;width:100%;min-height:3rem;padding:.75rem 1rem;border:0;border-radius:.5rem;
            background:var(--go);color:#fff;font:inherit;font-weight:600;text-align:center;text-decoration:none}
            :focus-visible{outline:3px solid Highlight;outline-offset:2px}
            blockquote{margin:0 0 1rem;padding:.75rem 1rem;border-left:4px solid var(--go);white-space:pre-line}
            table{border-collapse:collapse}
            th,td{text-align:left;padding:.25rem 1rem .25rem 0;font-weight:400;vertical-align:top}
            .away{position:absolute;left:-100vw;width:1px;height:1px;overflow:hidden}
            """;

    /**
     * A form's answer is a redirect into the chat, and browsers ask this list about every step of it: wa.me leads to
     * api.whatsapp.com, and that to the app.
     */
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; form-action 'self' https://wa.me https://api.whatsapp.com https://web.whatsapp.com whatsapp:;"
            + " base-uri 'none'; frame-ancestors 'none'";

    private Html() {}

    /**
     * Sends a page.
     *
     * @param head further elements of the head, already markup
     * @param body what stands in {@code main}, already markup
     */
    static void send(HttpServerResponse response, int status, String language, String title, String head, String body) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Robots-Tag", "noindex")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Content-Security-Policy", POLICY)
                .end("<!doctype html><html lang=\"" + escape(language) + "\"><head><meta charset=\"utf-8\">"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                        + "<meta name=\"robots\" content=\"noindex\">" + head + "<title>" + escape(title) + "</title>"
                        + "<style>" + STYLE + "</style></head><body><main>" + body + "</main></body></html>");
    }

    /** Text as it may stand between tags and in quoted attributes. */
    static String escape(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
