package kembali.api;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kembali.account.LinkDomains;
import kembali.campaign.Alias;
import kembali.campaign.CampaignLink;
import kembali.campaign.CampaignParameter;
import kembali.campaign.Finding;
import kembali.campaign.SourceTemplate;
import kembali.capture.campaign.Campaign;
import kembali.capture.campaign.Campaigns;
import org.jspecify.annotations.Nullable;

/**
 * A stored campaign.
 *
 * @param url the address without parameters, on its own host where it has one
 * @param destinationUrl of a campaign with one destination; else null
 * @param links ready to paste, the one with the campaign's own parameters first
 * @param snippet makes a page of the destination's register the click itself
 * @param warnings about the destinations, what can be saved all the same
 */
public record CampaignView(
        String id,
        String alias,
        @Nullable String domain,
        String token,
        String name,
        String url,
        @Nullable String destinationUrl,
        List<Campaign.Target> destinations,
        @Nullable String source,
        List<CampaignParameter> parameters,
        boolean active,
        int clicksPerMinute,
        List<LinkView> links,
        String snippet,
        List<Warning> warnings,
        Instant createdAt,
        Instant updatedAt) {
    /**
     * The link for one source.
     *
     * @param source key of the template; null for the campaign's own parameters without one
     * @param parameters to paste where the source asks for them, without a question mark
     * @param whole both in one, for sources with a single field
     * @param where they are entered
     * @param notes what goes wrong easily
     */
    public record LinkView(
            @Nullable String source,
            String title,
            String address,
            String parameters,
            String whole,
            @Nullable String where,
            List<String> notes) {
        static LinkView of(CampaignLink link, @Nullable SourceTemplate source, String title) {
            return new LinkView(
                    source == null ? null : source.key(),
                    title,
                    link.address(),
                    link.parameters(),
                    link.whole(),
                    source == null ? null : source.where(),
                    source == null ? List.of() : source.notes());
        }
    }

    /** @param field the address it is about, {@code destinations[0].url} */
    public record Warning(String field, FindingView finding) {}

    static CampaignView of(Campaign c, LinkDomains domains, URI publicUrl) {
        Campaign.Doc d = c.doc();
        String base = base(c, domains, publicUrl);
        return new CampaignView(
                c.id(),
                c.alias(),
                c.domain(),
                c.token(),
                c.name(),
                CampaignLink.of(base, new Alias(c.alias()), List.of(), null).address(),
                d.destinations().size() == 1 ? d.destinations().getFirst().url() : null,
                d.destinations(),
                d.source(),
                d.parameters(),
                d.active(),
                d.unflaggedClicks(),
                links(c, base),
                "<script async src=\"" + publicUrl + "/click.min.js\" data-campaign=\"" + c.token() + "\"></script>",
                warnings(c),
                c.createdAt(),
                c.updatedAt());
    }

    /** On a host of links the alias alone names it; on the server's own, its folder keeps it apart from other addresses. */
    private static String base(Campaign c, LinkDomains domains, URI publicUrl) {
        List<String> own = c.domain() == null ? domains.of(c.workspaceId()) : List.of(c.domain());
        return own.isEmpty() ? publicUrl + "/c" : publicUrl.getScheme() + "://" + own.getFirst();
    }

    private static List<LinkView> links(Campaign c, String base) {
        var alias = new Alias(c.alias());
        SourceTemplate own =
                c.doc().source() == null ? null : SourceTemplate.named(c.doc().source());
        var links = new ArrayList<LinkView>();
        links.add(LinkView.of(
                CampaignLink.of(base, alias, c.doc().parameters(), own),
                own,
                own == null ? "Own parameters" : own.title()));
        for (SourceTemplate other : SourceTemplate.ALL) {
            if (other != own) {
                links.add(LinkView.of(CampaignLink.of(base, alias, other.parameters(), other), other, other.title()));
            }
        }
        return List.copyOf(links);
    }

    private static List<Warning> warnings(Campaign c) {
        var warnings = new ArrayList<Warning>();
        for (int i = 0; i < c.doc().destinations().size(); i++) {
            Campaign.Target t = c.doc().destinations().get(i);
            for (Finding f : Campaigns.template(t.url(), c.doc().parameters()).findings()) {
                warnings.add(new Warning("destinations[" + i + "].url", FindingView.of(f)));
            }
        }
        return List.copyOf(warnings);
    }
}
