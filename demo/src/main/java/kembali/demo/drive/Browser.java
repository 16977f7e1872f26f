package kembali.demo.drive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kembali.demo.sample.Hit;
import kembali.demo.sample.Person;
import kembali.demo.sample.Visit;
import org.jspecify.annotations.Nullable;

/** One person's browser: shows pages with the tracker, taps links, posts forms, and keeps cookies. */
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
    private @Nullable String code;
    private boolean codeOnPage;

    Browser(Http http, URI base) {
        this.http = http;
        this.base = base;
    }

    /** The visitor code that the tracker or a link gave; null before. */
    @Nullable String code() {
        return code;
    }

    /** Sends a hit of the tracker; the answer's {@code outcome}, or its status when it is none. */
    String send(Hit hit, String trackerKey) {
        HttpResponse<String> answer = ask(
                HttpRequest.newBuilder(base.resolve("/t"))
                        .header("Content-Type", "text/plain;charset=UTF-8")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(json(body(hit, trackerKey)))),
                hit.headers(),
                !hit.cookieless());
        if (answer.statusCode() != 200) {
            return "status " + answer.statusCode();
        }
        JsonNode said = tree(answer.body());
        String given = said.path("visitorCode").asText("");
        if (!given.isEmpty()) {
            code = given;
            codeOnPage = true;
        }
        return said.path("outcome").asText();
    }

    private Map<String, Object> body(Hit hit, String trackerKey) {
        var body = new LinkedHashMap<String, Object>();
        body.put("key", trackerKey);
        body.put("type", hit.kind().name().toLowerCase(Locale.ROOT));
        body.put("eventId", hit.eventId());
        body.put("url", hit.page());
        body.put("cookies", hit.cookies());
        put(body, "referrer", hit.referrer());
        put(body, "name", hit.name());
        put(body, "visitor", code);
        if (hit.refuses()) {
            body.put(
                    "consent",
                    Map.of("ad_storage", "denied", "ad_user_data", "denied", "ad_personalization", "denied"));
        }
        Person person = hit.person();
        if (person != null) {
            var said = new LinkedHashMap<String, Object>();
            put(said, "name", person.name());
            put(said, "email", person.email());
            put(said, "phone", person.phone());
            body.put("person", said);
        }
        return body;
    }

    /**
     * Taps; null when the answer is no way into a chat with a code. Where a page of the shop knew the visitor, its tracker
     * has put their code into the link.
     */
    @Nullable Chat tap(Visit visit) {
        visit.cookies().forEach(cookies::putIfAbsent);
        String target = visit.target() + (codeOnPage ? (visit.query().isEmpty() ? "?" : "&") + "visitor=" + code : "");
        HttpResponse<String> answer = ask(HttpRequest.newBuilder(URI.create(base + target)), visit.headers(), true);
        Chat chat = answer.statusCode() == 302 ? chat(location(answer)) : null;
        if (chat != null) {
            code = chat.code();
        }
        return chat;
    }

    /** Opens a link; where it leads, or the answer's status when it leads nowhere. */
    String follow(String target, Map<String, String> headers) {
        HttpResponse<String> answer = ask(HttpRequest.newBuilder(URI.create(base + target)), headers, true);
        return answer.statusCode() == 302 ? location(answer) : "status " + answer.statusCode();
    }

    /** A page that a link led to was told the visitor's code. */
    void named(String visitor) {
        code = visitor;
    }

    /** Posts a form; the status of the answer. */
    int post(URI address, Map<String, String> fields, Map<String, String> headers) {
        String form = fields.entrySet().stream()
                .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return ask(
                        HttpRequest.newBuilder(address)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form)),
                        headers,
                        true)
                .statusCode();
    }

    private HttpResponse<String> ask(HttpRequest.Builder request, Map<String, String> headers, boolean withCookies) {
        headers.forEach(request::header);
        if (withCookies && !cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(c -> c.getKey() + "=" + c.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer = http.send(request);
        if (withCookies) {
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
        }
        return answer;
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

    private static byte[] json(Object body) {
        try {
            return Api.JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return Api.JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the tracker was answered no JSON: " + json, e);
        }
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
