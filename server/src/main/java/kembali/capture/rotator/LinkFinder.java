package kembali.capture.rotator;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import kembali.account.LinkDomains;
import org.jspecify.annotations.Nullable;

/**
 * Which rotator an address names. The server's own host knows all links; a host somebody claimed knows
 * those of its workspace, or only the rotators that name it; any other host is taken for the server's
 * own, because a proxy may not pass on what the browser asked for.
 */
final class LinkFinder {
    /** First parts of our own addresses, which are never links at the root of a host. */
    static final Set<String> RESERVED =
            Set.of("api", "c", "demo", "health", "in", "metrics", "p", "q", "t", "ui", "wa");

    private final Rotators rotators;
    private final LinkDomains domains;
    private final String publicUrl;
    private final String scheme;
    private final String publicHost;

    /**
     * What was found.
     *
     * @param base scheme and host of the address, as browsers see it
     * @param answers false when this host is not the link's
     */
    record Found(Rotators.Ready ready, String base, boolean answers) {}

    LinkFinder(Rotators rotators, LinkDomains domains, URI publicUrl) {
        this.rotators = rotators;
        this.domains = domains;
        this.publicUrl = publicUrl.toString();
        this.scheme = publicUrl.getScheme();
        this.publicHost = String.valueOf(publicUrl.getHost()).toLowerCase(Locale.ROOT);
    }

    /** The rotator of that slug, or null when there is none at all. */
    @Nullable Found find(HttpServerRequest request, @Nullable String slug) {
        Rotators.Ready ready = slug == null ? null : rotators.open(slug);
        if (ready == null) {
            return null;
        }
        String host = claimable(request);
        LinkDomains.Claim claim = host == null ? null : domains.of(host);
        if (host == null || claim == null) {
            return new Found(ready, publicUrl, true);
        }
        boolean answers = claim.workspaceId() == ready.rotator().workspaceId()
                && (claim.everyLink() || ready.rotator().doc().domains().contains(host));
        return new Found(ready, scheme + "://" + host, answers);
    }

    /** The rotator of that slug at the root of a claimed host, or null: then the address means something else. */
    @Nullable Found findAtRoot(HttpServerRequest request, @Nullable String slug) {
        if (slug == null || !domains.isUsed() || RESERVED.contains(slug.toLowerCase(Locale.ROOT))) {
            return null;
        }
        String host = claimable(request);
        if (host == null || domains.of(host) == null) {
            return null;
        }
        Found found = find(request, slug);
        return found != null && found.answers ? found : null;
    }

    /** The host the browser asked for, when it may be somebody's; null for our own. */
    private @Nullable String claimable(HttpServerRequest request) {
        if (!domains.isUsed()) {
            return null;
        }
        HostAndPort authority = request.authority();
        String host = authority == null ? null : authority.host();
        if (host == null) {
            return null;
        }
        String plain = host.toLowerCase(Locale.ROOT);
        plain = plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
        return plain.equals(publicHost) ? null : plain;
    }
}
