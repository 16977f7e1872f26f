package kembali.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kembali.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kembali.browser.Chromium;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An ad click in a real browser, the page's WhatsApp button, the message at the provider's webhook, and the sale that a
 * person of the shop enters: one lead, whose page view and purchase reach the platforms as the browser's own.
 */
@ExtendWith(LogsOnFailure.class)
class SaleInAChatIT {
    private static final String META = "300000000000777";
    private static final String SALES = "628111000111";
    private static final String SECRET = "app-secret-of-the-shop";
    private static final Pattern CODE = Pattern.compile("\\[([A-Z]{3}\\d{4})]");

    /** What Meta's, TikTok's and Google's snippets leave on a page before their scripts have come. */
    private static final String SHOP = """
            <!doctype html><html lang="id"><head><meta charset="utf-8"><title>Promo</title>
            <link rel="icon" href="data:,">
            <script async src="%s/track.min.js" data-key="%s"></script>
            <script>
            document.cookie = '_fbp=fb.1.1596403881668.1116446470; path=/'
            document.cookie = '_ga=GA1.1.111.222; path=/'
            window.sent = []
            window.fbq = function () { fbq.queue.push(arguments) }
            fbq.queue = []
            window.ttq = []
            ttq.page = function () { ttq.push(['page']) }
            window.dataLayer = []
            window.gtag = function () { dataLayer.push(arguments) }
            fbq('init', '%s')
            fbq('track', 'PageView')
            ttq.page()
            gtag('event', 'page_view')
            </script></head>
            <body><a id="chat" href="https://wa.me/%s?text=Halo%%2C%%20saya%%20tertarik">WhatsApp</a></body></html>""";

    @Test
    void aClickBecomesAPurchaseOfTheSamePersonUnderTheBrowsersEventId() throws Exception {
        try (RunningSandbox sandbox = RunningSandbox.start();
                RunningServer server = RunningServer.start(Database.SQLITE, sandbox, Map.of());
                var chromium = new Chromium()) {
            Api api = server.api();
            api.metaPixel(META, "sandbox-token-of-the-shop");
            api.post("/agents", "{\"name\":\"Sari\",\"phone\":\"+" + SALES + "\"}")
                    .expect(201);
            JsonNode source = api.post("/sources", """
                    {"kind":"whatsapp","name":"WhatsApp","secret":"%s","verifyToken":"verify-the-shop"}""".formatted(SECRET)).expect(201);
            String key = api.get("/workspace").expect(200).path("trackerKey").asText();
            HttpServer shop = shop(SHOP.formatted(server.url(), key, META, SALES));
            List<String> faults = new ArrayList<>();
            try (BrowserContext context = chromium.browser()
                    // A browser without a screen says so, and would be taken for a machine.
                    .newContext(new NewContextOptions().setUserAgent(Browser.CHROME))) {
                Page page = context.newPage();
                page.onPageError(faults::add);
                page.navigate("http://shop.localhost:" + shop.getAddress().getPort()
                        + "/promo?fbclid=IwAR2browser-journey-1&utm_source=meta&utm_medium=paid&campaign_id=120330");

                Locator chat = page.locator("#chat");
                assertThat(chat)
                        .hasAttribute(
                                "href",
                                Pattern.compile("%5B[A-Z]{3}\\d{4}%5D"),
                                new LocatorAssertions.HasAttributeOptions().setTimeout(20_000));
                String draft = URLDecoder.decode(chat.getAttribute("href"), StandardCharsets.UTF_8);
                var found = CODE.matcher(draft);
                assertThat(found.find()).as(draft).isTrue();
                String code = found.group(1);
                String browserEvent = (String) page.evaluate("fbq.queue[1][3].eventID");
                assertThat(page.evaluate("document.title")).isEqualTo("Promo");
                assertThat(faults).isEmpty();

                eventually(() -> assertThat(sandbox.received(META, "PageView")).hasSize(1));
                JsonNode view = sandbox.received(META, "PageView").getFirst();
                assertThat(view.path("eventId").asText()).isEqualTo(browserEvent);
                assertThat(view.path("rawBody").asText()).contains("IwAR2browser-journey-1", "fb.1.1596403881668");

                tell(address(server, source), message("6281234567890", draft.substring(draft.indexOf("text=") + 5)));
                eventually(() -> assertThat(api.get("/leads/" + code)
                                .expect(200)
                                .path("phone")
                                .asText())
                        .isEqualTo("+6281234567890"));
                JsonNode lead = api.get("/leads/" + code).expect(200);
                assertThat(lead.path("name").asText()).isEqualTo("Budi");
                assertThat(lead.at("/click/fbclid").asText()).isEqualTo("IwAR2browser-journey-1");

                JsonNode won = api.won(lead.path("id").asText(), "2500000");
                JsonNode row = api.rowOnce(won.at("/deliveries/0/id").asText(), "accepted");
                JsonNode purchase = sandbox.received(META, "Purchase").getFirst();
                assertThat(purchase.path("eventId").asText())
                        .isEqualTo(row.path("eventId").asText());
                assertThat(purchase.path("rawBody").asText()).contains("IwAR2browser-journey-1", "\"value\":2500000");
                assertThat(api.all("/leads")).hasSize(1);
                List<JsonNode> timeline =
                        Json.items(api.get("/leads/" + code + "/timeline").expect(200));
                assertThat(Json.each(timeline, "kind")).contains("pageview", "message", "status", "delivery");
            } finally {
                shop.stop(0);
            }
        }
    }

    private static HttpServer shop(String page) throws IOException {
        HttpServer shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/", exchange -> {
            byte[] body = page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        shop.start();
        return shop;
    }

    /** As the provider sends what the person sent: the draft of the button, untouched. */
    private static String message(String phone, String text) {
        return """
                {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":"messages",
                 "value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"%s","phone_number_id":"106540"},
                 "contacts":[{"profile":{"name":"Budi"},"wa_id":"%s"}],
                 "messages":[{"from":"%s","id":"wamid.SALE0001","timestamp":"%d","type":"text","text":{"body":"%s"}}]}}]}]}""".formatted(SALES, phone, phone, System.currentTimeMillis() / 1000, text);
    }

    private static String address(RunningServer server, JsonNode source) {
        String url = source.path("url").asText();
        return server.url() + url.substring(url.indexOf("/in/"));
    }

    private static void tell(String address, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        assertThat(Http.send(
                                "POST",
                                address,
                                body,
                                Map.of("Content-Type", "application/json", "X-Hub-Signature-256", signature))
                        .status())
                .isEqualTo(200);
    }
}
