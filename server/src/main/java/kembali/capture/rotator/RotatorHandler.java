package kembali.capture.rotator;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.InstantSource;
import kembali.account.LinkDomains;
import kembali.account.Workspaces;
import kembali.capture.ClientAddress;
import kembali.capture.RequestKind;
import kembali.capture.Sites;
import kembali.capture.geo.Geo;
import kembali.capture.link.MachineCounts;
import kembali.capture.link.VisitReader;
import kembali.capture.rotator.Outcomes.Outcome;
import kembali.capture.rotator.form.FormEntry;
import kembali.capture.rotator.form.LeadForm;
import kembali.capture.rotator.page.FormPage;
import kembali.capture.rotator.page.RotatorPages;
import kembali.figures.LinkCount;
import kembali.identity.ClickIds;
import kembali.intake.Intake;
import kembali.intake.RotatorClicked;
import kembali.support.Secrets;
import kembali.visitor.QueryString;
import kembali.visitor.Visitors;

/**
 * {@code GET /wa/{slug}}: remembers who clicked and sends them on to an agent's chat, with their
 * code in the message; or shows the rotator's form first, which {@link FormHandler} takes. The answer
 * leaves only after what it reports is on disk.
 */
public final class RotatorHandler {
    private final LinkFinder links;
    private final VisitReader reader;
    private final Chats chats;
    private final FormHandler forms;
    private final ClickStore store;
    private final InstantSource clock;
    private final MachineCounts machines;
    private final Outcomes outcomes;

    public RotatorHandler(
            Rotators rotators,
            LinkDomains domains,
            Workspaces workspaces,
            Visitors visitors,
            Intake intake,
            ClientAddress clientAddress,
            Sites sites,
            Geo geo,
            Secrets secrets,
            InstantSource clock,
            URI publicUrl,
            MachineCounts machines,
            MeterRegistry meters) {
        this.clock = clock;
        this.machines = machines;
        outcomes = new Outcomes(meters);
        links = new LinkFinder(rotators, domains, publicUrl);
        reader = new VisitReader(visitors, workspaces, clientAddress, sites, geo, secrets, clock);
        chats = new Chats(workspaces, reader);
        store = new ClickStore(intake, outcomes);
        forms = new FormHandler(workspaces, reader, chats, store, clock, machines, outcomes);
    }

    /** Answers one request for {@code /wa/{slug}}, on the event loop. */
    public void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        LinkFinder.Found found = links.find(request, routing.pathParam("slug"));
        if (found == null || !found.answers()) {
            outcomes.count(Outcome.NOT_FOUND);
            if (found != null) {
                machines.add(found.link(), LinkCount.NOT_FOUND);
            }
            RotatorPages.notFound(request.response());
            return;
        }
        answer(routing, found);
    }

    /** Answers {@code /{slug}} where the host is somebody's and the slug one of their links; else passes on. */
    public void handleAtRoot(RoutingContext routing) {
        LinkFinder.Found found = links.findAtRoot(routing.request(), routing.pathParam("slug"));
        if (found == null) {
            routing.next();
        } else {
            answer(routing, found);
        }
    }

    private void answer(RoutingContext routing, LinkFinder.Found found) {
        HttpServerRequest request = routing.request();
        Rotators.Ready ready = found.ready();
        if (request.method().name().equals("POST") && ready.rotator().doc().form() != null) {
            forms.handle(routing, found, ready.rotator().doc().form());
            return;
        }
        RequestKind kind = RequestKind.of(request.method().name(), request::getHeader);
        switch (kind) {
            case RequestKind.Human h -> click(routing, found);
            case RequestKind.Prefetch p -> {
                outcomes.count(Outcome.PREFETCH);
                machines.add(found.link(), LinkCount.PREFETCHES);
                request.response()
                        .setStatusCode(503)
                        .putHeader("Cache-Control", "no-store")
                        .end();
            }
            case RequestKind.Preview p -> {
                outcomes.count(Outcome.PREVIEW);
                machines.add(found.link(), LinkCount.PREVIEWS);
                preview(request, found);
            }
            case RequestKind.Crawler c -> {
                outcomes.count(Outcome.CRAWLER);
                machines.add(found.link(), LinkCount.CRAWLERS);
                chats.follow(request.response(), ready, clock.instant());
            }
            case RequestKind.NotGet n -> {
                outcomes.count(Outcome.NOT_GET);
                if (request.method().name().equals("HEAD")) {
                    chats.follow(request.response(), ready, clock.instant());
                } else {
                    request.response()
                            .putHeader("Allow", ready.rotator().doc().form() == null ? "GET, HEAD" : "GET, HEAD, POST");
                    RotatorPages.refused(request.response(), 405, "Method not allowed");
                }
            }
        }
    }

    static VisitReader.Opened opened(HttpServerRequest request, LinkFinder.Found found) {
        return new VisitReader.Opened(found.base(), QueryString.parse(request.query()), ClickIds.NONE);
    }

    private void preview(HttpServerRequest request, LinkFinder.Found found) {
        Rotator rotator = found.ready().rotator();
        Rotator.Preview preview = rotator.doc().preview();
        RotatorPages.preview(
                request.response(),
                chats.words(found.ready()),
                Chats.title(rotator),
                preview == null ? null : preview.description(),
                preview == null ? null : preview.imageUrl(),
                found.base() + "/wa/" + rotator.slug());
    }

    private void click(RoutingContext routing, LinkFinder.Found found) {
        HttpServerRequest request = routing.request();
        Rotators.Ready ready = found.ready();
        LeadForm form = ready.rotator().doc().form();
        VisitReader.Read read = reader.read(request, found.link(), opened(request, found), null);
        if (form != null) {
            var command = new RotatorClicked(read.visit(), null, form.makesLeadOnClick());
            store.store(routing, command, null, clicked -> {
                outcomes.count(Outcome.FORM_SHOWN);
                reader.writeCookies(request, read, clicked, read.agentId());
                FormPage.send(
                        request.response(),
                        200,
                        form,
                        FormEntry.empty(),
                        reader.token(read, clicked.code(), read.agentId()));
            });
            return;
        }
        Chats.Plan plan = chats.plan(ready, read);
        var command = new RotatorClicked(read.visit(), plan.chat(), true);
        store.store(routing, command, plan, clicked -> {
            outcomes.count(Outcome.CLICK);
            chats.answer(request, ready, read, plan, clicked, null);
        });
    }
}
