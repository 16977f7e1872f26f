package kembali.capture.campaign;

import java.time.Instant;
import java.util.List;
import kembali.campaign.CampaignParameter;
import kembali.capture.link.Link;
import kembali.figures.LinkKind;
import org.jspecify.annotations.Nullable;

/**
 * A link that remembers its clicks and leads on.
 *
 * @param domain the one host that answers it; null for the server's own and those of all links of the workspace
 * @param alias its name in the address, lower case, unique on its domain
 * @param token names it in scripts and in the click API, so that the alias can change; unique in the installation
 */
public record Campaign(
        int workspaceId,
        String id,
        @Nullable String domain,
        String alias,
        String token,
        String name,
        Doc doc,
        Instant createdAt,
        Instant updatedAt) {
    /**
     * Its settings as stored.
     *
     * @param source key of the {@link kembali.campaign.SourceTemplate} it is for; null for none
     * @param active false answers as if there were no such link
     * @param clicksPerMinute more from one address are flagged; null is {@value Link#USUAL_CLICKS_PER_MINUTE}
     */
    public record Doc(
            List<Target> destinations,
            @Nullable String source,
            List<CampaignParameter> parameters,
            boolean active,
            @Nullable Integer clicksPerMinute) {
        public Doc {
            destinations = List.copyOf(destinations);
            parameters = List.copyOf(parameters);
        }

        /** How many clicks a minute from one address pass unflagged. */
        public int unflaggedClicks() {
            return clicksPerMinute == null ? Link.USUAL_CLICKS_PER_MINUTE : clicksPerMinute;
        }

        /** The destination of that id; null when there is none. */
        public @Nullable Target destination(@Nullable String id) {
            return destinations.stream()
                    .filter(t -> t.id.equals(id))
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * Where it leads.
     *
     * @param id stays while the rest changes
     * @param url with macros
     * @param weight its share of visitors beside the others', 0 to 1,000; 0 takes none
     */
    public record Target(String id, String name, String url, int weight) {}

    Link link() {
        return new Link(workspaceId, LinkKind.CAMPAIGN, id, doc.unflaggedClicks());
    }
}
