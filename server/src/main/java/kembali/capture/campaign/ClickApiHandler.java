package kembali.capture.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kembali.campaign.LinkRepair;
import kembali.campaign.Repair;
import kembali.campaign.Unfilled;
import kembali.capture.BrowserRequest;
import kembali.capture.RequestKind;
import kembali.capture.Sites;
import kembali.capture.campaign.CampaignClicks.Done;
import kembali.capture.campaign.CampaignClicks.Opened;
import kembali.capture.link.VisitReader;
import kembali.support.IpAddresses;
import kembali.support.Json;
import kembali.visitor.QueryString;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET|POST /click_api/v3?token=…}: a click on a campaign for a landing on another host, told by its page or by its
 * server. Nobody is redirected; the answer says where the person would go, and the id of the click. Shape and names are
 * those integrations of other trackers know.
 */
public final class ClickApiHandler {
    private static final int LONGEST_BODY = 16_384;
    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_URL = 4_000;

    /** What only this API reads, and no campaign does. */
    private static final List<String> OWN = List.of(
            "token",
            "info",
            "log",
            "version",
            "ip",
            "ua",
            "user_agent",
            "lang",
            "language",
            "page",
            "referrer",
            "referer",
            "x_requested_with",
            "uniqueness_cookie",
            "force_redirect_offer");

    private final CampaignClicks clicks;
    private final Sites sites;

    public ClickApiHandler(CampaignClicks clicks, Sites sites) {
        this.clicks = clicks;
        this.sites = sites;
    }

    /**
     * The answer.
     *
     * @param headers lines such as {@code Location: https://…}
     * @param visitorCode of the person; null where no click was made
     * @param mayKeepCookies whether the page may keep the click's id beyond the visit
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            String body,
            String contentType,
            List<String> headers,
            int status,
            @Nullable Info info,
            @Nullable String visitorCode,
            @Nullable Boolean mayKeepCookies,
            @Nullable List<String> log) {}

    /**
     * What was decided.
     *
     * @param streamId the destination
     * @param subId null where no click was made
     */
    record Info(
            @JsonProperty("campaign_id") String campaignId,
            @JsonProperty("stream_id") @Nullable String streamId,
            @JsonProperty("sub_id") @Nullable String subId,
            String type,
            String url) {}

    /** What the caller wants to be told besides. */
    private record Asked(boolean info, boolean log) {}

    private record Problem(String error) {}

    /** Answers one request, on the event loop. */
    public void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        switch (request.method().name()) {
            case "GET" -> take(routing, request.query());
            case "POST" -> readBody(routing);
            case "OPTIONS" -> {
                String origin = request.getHeader("Origin");
                share(request.response(), sites.anyAllows(origin) ? origin : null);
                request.response()
                        .setStatusCode(204)
                        .putHeader("Access-Control-Allow-Methods", "GET, POST")
                        .putHeader("Access-Control-Allow-Headers", "Content-Type")
                        .putHeader("Access-Control-Max-Age", "86400")
                        .end();
            }
            default ->
                request.response()
                        .setStatusCode(405)
                        .putHeader("Allow", "GET, POST, OPTIONS")
                        .end();
        }
    }

    private void readBody(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        var body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() <= LONGEST_BODY) {
                body.appendBuffer(part);
            }
        });
        request.endHandler(v -> {
            String type = request.getHeader("Content-Type");
            boolean form = type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("application/x-www-form");
            if (body.length() > LONGEST_BODY) {
                refuse(request, 413, "The form is longer than 16,384 bytes.");
            } else if (form) {
                String query = request.query();
                String sent = body.toString(StandardCharsets.UTF_8).strip();
                take(routing, query == null || query.isEmpty() ? sent : query + "&" + sent);
            } else {
                take(routing, request.query());
            }
        });
        request.resume();
    }

    private void take(RoutingContext routing, @Nullable String rawQuery) {
        HttpServerRequest request = routing.request();
        LinkRepair.Repaired link = LinkRepair.repairQuery(rawQuery);
        QueryString query = QueryString.parse(link.query());
        String token = query.get("token");
        Campaigns.Ready ready = token == null ? null : clicks.campaigns().ofToken(token);
        if (ready == null || !ready.campaign().doc().active()) {
            clicks.notFound(ready == null ? null : ready.campaign());
            String origin = request.getHeader("Origin");
            share(request.response(), sites.anyAllows(origin) ? origin : null);
            refuse(request, 404, "No campaign has this token.");
            return;
        }
        String origin = request.getHeader("Origin");
        if (!sites.of(ready.campaign().workspaceId()).origins().allow(origin)) {
            clicks.count(Outcome.REFUSED);
            refuse(
                    request,
                    403,
                    "Pages of this origin may not use this campaign; add it to the workspace's trackerOrigins.");
            return;
        }
        share(request.response(), origin);
        VisitReader.Teller told = told(request, query);
        var opened = new Opened(
                ready,
                new LinkRepair.Repaired("", withoutOwn(link.query()), link.repairs()),
                clicks.hosts().of(request).base());
        RequestKind kind =
                RequestKind.ofHit(name -> name.equals("User-Agent") ? told.userAgent() : request.getHeader(name));
        String machine = clicks.machine(kind, opened.campaign());
        var asked = new Asked(isOn(query.get("info")), isOn(query.get("log")));
        if (machine != null) {
            machine(request, opened, machine, asked);
            return;
        }
        clicks.store(routing, opened, told, done -> answer(request, opened, done, asked), outcome -> {
            if (outcome == Outcome.NOT_FOUND) {
                refuse(request, 404, "The campaign has no destination.");
            } else {
                request.response().putHeader("Retry-After", "2");
                refuse(request, 503, "Nothing was stored; ask again later.");
            }
        });
    }

    /** What the page, or its server in the person's place, tells of the browser. */
    private VisitReader.Teller told(HttpServerRequest request, QueryString query) {
        InetAddress said = query.get("ip") == null ? null : IpAddresses.parse(query.get("ip"));
        String userAgent = cut(query.first("user_agent", "ua"), LONGEST_TEXT);
        String language = cut(query.first("language", "lang"), 35);
        String page = query.get("page");
        String before = query.first("referrer", "referer", "se_referrer");
        String referer = request.getHeader("Referer");
        // A page's request has the page itself as its referrer.
        String url = cut(isWeb(page) ? page : isWeb(referer) ? referer : null, LONGEST_URL);
        return new VisitReader.Teller(
                url == null ? clicks.hosts().of(request).base() + request.path() : url,
                isWeb(before) ? cut(before, LONGEST_URL) : null,
                said != null ? said : clicks.reader().address(request),
                userAgent != null ? userAgent : BrowserRequest.userAgent(request),
                language != null ? language : BrowserRequest.language(request));
    }

    private static boolean isWeb(@Nullable String url) {
        return url != null
                && (url.regionMatches(true, 0, "https://", 0, 8) || url.regionMatches(true, 0, "http://", 0, 7));
    }

    private static @Nullable String cut(@Nullable String text, int longest) {
        return text == null || text.length() <= longest ? text : text.substring(0, longest);
    }

    /** The parameters that are the campaign's. */
    private static String withoutOwn(String query) {
        var kept = new StringBuilder(query.length());
        for (String part : query.split("[&?]", -1)) {
            int equals = part.indexOf('=');
            String name = (equals < 0 ? part : part.substring(0, equals)).toLowerCase(Locale.ROOT);
            if (!part.isEmpty() && !OWN.contains(name)) {
                kept.append(kept.isEmpty() ? "" : "&").append(part);
            }
        }
        return kept.toString();
    }

    private static boolean isOn(@Nullable String flag) {
        return flag != null && !flag.equals("0") && !flag.equals("false");
    }

    private void machine(HttpServerRequest request, Opened opened, String machine, Asked asked) {
        String location = clicks.locationOfMachine(request, opened);
        if (location == null) {
            refuse(request, 404, "The campaign has no destination.");
            return;
        }
        List<String> lines =
                asked.log ? List.of(campaignLine(opened), "No click: this is a machine, " + machine) : null;
        var info = new Info(opened.campaign().id(), null, null, "location", location);
        send(
                request.response(),
                new Answer(
                        "",
                        "text/html",
                        List.of("Location: " + location),
                        302,
                        asked.info ? info : null,
                        null,
                        null,
                        lines));
    }

    private void answer(HttpServerRequest request, Opened opened, Done done, Asked asked) {
        clicks.reader()
                .writeCookies(request, done.read(), done.clicked(), done.read().agentId());
        var info = new Info(
                opened.campaign().id(), done.target().id(), done.clicked().subid(), "location", done.location());
        send(
                request.response(),
                new Answer(
                        "",
                        "text/html",
                        List.of("Location: " + done.location()),
                        302,
                        asked.info ? info : null,
                        done.clicked().code(),
                        done.clicked().mayKeepCookies(),
                        asked.log ? lines(opened, done) : null));
    }

    private static String campaignLine(Opened opened) {
        return "Campaign " + opened.campaign().name() + " (" + opened.campaign().id() + ")";
    }

    private static List<String> lines(Opened opened, Done done) {
        var lines = new ArrayList<String>();
        lines.add(campaignLine(opened));
        for (Repair r : done.link().values().repairs()) {
            lines.add("Link mended: " + r.code());
        }
        for (Unfilled u : done.link().values().unfilled()) {
            lines.add("Not filled in: " + u.key() + "=" + u.text());
        }
        done.link().values().repeated().forEach(key -> lines.add("Came more than once: " + key));
        lines.add("Visitor " + done.clicked().code() + (done.clicked().returning() ? ", known before" : ", new"));
        if (done.clicked().again()) {
            lines.add("A second tap: the click before it counts");
        }
        if (done.clicked().flagged()) {
            lines.add("Flagged: more clicks a minute from this address than people make");
        }
        int all = opened.campaign().doc().destinations().stream()
                .mapToInt(Campaign.Target::weight)
                .sum();
        lines.add("Destination " + done.target().name() + " (" + done.target().id() + "), weight "
                + done.target().weight() + " of " + all + "; the visitor keeps it");
        lines.add("Click " + done.clicked().subid());
        return lines;
    }

    private static void share(HttpServerResponse response, @Nullable String origin) {
        response.putHeader("Vary", "Origin");
        if (origin != null) {
            response.putHeader("Access-Control-Allow-Origin", origin)
                    .putHeader("Access-Control-Allow-Credentials", "true");
        }
    }

    private static void send(HttpServerResponse response, Answer answer) {
        response.putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(Json.write(answer));
    }

    private static void refuse(HttpServerRequest request, int status, String error) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(Json.write(new Problem(error)));
    }
}
