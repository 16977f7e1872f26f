package kembali.demo.foresight;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many, and for how much.
 *
 * @param money by currency, of those there are some of; without trailing zeros, so that equal sums are equal
 */
public record Tally(int count, SortedMap<String, BigDecimal> money) {
    public static final Tally NONE = new Tally(0, new TreeMap<>());

    public Tally {
        var sums = new TreeMap<String, BigDecimal>();
        for (Map.Entry<String, BigDecimal> e : money.entrySet()) {
            if (e.getValue().signum() != 0) {
                sums.put(e.getKey(), e.getValue().stripTrailingZeros());
            }
        }
        money = Collections.unmodifiableSortedMap(sums);
    }

    public static Tally one(Money money) {
        return new Tally(1, new TreeMap<>(Map.of(money.currency(), money.amount())));
    }

    public Tally plus(Tally other) {
        var sums = new TreeMap<>(money);
        other.money.forEach((currency, sum) -> sums.merge(currency, sum, BigDecimal::add));
        return new Tally(count + other.count, sums);
    }

    /** The sum in one currency; zero where there is none. */
    public BigDecimal in(String currency) {
        return money.getOrDefault(currency, BigDecimal.ZERO);
    }
}
