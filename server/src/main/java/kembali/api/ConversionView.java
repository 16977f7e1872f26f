package kembali.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.ledger.Conversion;
import kembali.ledger.ConversionState;
import kembali.postback.Payout;
import org.jspecify.annotations.Nullable;

/**
 * A conversion that postbacks reported.
 *
 * @param status its own status, not the lead's
 * @param money to which sum its amount belongs: {@code none}, {@code held}, {@code confirmed}, {@code rejected},
 *     {@code refunded}
 * @param amountText as the network wrote it
 * @param originalStatus the network's word
 * @param transaction the network's id; null for none
 * @param slots by number
 * @param reported whether an event of it went to a platform
 * @param test whether it was only a test
 * @param notSentOn why nothing of it was sent on; null when it may be
 */
public record ConversionView(
        String id,
        @Nullable String leadId,
        @Nullable String clickId,
        @Nullable String campaignId,
        String sourceId,
        String status,
        String money,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        @Nullable String amountText,
        @Nullable BigDecimal refunded,
        @Nullable BigDecimal cost,
        @Nullable String costCurrency,
        @Nullable String originalStatus,
        @Nullable String transaction,
        @Nullable String reason,
        Map<Integer, String> slots,
        Instant occurredAt,
        boolean reported,
        boolean test,
        @Nullable String notSentOn,
        Instant createdAt,
        Instant updatedAt) {
    static ConversionView of(Conversion c) {
        Payout payout = c.payout();
        Payout cost = c.cost();
        return new ConversionView(
                c.id(),
                c.leadId(),
                c.subid(),
                c.campaignId(),
                c.sourceId(),
                c.status().word(),
                c.status().money().code(),
                payout == null ? null : payout.amount(),
                payout == null ? null : payout.currency(),
                payout == null ? null : payout.text(),
                c.refunded(),
                cost == null ? null : cost.amount(),
                cost == null ? null : cost.currency(),
                c.word(),
                c.ownTransaction(),
                c.reason(),
                c.slots(),
                c.occurredAt(),
                c.reported(),
                c.isTest(),
                c.silence(),
                c.createdAt(),
                c.updatedAt());
    }

    /**
     * One state it had.
     *
     * @param at when the postback came
     * @param event what platforms were to be told: {@code once}, {@code further}, {@code if_none_sent}, {@code adjust} or
     *     {@code none}
     */
    public record State(
            Instant at,
            @Nullable Instant eventAt,
            String status,
            @Nullable String previousStatus,
            @Nullable String originalStatus,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            @Nullable BigDecimal refunded,
            @Nullable String reason,
            String event,
            String sourceId,
            String postbackId) {
        static State of(ConversionState s) {
            return new State(
                    s.at(),
                    s.eventAt(),
                    s.status(),
                    s.previous(),
                    s.word(),
                    s.amount(),
                    s.currency(),
                    s.refunded(),
                    s.reason(),
                    s.event(),
                    s.sourceId(),
                    s.postbackId());
        }
    }

    /** The same with every state it had, oldest first. */
    public record Whole(ConversionView conversion, List<State> history) {}
}
