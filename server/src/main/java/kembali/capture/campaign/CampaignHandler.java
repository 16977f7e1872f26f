package kembali.capture.campaign;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import kembali.campaign.Alias;
import kembali.campaign.LinkRepair;
import kembali.capture.RequestKind;
import kembali.capture.campaign.CampaignClicks.Done;
import kembali.capture.campaign.CampaignClicks.Opened;
import kembali.capture.link.LinkHosts;
import org.jspecify.annotations.Nullable;

/**
 * {@code /c/{alias}} and {@code /{alias}}: remembers the click and sends the person on. Whoever asks is sent to the same
 * place; a machine only makes no click.
 */
public final class CampaignHandler {
    private static final String FOLDER = "/c/";

    private final CampaignClicks clicks;

    public CampaignHandler(CampaignClicks clicks) {
        this.clicks = clicks;
    }

    /** Answers one request for {@code /c/…}, on the event loop. */
    public void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        LinkRepair.Repaired link = mended(request);
        LinkHosts.Asked asked = clicks.hosts().of(request);
        Opened opened = link.path().length() < FOLDER.length()
                ? null
                : find(asked, link, link.path().substring(FOLDER.length()));
        if (opened == null) {
            notFound(request, null);
        } else {
            answer(routing, opened);
        }
    }

    /** Answers {@code /{alias}}; on the server's own host passes on what is no link: other things live there, too. */
    public void handleAtRoot(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        LinkRepair.Repaired link = mended(request);
        String segment = link.path().isEmpty() ? "" : segment(link.path().substring(1));
        if (segment.isEmpty() || Alias.isReserved(segment)) {
            routing.next();
            return;
        }
        LinkHosts.Asked asked = clicks.hosts().of(request);
        Opened opened = find(asked, link, segment);
        if (opened != null) {
            answer(routing, opened);
        } else if (asked.host() != null) {
            notFound(request, null);
        } else {
            if (Alias.of(segment) != null) {
                routing.addEndHandler(end -> {
                    if (request.response().getStatusCode() == 404) {
                        clicks.notFound(null);
                    }
                });
            }
            routing.next();
        }
    }

    private static LinkRepair.Repaired mended(HttpServerRequest request) {
        String path = request.path();
        return LinkRepair.repair(path == null ? "" : path, request.query());
    }

    private static String segment(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private @Nullable Opened find(LinkHosts.Asked asked, LinkRepair.Repaired link, String path) {
        Alias alias = Alias.of(segment(path));
        if (alias == null) {
            return null;
        }
        Campaigns.Ready ready = asked.host() == null ? null : clicks.campaigns().open(asked.host(), alias);
        if (ready == null && (asked.claim() == null || asked.claim().everyLink())) {
            ready = clicks.campaigns().open(null, alias);
        }
        boolean theirs = ready != null
                && (asked.claim() == null
                        || asked.claim().workspaceId() == ready.campaign().workspaceId());
        return ready == null || !theirs ? null : new Opened(ready, link, asked.base());
    }

    private void answer(RoutingContext routing, Opened opened) {
        HttpServerRequest request = routing.request();
        Campaign campaign = opened.campaign();
        if (!campaign.doc().active()) {
            notFound(request, campaign);
            return;
        }
        switch (request.method().name()) {
            case "GET" -> click(routing, opened, 302);
            case "POST" -> {
                // Nobody reads what is sent here: the browser sends it again to where it is led.
                request.resume();
                click(routing, opened, 307);
            }
            case "HEAD" -> follow(routing, opened, new RequestKind.NotGet());
            default -> {
                clicks.count(Outcome.NOT_GET);
                request.response()
                        .setStatusCode(405)
                        .putHeader("Allow", "GET, HEAD, POST")
                        .end();
            }
        }
    }

    private void click(RoutingContext routing, Opened opened, int status) {
        HttpServerRequest request = routing.request();
        RequestKind kind = RequestKind.ofHit(request::getHeader);
        if (!(kind instanceof RequestKind.Human)) {
            follow(routing, opened, kind);
            return;
        }
        clicks.store(
                routing, opened, null, done -> sendOn(request, done, status), outcome -> unstored(request, outcome));
    }

    private void sendOn(HttpServerRequest request, Done done, int status) {
        clicks.reader()
                .writeCookies(request, done.read(), done.clicked(), done.read().agentId());
        redirect(request.response(), status, done.location());
    }

    private void follow(RoutingContext routing, Opened opened, RequestKind kind) {
        clicks.machine(kind, opened.campaign());
        String location = clicks.locationOfMachine(routing.request(), opened);
        if (location == null) {
            text(routing.response(), 404, "Not found\n");
        } else {
            redirect(routing.response(), 302, location);
        }
    }

    private void notFound(HttpServerRequest request, @Nullable Campaign campaign) {
        clicks.notFound(campaign);
        text(request.response(), 404, "Not found\n");
    }

    private static void unstored(HttpServerRequest request, Outcome outcome) {
        HttpServerResponse response = request.response();
        if (outcome == Outcome.NOT_FOUND) {
            text(response, 404, "Not found\n");
        } else {
            response.putHeader("Retry-After", "2");
            text(response, 503, "We are very busy. Please open the link again.\nSilakan buka tautan ini lagi.\n");
        }
    }

    private static void redirect(HttpServerResponse response, int status, String location) {
        response.setStatusCode(status)
                .putHeader("Location", location)
                .putHeader("Cache-Control", "no-store")
                // The destination learns where people come from; it pays for them.
                .putHeader("Referrer-Policy", "no-referrer-when-downgrade")
                .putHeader("X-Robots-Tag", "noindex")
                .end();
    }

    private static void text(HttpServerResponse response, int status, String body) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Robots-Tag", "noindex")
                .end(body);
    }
}
