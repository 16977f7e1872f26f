package kembali.conversion;

import java.math.BigDecimal;
import java.math.RoundingMode;
import kembali.account.Workspace;
import kembali.conversion.ConversionSettings.ValueKind;
import kembali.conversion.Decisions.Reached;
import kembali.lead.Lead;
import kembali.platform.Trail;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;

/** What an event is worth: by the status's rule, what the conversion said, else what the lead says, else a fixed amount. */
final class EventValues {
    /** Platforms know no smaller parts. */
    private static final int MOST_DECIMALS = 6;

    private EventValues() {}

    /** The value, or null when none is known. A zero that a postback said is none. */
    static @Nullable Money of(Reached reached, ConversionSettings book, Workspace workspace) {
        ConversionSettings.ValueRule rule = book.values().get(reached.status());
        if (rule == null) {
            return null;
        }
        Trail.Conversion conversion = takesOwnValue(rule.kind()) ? reached.conversion() : null;
        Money payout = conversion == null ? null : conversion.payout();
        if (payout != null && payout.amount().signum() > 0) {
            return new Money(rounded(payout.amount()), payout.currency());
        }
        // A further transaction is not worth what the first one was.
        boolean further = conversion != null && reached.transaction() != null;
        Lead lead = further ? null : reached.lead();
        BigDecimal own = lead == null ? null : ownValue(lead, rule.kind());
        if (own != null) {
            String said = lead == null ? null : lead.currency();
            return new Money(own, said != null ? said : workspace.currency());
        }
        if (rule.kind() == ValueKind.NONE || rule.amount() == null) {
            return null;
        }
        return new Money(rule.amount(), rule.currency() != null ? rule.currency() : workspace.currency());
    }

    /** Networks may send any number of decimals. */
    private static BigDecimal rounded(BigDecimal amount) {
        BigDecimal few = amount.scale() > MOST_DECIMALS ? amount.setScale(MOST_DECIMALS, RoundingMode.HALF_UP) : amount;
        return few.scale() < 0 ? few.setScale(0) : few;
    }

    /** Whether that kind of rule reports what the conversion itself is worth. */
    private static boolean takesOwnValue(ValueKind kind) {
        return switch (kind) {
            case ACTUAL, ESTIMATED -> true;
            case FIXED, NONE -> false;
        };
    }

    private static @Nullable BigDecimal ownValue(Lead lead, ValueKind kind) {
        return switch (kind) {
            case ACTUAL -> lead.actualValue() != null ? lead.actualValue() : lead.estimatedValue();
            case ESTIMATED -> lead.estimatedValue();
            case FIXED, NONE -> null;
        };
    }
}
