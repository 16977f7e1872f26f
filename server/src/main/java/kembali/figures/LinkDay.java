package kembali.figures;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rotator's figures of one day with one agent.
 *
 * @param day in the workspace's time zone
 * @param agentId null where no agent is concerned: fallback, nobody there, a form shown, machines
 * @param counts all of them, zero where there was nothing
 */
public record LinkDay(LocalDate day, @Nullable String agentId, Map<LinkCount, Long> counts) {
    public LinkDay {
        counts = Map.copyOf(counts);
    }
}
