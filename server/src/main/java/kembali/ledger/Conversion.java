package kembali.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import kembali.platform.Trail;
import kembali.postback.ConversionRow;
import kembali.postback.ConversionStatus;
import kembali.postback.Conversions;
import kembali.postback.Payout;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;

/**
 * A conversion row: what postbacks said so far of one click, or of one lead without a click, and one transaction.
 *
 * @param subject the click's id, else the lead's; see {@link #testSubject}
 * @param transaction empty when it has none
 * @param leadId null once the person was erased, and of a test that met no lead
 * @param subid the click's id; null without a click
 * @param payout what it is worth; null when nobody said
 * @param refunded what went back, in the payout's currency; null for nothing
 * @param word the network's own status word; null when it sent none
 * @param reason why it was rejected, as the network said
 * @param eventAt when its status was reached, if a postback said so
 * @param occurredAt when it was reached, as it counts
 * @param reported whether an event of it went to a platform
 * @param silence why nothing of it is sent on: {@code test}, {@code disable_postback}, {@code quarantine} or
 *     {@code forward_nothing}; null when it may be
 */
public record Conversion(
        int workspaceId,
        String id,
        String subject,
        String transaction,
        String sourceId,
        @Nullable String leadId,
        @Nullable String subid,
        @Nullable String campaignId,
        ConversionStatus status,
        @Nullable Payout payout,
        @Nullable BigDecimal refunded,
        @Nullable Payout cost,
        @Nullable String word,
        @Nullable String reason,
        Map<Integer, String> slots,
        @Nullable Instant eventAt,
        Instant occurredAt,
        boolean reported,
        @Nullable String silence,
        Instant createdAt,
        Instant updatedAt) {
    private static final String TEST = "test:";

    public Conversion {
        slots = Collections.unmodifiableMap(new TreeMap<>(slots));
    }

    /** The subject of a test: never one that a real postback is judged by. */
    public static String testSubject(String subject) {
        return TEST + subject;
    }

    /** Whether it was only a test. */
    public boolean isTest() {
        return subject.startsWith(TEST);
    }

    /** The network's id of it; null when there is none, also when we had to make one up. */
    public @Nullable String ownTransaction() {
        return transaction.isEmpty() || Conversions.madeUp(transaction) ? null : transaction;
    }

    /** The same as far as a further postback is judged by it. */
    public ConversionRow row() {
        return new ConversionRow(
                id,
                transaction,
                status,
                payout == null ? null : payout.amount(),
                payout == null ? null : payout.currency(),
                eventAt,
                reported);
    }

    /**
     * The state it reached, as platforms are told.
     *
     * @param previousStatus null for a new one
     */
    public Trail.Conversion reached(@Nullable String previousStatus) {
        String currency = payout == null ? null : payout.currency();
        return new Trail.Conversion(
                id,
                status.word(),
                previousStatus,
                word,
                ownTransaction(),
                reason,
                payout == null || currency == null ? null : new Money(payout.amount(), currency));
    }

    public Conversion withReported() {
        return reported
                ? this
                : new Conversion(
                        workspaceId,
                        id,
                        subject,
                        transaction,
                        sourceId,
                        leadId,
                        subid,
                        campaignId,
                        status,
                        payout,
                        refunded,
                        cost,
                        word,
                        reason,
                        slots,
                        eventAt,
                        occurredAt,
                        true,
                        silence,
                        createdAt,
                        updatedAt);
    }
}
