package kembali.capture.tracker;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.campaign.SubIds;
import kembali.capture.BrowserCookies;
import kembali.capture.BrowserRequest;
import kembali.capture.ClientAddress;
import kembali.capture.CookieHeader;
import kembali.capture.Fbc;
import kembali.capture.RequestKind;
import kembali.capture.Sites;
import kembali.capture.VisitorCookie;
import kembali.capture.geo.Geo;
import kembali.conversion.Decisions;
import kembali.identity.Consent;
import kembali.identity.Person;
import kembali.identity.PhoneNumbers;
import kembali.identity.WebContext;
import kembali.intake.ConsentSaid;
import kembali.intake.EventTracked;
import kembali.intake.HitTaken;
import kembali.intake.Intake;
import kembali.intake.PageSeen;
import kembali.intake.PersonIdentified;
import kembali.intake.TrackerHit;
import kembali.store.GroupCommit;
import kembali.support.FieldError;
import kembali.support.Refusal;
import kembali.visitor.Landing;
import kembali.visitor.QueryString;
import kembali.visitor.VisitorCode;
import kembali.visitor.Visitors;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /t}: takes the hits of the page tracker, and gives the page its visitor's code. The answer leaves only
 * after what it reports is on disk.
 */
public final class TrackerHandler {
    private static final Logger LOG = Logger.getLogger(TrackerHandler.class.getName());

    private final Sites sites;
    private final Visitors visitors;
    private final Decisions decisions;
    private final Intake intake;
    private final ClientAddress clientAddress;
    private final Geo geo;
    private final InstantSource clock;
    private final MeterRegistry meters;

    public TrackerHandler(
            Sites sites,
            Visitors visitors,
            Decisions decisions,
            Intake intake,
            ClientAddress clientAddress,
            Geo geo,
            InstantSource clock,
            MeterRegistry meters) {
        this.sites = sites;
        this.visitors = visitors;
        this.decisions = decisions;
        this.intake = intake;
        this.clientAddress = clientAddress;
        this.geo = geo;
        this.clock = clock;
        this.meters = meters;
    }

    /** Answers one request, on the event loop. */
    public void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String origin = request.getHeader("Origin");
        switch (request.method().name()) {
            case "POST" -> read(routing, origin);
            case "OPTIONS" -> {
                count("preflight");
                // Whose tracker it will be stands in the body that is still to come.
                Answers.shareWith(sites.anyAllows(origin) ? origin : null, request.response());
                Answers.preflight(request.response());
            }
            default -> {
                count("wrong_method");
                Answers.methodNotAllowed(request);
            }
        }
    }

    private void read(RoutingContext routing, @Nullable String origin) {
        HttpServerRequest request = routing.request();
        Buffer body = Buffer.buffer(1_024);
        request.handler(chunk -> {
            // What is too long is read to its end and forgotten, so that the sender hears the answer.
            if (body.length() <= HitReader.MOST_BYTES) {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(e -> count("broken_off"));
        request.endHandler(v -> {
            if (body.length() > HitReader.MOST_BYTES) {
                count("too_large");
                Answers.shareWith(sites.anyAllows(origin) ? origin : null, request.response());
                Answers.refused(
                        request.response(),
                        Refusal.Kind.TOO_LARGE,
                        "A hit has at most " + HitReader.MOST_BYTES + " bytes.",
                        List.of());
                return;
            }
            switch (HitReader.read(body.getBytes())) {
                case HitReader.Read.Hit hit -> judge(routing, origin, hit.body());
                case HitReader.Read.Wrong wrong -> {
                    count("bad_request");
                    FieldError error = wrong.error();
                    Answers.shareWith(sites.anyAllows(origin) ? origin : null, request.response());
                    Answers.refused(
                            request.response(),
                            Refusal.Kind.MALFORMED,
                            error.field() + ": " + error.message(),
                            List.of(error));
                }
            }
        });
        request.resume();
    }

    private void judge(RoutingContext routing, @Nullable String origin, HitBody body) {
        HttpServerRequest request = routing.request();
        HttpServerResponse response = request.response();
        if (body.leftOut() > 0) {
            meters.counter("kembali_tracker_members_left_out").increment(body.leftOut());
        }
        // Looked for only now, so that an unknown key takes the same time whatever else is said.
        Sites.Site site = sites.ofTrackerKey(body.key());
        if (site == null) {
            count("unknown_key");
            Answers.shareWith(sites.anyAllows(origin) ? origin : null, response);
            Answers.refused(response, Refusal.Kind.NOT_FOUND, "There is no such tracker key.", List.of());
            return;
        }
        if (!site.origins().allow(origin)) {
            count("origin_refused");
            Answers.refused(
                    response,
                    Refusal.Kind.FORBIDDEN,
                    "Pages of this origin may not use this tracker; add it to the workspace's trackerOrigins.",
                    List.of());
            return;
        }
        Answers.shareWith(origin, response);
        String machine = machine(RequestKind.ofHit(request::getHeader));
        if (machine != null) {
            ignore(response, body, machine);
            return;
        }
        take(routing, site, body);
    }

    /** Why a hit is no person's, or null when it is one's. */
    private static @Nullable String machine(RequestKind kind) {
        return switch (kind) {
            case RequestKind.Human h -> null;
            case RequestKind.Prefetch p -> "prefetch";
            case RequestKind.Preview p -> "preview";
            case RequestKind.Crawler c -> "crawler";
            case RequestKind.NotGet n -> null;
        };
    }

    private void ignore(HttpServerResponse response, HitBody body, String reason) {
        count(reason);
        Answers.ok(response, new Answers.Taken(null, body.eventId(), "ignored", reason, null));
    }

    private void take(RoutingContext routing, Sites.Site site, HitBody body) {
        HttpServerRequest request = routing.request();
        HttpServerResponse response = request.response();
        Instant now = clock.instant();
        Map<String, String> sent = CookieHeader.parse(request.getHeader("Cookie"));
        VisitorCookie.Remembered remembered =
                site.cookie().read(sent.get(site.cookies().visitorName()));
        BrowserCookies browser = browser(sent, body, now);
        TrackerHit hit = hit(request, site, body, browser, remembered, now);
        Intake.Command<HitTaken> command = command(site, body, hit);
        if (command == null) {
            ignore(response, body, "nothing_said");
            return;
        }
        Context context = routing.vertx().getOrCreateContext();
        try {
            intake.append(command)
                    .whenComplete((taken, error) -> context.runOnContext(v -> {
                        if (error != null) {
                            LOG.log(Level.WARNING, "a hit could not be stored: " + error.getMessage());
                            unstored(response, "failed");
                            return;
                        }
                        count(taken.duplicate() ? "duplicate" : "accepted");
                        setCookies(response, site, remembered, browser, taken, now);
                        Answers.ok(response, answer(site, body, taken));
                    }));
        } catch (GroupCommit.OverloadedException e) {
            unstored(response, "overloaded");
        }
    }

    private void unstored(HttpServerResponse response, String outcome) {
        count(outcome);
        Answers.refused(
                response, Refusal.Kind.OVERLOADED, "Nothing was stored; send the same hit again later.", List.of());
    }

    private Answers.Taken answer(Sites.Site site, HitBody body, HitTaken taken) {
        boolean twins = body.type() == HitBody.Type.PAGEVIEW && taken.mayKeepCookies();
        Map<String, String> events =
                twins ? decisions.visitEvents(site.workspace().id()) : Map.of();
        return new Answers.Taken(
                taken.code(),
                body.eventId(),
                taken.duplicate() ? "duplicate" : "accepted",
                null,
                events.isEmpty() ? null : events);
    }

    private static void setCookies(
            HttpServerResponse response,
            Sites.Site site,
            VisitorCookie.@Nullable Remembered remembered,
            BrowserCookies browser,
            HitTaken taken,
            Instant now) {
        var code = new VisitorCode(taken.code());
        String agentId = remembered != null && remembered.code().equals(code) ? remembered.agentId() : null;
        String value = site.cookie().write(code, agentId, LocalDate.ofInstant(now, ZoneOffset.UTC));
        response.headers().add("Set-Cookie", site.cookies().visitor(value, taken.mayKeepCookies()));
        String fbc = taken.mayKeepCookies()
                ? Fbc.toWrite(taken.fbclid(), browser.ids().fbc())
                : null;
        if (fbc != null) {
            response.headers().add("Set-Cookie", site.cookies().fbc(fbc));
        }
    }

    /** The cookies the page reads, over those that only a server sees. */
    private static BrowserCookies browser(Map<String, String> sent, HitBody body, Instant now) {
        if (sent.isEmpty() || body.cookies().isEmpty()) {
            return BrowserCookies.read(sent.isEmpty() ? body.cookies() : sent, null, now.toEpochMilli());
        }
        var all = new HashMap<>(sent);
        all.putAll(body.cookies());
        return BrowserCookies.read(all, null, now.toEpochMilli());
    }

    private TrackerHit hit(
            HttpServerRequest request,
            Sites.Site site,
            HitBody body,
            BrowserCookies browser,
            VisitorCookie.@Nullable Remembered remembered,
            Instant now) {
        int workspace = site.workspace().id();
        Instant at = now.minusMillis(body.ageMs());
        QueryString query = QueryString.ofUrl(body.url());
        Landing landing = site.landings().read(query, body.url(), body.referrer(), at);
        String address = BrowserRequest.address(request, clientAddress);
        return new TrackerHit(
                workspace,
                body.eventId(),
                remembered == null
                        ? null
                        : visitors.number(workspace, remembered.code().text()),
                visitors.number(workspace, body.visitor()),
                SubIds.among(query),
                at,
                landing,
                browser.completing(landing.clickIds()),
                browser.ids(),
                new WebContext(
                        body.url(), body.referrer(), address, BrowserRequest.userAgent(request), geo.at(address)),
                body.language() != null ? body.language() : BrowserRequest.language(request),
                body.timezone(),
                consent(body, body.gpc() || BrowserRequest.saysGpc(request), at));
    }

    /** What the page's consent tool and the browser say together: the tool's plain words before its string. */
    private Consent consent(HitBody body, boolean gpc, Instant at) {
        Consent said = body.consent();
        Consent read = null;
        if (body.tcString() != null && !Boolean.FALSE.equals(body.gdpr())) {
            read = TcStrings.read(body.tcString());
            if (read == null) {
                meters.counter("kembali_tracker_broken_tc_strings").increment();
            }
        }
        Consent all = read == null ? said : said.saysNothing() ? read : read.updatedBy(said);
        Consent.Source source = all.saysNothing() ? gpc ? Consent.Source.GPC : Consent.Source.DEFAULT : all.source();
        return new Consent(
                all.adStorage(),
                all.analyticsStorage(),
                all.adUserData(),
                all.adPersonalization(),
                source,
                read == null ? null : body.tcString(),
                gpc,
                Boolean.TRUE.equals(body.gdpr()),
                null,
                at);
    }

    /** What is to be done with the hit; null when it says nothing. */
    private static Intake.@Nullable Command<HitTaken> command(Sites.Site site, HitBody body, TrackerHit hit) {
        return switch (body.type()) {
            case PAGEVIEW -> new PageSeen(hit);
            case EVENT -> event(site, body, hit);
            case IDENTIFY ->
                body.namesSomebody()
                        ? new PersonIdentified(
                                hit, person(site, body), site.workspace().web().trackerIdentify())
                        : null;
            case CONSENT -> hit.consent().saysNothing() ? null : new ConsentSaid(hit);
        };
    }

    private static EventTracked event(Sites.Site site, HitBody body, TrackerHit hit) {
        String name = body.name() == null ? "" : body.name();
        return new EventTracked(
                hit,
                name,
                body.value(),
                body.currency(),
                body.orderId(),
                site.workspace().web().trackerStatuses().contains(name));
    }

    private static Person person(Sites.Site site, HitBody body) {
        String phone = body.personPhone();
        var parsed = phone == null
                ? null
                : PhoneNumbers.fromPerson(phone, site.workspace().defaultCountry());
        return new Person(
                body.personName(),
                body.personEmail(),
                phone,
                parsed == null ? null : parsed.e164(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private void count(String outcome) {
        meters.counter("kembali_tracker_requests", "outcome", outcome).increment();
    }
}
