package kembali.demo.sample;

import org.jspecify.annotations.Nullable;

/**
 * What the partner network reports of a click.
 *
 * @param word the network's status
 * @param payout in US dollars, plain; null when it says none
 * @param transaction its own id of the purchase; null when it sends none
 * @param email of the person; null when it does not tell
 * @param times how often it sends the same request
 */
public record Postback(
        String word,
        @Nullable String payout,
        @Nullable String transaction,
        @Nullable String email,
        int times) {
    /** What a click is worth to the partner is said in this currency, not the shop's. */
    public static final String CURRENCY = "USD";

    /** A word the network uses and nobody has given a meaning. */
    public static final String UNMAPPED = "approved";

    /** Whether it changes anything the first time it comes. */
    public boolean books() {
        return !word.equals(UNMAPPED);
    }
}
