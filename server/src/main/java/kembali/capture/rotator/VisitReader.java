package kembali.capture.rotator;

import io.vertx.core.http.HttpServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kembali.account.Workspaces;
import kembali.capture.BrowserCookies;
import kembali.capture.ClientAddress;
import kembali.capture.CookieHeader;
import kembali.capture.Fbc;
import kembali.capture.LandingReader;
import kembali.capture.QueryString;
import kembali.capture.SetCookies;
import kembali.capture.VisitorCookie;
import kembali.identity.ClickIds;
import kembali.identity.WebContext;
import kembali.intake.LinkVisit;
import kembali.intake.RecentClicks;
import kembali.support.IpAddresses;
import kembali.support.Secrets;
import kembali.visitor.Landing;
import kembali.visitor.VisitorCode;
import kembali.visitor.Visitors;
import org.jspecify.annotations.Nullable;

/** Reads from a request who opens a link and with what, and writes the cookies they keep. */
final class VisitReader {
    private static final int LONGEST_USER_AGENT = 1_000;
    private static final int LONGEST_LANGUAGE = 35;

    private final Visitors visitors;
    private final ClientAddress clientAddress;
    private final SetCookies cookies;
    private final LandingReader landings;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Today today;
    private final Map<Integer, VisitorCookie> keys = new ConcurrentHashMap<>();

    VisitReader(
            Visitors visitors,
            Workspaces workspaces,
            ClientAddress clientAddress,
            SetCookies cookies,
            LandingReader landings,
            Secrets secrets,
            InstantSource clock) {
        this.visitors = visitors;
        this.clientAddress = clientAddress;
        this.cookies = cookies;
        this.landings = landings;
        this.secrets = secrets;
        this.clock = clock;
        this.today = new Today(workspaces);
    }

    /**
     * What a request says.
     *
     * @param agentId the agent the visitor was given before, in any rotator
     * @param fbcCookie Meta's click cookie as the browser sent it
     */
    record Read(
            LinkVisit visit,
            Instant now,
            @Nullable String agentId,
            @Nullable String fbcCookie) {}

    /** @param fromForm what the form says of the visit it was shown to, for browsers that keep no cookies */
    Read read(HttpServerRequest request, LinkFinder.Found found, @Nullable String fromForm) {
        Rotator rotator = found.ready().rotator();
        int workspace = rotator.workspaceId();
        Instant now = clock.instant();
        Map<String, String> sent = CookieHeader.parse(request.getHeader("Cookie"));
        VisitorCookie key = key(workspace);
        String cookie = sent.get(cookies.visitorName());
        VisitorCookie.Remembered remembered = key.read(cookie);
        if (remembered == null) {
            remembered = key.read(fromForm);
        }
        QueryString query = QueryString.parse(request.query());
        String url = found.base() + request.uri();
        Landing landing = landings.read(query, url, request.getHeader("Referer"), now);
        BrowserCookies browser = BrowserCookies.read(sent, null, now.toEpochMilli());
        ClickIds clicks = browser.completing(landing.clickIds());
        InetAddress address = address(request);
        String ip = address == null ? null : IpAddresses.text(address);
        String userAgent = userAgent(request);
        Long visitorNo = remembered == null
                ? null
                : visitors.number(workspace, remembered.code().text());
        // A cookie that is not ours any more is a browser we cannot know, and not one that has none yet.
        // Two forms without a visit are two people's, however alike their browsers.
        boolean isForm = request.method().name().equals("POST");
        boolean known = visitorNo != null || cookie != null;
        var visit = new LinkVisit(
                workspace,
                rotator.id(),
                visitorNo,
                known ? null : visitors.number(workspace, query.get("visitor")),
                known || isForm || ip == null || userAgent == null ? 0 : twin(request, ip, userAgent, url),
                address == null ? 0 : source(rotator, address),
                rotator.doc().unflaggedClicks(),
                landing,
                clicks,
                browser.ids(),
                new WebContext(url, landing.referrer(), ip, userAgent),
                language(request),
                today.of(workspace, now));
        return new Read(
                visit,
                now,
                remembered == null ? null : remembered.agentId(),
                browser.ids().fbc());
    }

    /** The headers of the cookies for a visitor. @param fbclid the click they arrived with, as the store knows it */
    void writeCookies(
            HttpServerRequest request,
            Read read,
            String code,
            @Nullable String agentId,
            ClickIds.@Nullable ClickId fbclid) {
        var headers = request.response().headers();
        headers.add("Set-Cookie", cookies.visitor(token(read, code, agentId), true));
        String fbc = Fbc.toWrite(fbclid, read.fbcCookie());
        if (fbc != null) {
            headers.add("Set-Cookie", cookies.fbc(fbc));
        }
    }

    /** The signed value that says "I am this visitor". */
    String token(Read read, String code, @Nullable String agentId) {
        return key(read.visit.workspaceId())
                .write(new VisitorCode(code), agentId, LocalDate.ofInstant(read.now, ZoneOffset.UTC));
    }

    /** The value of a {@link #token} that came back with a form, if it is ours; else null. */
    @Nullable String checked(int workspaceId, @Nullable String token) {
        return key(workspaceId).read(token) == null ? null : token;
    }

    private VisitorCookie key(int workspace) {
        return keys.computeIfAbsent(workspace, w -> new VisitorCookie(secrets.derive("visitor-cookie"), w));
    }

    /** The same for two taps of one browser at once; never 0. */
    private long twin(HttpServerRequest request, String ip, String userAgent, String url) {
        String languages = request.getHeader("Accept-Language");
        return secrets.lookupKey("twin", ip + '\n' + userAgent + '\n' + languages + '\n' + url) | 1;
    }

    /** An address, or with IPv6 the network a connection is given, which one machine can use up in a minute. */
    private static long source(Rotator rotator, InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            bytes = Arrays.copyOf(bytes, 8);
        }
        long h = RecentClicks.hash(rotator.id());
        for (byte b : bytes) {
            h = (h ^ b) * 0x100000001b3L;
        }
        return h | 1;
    }

    @Nullable InetAddress address(HttpServerRequest request) {
        return clientAddress.of(
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress(),
                request.headers().getAll("X-Forwarded-For"),
                request.headers().getAll("Forwarded"));
    }

    private static @Nullable String userAgent(HttpServerRequest request) {
        String ua = request.getHeader("User-Agent");
        return ua == null || ua.length() <= LONGEST_USER_AGENT ? ua : ua.substring(0, LONGEST_USER_AGENT);
    }

    private static @Nullable String language(HttpServerRequest request) {
        String accepted = request.getHeader("Accept-Language");
        if (accepted == null || accepted.isBlank()) {
            return null;
        }
        int end = 0;
        while (end < accepted.length() && end < LONGEST_LANGUAGE && ",; ".indexOf(accepted.charAt(end)) < 0) {
            end++;
        }
        return end == 0 ? null : accepted.substring(0, end);
    }
}
