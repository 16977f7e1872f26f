package kembali.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The tracker as it is served, in Chromium, on pages of one site with its hub on another. */
@TestInstance(Lifecycle.PER_CLASS)
class TrackerIT {
    private static final String CODE = StandInHub.CODE;
    private static final String UUID7 = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    private final Chromium chromium = new Chromium();
    private final List<String> faults = new ArrayList<>();
    private StandInHub standIn;
    private RecordingHub hub;
    private Site site;
    private BrowserContext context;
    private Page page;
    /** Chromium itself writes to the console when a server answers 503. */
    private boolean serverTroubleIsMeant;

    @BeforeAll
    void patience() {
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    }

    @BeforeEach
    void open() {
        standIn = new StandInHub();
        hub = new RecordingHub(standIn);
        site = new Site(hub.origin());
        context = chromium.browser().newContext();
        page = context.newPage();
        faults.clear();
        serverTroubleIsMeant = false;
        page.onPageError(faults::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")
                    && !(serverTroubleIsMeant && message.text().startsWith("Failed to load resource"))) {
                faults.add(message.text());
            }
        });
    }

    @AfterEach
    void nothingWasThrownAndNothingElseAsked() {
        try {
            // Playwright tells events while it is asked something.
            page.evaluate("0");
            assertThat(faults).isEmpty();
            assertThat(hub.others()).as("a preflight, for example").isEmpty();
        } finally {
            context.close();
            site.close();
            hub.close();
        }
    }

    @AfterAll
    void close() {
        chromium.close();
    }

    private void visit(String path) {
        page.navigate(site.url("shop", path));
    }

    private Object value(String input) {
        return page.evaluate("name => document.querySelector(`input[name=\"${name}\"]`).value", input);
    }

    private String href(String id) {
        return page.getAttribute("#" + id, "href");
    }

    @Test
    void reportsACompletePageView() {
        visit("/?gclid=Cj0KCQ&utm_source=google#top");
        Hit hit = hub.await("pageview");
        assertThat(hit.text("key")).isEqualTo("WS-8f3k2p");
        assertThat(hit.eventId()).matches(UUID7);
        assertThat(hit.text("url")).isEqualTo(site.url("shop", "/?gclid=Cj0KCQ&utm_source=google#top"));
        assertThat(hit.body().path("referrer").isTextual()).isTrue();
        assertThat(hit.text("title")).isEqualTo("Promo");
        assertThat(hit.text("timezone")).isEqualTo(page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone"));
        assertThat(hit.text("language")).isEqualTo(page.evaluate("navigator.language"));
        assertThat(hit.body().path("cookies")).hasToString("""
                {"_ga":"GA1.1.1162820436.1749482504","_ga_A1B2C3":"GS2.1.s1747132561$o1$g0$t1747132655",\
                "_fbp":"fb.1.1596403881668.1116446470","_ttp":"2abcDEF"}""");
        assertThat(hit.body().path("consent")).hasToString("""
                {"ad_storage":"granted","analytics_storage":"granted","ad_user_data":"denied",\
                "ad_personalization":"denied"}""");
        assertThat(hit.headers().get("content-type")).startsWith("text/plain");
        assertThat(hit.headers().get("origin")).isEqualTo(site.url("shop", ""));
    }

    @Test
    void reportsAChangeOfConsent() {
        visit("/");
        hub.await("pageview");
        page.evaluate("gtag('consent', 'update', { ad_user_data: 'granted', ad_personalization: 'granted' })");
        Hit hit = hub.await("consent");
        assertThat(hit.body().path("consent").path("ad_user_data").asText()).isEqualTo("granted");
        assertThat(hit.body().path("consent").path("ad_storage").asText()).isEqualTo("granted");
        assertThat(hit.text("visitor")).isEqualTo(CODE);
    }

    @Test
    void reportsNavigationWithinThePageOnce() {
        visit("/");
        hub.await("pageview");
        page.evaluate("""
                history.pushState({}, '', '/product?id=7')
                history.replaceState({ scroll: 0 }, '', '/product?id=7')
                document.title = 'Product'
                """);
        Hit product = hub.await("view of the product", hit -> hit.page().equals("/product?id=7"));
        assertThat(product.text("title")).isEqualTo("Product");
        assertThat(product.text("referrer")).isEqualTo(site.url("shop", "/"));
        page.goBack();
        hub.awaitLast("view after going back", 2, hit -> hit.page().equals("/"));
        page.evaluate("kembali('track', 'fence')");
        hub.await("event");
        assertThat(hub.hits().stream().map(Hit::page)).containsExactly("/", "/product?id=7", "/", "/");
        assertThat(hub.hits().stream().map(Hit::eventId)).doesNotHaveDuplicates();
    }

    @Test
    void waitsUntilAPrerenderedPageIsShown() throws Exception {
        try (var plain = new PlainChromium(site.url("shop", "/prerender.html"))) {
            site.awaitRequest("/ran-prerendering");
            // A hit of the page in front comes after anything the prerendered one could have sent.
            hub.await("event");
            assertThat(hub.hits().stream().map(Hit::page)).containsOnly("/prerender.html");
            site.open("/go");
            Hit hit = hub.await("view of the shown page", seen -> seen.page().equals("/next.html"));
            assertThat(hit.text("title")).isEqualTo("Next");
            assertThat(site.wasAsked("/ran-shown")).as("it was loaded anew").isFalse();
        }
    }

    @Test
    void fillsForms() {
        visit("/?fbclid=IwAR1abc&gclid=Cj0KCQ&utm_source=meta&utm_campaign=Eid%202026");
        assertThat(page.locator("input[name=visitor]")).hasValue(CODE);
        assertThat(value("page_url")).isEqualTo(page.url());
        assertThat(value("fbclid")).isEqualTo("IwAR1abc");
        assertThat(value("gclid")).isEqualTo("Cj0KCQ");
        assertThat((String) value("_fbc")).matches("fb\\.1\\.\\d{13}\\.IwAR1abc");
        assertThat(value("_fbp")).isEqualTo("fb.1.1596403881668.1116446470");
        assertThat(value("_ttp")).isEqualTo("2abcDEF");
        assertThat(value("ga_client_id")).isEqualTo("1162820436.1749482504");
        assertThat(value("ga_session_id")).isEqualTo("1747132561");
        assertThat((String) value("consent")).contains("\"ad_user_data\":\"denied\"");
        assertThat(value("utm_source")).isEqualTo("meta");
        assertThat(value("form_fields[utm_campaign]")).isEqualTo("Eid 2026");

        page.evaluate(
                "document.body.insertAdjacentHTML('beforeend', '<form><input type=hidden name=kmb_visitor></form>')");
        assertThat(page.locator("input[name=kmb_visitor]")).hasValue(CODE);
        page.click("#next");
        assertThat(page.locator("input[name=utm_source]")).hasValue("meta");
        assertThat(page.locator("input[name=visitor]")).hasValue(CODE);
    }

    @Test
    void putsTheCodeIntoDraftsAndOwnLinks() {
        visit("/");
        String draft = "https://wa.me/6281234567890?text=Halo%20kak%20%5B" + CODE + "%5D";
        assertThat(page.locator("#chat")).hasAttribute("href", draft);
        assertThat(href("rotator")).isEqualTo(hub.origin() + "/wa/promo?visitor=" + CODE);
        page.evaluate("""
                document.querySelector('#chat').href = 'https://wa.me/628111?text=Lagi'
                document.addEventListener('click', event => event.preventDefault())
                document.querySelector('#chat').click()
                """);
        assertThat(href("chat")).isEqualTo("https://wa.me/628111?text=Lagi%20%5B" + CODE + "%5D");
    }

    @Test
    void lendsItsEventIdToTheTags() {
        visit("/tags.html");
        String id = hub.await("pageview").eventId();
        page.evaluate("arrive()");
        page.evaluate("history.pushState({}, '', '/a'); fbq('track', 'PageView'); ttq.track('ViewContent')");
        String next = hub.awaitLast("second view", 2, hit -> hit.type().equals("pageview"))
                .eventId();
        assertThat(page.evaluate("JSON.stringify(sent)")).isEqualTo("""
                {"fbq":[["init","1234567890"],["track","PageView",{},{"eventID":"%1$s"}],\
                ["track","PageView",{},{"eventID":"%2$s"}]],\
                "ttq":[["page"],["track","ViewContent",{"content_id":"batik"},{"event_id":"%1$s"}],\
                ["track","ViewContent",{},{"event_id":"%2$s"}]],\
                "gtag":[["event","page_view",{"page_title":"Tags","event_id":"%1$s"}]],\
                "lintrk":[["track",{"conversion_id":4711,"event_id":"%1$s"}]]}""".formatted(id, next));
    }

    @Test
    void reportsToTheTagsItselfWhereAsked() {
        site.tag("data-fire=\"fbq,ttq,gtag,lintrk:4711\"");
        visit("/tags.html?quiet");
        page.evaluate("arrive()");
        String id = hub.await("pageview").eventId();
        page.waitForFunction("sent.fbq.length && sent.ttq.length && sent.lintrk.length");
        assertThat(page.evaluate("JSON.stringify([sent.fbq, sent.ttq, sent.lintrk])"))
                .isEqualTo("""
                [[["track","PageView",{},{"eventID":"%1$s"}]],[["track","ViewContent",{},{"event_id":"%1$s"}]],\
                [["track",{"conversion_id":4711,"event_id":"%1$s"}]]]""".formatted(id));
        assertThat(page.evaluate("JSON.stringify(Array.from(dataLayer[dataLayer.length - 1]))"))
                .isEqualTo("[\"event\",\"page_view\",{\"event_id\":\"" + id + "\"}]");
    }

    @Test
    void sendsAgainWhatItCouldNotSendOffline() {
        visit("/");
        hub.await("pageview");
        context.setOffline(true);
        Object id = page.evaluate("kembali('track', 'Lead', { value: 50000, currency: 'IDR', orderId: 'INV-9' })");
        page.waitForFunction("id => (localStorage.kmb_q || '').includes(id)", id);
        assertThat(hub.hits()).hasSize(1);
        context.setOffline(false);
        Hit hit = hub.await("event");
        assertThat(hit.eventId()).isEqualTo(id);
        assertThat(hit.text("name")).isEqualTo("Lead");
        assertThat(hit.body().path("value").asInt()).isEqualTo(50_000);
        assertThat(hit.text("currency")).isEqualTo("IDR");
        assertThat(hit.text("orderId")).isEqualTo("INV-9");
        assertThat(hit.body().path("ageMs").isNumber()).isTrue();
        page.waitForFunction("localStorage.kmb_q == '[]'");
    }

    @Test
    void keepsForTheNextPageWhatTheHubCouldNotTake() {
        serverTroubleIsMeant = true;
        standIn.trouble(503);
        visit("/");
        String id = hub.await("pageview").eventId();
        page.waitForFunction("id => (localStorage.kmb_q || '').includes(id)", id);
        standIn.trouble(0);
        visit("/next.html");
        Hit again = hub.awaitLast("second try", 2, hit -> hit.eventId().equals(id));
        assertThat(again.page()).isEqualTo("/");
        assertThat(again.body().path("ageMs").isNumber()).isTrue();
    }

    @Test
    void reportsByBeaconWhatHappensWhileLeaving() {
        visit("/");
        hub.await("pageview");
        page.evaluate("addEventListener('pagehide', () => { window.name = kembali('track', 'left') })");
        visit("/next.html");
        Hit left = hub.await(
                "hit of the page that was left", hit -> hit.text("name").equals("left"));
        assertThat(left.isBeacon()).isTrue();
        assertThat(left.page()).isEqualTo("/");
        hub.await("view of the next page", hit -> hit.page().equals("/next.html"));
        assertThat(hub.hits().stream().filter(hit -> hit.eventId().equals(left.eventId())))
                .hasSize(1);
    }

    @Test
    void worksUnderAStrictPolicyAndLoadedTwice() {
        site.header(
                "Content-Security-Policy",
                "default-src 'none'; img-src data:; script-src " + hub.origin() + "; connect-src " + hub.origin());
        visit("/strict.html");
        assertThat(page.locator("input[name=kmb_visitor]")).hasValue(CODE);
        page.evaluate("kembali('track', 'fence')");
        hub.await("event");
        assertThat(hub.hits().stream().map(Hit::type)).containsExactly("pageview", "event");
    }

    @Test
    void survivesAPageWithoutStorage() {
        context.addInitScript("""
                for (const area of ['localStorage', 'sessionStorage'])
                  Object.defineProperty(window, area, { get() { throw new DOMException('no', 'SecurityError') } })
                Object.defineProperty(Document.prototype, 'cookie', { get() { throw new DOMException('no') } })
                """);
        visit("/shop.html");
        assertThat(page.locator("input[name=visitor]")).hasValue(CODE);
        hub.await("pageview");
    }

    @Test
    void knowsTheVisitorAgainOnAnotherOwnDomain() {
        site.tag("data-domains=\"shop.localhost,pay.localhost\"");
        visit("/shop.html");
        assertThat(page.locator("input[name=visitor]")).hasValue(CODE);
        String pay = site.url("pay", "/next.html?item=7#cart");
        page.evaluate("to => { document.querySelector('#pay').href = to }", pay);
        page.click("#pay");
        Hit hit = hub.await("view on the other domain", seen -> seen.text("url").startsWith(site.url("pay", "")));
        assertThat(hit.text("visitor")).isEqualTo(CODE);
        assertThat(hit.text("url")).isEqualTo(pay);
        assertThat(page).hasURL(pay);
    }

    @Test
    void tellsTheVisitorToWhoAsks() {
        visit("/");
        assertThat(page.evaluate("new Promise(told => kembali('visitor', told))"))
                .isEqualTo(CODE);
        page.evaluate("kembali('identify', { name: 'Budi', email: 'budi@example.co.id', phone: '0812' })");
        Hit hit = hub.await("identify");
        assertThat(hit.body().path("person"))
                .hasToString("{\"name\":\"Budi\",\"email\":\"budi@example.co.id\",\"phone\":\"0812\"}");
        assertThat(Map.of("visitor", hit.text("visitor"))).containsEntry("visitor", CODE);
    }
}
