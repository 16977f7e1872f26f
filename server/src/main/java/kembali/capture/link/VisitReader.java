package kembali.capture.link;

import io.vertx.core.http.HttpServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import kembali.account.Workspaces;
import kembali.capture.BrowserCookies;
import kembali.capture.BrowserRequest;
import kembali.capture.ClientAddress;
import kembali.capture.CookieHeader;
import kembali.capture.Fbc;
import kembali.capture.SetCookies;
import kembali.capture.Sites;
import kembali.capture.UrlHost;
import kembali.capture.VisitorCookie;
import kembali.capture.geo.Geo;
import kembali.identity.ClickIds;
import kembali.identity.WebContext;
import kembali.intake.LinkVisit;
import kembali.intake.RecentClicks;
import kembali.support.IpAddresses;
import kembali.support.Secrets;
import kembali.visitor.Landing;
import kembali.visitor.QueryString;
import kembali.visitor.VisitorCode;
import kembali.visitor.Visitors;
import org.jspecify.annotations.Nullable;

/** Reads from a request who opens a link and with what, and writes the cookies they keep. */
public final class VisitReader {
    private final Visitors visitors;
    private final ClientAddress clientAddress;
    private final Sites sites;
    private final Geo geo;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Today today;

    public VisitReader(
            Visitors visitors,
            Workspaces workspaces,
            ClientAddress clientAddress,
            Sites sites,
            Geo geo,
            Secrets secrets,
            InstantSource clock) {
        this.visitors = visitors;
        this.clientAddress = clientAddress;
        this.sites = sites;
        this.geo = geo;
        this.secrets = secrets;
        this.clock = clock;
        this.today = new Today(workspaces);
    }

    /**
     * What a request says.
     *
     * @param agentId the agent the visitor was given before, in any rotator
     * @param fbcCookie Meta's click cookie as the browser sent it
     * @param host the host that answers
     */
    public record Read(
            LinkVisit visit,
            Instant now,
            @Nullable String agentId,
            @Nullable String fbcCookie,
            @Nullable String host) {}

    /**
     * What the address of a link said.
     *
     * @param base scheme and host of the address, as browsers see it
     * @param query its parameters
     * @param clicks click ids of the address that are not among its landing's
     */
    public record Opened(String base, QueryString query, ClickIds clicks) {}

    /**
     * Who opens a link, by a request of their own browser.
     *
     * @param fromForm what the form says of the visit it was shown to, for browsers that keep no cookies
     */
    public Read read(HttpServerRequest request, Link link, Opened opened, @Nullable String fromForm) {
        InetAddress address = address(request);
        return read(
                request,
                link,
                opened,
                fromForm,
                new Teller(
                        opened.base + request.uri(),
                        request.getHeader("Referer"),
                        address,
                        BrowserRequest.userAgent(request),
                        BrowserRequest.language(request)));
    }

    /**
     * What somebody else may tell of a person's browser: the server of a landing, which asks in its place.
     *
     * @param url the page or link that was opened
     */
    public record Teller(
            String url,
            @Nullable String referrer,
            @Nullable InetAddress address,
            @Nullable String userAgent,
            @Nullable String language) {}

    /** Who opens a link, as {@code told}. */
    public Read read(HttpServerRequest request, Link link, Opened opened, @Nullable String fromForm, Teller told) {
        int workspace = link.workspaceId();
        Instant now = clock.instant();
        Map<String, String> sent = CookieHeader.parse(request.getHeader("Cookie"));
        Sites.Site site = sites.of(workspace);
        VisitorCookie key = site.cookie();
        String cookie = sent.get(site.cookies().visitorName());
        VisitorCookie.Remembered remembered = key.read(cookie);
        if (remembered == null) {
            remembered = key.read(fromForm);
        }
        Landing landing = site.landings().read(opened.query, told.url, told.referrer, now);
        BrowserCookies browser = BrowserCookies.read(sent, null, now.toEpochMilli());
        ClickIds clicks = browser.completing(landing.clickIds());
        for (var further : opened.clicks.byName().entrySet()) {
            clicks = clicks.with(further.getKey(), further.getValue());
        }
        String ip = told.address == null ? null : IpAddresses.text(told.address);
        Long visitorNo = remembered == null
                ? null
                : visitors.number(workspace, remembered.code().text());
        // A cookie that is not ours any more is a browser we cannot know, and not one that has none yet.
        // Two forms without a visit are two people's, however alike their browsers.
        boolean isForm = request.method().name().equals("POST");
        boolean known = visitorNo != null || cookie != null;
        var visit = new LinkVisit(
                workspace,
                link.kind(),
                link.id(),
                visitorNo,
                known ? null : visitors.number(workspace, opened.query.get("visitor")),
                known || isForm || ip == null || told.userAgent == null ? 0 : twin(request, ip, told),
                told.address == null ? 0 : source(link, told.address),
                link.unflaggedClicks(),
                landing,
                clicks,
                browser.ids(),
                new WebContext(told.url, landing.referrer(), ip, told.userAgent, geo.at(ip)),
                told.language,
                today.of(workspace, now),
                BrowserRequest.saysGpc(request));
        return new Read(
                visit,
                now,
                remembered == null ? null : remembered.agentId(),
                browser.ids().fbc(),
                UrlHost.of(opened.base));
    }

    /** The headers of the cookies for a visitor, beyond the visit only where they may be kept. */
    public void writeCookies(
            HttpServerRequest request, Read read, LinkVisit.Greeting greeting, @Nullable String agentId) {
        var headers = request.response().headers();
        SetCookies cookies = sites.cookies(sites.of(read.visit.workspaceId()), read.host);
        boolean keep = greeting.mayKeepCookies();
        headers.add("Set-Cookie", cookies.visitor(token(read, greeting.code(), agentId), keep));
        String fbc = keep ? Fbc.toWrite(greeting.fbclid(), read.fbcCookie()) : null;
        if (fbc != null) {
            headers.add("Set-Cookie", cookies.fbc(fbc));
        }
    }

    /** The signed value that says "I am this visitor". */
    public String token(Read read, String code, @Nullable String agentId) {
        return key(read.visit.workspaceId())
                .write(new VisitorCode(code), agentId, LocalDate.ofInstant(read.now, ZoneOffset.UTC));
    }

    /** The value of a {@link #token} that came back with a form, if it is ours; else null. */
    public @Nullable String checked(int workspaceId, @Nullable String token) {
        return key(workspaceId).read(token) == null ? null : token;
    }

    private VisitorCookie key(int workspace) {
        return sites.of(workspace).cookie();
    }

    /** The same for two taps of one browser at once; never 0. */
    private long twin(HttpServerRequest request, String ip, Teller told) {
        String languages = request.getHeader("Accept-Language");
        return secrets.lookupKey("twin", ip + '\n' + told.userAgent + '\n' + languages + '\n' + told.url) | 1;
    }

    /** An address, or with IPv6 the network a connection is given, which one machine can use up in a minute. */
    private static long source(Link link, InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            bytes = Arrays.copyOf(bytes, 8);
        }
        long h = RecentClicks.hash(link.id());
        for (byte b : bytes) {
            h = (h ^ b) * 0x100000001b3L;
        }
        return h | 1;
    }

    /** The browser's address, as far as the proxies in between can be believed; null when it is not known. */
    public @Nullable InetAddress address(HttpServerRequest request) {
        return clientAddress.of(
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress(),
                request.headers().getAll("X-Forwarded-For"),
                request.headers().getAll("Forwarded"));
    }
}
