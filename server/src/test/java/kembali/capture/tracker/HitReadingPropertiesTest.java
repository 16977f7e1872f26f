package kembali.capture.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.capture.BrowserCookies;
import kembali.capture.LandingReader;
import kembali.identity.ClickIds;
import kembali.support.Json;
import kembali.visitor.QueryString;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a page, or somebody who pretends to be one, sends: reading it throws nothing. */
class HitReadingPropertiesTest {
    static final List<String> MEMBERS = List.of(
            "key",
            "type",
            "eventId",
            "name",
            "value",
            "currency",
            "orderId",
            "url",
            "referrer",
            "timezone",
            "language",
            "cookies",
            "consent",
            "tcString",
            "gdpr",
            "gpc",
            "visitor",
            "person",
            "ageMs",
            "_ga",
            "_fbc",
            "_fbp",
            "_gcl_aw",
            "_gcl_ag",
            "_ga_ABC",
            "li_fat_id",
            "ad_storage",
            "ad_user_data",
            "email",
            "phone");

    @Property(tries = 3_000, seed = "20261120")
    void anyBytesAreAHitOrAFault(@ForAll byte[] body) {
        assertThat(HitReader.read(body)).isNotNull();
    }

    @Property(tries = 3_000, seed = "20261120")
    void anyJsonIsAHitOrAFaultAndAHitCanBeStored(@ForAll("documents") String body) {
        if (HitReader.read(body.getBytes(StandardCharsets.UTF_8)) instanceof HitReader.Read.Hit hit) {
            storable(hit.body());
        }
    }

    @Property(tries = 3_000, seed = "20261120")
    void anyMemberOfAHitMayBeAnything(@ForAll("documents") String value, @ForAll("member") String member) {
        String body = "{\"key\":\"WS-1\",\"type\":\"pageview\",\"eventId\":\"e1\",\"" + member + "\":" + value + "}";
        if (HitReader.read(body.getBytes(StandardCharsets.UTF_8)) instanceof HitReader.Read.Hit hit) {
            storable(hit.body());
        }
    }

    @Property(tries = 3_000, seed = "20261120")
    void anyTextIsAConsentStringOrNone(@ForAll("base64") String text) {
        TcStrings.read(text);
    }

    @Property(tries = 3_000, seed = "20261120")
    void aConsentStringWithDamageIsAnAnswerOrNone(@ForAll("base64") String damage, @ForAll char at) {
        String whole = TcStringsTest.tcString(Set.of("1", "7"));
        int from = at % whole.length();
        TcStrings.read(whole.substring(0, from) + damage + whole.substring(Math.min(whole.length(), from + 3)));
    }

    @Property(tries = 3_000, seed = "20261120")
    void anyCookiesAreReadAndCanBeStored(@ForAll("cookies") Map<String, String> cookies) {
        BrowserCookies read = BrowserCookies.read(cookies, null, 1_790_000_000_000L);
        Json.writeBytes(read.completing(ClickIds.NONE));
        Json.writeBytes(read.ids());
    }

    /** All that becomes of a hit before the database: what cannot be written as JSON would fail there. */
    static void storable(HitBody body) {
        Instant now = Instant.ofEpochMilli(1_790_000_000_000L);
        Json.writeBytes(body);
        BrowserCookies cookies = BrowserCookies.read(body.cookies(), null, now.toEpochMilli());
        Json.writeBytes(cookies.ids());
        var landing = new LandingReader(List.of("shop.example"))
                .read(QueryString.ofUrl(body.url()), body.url(), body.referrer(), now);
        Json.writeBytes(landing.touch());
        Json.writeBytes(cookies.completing(landing.clickIds()));
        if (body.tcString() != null) {
            TcStrings.read(body.tcString());
        }
    }

    @Provide
    Arbitrary<String> member() {
        return Arbitraries.of(MEMBERS);
    }

    /** JSON of any shape, with members that mean something to us and texts that mean nothing to anybody. */
    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.of("null", "true", "1", "0", "-1e9999", "1e-9999", "0.000000001", "1e1000000000"),
                () -> Arbitraries.strings().ofMaxLength(40).map(HitReadingPropertiesTest::quoted),
                () -> Arbitraries.strings()
                        .ofMaxLength(60)
                        .map(s -> quoted("https://shop.example/?gclid=" + s + "&utm_source=" + s)),
                () -> Arbitraries.of("\"granted\"", "\"denied\"", "\"GA1.1.1.2\"", "\"GCL.1790000000.abcdefghij\""),
                () -> documents().list().ofMaxSize(3).map(l -> "[" + String.join(",", l) + "]"),
                () -> Combinators.combine(member(), documents(), member(), documents())
                        .as((n1, v1, n2, v2) -> "{" + quoted(n1) + ":" + v1 + "," + quoted(n2) + ":" + v2 + "}"));
    }

    @Provide
    Arbitrary<String> base64() {
        return Arbitraries.strings()
                .withChars("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ")
                .ofMaxLength(200);
    }

    @Provide
    Arbitrary<Map<String, String>> cookies() {
        Arbitrary<String> value = Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMaxLength(60),
                Arbitraries.strings().withChars("GS2.1so$tgjlhfb0123456789%k_i").ofMaxLength(60));
        return Arbitraries.maps(member(), value).ofMaxSize(8).map(HashMap::new);
    }

    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
