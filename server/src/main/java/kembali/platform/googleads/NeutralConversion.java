package kembali.platform.googleads;

import java.math.BigDecimal;
import java.time.Instant;
import kembali.identity.Consent;
import org.jspecify.annotations.Nullable;

/**
 * A conversion as both transports tell it, each in its own spelling.
 *
 * @param actionId digits
 * @param transactionId by which Google recognises a twin
 * @param at not before the click and not after the instant of sending
 * @param clicks at most what Google takes together
 * @param person {@link GoogleIdentity#NOBODY} when nothing of the person may or can be sent
 * @param value zero is a value; null lets the action's own default count
 * @param currency ISO 4217; null exactly when {@code value} is
 */
record NeutralConversion(
        String actionId,
        String transactionId,
        Instant at,
        ClickChoice clicks,
        GoogleIdentity person,
        @Nullable BigDecimal value,
        @Nullable String currency,
        Consent consent) {}
