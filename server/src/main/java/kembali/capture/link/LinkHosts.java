package kembali.capture.link;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Locale;
import kembali.account.LinkDomains;
import org.jspecify.annotations.Nullable;

/**
 * Whose host a request was made to. A host nobody claimed is taken for the server's own, because a proxy may not pass on
 * what the browser asked for.
 */
public final class LinkHosts {
    private final LinkDomains domains;
    private final String publicUrl;
    private final String scheme;
    private final String publicHost;

    /**
     * What a request was made to.
     *
     * @param host somebody's own, lower case; null for the server's
     * @param claim whose host that is; null for the server's
     * @param base scheme and host, as browsers see it
     */
    public record Asked(@Nullable String host, LinkDomains.@Nullable Claim claim, String base) {}

    /** @param publicUrl how browsers reach us */
    public LinkHosts(LinkDomains domains, URI publicUrl) {
        this.domains = domains;
        this.publicUrl = publicUrl.toString();
        this.scheme = publicUrl.getScheme();
        this.publicHost = String.valueOf(publicUrl.getHost()).toLowerCase(Locale.ROOT);
    }

    /** What that request was made to. */
    public Asked of(HttpServerRequest request) {
        String host = claimable(request);
        LinkDomains.Claim claim = host == null ? null : domains.of(host);
        return host == null || claim == null
                ? new Asked(null, null, publicUrl)
                : new Asked(host, claim, scheme + "://" + host);
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
