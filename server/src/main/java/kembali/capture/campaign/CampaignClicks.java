package kembali.capture.campaign;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.account.LinkDomains;
import kembali.campaign.Destination;
import kembali.campaign.LinkRepair;
import kembali.campaign.MacroTemplate;
import kembali.campaign.SubIds;
import kembali.capture.BrowserRequest;
import kembali.capture.RequestKind;
import kembali.capture.UrlHost;
import kembali.capture.link.LinkHosts;
import kembali.capture.link.MachineCounts;
import kembali.capture.link.VisitReader;
import kembali.figures.LinkCount;
import kembali.identity.WebContext;
import kembali.intake.CampaignClicked;
import kembali.intake.CampaignClicked.Clicked;
import kembali.intake.Intake;
import kembali.store.GroupCommit;
import org.jspecify.annotations.Nullable;

/** What all ways to click on a campaign do: the click is stored, then the person is told where to go. */
public final class CampaignClicks {
    private static final Logger LOG = Logger.getLogger(CampaignClicks.class.getName());
    /** Machines all go the same way, whichever node they ask. */
    private static final String MACHINE = "machine";

    private final Campaigns campaigns;
    private final LinkHosts hosts;
    private final VisitReader reader;
    private final Intake intake;
    private final MachineCounts machines;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final SecureRandom random = new SecureRandom();

    public CampaignClicks(
            Campaigns campaigns,
            LinkDomains domains,
            VisitReader reader,
            Intake intake,
            MachineCounts machines,
            InstantSource clock,
            URI publicUrl,
            MeterRegistry meters) {
        this.campaigns = campaigns;
        this.hosts = new LinkHosts(domains, publicUrl);
        this.reader = reader;
        this.intake = intake;
        this.machines = machines;
        this.clock = clock;
        this.meters = meters;
    }

    Campaigns campaigns() {
        return campaigns;
    }

    LinkHosts hosts() {
        return hosts;
    }

    VisitReader reader() {
        return reader;
    }

    void count(Outcome outcome) {
        outcome.count(meters);
    }

    /**
     * A campaign that was opened.
     *
     * @param link its mended address
     * @param base scheme and host that answer
     */
    record Opened(Campaigns.Ready ready, LinkRepair.Repaired link, String base) {
        Campaign campaign() {
            return ready.campaign();
        }
    }

    /** A stored click and where it leads. */
    record Done(VisitReader.Read read, LinkOpened link, Clicked clicked, Campaign.Target target, String location) {}

    /**
     * Counts a machine.
     *
     * @return why it is none of a person's, in a word; null when it is a person's
     */
    @Nullable String machine(RequestKind kind, Campaign campaign) {
        return switch (kind) {
            case RequestKind.Human h -> null;
            case RequestKind.Prefetch p -> counted(campaign, Outcome.PREFETCH, LinkCount.PREFETCHES, "prefetch");
            case RequestKind.Preview p -> counted(campaign, Outcome.PREVIEW, LinkCount.PREVIEWS, "preview " + p.name());
            case RequestKind.Crawler c -> counted(campaign, Outcome.CRAWLER, LinkCount.CRAWLERS, "crawler " + c.name());
            case RequestKind.NotGet n -> {
                count(Outcome.NOT_GET);
                yield "no click";
            }
        };
    }

    private String counted(Campaign campaign, Outcome outcome, LinkCount what, String word) {
        count(outcome);
        machines.add(campaign.link(), what);
        return word;
    }

    /** Counts a request for a link that answers nobody, or not here. */
    void notFound(@Nullable Campaign campaign) {
        count(Outcome.NOT_FOUND);
        if (campaign != null) {
            machines.add(campaign.link(), LinkCount.NOT_FOUND);
        }
    }

    /** Where a machine is sent, with the macros of its link filled and no click id; null when the campaign has no place. */
    @Nullable String locationOfMachine(HttpServerRequest request, Opened opened) {
        Destination d = opened.ready.chooser().choose(MACHINE);
        if (d == null) {
            return null;
        }
        Instant now = clock.instant();
        LinkOpened link = LinkOpened.read(opened.ready, opened.link, opened.base, now);
        var web = new WebContext(null, null, null, BrowserRequest.userAgent(request));
        var macros = new ClickMacros(
                opened.campaign(),
                link.values(),
                web,
                BrowserRequest.language(request),
                null,
                null,
                UrlHost.of(opened.base),
                now);
        MacroTemplate template = opened.ready.templates().get(d.id());
        return template == null ? null : template.fill(macros);
    }

    /**
     * Stores a click.
     *
     * @param told what somebody else says of the browser; null where the browser itself asks
     * @param answer called on the request's event loop; not at all when nothing was stored
     * @param unstored likewise, when nothing was
     */
    void store(
            RoutingContext routing,
            Opened opened,
            VisitReader.@Nullable Teller told,
            Consumer<Done> answer,
            Consumer<Outcome> unstored) {
        HttpServerRequest request = routing.request();
        Instant now = clock.instant();
        LinkOpened link = LinkOpened.read(opened.ready, opened.link, opened.base, now);
        VisitReader.Read read = told == null
                ? reader.read(request, opened.campaign().link(), link.opened(), null)
                : reader.read(request, opened.campaign().link(), link.opened(), null, told);
        var command = new CampaignClicked(
                read.visit(), SubIds.make(now.toEpochMilli(), random), link.said(), opened.ready.chooser());
        Context context = routing.vertx().getOrCreateContext();
        try {
            intake.append(command)
                    .whenComplete((clicked, error) -> context.runOnContext(v -> {
                        if (error != null) {
                            LOG.log(Level.WARNING, "a click could not be stored: " + error.getMessage());
                            count(Outcome.FAILED);
                            unstored.accept(Outcome.FAILED);
                            return;
                        }
                        count(clicked.again() ? Outcome.DOUBLE_TAP : Outcome.CLICK);
                        Done done = done(opened, read, link, clicked);
                        if (done == null) {
                            unstored.accept(Outcome.NOT_FOUND);
                        } else {
                            answer.accept(done);
                        }
                    }));
        } catch (GroupCommit.OverloadedException e) {
            count(Outcome.OVERLOADED);
            unstored.accept(Outcome.OVERLOADED);
        }
    }

    private static @Nullable Done done(Opened opened, VisitReader.Read read, LinkOpened link, Clicked clicked) {
        Campaign campaign = opened.campaign();
        Campaign.Target target = campaign.doc().destination(clicked.destinationId());
        if (target == null) {
            // The first of two taps went to a destination that has been taken out since.
            Destination d = opened.ready.chooser().choose(clicked.code());
            target = d == null ? null : campaign.doc().destination(d.id());
        }
        MacroTemplate template =
                target == null ? null : opened.ready.templates().get(target.id());
        if (target == null || template == null) {
            return null;
        }
        var macros = new ClickMacros(
                campaign,
                link.values(),
                read.visit().web(),
                read.visit().language(),
                clicked.subid(),
                clicked.code(),
                read.host(),
                read.now());
        return new Done(read, link, clicked, target, template.fill(macros));
    }
}
