package kembali.inbound.form;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Rp 1.500.000    | 1500000  | IDR
            Rp. 1.500.000,- | 1500000  | IDR
            rp1500000       | 1500000  | IDR
            IDR 2.500.000,50| 2500000.5| IDR
            1.500           | 1500     |
            1,500           | 1500     |
            1.500.000,25    | 1500000.25|
            1,500,000.25    | 1500000.25|
            2.61            | 2.61     |
            2,61            | 2.61     |
            0.500           | 0.5      |
            1500.000        | 1500     |
            1 500 000       | 1500000  |
            1,5 juta        | 1500000  |
            Rp 2jt          | 2000000  | IDR
            500rb           | 500000   |
            750 ribu        | 750000   |
            1,2 miliar      | 1200000000 |
            $99.90          | 99.9     |
            US$ 1,200       | 1200     | USD
            99.90 EUR       | 99.9     | EUR
            RM 50           | 50       | MYR
            0               | 0        |
            """)
    void readsMoneyAsPeopleWriteIt(String written, String amount, @Nullable String currency) {
        assertThat(Amount.read(written)).satisfies(read -> {
            assertThat(read).isNotNull();
            assertThat(read.text()).isEqualTo(amount);
            assertThat(read.currency()).isEqualTo(currency);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5-10 juta",
                "-5",
                "",
                "Rp",
                "murah",
                "1.50.000",
                "1,2,3",
                "1.500,000,5",
                "12345678.900.1",
                "1..5",
                "5.",
                "abc 500",
                "1e9",
                "99999999999999999999999999999999999999999"
            })
    void takesNothingElseForMoney(String written) {
        assertThat(Amount.read(written)).isNull();
    }

    @Test
    void readsNumbersOfJsonWithTheirDecimalPoint() {
        assertThat(Amount.ofNumber("1.125"))
                .extracting(a -> a == null ? null : a.text())
                .isEqualTo("1.125");
        assertThat(Amount.ofNumber("1500000"))
                .extracting(a -> a == null ? null : a.text())
                .isEqualTo("1500000");
        assertThat(Amount.ofNumber("-1")).isNull();
        assertThat(Amount.ofNumber("1E+999999")).isNull();
    }
}
