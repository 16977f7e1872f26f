package kembali.demo.sample;

import org.jspecify.annotations.Nullable;

/**
 * A WhatsApp message to one of the shop's agents, as the provider tells it.
 *
 * @param id the provider's, another one for each message
 * @param text {@link #CODE} stands for a visitor code
 * @param codeOf the number of the story whose visitor code it holds: the writer's own, or, in a forwarded message,
 *     somebody else's; null for none
 * @param chat the ad the chat began with; null for none
 * @param to the agent's place in {@link Sample#AGENTS}; null for the one the rotator named
 * @param times how often the provider delivers it
 * @param wave messages of wave 1 come after all of wave 0
 */
public record Message(
        String id,
        String text,
        @Nullable Integer codeOf,
        @Nullable Chat chat,
        @Nullable Integer to,
        int times,
        int wave) {
    /** Where the code stands in a text. */
    public static final String CODE = "{code}";
}
