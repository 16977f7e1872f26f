package kembali.figures;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A link's figures of one day with one agent or destination.
 *
 * @param day in the workspace's time zone
 * @param partId the agent of a rotator, the destination of a campaign; null where none is concerned: fallback, nobody
 *     there, a form shown, machines
 * @param counts all of its kind, zero where there was nothing
 */
public record LinkDay(LocalDate day, @Nullable String partId, Map<LinkCount, Long> counts) {
    public LinkDay {
        counts = Map.copyOf(counts);
    }
}
