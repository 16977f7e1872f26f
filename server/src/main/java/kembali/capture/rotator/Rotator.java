package kembali.capture.rotator;

import java.time.Instant;
import java.util.List;
import kembali.capture.link.Link;
import kembali.capture.rotator.form.LeadForm;
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
     * @param sticky a returning visitor goes to the agent they know while that one takes chats
     * @param fallbackPhone E.164 number for when no agent takes chats
     * @param linkHost {@code wa.me}, {@code api.whatsapp.com} or {@link #PAGE}; null is {@code wa.me}
     * @param form asked before the chat; null asks nothing
     * @param preview what messengers show of the link; null shows the name
     * @param domains hosts that answer this link besides those of the workspace
     * @param clicksPerMinute more from one address are flagged; null is {@value Link#USUAL_CLICKS_PER_MINUTE}
     */
    public record Doc(
            String name,
            String message,
            List<Share> agents,
            String distribution,
            boolean sticky,
            @Nullable String fallbackPhone,
            @Nullable String linkHost,
            @Nullable LeadForm form,
            @Nullable Preview preview,
            @Nullable List<String> domains,
            @Nullable Integer clicksPerMinute) {
        /** A page with a button, for browsers inside apps that open WhatsApp only on a tap. */
        public static final String PAGE = "page";

        public Doc {
            agents = List.copyOf(agents);
            domains = domains == null ? List.of() : List.copyOf(domains);
        }

        @Override
        public List<String> domains() {
            return domains == null ? List.of() : domains;
        }

        /** How many clicks a minute from one address pass unflagged. */
        public int unflaggedClicks() {
            return clicksPerMinute == null ? Link.USUAL_CLICKS_PER_MINUTE : clicksPerMinute;
        }

        public boolean showsPage() {
            return PAGE.equals(linkHost);
        }

        /** Who opens the app; that of the page's button for {@link #PAGE}. */
        public WaLink.Host opener() {
            return linkHost == null || showsPage() ? WaLink.Host.WA_ME : WaLink.Host.named(linkHost);
        }
    }

    /**
     * An agent's part of a rotator; weight 0 gets no new visitors.
     *
     * @param dailyCap most chats a day; null for any number
     */
    public record Share(
            String agentId, int weight, @Nullable Integer dailyCap) {}

    /**
     * What messengers show of the link.
     *
     * @param imageUrl https
     */
    public record Preview(
            @Nullable String title,
            @Nullable String description,
            @Nullable String imageUrl) {}
}
