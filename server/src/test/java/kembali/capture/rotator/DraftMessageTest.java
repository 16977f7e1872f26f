package kembali.capture.rotator;

import static org.assertj.core.api.Assertions.assertThat;

import kembali.visitor.VisitorCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftMessageTest {
    private static final VisitorCode CODE = new VisitorCode("ABC2345");

    private static String expand(String template, @Nullable String name, @Nullable String campaign) {
        return new DraftMessage(template).expand(CODE, p -> switch (p) {
            case "name" -> name;
            case "campaign" -> campaign;
            default -> null;
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Halo {code}, saya tertarik               | Halo [ABC2345], saya tertarik
                    Halo, saya tertarik                      | Halo, saya tertarik [ABC2345]
                    {code}                                   | [ABC2345]
                    ''                                       | [ABC2345]
                    Halo {name}, promo {campaign}? {code}    | Halo Sari, promo Eid? [ABC2345]
                    Hai {nama} {code}                        | Hai {nama} [ABC2345]
                    a { b } c {code} }{ {                    | a { b } c [ABC2345] }{ {
                    {{name} {code}                           | {Sari [ABC2345]
                    {CODE} x                                 | {CODE} x [ABC2345]
                    {code} dan {code}                        | [ABC2345] dan [ABC2345]
                    """)
    void expandsKnownPlaceholdersAndAppendsAMissingCode(String template, String draft) {
        assertThat(expand(template, "Sari", "Eid")).isEqualTo(draft);
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        assertThat(expand("Halo {name}, promo {campaign} dong {code}", null, " "))
                .isEqualTo("Halo, promo dong [ABC2345]");
    }

    @Test
    void doesNotExpandWhatAPlaceholderBrought() {
        assertThat(expand("{code} {campaign}", null, "{code}{name}")).isEqualTo("[ABC2345] {code}{name}");
    }

    @Test
    void keepsACampaignThatReadsLikeACodeOutOfTheDraft() {
        assertThat(expand("Promo {campaign} {code}", null, "[MAY2026] Sale")).isEqualTo("Promo [ABC2345]");
        assertThat(expand("Promo {campaign} {code}", null, "MAY2026 Sale")).isEqualTo("Promo MAY2026 Sale [ABC2345]");
    }

    @Test
    void putsAValueOnOneLineAndCutsItShort() {
        assertThat(expand("{code} {campaign}", null, "a\n\u0000\tb" + "x".repeat(200)))
                .isEqualTo("[ABC2345] a b" + "x".repeat(97));
    }

    @Test
    void cutsALongDraftButNeverTheCode() {
        assertThat(expand("{code} " + "x".repeat(400), null, null)).hasSize(300).startsWith("[ABC2345] x");
        assertThat(expand("y".repeat(400), null, null))
                .isEqualTo("y".repeat(290) + " [ABC2345]")
                .hasSize(300);
        assertThat(expand("y".repeat(295) + "{code}" + "z".repeat(50), null, null))
                .isEqualTo("y".repeat(290) + " [ABC2345]");
        assertThat(expand("y".repeat(291) + "{code}z", null, null)).isEqualTo("y".repeat(291) + "[ABC2345]");
        assertThat(expand("{code}" + "y".repeat(287) + "{code}", null, null)).isEqualTo("[ABC2345]" + "y".repeat(287));
    }

    @Test
    void cutsNoEmojiInHalf() {
        assertThat(expand("{code}" + "😀".repeat(200), null, null)).isEqualTo("[ABC2345]" + "😀".repeat(145));
        assertThat(expand("x" + "😀".repeat(200), null, null)).isEqualTo("x" + "😀".repeat(144) + " [ABC2345]");
    }
}
