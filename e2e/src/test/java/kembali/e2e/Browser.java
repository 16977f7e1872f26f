package kembali.e2e;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import kembali.e2e.Http.Answer;
import org.jspecify.annotations.Nullable;

/** A person's browser: it sends the cookies it was given, and the headers it has. */
final class Browser {
    static final String CHROME = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/131.0.0.0 Mobile Safari/537.36";

    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();

    Browser() {
        headers.put("User-Agent", CHROME);
    }

    Browser with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Browser withCookie(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    Answer open(String url) {
        return send("GET", url);
    }

    /** Sends a form's fields, already encoded. */
    Answer submit(String url, String fields) {
        return send("POST", url, fields, Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    Answer send(String method, String url) {
        return send(method, url, null, Map.of());
    }

    /** Sends a body as a page's script does, so that the browser asks nobody first. */
    Answer post(String url, String body) {
        return send("POST", url, body, Map.of("Content-Type", "text/plain;charset=UTF-8"));
    }

    Answer send(String method, String url, @Nullable String body, Map<String, String> more) {
        var all = new LinkedHashMap<>(headers);
        all.putAll(more);
        if (!cookies.isEmpty()) {
            all.put(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(c -> c.getKey() + "=" + c.getValue())
                            .collect(Collectors.joining("; ")));
        }
        Answer answer = Http.send(method, url, body, all);
        for (String set : answer.headers("Set-Cookie")) {
            int name = set.indexOf('=');
            int end = set.indexOf(';');
            cookies.put(set.substring(0, name), set.substring(name + 1, end < 0 ? set.length() : end));
        }
        return answer;
    }
}
