package kembali.capture.rotator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import kembali.capture.CodeFinder;
import kembali.visitor.VisitorCode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

/** Whatever the advertiser writes and the address brings, the draft is one a person can send and we can read. */
class DraftMessagePropertiesTest {
    private static final VisitorCode CODE = new VisitorCode("ABC2345");

    @Provide
    Arbitrary<String> templates() {
        Arbitrary<String> words = Arbitraries.oneOf(
                Arbitraries.of(
                        "{name}",
                        "{code}",
                        "{campaign}",
                        "{agent}",
                        "{utm_source}",
                        "{",
                        "}",
                        "{{",
                        " ",
                        ", ",
                        " - ",
                        "(",
                        ")",
                        "\n",
                        "!",
                        "*",
                        "/",
                        "\"",
                        "🙏"),
                Arbitraries.strings()
                        .withCharRange('a', 'z')
                        .withChars(" é漢".toCharArray())
                        .ofMaxLength(30));
        return words.list().ofMaxSize(25).map(l -> String.join("", l));
    }

    /** What a link's query can bring: any characters, halves of pairs and control characters too. */
    @Provide
    Arbitrary<String> values() {
        return Combinators.combine(Arbitraries.strings().ofMaxLength(150), Arbitraries.of("", "[MAY2026]", "\r\nX: y"))
                .as((a, b) -> a + b);
    }

    @Property(tries = 2_000)
    void theDraftHoldsOurCodeAndNoOther(@ForAll("templates") String template, @ForAll("values") String value) {
        String draft = new DraftMessage(template).expand(CODE, p -> value);

        assertThat(draft.length()).isLessThanOrEqualTo(DraftMessage.MAX_LENGTH);
        assertThat(CodeFinder.find(draft).bracketed()).contains(CODE);
        assertThat(draft).doesNotContain("\0").doesNotContain("\r");
    }

    @Property(tries = 2_000)
    void emptyPlaceholdersLeaveNoDoubleBlankThatWasNotThere(@ForAll("templates") String template) {
        String draft = new DraftMessage(template).expand(CODE, p -> null);

        assertThat(draft).doesNotContain("\0");
        if (!template.contains("  ")) {
            assertThat(draft).doesNotContain("  ");
        }
    }

    @Property(tries = 1_000)
    void theLinkLeadsToWhatsAppWithExactlyThisDraft(
            @ForAll("templates") String template, @ForAll("values") @StringLength(max = 200) String value) {
        String draft = new DraftMessage(template).expand(CODE, p -> p.equals("name") ? value : null);
        String link = WaLink.to(WaLink.Host.WA_ME, "+628111000111", draft);

        URI uri = URI.create(link);
        assertThat(uri.getHost()).isEqualTo("wa.me");
        assertThat(uri.getPath()).isEqualTo("/628111000111");
        assertThat(link).matches("[\\x21-\\x7e]+");
        // A half of a surrogate pair cannot be encoded; everything else arrives as it was.
        String arrived = URLDecoder.decode(uri.getRawQuery().substring("text=".length()), StandardCharsets.UTF_8);
        assertThat(arrived).isEqualTo(new String(draft.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
}
