package kembali.capture.rotator;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.capture.BrowserCookies;
import kembali.capture.ClientAddress;
import kembali.capture.CookieHeader;
import kembali.capture.Fbc;
import kembali.capture.LandingReader;
import kembali.capture.RequestKind;
import kembali.capture.SetCookies;
import kembali.capture.VisitorCookie;
import kembali.identity.ClickIds;
import kembali.identity.WebContext;
import kembali.intake.Intake;
import kembali.intake.RotatorClicked;
import kembali.store.GroupCommit;
import kembali.support.IpAddresses;
import kembali.support.Secrets;
import kembali.visitor.Landing;
import kembali.visitor.QueryString;
import kembali.visitor.VisitorCode;
import kembali.visitor.Visitors;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /wa/{slug}}: remembers who clicked and sends them on to an agent's chat, with their
 * code in the message. The redirect leaves only after what it reports is on disk.
 */
public final class RotatorHandler {
    private static final Logger LOG = Logger.getLogger(RotatorHandler.class.getName());
    private static final int LONGEST_USER_AGENT = 1_000;

    private final Rotators rotators;
    private final Visitors visitors;
    private final Intake intake;
    private final ClientAddress clientAddress;
    private final SetCookies cookies;
    private final LandingReader landings;
    private final Secrets secrets;
    private final InstantSource clock;
    private final String publicUrl;
    private final MeterRegistry meters;
    private final Map<Integer, VisitorCookie> cookieKeys = new ConcurrentHashMap<>();

    public RotatorHandler(
            Rotators rotators,
            Visitors visitors,
            Intake intake,
            ClientAddress clientAddress,
            SetCookies cookies,
            LandingReader landings,
            Secrets secrets,
            InstantSource clock,
            String publicUrl,
            MeterRegistry meters) {
        this.rotators = rotators;
        this.visitors = visitors;
        this.intake = intake;
        this.clientAddress = clientAddress;
        this.cookies = cookies;
        this.landings = landings;
        this.secrets = secrets;
        this.clock = clock;
        this.publicUrl = publicUrl;
        this.meters = meters;
    }

    /** Answers one request, on the event loop. */
    public void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String slug = routing.pathParam("slug");
        Rotators.Ready ready = slug == null ? null : rotators.open(slug);
        if (ready == null) {
            count("not_found");
            RotatorPages.notFound(request.response());
            return;
        }
        RequestKind kind = RequestKind.of(request.method().name(), request::getHeader);
        switch (kind) {
            case RequestKind.Human h -> click(routing, ready);
            case RequestKind.Prefetch p -> {
                count("prefetch");
                request.response()
                        .setStatusCode(503)
                        .putHeader("Cache-Control", "no-store")
                        .end();
            }
            case RequestKind.Preview p -> {
                count("preview");
                RotatorPages.preview(request.response(), ready.rotator().doc().name());
            }
            case RequestKind.Crawler c -> {
                count("crawler");
                follow(request.response(), ready);
            }
            case RequestKind.NotGet n -> {
                count("not_get");
                if (request.method().name().equals("HEAD")) {
                    follow(request.response(), ready);
                } else {
                    request.response()
                            .setStatusCode(405)
                            .putHeader("Allow", "GET, HEAD")
                            .end();
                }
            }
        }
    }

    /** A machine is let through, so that ad reviewers reach the chat; nothing is stored. */
    private static void follow(HttpServerResponse response, Rotators.Ready ready) {
        String number = numberFor(ready, null);
        if (number == null) {
            RotatorPages.nobody(response);
            return;
        }
        redirect(response, "https://wa.me/" + digits(number));
    }

    private void click(RoutingContext routing, Rotators.Ready ready) {
        HttpServerRequest request = routing.request();
        int workspace = ready.rotator().workspaceId();
        Instant now = clock.instant();
        Map<String, String> sent = CookieHeader.parse(request.getHeader("Cookie"));
        VisitorCookie key = cookieKey(workspace);
        VisitorCookie.Remembered remembered = key.read(sent.get(cookies.visitorName()));
        String sticky = ready.rotator().doc().sticky() && remembered != null ? remembered.agentId() : null;
        RotatorAgent chosen = ready.chooser().choose(sticky);
        Agent agent = chosen == null ? null : ready.agents().get(chosen.id());
        String number = agent != null ? agent.phone() : ready.rotator().doc().fallbackPhone();
        QueryString query = QueryString.parse(request.query());
        String url = publicUrl + request.uri();
        Landing landing = landings.read(query, url, request.getHeader("Referer"), now);
        BrowserCookies browser = BrowserCookies.read(sent, null, now.toEpochMilli());
        ClickIds clicks = browser.completing(landing.clickIds());
        var command = new RotatorClicked(
                workspace,
                ready.rotator().id(),
                remembered == null
                        ? null
                        : visitors.number(workspace, remembered.code().text()),
                landing,
                clicks,
                browser.ids(),
                new WebContext(url, landing.referrer(), address(request), userAgent(request)),
                language(request),
                agent == null ? null : agent.id(),
                number);
        HttpServerResponse response = request.response();
        Context context = routing.vertx().getOrCreateContext();
        try {
            intake.append(command)
                    .whenComplete((clicked, error) -> context.runOnContext(v -> {
                        if (error != null) {
                            LOG.log(Level.WARNING, "a click could not be stored: " + error.getMessage());
                            count("failed");
                            RotatorPages.tryAgain(response);
                            return;
                        }
                        count("click");
                        var code = new VisitorCode(clicked.code());
                        response.headers()
                                .add(
                                        "Set-Cookie",
                                        cookies.visitor(
                                                key.write(code, agent == null ? null : agent.id(), today(now)), true));
                        String fbc = Fbc.toWrite(clicked.fbclid(), browser.ids().fbc());
                        if (fbc != null) {
                            response.headers().add("Set-Cookie", cookies.fbc(fbc));
                        }
                        if (number == null) {
                            RotatorPages.nobody(response);
                            return;
                        }
                        String text = ready.draft().expand(code, null, campaign(landing));
                        redirect(response, WaLink.to(WaLink.Host.named("wa.me"), digits(number), text));
                    }));
        } catch (GroupCommit.OverloadedException e) {
            count("overloaded");
            RotatorPages.tryAgain(response);
        }
    }

    private static void redirect(HttpServerResponse response, String location) {
        response.setStatusCode(302)
                .putHeader("Location", location)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Robots-Tag", "noindex")
                .end();
    }

    private static @Nullable String numberFor(Rotators.Ready ready, @Nullable String sticky) {
        for (Rotator.Share s : ready.rotator().doc().agents()) {
            Agent a = ready.agents().get(s.agentId());
            if (a != null && a.active() && (sticky == null || sticky.equals(a.id()))) {
                return a.phone();
            }
        }
        return ready.rotator().doc().fallbackPhone();
    }

    private static String digits(String e164) {
        return e164.startsWith("+") ? e164.substring(1) : e164;
    }

    private static @Nullable String campaign(Landing landing) {
        String name = landing.ad().campaignName();
        return name != null ? name : landing.utm().campaign();
    }

    private @Nullable String address(HttpServerRequest request) {
        InetAddress address = clientAddress.of(
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress(),
                request.headers().getAll("X-Forwarded-For"),
                request.headers().getAll("Forwarded"));
        return address == null ? null : IpAddresses.text(address);
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
        while (end < accepted.length() && end < 35 && ",; ".indexOf(accepted.charAt(end)) < 0) {
            end++;
        }
        return end == 0 ? null : accepted.substring(0, end);
    }

    private VisitorCookie cookieKey(int workspace) {
        return cookieKeys.computeIfAbsent(workspace, w -> new VisitorCookie(secrets.derive("visitor-cookie"), w));
    }

    private static LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private void count(String outcome) {
        meters.counter("kembali_rotator_requests", "outcome", outcome).increment();
    }
}
