package kembali.diagnosis;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import kembali.delivery.Delivery;
import kembali.delivery.DeliveryStatus;
import kembali.lead.Lead;
import kembali.pixel.Health;
import kembali.pixel.Pixel;
import kembali.platform.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "why was this not sent?" for the status a lead has and one pixel.
 *
 * @param verdict {@code accepted}, {@code partial_failure}, {@code failed}, {@code skipped}, {@code waiting} or
 *     {@code not_reported}: nothing stands in the sync log
 * @param code the reason's stable word; null when all is well
 * @param message what happened, or why nothing did
 * @param fix what to do, or that nothing is to be done
 * @param deliveryId the entry of the sync log that tells more; null when there is none
 */
public record WhyNot(
        String verdict,
        @Nullable String code,
        String message,
        String fix,
        @Nullable String deliveryId) {
    private static final String NOTHING = "Nothing to do.";

    /**
     * Judges.
     *
     * @param standing what stands in the sync log for this lead and pixel, in any order
     * @param today what would be decided if the lead reached its status now
     */
    public static WhyNot of(Lead lead, Pixel pixel, List<Delivery> standing, Delivery today, Instant now) {
        Delivery row = standing.stream()
                .filter(d -> d.trigger().equals(lead.status()))
                .max(Comparator.comparing(Delivery::createdAt))
                .orElse(null);
        return row == null ? unreported(lead, pixel, today) : reported(pixel, row, now);
    }

    private static WhyNot reported(Pixel pixel, Delivery row, Instant now) {
        String what = row.event() == null ? "The conversion" : row.event();
        Reason reason = row.reason();
        return switch (row.status()) {
            case DeliveryStatus.ACCEPTED ->
                new WhyNot(
                        row.status(),
                        reason == null ? null : reason.code(),
                        what + " was accepted by " + pixel.platform().title()
                                + (row.deliveredAt() == null ? "." : " at " + row.deliveredAt() + ".")
                                + (reason == null ? "" : " " + reason.message()),
                        reason == null
                                ? "Nothing to do. If the platform does not show it yet: reports there take up to a day, and an event it"
                                        + " cannot attribute to an ad appears in its event manager only."
                                : reason.fix(),
                        row.id());
            case DeliveryStatus.PENDING -> waiting(pixel, row, what, now);
            default ->
                new WhyNot(
                        row.status(),
                        reason == null ? null : reason.code(),
                        reason == null ? what + " ended as " + row.status() + "." : reason.message(),
                        reason == null ? "Look at the entry's attempts in the sync log." : reason.fix(),
                        row.id());
        };
    }

    private static WhyNot waiting(Pixel pixel, Delivery row, String what, Instant now) {
        Health health = pixel.shownHealth();
        Reason stopped = health.state() == Health.State.OK ? null : health.reason();
        Reason reason = stopped == null ? row.reason() : stopped;
        if (reason != null) {
            String again =
                    stopped == null && row.dueAt().isAfter(now) ? " It is tried again at " + row.dueAt() + "." : "";
            return new WhyNot(
                    "waiting", reason.code(), what + " waits. " + reason.message() + again, reason.fix(), row.id());
        }
        return new WhyNot("waiting", null, what + " is about to be sent.", NOTHING, row.id());
    }

    private static WhyNot unreported(Lead lead, Pixel pixel, Delivery today) {
        if (!pixel.enabled()) {
            return new WhyNot(
                    "not_reported",
                    "disabled",
                    pixel.name() + " is switched off.",
                    "Switch the integration on, then set the lead's status again.",
                    null);
        }
        if (pixel.createdAt().isAfter(lead.statusAt())) {
            return new WhyNot(
                    "not_reported",
                    "added_later",
                    pixel.name() + " was added at " + pixel.createdAt() + ", after the lead became " + lead.status()
                            + " at " + lead.statusAt() + ".",
                    "Set the lead's status again to report it to this integration too.",
                    null);
        }
        Reason reason = today.reason();
        if (reason != null) {
            return new WhyNot("not_reported", reason.code(), reason.message(), reason.fix(), null);
        }
        return new WhyNot(
                "not_reported",
                "changed_since",
                "Nothing was reported when the lead became " + lead.status() + ", but " + today.event()
                        + " would be reported today: the mapping, the settings or what is known of the lead have changed.",
                "Set the lead's status again to report it.",
                null);
    }
}
