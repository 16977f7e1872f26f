package kembali.capture.rotator;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import kembali.account.LinkDomains;
import kembali.campaign.Alias;
import kembali.capture.link.Link;
import kembali.capture.link.LinkHosts;
import kembali.figures.LinkKind;
import org.jspecify.annotations.Nullable;

/**
 * Which rotator an address names. The server's own host knows all links; a host somebody claimed knows
 * those of its workspace, or only the rotators that name it.
 */
final class LinkFinder {
    private final Rotators rotators;
    private final LinkHosts hosts;

    /**
     * What was found.
     *
     * @param base scheme and host of the address, as browsers see it
     * @param answers false when this host is not the link's
     */
    record Found(Rotators.Ready ready, String base, boolean answers) {
        Link link() {
            return linkOf(ready.rotator());
        }
    }

    LinkFinder(Rotators rotators, LinkDomains domains, URI publicUrl) {
        this.rotators = rotators;
        this.hosts = new LinkHosts(domains, publicUrl);
    }

    static Link linkOf(Rotator rotator) {
        return new Link(
                rotator.workspaceId(),
                LinkKind.ROTATOR,
                rotator.id(),
                rotator.doc().unflaggedClicks());
    }

    /** The rotator of that slug, or null when there is none at all. */
    @Nullable Found find(HttpServerRequest request, @Nullable String slug) {
        Rotators.Ready ready = slug == null ? null : rotators.open(slug);
        return ready == null ? null : found(ready, hosts.of(request));
    }

    private static Found found(Rotators.Ready ready, LinkHosts.Asked asked) {
        LinkDomains.Claim claim = asked.claim();
        boolean answers = claim == null
                || (claim.workspaceId() == ready.rotator().workspaceId()
                        && (claim.everyLink() || ready.rotator().doc().domains().contains(asked.host())));
        return new Found(ready, asked.base(), answers);
    }

    /** The rotator of that slug at the root of a claimed host, or null: then the address means something else. */
    @Nullable Found findAtRoot(HttpServerRequest request, @Nullable String slug) {
        if (slug == null || Alias.isReserved(slug)) {
            return null;
        }
        LinkHosts.Asked asked = hosts.of(request);
        Rotators.Ready ready = asked.claim() == null ? null : rotators.open(slug);
        Found found = ready == null ? null : found(ready, asked);
        return found != null && found.answers ? found : null;
    }
}
