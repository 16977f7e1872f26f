package kembali.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kembali.capture.CodeFinder.Found;
import kembali.visitor.VisitorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeFinderTest {
    private static final VisitorCode ABC2345 = new VisitorCode("ABC2345");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[ABC2345]",
                "*[abc2345]*",
                "【ABC2345】",
                "［ＡＢＣ２３４５］",
                "[ ABC 2345 ]",
                "(ABC-2345)",
                "{ABC2345}",
                "<ABC2345>",
                "[\nABC2345\n]",
                "Halo, saya tertarik [ABC2345]",
                "_[Abc2345]_ apakah masih ada?",
                "[\u200BABC\u200D2345\u2060]",
                "\u202A[ABC\u00AD2345]\u202C",
                "[ABC2345\uFEFF]",
                "\u2068[ABC2345]\u2069"
            })
    void findsACodeInBracketsHoweverItIsDecorated(String message) {
        assertThat(CodeFinder.find(message)).isEqualTo(new Found(List.of(ABC2345), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABC2345", "halo abc2345 min", "kode:ABC-2345.", "ABC2345]", "*ABC2345*", "_abc2345_"})
    void listsACodeWithoutBracketsApart(String message) {
        assertThat(CodeFinder.find(message)).isEqualTo(new Found(List.of(), List.of(ABC2345)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INV2024", "bayar IDR5000 ya"})
    void alsoListsWhatOnlyLooksLikeACode(String message) {
        assertThat(CodeFinder.find(message).bare()).hasSize(1);
        assertThat(CodeFinder.find(message).bracketed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[ABC23456]",
                "ABC23456",
                "XABC2345",
                "[ABCD2345]",
                "[AB2345]",
                "ABC 2345",
                "ABC--2345",
                "halo kak, ready?",
                "",
                "ABC٢٣٤٥",
                "1ABC2345"
            })
    void findsNoCodeInOtherWords(String message) {
        assertThat(CodeFinder.find(message).isEmpty()).isTrue();
    }

    @Test
    void findsNothingInAMessageWithoutText() {
        assertThat(CodeFinder.find(null)).isEqualTo(Found.NOTHING);
    }

    @Test
    void listsSeveralCodesOnceEachInTheirOrder() {
        var found =
                CodeFinder.find("[XYZ0001] diteruskan: [ABC2345] [abc2345], bukan DEF0002 atau XYZ0001 atau DEF-0002");

        assertThat(found.bracketed()).containsExactly(new VisitorCode("XYZ0001"), ABC2345);
        assertThat(found.bare()).containsExactly(new VisitorCode("DEF0002"));
    }

    @Test
    void readsOnlyABoundedPartOfAMessage() {
        assertThat(CodeFinder.find("x ".repeat(5_000) + "[ABC2345]").isEmpty()).isTrue();
        assertThat(CodeFinder.find("[".repeat(4_000) + " ".repeat(4_000)).isEmpty())
                .isTrue();
    }
}
