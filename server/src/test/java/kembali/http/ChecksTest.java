package kembali.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import kembali.support.FieldError;
import kembali.support.Refusal;
import org.junit.jupiter.api.Test;

class ChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");

    private final Checks checks = new Checks();

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        checks.required("name", null, 10);
        checks.currency("currency", "RUPIAH");
        checks.amount("actualValue", new BigDecimal("-1"));
        assertThatThrownBy(checks::done).isInstanceOfSatisfying(Refusal.class, r -> {
            assertThat(r.kind()).isEqualTo(Refusal.Kind.INVALID);
            assertThat(r.errors()).extracting(FieldError::field).containsExactly("name", "currency", "actualValue");
        });
    }

    @Test
    void refusesNothingWhenNothingIsWrong() {
        assertThat(checks.text("a", "  Budi  ", 4)).isEqualTo("Budi");
        assertThat(checks.text("b", " \t", 4)).as("blank is absent").isNull();
        assertThat(checks.text("c", null, 4)).isNull();
        assertThat(checks.required("d", "x", 4)).isEqualTo("x");
        assertThat(checks.currency("e", " idr ")).isEqualTo("IDR");
        assertThat(checks.currency("f", "")).isNull();
        assertThat(checks.country("g", "id")).isEqualTo("ID");
        assertThat(checks.word("h", null, List.of("low", "high"), "low")).isEqualTo("low");
        assertThat(checks.word("i", "high", List.of("low", "high"), "low")).isEqualTo("high");
        checks.done();
    }

    @Test
    void countsTheCharactersOfATextAndSaysHowMany() {
        assertThat(checks.text("name", "Budiman", 6)).isNull();
        assertError("name", "at most 6 characters, and has 7");
    }

    @Test
    void namesTheInvisibleCharacterInAText() {
        for (String hidden : List.of("\u0000", "\u001b", "\u0085", "\u202e", "\u2066", "\u200f", "\ufeff")) {
            var own = new Checks();
            assertThat(own.text("name", "Bu" + hidden + "di", 20)).isNull();
            assertThatThrownBy(own::done).hasMessageContaining("U+%04X".formatted((int) hidden.charAt(0)));
        }
        assertThat(checks.text("notes", "two\nlines\tand José 日本 👍🏽", 50)).isNotNull();
        checks.done();
    }

    @Test
    void tellsTheAllowedWordsAndQuotesOnlyABitOfAWrongOne() {
        assertThat(checks.word("priority", "x".repeat(500), List.of("low", "high"), "low"))
                .isEqualTo("low");
        assertError("priority", "low, high");
        assertThatThrownBy(checks::done).message().hasSizeLessThan(150);
    }

    @Test
    void knowsCurrenciesAndCountriesOfTheStandardsOnly() {
        checks.currency("currency", "XYZ");
        checks.country("country", "UK");
        assertThatThrownBy(checks::done)
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.errors()).hasSize(2));
    }

    @Test
    void takesAmountsFromZeroToAQuadrillionWithSixDecimals() {
        assertThat(checks.amount("v", new BigDecimal("0"))).isEqualByComparingTo("0");
        assertThat(checks.amount("v", new BigDecimal("1E+3")))
                .as("written plainly")
                .hasToString("1000");
        assertThat(checks.amount("v", new BigDecimal("2500000.123456"))).hasToString("2500000.123456");
        assertThat(checks.amount("v", new BigDecimal("1.0000000")))
                .as("zeros are no decimals")
                .isNotNull();
        assertThat(checks.amount("v", new BigDecimal("1000000000000000"))).isNotNull();
        checks.done();
        checks.amount("a", new BigDecimal("0.0000001"));
        checks.amount("b", new BigDecimal("1000000000000000.01"));
        checks.amount("c", new BigDecimal("-0.01"));
        checks.amount("d", new BigDecimal("1E+999999"));
        assertThatThrownBy(checks::done)
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.errors()).hasSize(4));
    }

    @Test
    void takesInstantsSince2000ThatAreNotMoreThanADayAhead() {
        assertThat(checks.instant("at", NOW.plusSeconds(86_400), NOW)).isNotNull();
        assertThat(checks.instant("at", Instant.parse("2000-01-01T00:00:00Z"), NOW))
                .isNotNull();
        assertThat(checks.instant("at", null, NOW)).isNull();
        checks.done();
        checks.instant("late", NOW.plusSeconds(86_401), NOW);
        checks.instant("early", Instant.ofEpochSecond(1_712_345), NOW);
        assertThatThrownBy(checks::done)
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.errors()).hasSize(2));
    }

    private void assertError(String field, String words) {
        assertThatThrownBy(checks::done).hasMessageContaining(field).hasMessageContaining(words);
    }
}
