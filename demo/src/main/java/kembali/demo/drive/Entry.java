package kembali.demo.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import kembali.demo.foresight.Line;
import kembali.demo.foresight.Money;
import kembali.demo.foresight.Tally;
import kembali.demo.platform.Outcomes;
import kembali.demo.platform.PixelPlan;
import org.jspecify.annotations.Nullable;

/**
 * A row of the sync log as the API gives it.
 *
 * @param leadId null for the page view of somebody who was no lead
 * @param visitor the code
 * @param since when it was decided; of a row decided anew, when its status was reached
 */
public record Entry(
        String id,
        @Nullable String leadId,
        String visitor,
        String eventId,
        Line line,
        @Nullable String message,
        @Nullable String fix,
        String trigger,
        Money money,
        Instant since,
        @Nullable Instant deliveredAt,
        int attempts,
        boolean answerLost) {
    static Entry of(JsonNode row, Shop shop) {
        JsonNode reason = row.path("reason");
        PixelPlan pixel = shop.plan(row.path("pixelId").asText());
        Instant created = Instant.parse(row.path("createdAt").asText());
        Instant occurred = Instant.parse(row.path("occurredAt").asText());
        String delivered = text(row, "deliveredAt");
        String value = text(row, "value");
        String currency = text(row, "currency");
        return new Entry(
                row.path("id").asText(),
                text(row, "leadId"),
                row.path("visitor").asText(),
                row.path("eventId").asText(),
                new Line(pixel, text(row, "event"), row.path("status").asText(), text(reason, "code")),
                text(reason, "message"),
                text(reason, "fix"),
                row.path("trigger").asText(),
                value == null || currency == null ? Money.NONE : new Money(new BigDecimal(value), currency),
                occurred.isAfter(created) ? occurred : created,
                delivered == null ? null : Instant.parse(delivered),
                row.path("attemptCount").asInt(),
                row.path("answerLost").asBoolean());
    }

    /** From the status change to the platform's answer; null while there is none. */
    public @Nullable Duration took() {
        return deliveredAt == null ? null : Duration.between(since, deliveredAt);
    }

    public boolean waits() {
        return line.outcome().equals(Outcomes.PENDING);
    }

    public Tally tally() {
        return Tally.one(money);
    }

    private static @Nullable String text(JsonNode in, String name) {
        JsonNode value = in.path(name);
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }
}
