package kembali.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import kembali.campaign.MacroTemplate.Place;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a link or template holds, it is read, and in time that grows with its size and not with its square. */
class HostileLinksTest {
    private static final String SEED = "20261120";
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final SourceTemplate META = Objects.requireNonNull(SourceTemplate.named("meta"));
    private static final LinkReader READER = new LinkReader(new LinkRules(META.parameters(), Map.of()));
    private static final UrlChecker CHECKER = new UrlChecker(Set.of("track.example"), META);

    private static void survives(String text) {
        LinkRepair.Repaired once = LinkRepair.repair("/promo", text);
        LinkValues values = READER.read(once);
        assertThat(values.keys().values())
                .allSatisfy(v -> assertThat(Unfilled.isOne("", v)).isFalse());
        assertThat(LinkRepair.repair(text, null).path()).doesNotContain("&");
        assertThat(CHECKER.check("https://track.example/promo?" + text)).isNotNull();
        assertThat(CHECKER.check(text)).isNotNull();
        assertThat(Alias.complaint(text) == null).isEqualTo(Alias.of(text) != null);
        for (Place place : Place.values()) {
            var template = MacroTemplate.parse(text, place, Set.of());
            assertThat(template.fill(MacroValues.of(values.slots(), AT))).isNotNull();
        }
    }

    @Property(tries = 1_000, seed = SEED)
    void anyTextIsRead(@ForAll String text) {
        survives(text);
    }

    @Property(tries = 1_500, seed = SEED)
    void anythingThatLooksLikeALinkIsRead(@ForAll("links") String text) {
        survives(text);
    }

    @Property(tries = 1_500, seed = SEED)
    void filledUrlIsOneAndNoValueChangesWhereItLeads(@ForAll("links") String tail, @ForAll String value) {
        String filled = MacroTemplate.parse(
                        "https://shop.example/p?a={sub_id_1}&b={keyword}&" + tail, Place.URL, Set.of())
                .fill(MacroValues.of(Map.of("sub_id_1", value, "keyword", tail, "status", value), AT));

        assertThat(filled).matches("[!-~]*");
        assertThat(filled.substring(0, 28)).isEqualTo("https://shop.example/p?a=" + filled.substring(25, 28));
        URI uri = URI.create(filled.replaceAll("%(?![0-9A-Fa-f]{2})", "%25")
                .replaceAll("#", "")
                .replaceAll("[\\[\\]]", ""));
        assertThat(uri.getHost()).isEqualTo("shop.example");
        assertThat(uri.getRawPath()).isEqualTo("/p");
    }

    @Property(tries = 1_000, seed = SEED)
    void valueComesBackFromAFilledUrl(@ForAll String value) {
        String clean = value.codePoints()
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String filled = MacroTemplate.parse("https://shop.example/?a={sub_id_1}", Place.URL, Set.of())
                .fill(MacroValues.of(Map.of("sub_id_1", clean), AT));

        assertThat(URLDecoder.decode(filled.substring(24), StandardCharsets.UTF_8))
                .isEqualTo(clean);
    }

    @Property(tries = 1_000, seed = SEED)
    void noDateIsAnException(@ForAll String format) {
        assertThat(PhpDate.parse(format).date().format(AT)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&",
                "?",
                "=",
                "%",
                "%2",
                "%25",
                "%2525",
                "a=b&",
                "{",
                "}",
                "{{",
                "}}",
                "{a",
                "%7B",
                "%7Bsubid",
                "a=1¤cy=",
                "amp;",
                "&amp;",
                "{subid}",
                "{status:a=b ",
                "{date:",
                ",",
                "#",
                "__",
                "[",
                "é",
                "\uD83D",
                "¤",
                "%3D",
                "{\"",
                "\\",
                "\\\"",
                "fbclid=&"
            })
    void sixtyFourKilobytesOfAnythingTakeNoTime(String piece) {
        String text = piece.repeat(64 * 1024 / piece.length());
        // Squared, it would take minutes.
        assertTimeout(Duration.ofSeconds(20), () -> {
            survives(text);
            survives(text.substring(0, MacroTemplate.MAX_LENGTH));
            Unfilled.isOne("key", text);
            ClickIdShape.isPlausible("fbclid", text);
            PhpDate.parse(text).date().format(AT);
        });
    }

    @Provide
    Arbitrary<String> links() {
        Arbitrary<String> piece = Arbitraries.of(
                "a",
                "fbclid",
                "utm_source",
                "sub_id_1",
                "=",
                "&",
                "?",
                "&amp;",
                "%3D",
                "%26",
                "%3F",
                "%25",
                "%2525",
                "%7B",
                "%7D",
                "{",
                "}",
                "{{",
                "}}",
                "{subid}",
                "{_subid}",
                "{status:a=b c=d}",
                "{date:Y-m-d,UTC}",
                "{keyword:utf-16}",
                "{offer:1}",
                "{{ad.id}}",
                "{from_file:x}",
                "¤cy=",
                "×tamp=",
                "#",
                "/",
                ":",
                "\"",
                "\\",
                " ",
                "\r\n",
                "é",
                "😀",
                "\ud800",
                "IwAR0abcdefgh",
                "__CID__",
                "1");
        return piece.list().ofMaxSize(14).map(pieces -> String.join("", pieces));
    }
}
