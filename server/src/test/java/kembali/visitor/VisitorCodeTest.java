package kembali.visitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorCodeTest {
    @Test
    void isThreeLettersAndFourDigits() {
        var code = new VisitorCode("ABC2345");

        assertThat(code).hasToString("ABC2345");
        assertThat(code.bracketed()).isEqualTo("[ABC2345]");
        assertThat(code.visitorName()).isEqualTo("Visitor [ABC2345]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ABC234", "ABC23456", "AB12345", "abc2345", "ABCD345", "ABC234\u0665", "ÄBC2345", "ABC 345"})
    void refusesAnyOtherForm(String text) {
        assertThatThrownBy(() -> new VisitorCode(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as ABC2345");
        assertThat(VisitorCode.parse("x" + text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABC2345", "abc2345", " ABC2345 ", "[ABC2345]", " [ abc2345 ] "})
    void isReadHoweverItIsWritten(String written) {
        assertThat(VisitorCode.parse(written)).isEqualTo(new VisitorCode("ABC2345"));
    }

    @Test
    void hasNoEasilyMisreadLetters() {
        assertThat(VisitorCode.LETTERS).doesNotContain("I", "L", "O", "Q", "U").hasSize(21);
    }
}
