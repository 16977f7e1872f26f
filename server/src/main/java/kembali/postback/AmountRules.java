package kembali.postback;

import org.jspecify.annotations.Nullable;

/**
 * How a source writes money.
 *
 * @param decimalMark which separator {@code 1,234} or {@code 1.234} has when it could be either
 * @param sumPairs whether two amounts joined by a comma are to be added; otherwise the first one counts
 * @param defaultCurrency ISO 4217, when a postback names none; null leaves it open
 */
public record AmountRules(
        DecimalMark decimalMark, boolean sumPairs, @Nullable String defaultCurrency) {
    public static final AmountRules DEFAULT = new AmountRules(DecimalMark.POINT, false, null);

    /** The separator between whole units and their parts. */
    public enum DecimalMark {
        POINT('.'),
        COMMA(',');

        private final char sign;

        DecimalMark(char sign) {
            this.sign = sign;
        }

        char sign() {
            return sign;
        }
    }
}
