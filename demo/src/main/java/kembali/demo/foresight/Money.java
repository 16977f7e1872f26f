package kembali.demo.foresight;

import java.math.BigDecimal;

/**
 * What a delivery is worth.
 *
 * @param amount zero where it is worth nothing
 * @param currency ISO 4217; of nothing the shop's
 */
public record Money(BigDecimal amount, String currency) {
    /** The shop's currency. */
    public static final String IDR = "IDR";

    public static final Money NONE = new Money(BigDecimal.ZERO, IDR);

    static Money idr(String amount) {
        return new Money(new BigDecimal(amount), IDR);
    }

    boolean isSome() {
        return amount.signum() > 0;
    }
}
