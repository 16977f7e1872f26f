package kembali.capture.rotator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import kembali.visitor.VisitorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of a message when nothing is known for its placeholders. */
class GapsTest {
    private static final VisitorCode CODE = new VisitorCode("ABC2345");

    private static String bare(String template) {
        return new DraftMessage(template).expand(CODE, p -> null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Halo {name}, saya mau {code}                    | Halo, saya mau [ABC2345]
                    Halo, {name}! {code}                            | Halo! [ABC2345]
                    {name}, saya mau {code}                         | saya mau [ABC2345]
                    {name}! Saya mau {code}                         | Saya mau [ABC2345]
                    Seragam kantor ({campaign}). {code}             | Seragam kantor. [ABC2345]
                    Promo "{campaign}" dong {code}                  | Promo dong [ABC2345]
                    Halo *{agent}* {code}                           | Halo [ABC2345]
                    Dari {utm_source}/{utm_medium}, ya {code}       | Dari, ya [ABC2345]
                    {campaign} - {utm_source} - {code}              | [ABC2345]
                    A, {name}, B {code}                             | A, B [ABC2345]
                    A - {name} - B {code}                           | A - B [ABC2345]
                    (Kak {name}) {code}                             | (Kak) [ABC2345]
                    Hai {name}🙏 {code}                             | Hai 🙏 [ABC2345]
                    Sumber: {utm_source}. {code}                    | Sumber. [ABC2345]
                    Halo! {name}, apa kabar {code}                  | Halo! apa kabar [ABC2345]
                    {code} {campaign}                               | [ABC2345]
                    {campaign} {code}                               | [ABC2345]
                    {name}{campaign}{agent}                         | [ABC2345]
                    tetap  dua spasi , begini {name} {code}         | tetap  dua spasi , begini [ABC2345]
                    """)
    void closesTheGap(String template, String draft) {
        assertThat(bare(template)).isEqualTo(draft);
    }

    @Test
    void aLineOfItsOwnGoesWithItsPlaceholder() {
        assertThat(bare("Halo\n{campaign}\nSaya mau {code}")).isEqualTo("Halo\nSaya mau [ABC2345]");
        assertThat(bare("{name}\nHalo {code}")).isEqualTo("Halo [ABC2345]");
        assertThat(bare("Halo\nSumber: {utm_source}\n{code}")).isEqualTo("Halo\nSumber\n[ABC2345]");
        assertThat(bare("Halo {code}\n{campaign}")).isEqualTo("Halo [ABC2345]");
    }

    @Test
    void whatIsKnownLeavesThePunctuationAlone() {
        String draft = new DraftMessage("Halo {name}, dari {utm_source}/{utm_medium} ({campaign}). {code}")
                .expand(CODE, p -> p.equals("campaign") ? null : p.toUpperCase(java.util.Locale.ROOT));
        assertThat(draft).isEqualTo("Halo NAME, dari UTM_SOURCE/UTM_MEDIUM. [ABC2345]");
    }

    @Test
    void theKeysOfTheFormArePlaceholdersToo() {
        var draft = new DraftMessage("Ukuran {ukuran}, {warna} {code}", Set.of("ukuran"));
        assertThat(draft.expand(CODE, p -> p.equals("ukuran") ? "XL" : null)).isEqualTo("Ukuran XL, {warna} [ABC2345]");
        assertThat(draft.unknownPlaceholders()).containsExactly("warna");
    }
}
