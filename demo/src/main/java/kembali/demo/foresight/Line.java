package kembali.demo.foresight;

import java.util.Comparator;
import kembali.demo.platform.PixelPlan;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries that ended the same way.
 *
 * @param event the platform's name; null when nothing is mapped to the status
 * @param outcome the sync log's {@code status}
 * @param reason the sync log's {@code reason.code}
 */
public record Line(
        PixelPlan pixel,
        @Nullable String event,
        String outcome,
        @Nullable String reason) implements Comparable<Line> {
    private static final Comparator<Line> ORDER = Comparator.comparing(Line::pixel)
            .thenComparing(l -> String.valueOf(l.event))
            .thenComparing(Line::outcome)
            .thenComparing(l -> String.valueOf(l.reason));

    @Override
    public int compareTo(Line other) {
        return ORDER.compare(this, other);
    }

    /** The same without the event. */
    public Line ofAllEvents() {
        return new Line(pixel, null, outcome, reason);
    }

    @Override
    public String toString() {
        return pixel + " · " + (event == null ? "no event" : pixel.platform().said(event)) + " · " + outcome
                + (reason == null ? "" : " · " + reason);
    }
}
