package kembali.demo.drive;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kembali.demo.sample.Visit;
import org.jspecify.annotations.Nullable;

/** One person's browser: taps links and keeps cookies. */
final class Browser {
    private static final Pattern CHAT = Pattern.compile("https://wa\\.me/(\\d+)\\?text=(.*)");
    private static final Pattern CODE = Pattern.compile("\\[([A-Z]{3}\\d{4})\\]");

    /**
     * Where a tap led.
     *
     * @param agent number of the chat, digits
     * @param code the visitor code in the draft message
     */
    record Chat(String agent, String code) {}

    private final Http http;
    private final URI base;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Browser(Http http, URI base) {
        this.http = http;
        this.base = base;
    }

    /** Taps; null when the answer is no way into a chat with a code. */
    @Nullable Chat tap(Visit visit) {
        visit.cookies().forEach(cookies::putIfAbsent);
        var request = HttpRequest.newBuilder(URI.create(base + visit.target()));
        visit.headers().forEach(request::header);
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(c -> c.getKey() + "=" + c.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer = http.send(request);
        answer.headers().allValues("Set-Cookie").forEach(this::keep);
        return answer.statusCode() == 302 ? chat(location(answer)) : null;
    }

    static @Nullable Chat chat(String location) {
        Matcher link = CHAT.matcher(location);
        if (!link.matches()) {
            return null;
        }
        Matcher code = CODE.matcher(URLDecoder.decode(link.group(2).replace("+", "%2B"), StandardCharsets.UTF_8));
        return code.find() ? new Chat(link.group(1), code.group(1)) : null;
    }

    static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private void keep(String setCookie) {
        String pair = List.of(setCookie.split(";", 2)).getFirst();
        int is = pair.indexOf('=');
        if (is > 0) {
            cookies.put(pair.substring(0, is).strip(), pair.substring(is + 1).strip());
        }
    }
}
