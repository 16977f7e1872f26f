package kembali.capture.rotator;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link that spreads chats over several agents.
 *
 * @param slug the last part of its address, {@code /wa/<slug>}; unique in the installation
 */
public record Rotator(int workspaceId, String id, String slug, Doc doc, Instant createdAt, Instant updatedAt) {
    /**
     * Its settings as stored.
     *
     * @param message template of the text the person sends; see {@link DraftMessage}
     * @param sticky a returning visitor goes to the agent they know while that one is active
     * @param fallbackPhone E.164 number for when no agent is active
     */
    public record Doc(
            String name,
            String message,
            List<Share> agents,
            String distribution,
            boolean sticky,
            @Nullable String fallbackPhone) {
        public Doc {
            agents = List.copyOf(agents);
        }
    }

    /** An agent's part of a rotator; weight 0 gets no new visitors. */
    public record Share(String agentId, int weight) {}
}
