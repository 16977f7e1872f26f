package kembali.demo.drive;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.demo.sample.Hit;
import kembali.demo.sample.Visit;
import org.junit.jupiter.api.Test;

class BrowserTest {
    private static final Visit VISIT = new Visit(
            "promo",
            "utm_source=meta",
            Map.of("User-Agent", "Mozilla/5.0", "Referer", "https://l.instagram.com/"),
            Map.of("_fbp", "fb.1.1795228800000.123"),
            Map.of(),
            Set.of(),
            0);

    @Test
    void readsAgentAndCodeOfTheChatLink() {
        assertThat(Browser.chat("https://wa.me/628119000101?text=Halo%20%5BABC2345%5D%20a%2Bb"))
                .isEqualTo(new Browser.Chat("628119000101", "ABC2345"));
    }

    @Test
    void takesALinkWithoutCodeForNoChat() {
        assertThat(Browser.chat("https://wa.me/628119000101")).isNull();
        assertThat(Browser.chat("https://wa.me/628119000101?text=Halo")).isNull();
        assertThat(Browser.chat("")).isNull();
    }

    @Test
    void bringsBackTheCookiesItWasGiven() throws Exception {
        List<String> cookies = Collections.synchronizedList(new ArrayList<>());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/wa/promo", exchange -> {
            cookies.add(exchange.getRequestHeaders().getFirst("Cookie"));
            exchange.getResponseHeaders().add("Set-Cookie", "kmb_v=abc=; Path=/; HttpOnly");
            exchange.getResponseHeaders().add("Location", "https://wa.me/62811?text=%5BABC2345%5D");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        try {
            URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            var browser = new Browser(new Http(), base);
            assertThat(browser.tap(VISIT)).isEqualTo(new Browser.Chat("62811", "ABC2345"));
            browser.tap(VISIT);
            assertThat(cookies)
                    .containsExactly("_fbp=fb.1.1795228800000.123", "_fbp=fb.1.1795228800000.123; kmb_v=abc=");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void namesItsVisitorOnTheNextPageAndInTheLinkWhereItSendsNoCookies() throws Exception {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Cookie") + " "
                    + Api.JSON.readTree(body).path("visitor").asText("nobody"));
            byte[] answer = "{\"visitorCode\":\"ABC2345\",\"outcome\":\"accepted\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Set-Cookie", "kmb_v=abc=; Path=/; HttpOnly");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            var browser = new Browser(
                    new Http(),
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
            assertThat(browser.send(hit(true), "WS-1")).isEqualTo("accepted");
            assertThat(browser.code()).isEqualTo("ABC2345");
            browser.send(hit(true), "WS-1");
            browser.tap(new Visit("promo", "", Map.of(), Map.of(), Map.of(), Set.of(), 0));
            assertThat(asked)
                    .containsExactly("/t null nobody", "/t null ABC2345", "/wa/promo?visitor=ABC2345 null nobody");
        } finally {
            server.stop(0);
        }
    }

    private static Hit hit(boolean cookieless) {
        return new Hit(
                Hit.Kind.PAGEVIEW,
                "e1",
                null,
                "https://shop.example/",
                null,
                Map.of("User-Agent", "Mozilla/5.0"),
                Map.of(),
                Map.of(),
                Set.of(),
                cookieless,
                false,
                null,
                1);
    }
}
