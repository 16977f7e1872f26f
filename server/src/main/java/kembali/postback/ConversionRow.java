package kembali.postback;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A conversion that is there already, as far as a further postback is judged by it.
 *
 * @param transaction empty when it has none; one we made up ({@link Conversions#madeUp}) holds a {@code ~}
 * @param amount null when none was ever said
 * @param eventTime when its present status was reached, if a postback said so
 * @param reported whether an event of it went to a platform
 */
public record ConversionRow(
        String id,
        String transaction,
        ConversionStatus status,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        @Nullable Instant eventTime,
        boolean reported) {}
