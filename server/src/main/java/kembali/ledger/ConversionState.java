package kembali.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One state a conversion had.
 *
 * @param at when the postback came that said so
 * @param eventAt when it was reached, if the postback said so
 * @param previous the status before; null for the first
 * @param event what platforms were to be told: the word of {@link kembali.postback.Decision.Event}
 */
public record ConversionState(
        String id,
        Instant at,
        @Nullable Instant eventAt,
        String sourceId,
        String postbackId,
        String status,
        @Nullable String previous,
        @Nullable String word,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        @Nullable BigDecimal refunded,
        @Nullable String reason,
        String event) {}
