package kembali.postback;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import kembali.postback.AmountRules.DecimalMark;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
    private static final AmountRules COMMA = new AmountRules(DecimalMark.COMMA, false, null);
    private static final AmountRules SUM = new AmountRules(DecimalMark.POINT, true, null);

    private static @Nullable BigDecimal amount(String text, @Nullable String currency, AmountRules rules) {
        Payout payout = Amounts.read("payout", text, currency, rules).payout();
        return payout == null ? null : payout.amount();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2.61            | 2.61
                    2,61            | 2.61
                    0               | 0
                    0.00            | 0
                    007             | 7
                    1.234,56        | 1234.56
                    1,234.56        | 1234.56
                    1 234,56        | 1234.56
                    1 234 567.89    | 1234567.89
                    1'234.50        | 1234.50
                    1,234,567       | 1234567
                    1.234.567       | 1234567
                    1,23,456.78     | 123456.78
                    12,34,567       | 1234567
                    1234,5          | 1234.5
                    1234,567        | 1234.567
                    0,500           | 0.5
                    .5              | 0.5
                    5.              | 5
                    +5              | 5
                    USD 2.61        | 2.61
                    2.61 USD        | 2.61
                    usd2.61         | 2.61
                    2,61€           | 2.61
                    € 2,61          | 2.61
                    Rp150.000       | 150000
                    Rp. 150.000     | 150000
                    Rp.150.000,50   | 150000.50
                    150.000 IDR     | 150000
                    1 234,567 RUR   | 1234.567
                    -5              | -5
                    - 5.50          | -5.50
                    −5              | -5
                    -USD 5          | -5
                    USD -5          | -5
                    123456789012345 | 123456789012345
                    12.5,3          | 12.5
                    12.5,3.00       | 12.5
                    12.5;3.00       | 12.5
                    1.500,3         | 1500.3
                    """, quoteCharacter = '"')
    void readsWhatPeopleAndNetworksWrite(String written, BigDecimal expected) {
        assertThat(amount(written, null, AmountRules.DEFAULT)).isEqualByComparingTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "NaN",
                "Infinity",
                "1e5",
                "1E+3",
                "0x10",
                "1.2.3",
                "1,2,3",
                "12 34",
                "1..2",
                "..",
                ",",
                ".",
                "--5",
                "5-",
                "5 USD 6",
                "USD",
                "USD 5 EUR",
                "1234567890123456",
                "٣",
                "1 234.567,89",
                "{revenue}x",
                "1,,2",
                "5 XYZ",
                "1.234.56",
                "12,3456,789"
            })
    void whatIsNoAmountIsAbsentAndNoted(String written) {
        var read = Amounts.read("payout", written, null, AmountRules.DEFAULT);
        assertThat(read.payout()).isNull();
        assertThat(read.notes()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1e5,amount_exponent",
        "1234567890123456,amount_too_large",
        "{payout},unfilled_macro",
        "abc,amount_unreadable",
        "'##CPA##,##RS##',unfilled_macro"
    })
    void saysWhyThereIsNone(String written, String code) {
        assertThat(Amounts.read("payout", written, null, AmountRules.DEFAULT).notes())
                .extracting(Note::code)
                .containsExactly(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "null", "NULL"})
    void absentIsNotZero(String written) {
        assertThat(Amounts.read("payout", written, null, AmountRules.DEFAULT).payout())
                .isNull();
    }

    @Test
    void zeroIsAnAmount() {
        Payout zero = Amounts.read("payout", "0.00", "USD", AmountRules.DEFAULT).payout();

        assertThat(Postbacks.there(zero).isZero()).isTrue();
    }

    @Test
    void decidesALoneSeparatorBeforeThreeDigitsByTheSourcesMark() {
        assertThat(amount("1,234", null, AmountRules.DEFAULT)).isEqualByComparingTo("1234");
        assertThat(amount("1.234", null, AmountRules.DEFAULT)).isEqualByComparingTo("1.234");
        assertThat(amount("1,234", null, COMMA)).isEqualByComparingTo("1.234");
        assertThat(amount("1.234", null, COMMA)).isEqualByComparingTo("1234");
        assertThat(Amounts.read("payout", "1,234", null, AmountRules.DEFAULT).notes())
                .extracting(Note::code)
                .containsExactly("ambiguous_separator");
    }

    @ParameterizedTest
    @CsvSource({
        "150.000,IDR,150000",
        "'150,000',IDR,150000",
        "150000.00,IDR,150000",
        "1.500,JPY,1500",
        "1500.50,IDR,1500.50",
        "1.500,KWD,1.5",
        "2500.000,IDR,2500"
    })
    void currenciesWithoutPartsHaveThousands(String written, String currency, BigDecimal expected) {
        assertThat(amount(written, currency, AmountRules.DEFAULT)).isEqualByComparingTo(expected);
        assertThat(Amounts.read("payout", written, currency, AmountRules.DEFAULT)
                        .notes())
                .extracting(Note::code)
                .doesNotContain("currency_unreadable");
    }

    @Test
    void addsAPairOnlyWhenToldTo() {
        assertThat(amount("12.5,3.00", null, SUM)).isEqualByComparingTo("15.50");
        assertThat(amount("12.5,{rs}", null, SUM)).isEqualByComparingTo("12.5");
        assertThat(amount("##CPA##,3.00", null, SUM)).isEqualByComparingTo("3");
        assertThat(amount("12.5,", null, SUM)).isEqualByComparingTo("12.5");
        assertThat(amount("12.5|3.00", null, SUM)).isEqualByComparingTo("15.5");
        assertThat(Amounts.read("payout", "12.5,3.00", null, AmountRules.DEFAULT)
                        .notes())
                .extracting(Note::code)
                .containsExactly("amount_pair");
    }

    @Test
    void currencyBesideTheAmountGoesBeforeTheOneInItAndBeforeTheDefault() {
        var dollars = new AmountRules(DecimalMark.POINT, false, "AUD");

        assertThat(Amounts.read("p", "5 EUR", "usd", dollars).payout())
                .isEqualTo(new Payout(new BigDecimal("5"), "USD", "5 EUR"));
        assertThat(Amounts.read("p", "5 EUR", "usd", dollars).notes())
                .extracting(Note::code)
                .containsExactly("currency_differs");
        assertThat(Amounts.read("p", "5 EUR", null, dollars).payout())
                .isEqualTo(new Payout(new BigDecimal("5"), "EUR", "5 EUR"));
        assertThat(Amounts.read("p", "$5", null, dollars).payout())
                .isEqualTo(new Payout(new BigDecimal("5"), "AUD", "$5"));
        assertThat(Amounts.read("p", "5", null, dollars).payout())
                .isEqualTo(new Payout(new BigDecimal("5"), "AUD", "5"));
    }

    @Test
    void currencyThatCannotBeReadIsNotReplacedByTheDefault() {
        var euros = new AmountRules(DecimalMark.POINT, false, "EUR");

        assertThat(Amounts.read("p", "5", "credits", euros).payout())
                .isEqualTo(new Payout(new BigDecimal("5"), null, "5"));
        assertThat(Amounts.read("p", "$5", null, euros).payout())
                .isEqualTo(new Payout(new BigDecimal("5"), null, "$5"));
    }

    @ParameterizedTest
    @CsvSource({"usd,USD", "RUR,RUB", "₽,RUB", "€,EUR", "£,GBP", "Rp,IDR", " eur ,EUR", "XXX,", "840,", "$,", "BTC,"})
    void readsCurrenciesAsNetworksWriteThem(String written, @Nullable String expected) {
        assertThat(Currencies.read(written, null)).isEqualTo(expected);
    }
}
