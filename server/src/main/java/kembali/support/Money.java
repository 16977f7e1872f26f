package kembali.support;

import java.math.BigDecimal;

/**
 * An amount in major units and its currency: 25,000,000 rupiah is {@code (25000000, "IDR")}.
 *
 * @param amount zero or more, exact
 * @param currency ISO 4217, three upper-case letters
 */
public record Money(BigDecimal amount, String currency) {
    /** The amount in plain notation, never {@code 2.5E7}. */
    public String plainAmount() {
        return amount.toPlainString();
    }
}
