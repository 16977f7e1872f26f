package kembali.demo.foresight;

import java.math.BigDecimal;

/**
 * How many, and for how much.
 *
 * @param money IDR; without trailing zeros, so that equal sums are equal
 */
public record Tally(int count, BigDecimal money) {
    public static final Tally NONE = new Tally(0, BigDecimal.ZERO);

    public Tally {
        money = money.signum() == 0 ? BigDecimal.ZERO : money.stripTrailingZeros();
    }

    public static Tally one(BigDecimal money) {
        return new Tally(1, money);
    }

    public Tally plus(Tally other) {
        return new Tally(count + other.count, money.add(other.money));
    }
}
