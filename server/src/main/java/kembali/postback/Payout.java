package kembali.postback;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An amount of a postback.
 *
 * @param amount exact, in major units; negative only with a refund or rejection
 * @param currency ISO 4217; null when the postback named one we cannot read, or none and the source has no default
 * @param text as it was sent
 */
public record Payout(BigDecimal amount, @Nullable String currency, String text) {
    /** A real zero, which is not the same as no amount and is not reported as a value. */
    public boolean isZero() {
        return amount.signum() == 0;
    }
}
