package kembali.capture;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kembali.account.Workspace;
import kembali.account.Workspaces;
import kembali.support.Secrets;
import org.jspecify.annotations.Nullable;

/** What capture needs of each workspace's own web sites, ready for use on every request. */
public final class Sites {
    private final Workspaces workspaces;
    private final byte[] cookieSecret;
    private final boolean https;
    private final @Nullable String ourHost;
    private final Map<Integer, Site> ready = new ConcurrentHashMap<>();

    /**
     * One workspace's part.
     *
     * @param landings tells arrivals from steps within the brand's own domains
     * @param cookies the cookies we set
     * @param cookie the value of the visitor cookie
     * @param origins whose pages may use the tracker
     */
    public record Site(
            Workspace workspace,
            LandingReader landings,
            SetCookies cookies,
            VisitorCookie cookie,
            AllowedOrigins origins) {}

    /** @param publicUrl how browsers reach us */
    public Sites(Workspaces workspaces, Secrets secrets, URI publicUrl) {
        this.workspaces = workspaces;
        this.cookieSecret = secrets.derive("visitor-cookie");
        this.https = "https".equals(publicUrl.getScheme());
        this.ourHost = UrlHost.of(publicUrl.toString());
    }

    public Site of(int workspaceId) {
        return of(workspaces.get(workspaceId));
    }

    /** The site whose pages carry that tracker key, or null. */
    public @Nullable Site ofTrackerKey(String key) {
        Workspace w = workspaces.ofTrackerKey(key);
        return w == null ? null : of(w);
    }

    /**
     * The cookies to set in an answer of that host, which is ours or a workspace's own: a browser keeps none for a host
     * it does not speak to.
     */
    public SetCookies cookies(Site site, @Nullable String host) {
        return host == null || host.equals(ourHost)
                ? site.cookies()
                : new SetCookies(https, cookieDomain(site.workspace().web().domains(), host));
    }

    /** Whether pages of that origin may use the tracker of any workspace. */
    public boolean anyAllows(@Nullable String origin) {
        return workspaces.all().stream().anyMatch(w -> of(w).origins().allow(origin));
    }

    private Site of(Workspace w) {
        Site site = ready.get(w.id());
        // Another record means that the settings were read anew.
        if (site == null || site.workspace() != w) {
            site = site(w);
            ready.put(w.id(), site);
        }
        return site;
    }

    private Site site(Workspace w) {
        var own = new ArrayList<>(w.web().domains());
        if (ourHost != null) {
            own.add(ourHost);
        }
        return new Site(
                w,
                new LandingReader(own),
                new SetCookies(https, cookieDomain(w.web().domains(), ourHost)),
                new VisitorCookie(cookieSecret, w.id()),
                new AllowedOrigins(w.web().trackerOrigins()));
    }

    /**
     * The widest of the brand's own domains that our host belongs to, so that a cookie set by {@code link.brand.example}
     * reaches the pages of {@code www.brand.example}; null when it belongs to none. Which names are domains and which
     * are endings that everybody may register below ({@code co.id}) only the owner's list tells.
     */
    static @Nullable String cookieDomain(List<String> domains, @Nullable String host) {
        return host == null
                ? null
                : domains.stream()
                        .filter(d -> host.equals(d) || host.endsWith("." + d))
                        .min(Comparator.comparingInt(String::length))
                        .orElse(null);
    }
}
