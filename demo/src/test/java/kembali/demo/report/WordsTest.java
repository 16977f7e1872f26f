package kembali.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void separatesThousands() {
        assertThat(Words.number(1_238_205)).isEqualTo("1,238,205");
        assertThat(Words.money(new BigDecimal("1.5E+6"))).isEqualTo("1,500,000");
        assertThat(Words.money(BigDecimal.ZERO)).isEqualTo("–");
    }

    @Test
    void saysSecondsWithAPointWhateverTheMachinesLanguage() {
        assertThat(Words.seconds(Duration.ofMillis(2_449))).isEqualTo("2.4 s");
    }

    @Test
    void breaksLinesBetweenWords() {
        assertThat(Words.wrapped("one two three four", 9)).containsExactly("one two", "three", "four");
        assertThat(Words.wrapped("unbreakable", 4)).containsExactly("unbreakable");
    }
}
