package kembali.conversion;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import kembali.account.Workspaces;
import kembali.delivery.Deliveries;
import kembali.delivery.Delivery;
import kembali.delivery.DeliveryStatus;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.identity.Person;
import kembali.identity.Place;
import kembali.identity.WebContext;
import kembali.lead.Lead;
import kembali.lead.LeadStatus;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import kembali.platform.ConversionEvent;
import kembali.platform.Destination;
import kembali.platform.EventCatalog;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Strategy;
import kembali.platform.Trail;
import kembali.store.Tx;
import kembali.support.Money;
import kembali.visitor.Click;
import kembali.visitor.Visitor;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Decides, for a status reached, what each pixel of the workspace is to be told, and stores it in
 * the same transaction: an event to send, or a skip with its reason. Never twice for the same lead,
 * pixel, event name and transaction.
 */
public final class Decisions {
    /** How long a platform may know a person by an identifier of ours that came with one of its own (LinkedIn: a year). */
    private static final Duration REMEMBERED = Duration.ofDays(365);

    /**
     * A status reached.
     *
     * @param lead null for the page view of a visitor who is no lead
     * @param transaction null for the first time this lead reaches the status; the order id of a further transaction
     * @param orderId the caller's transaction id, if any
     * @param click the campaign click it goes back to: what is reported is that click's, and no later visit's; null
     *     without one
     * @param trail the way through links and networks; null when there is none
     */
    public record Reached(
            @Nullable Lead lead,
            Visitor visitor,
            String status,
            Instant occurredAt,
            ConversionEvent.Origin origin,
            @Nullable String orderId,
            @Nullable String transaction,
            @Nullable Click click,
            @Nullable Trail trail) {
        /** A status that goes back to no campaign click. */
        public Reached(
                @Nullable Lead lead,
                Visitor visitor,
                String status,
                Instant occurredAt,
                ConversionEvent.Origin origin,
                @Nullable String orderId,
                @Nullable String transaction) {
            this(lead, visitor, status, occurredAt, origin, orderId, transaction, null, null);
        }

        private Person person() {
            return lead == null ? Person.UNKNOWN : lead.person();
        }

        private ClickIds clicks() {
            return click == null ? visitor.profile().clicks() : click.content().clickIds();
        }

        /** What the browser is known by, also what it learned after the click; the click's own cookie of Meta's ad click. */
        private BrowserIds browser() {
            BrowserIds all = visitor.profile().browser();
            if (click == null) {
                return all;
            }
            BrowserIds own = click.content().browser();
            return new BrowserIds(own.fbc(), all.fbp(), all.ttp(), all.gaClientId(), all.gaSessionId()).updatedBy(own);
        }

        private WebContext web() {
            return click == null ? visitor.profile().web() : click.content().web();
        }

        private @Nullable Place place() {
            Place own = web().place();
            return own == null ? visitor.profile().web().place() : own;
        }

        Trail.@Nullable Conversion conversion() {
            return trail == null ? null : trail.conversion();
        }

        int workspaceId() {
            return visitor.workspaceId();
        }

        /** Whether another system reported it, and this is no further transaction. */
        private boolean takenOver() {
            return lead != null && transaction == null && lead.takenOver().contains(status);
        }
    }

    /** Told of page views that no pixel was told about, and why. */
    public interface UnreportedVisits {
        void unreported(String platform, Reason reason);
    }

    /** The WhatsApp Business Account of a number, E.164, or null when none is known. */
    public interface WhatsappAccounts {
        @Nullable String of(int workspaceId, String number);
    }

    private final Workspaces workspaces;
    private final SettingsBook settings;
    private final Pixels pixels;
    private final Deliveries deliveries;
    private final WhatsappAccounts accounts;
    private final Trails trails;
    private final ConsentRules consent;
    private final VisitSamples samples = new VisitSamples();
    private volatile UnreportedVisits unreported = (platform, reason) -> {};

    /** @param accounts which WhatsApp Business Account a CS person's number belongs to */
    public Decisions(
            Workspaces workspaces,
            SettingsBook settings,
            Pixels pixels,
            Deliveries deliveries,
            WhatsappAccounts accounts,
            Trails trails) {
        this.accounts = accounts;
        this.trails = trails;
        this.consent = new ConsentRules(workspaces, settings);
        this.workspaces = workspaces;
        this.settings = settings;
        this.pixels = pixels;
        this.deliveries = deliveries;
    }

    /** What a person's answer about the use of their data allows. */
    public ConsentRules consent() {
        return consent;
    }

    /**
     * The way of an event through links and networks.
     *
     * @param click the campaign click it goes back to; null without one
     * @param slots of the conversion, by number: they lie over the click's
     * @param conversion the conversion in the state it reached; null when no postback reported it
     */
    public Trail trail(
            int workspaceId, @Nullable Click click, Map<Integer, String> slots, Trail.@Nullable Conversion conversion) {
        var named = new LinkedHashMap<String, String>();
        slots.forEach((number, value) -> named.put("sub_id_" + number, value));
        return trails.of(workspaceId, click, named, conversion);
    }

    /** Connects the figures. */
    public void onUnreportedVisit(UnreportedVisits u) {
        unreported = u;
    }

    /** Decides for every pixel; returns what now stands in the sync log for this status of the lead. */
    public List<Delivery> decide(Tx tx, Reached reached, boolean newLead) {
        int ws = reached.workspaceId();
        Lead lead = Objects.requireNonNull(reached.lead, "only a lead reaches a status");
        List<Pixel> all = pixels.of(ws);
        if (all.isEmpty()) {
            return List.of();
        }
        var rows = deliveries.in(tx);
        rows.load(ws, lead.id(), newLead);
        if (reached.takenOver()) {
            return rows.of(lead.id()).stream()
                    .filter(d -> d.trigger().equals(reached.status))
                    .toList();
        }
        Trail trail = trail(tx::sql, reached, all);
        var result = new ArrayList<Delivery>();
        for (Pixel pixel : all) {
            if (!toldByConversion(pixel, reached)) {
                List<Delivery> ofLead = rows.of(lead.id());
                Delivery fresh = OncePerTarget.status(
                        build(reached, pixel, tx.now(), ofLead, told(pixel, reached, trail)), ofLead);
                result.add(settle(tx, rows, fresh, pixel, trail));
            }
        }
        return result;
    }

    /**
     * Decides, for a conversion that a network reported and that reached a state, for the pixels that are told of
     * conversions one by one: once in each state. A further purchase is a conversion of its own.
     *
     * @param reached whose it is, when and where; its status is not looked at
     * @param trail with the conversion
     * @return what now stands in the sync log for this state
     */
    public List<Delivery> conversionReached(Tx tx, Reached reached, Trail trail) {
        Lead lead = reached.lead;
        var rows = deliveries.in(tx);
        var result = new ArrayList<Delivery>();
        for (Pixel pixel : pixels.of(reached.workspaceId())) {
            if (!pixel.platform().reportsConversions()) {
                continue;
            }
            Delivery fresh = build(reached, pixel, tx.now(), trail);
            if (lead != null) {
                rows.load(reached.workspaceId(), lead.id(), false);
            }
            if (rows.get(pixel.id(), fresh.eventId()) == null && rows.has(pixel.id(), fresh.eventId())) {
                continue; // told of before this conversion was this lead's
            }
            if (lead != null) {
                fresh = OncePerTarget.conversion(fresh, rows.of(lead.id()));
            }
            result.add(settle(tx, rows, fresh, pixel, trail));
        }
        return result;
    }

    /**
     * What a pixel would be told of a conversion, without storing anything.
     *
     * @param trail with the conversion
     */
    public Delivery rehearse(Pixel pixel, Reached reached, Trail trail, Instant now) {
        return build(reached, pixel, now, trail);
    }

    /** What a network reports reaches such a pixel as a conversion, and not as the lead's status it leads to. */
    private static boolean toldByConversion(Pixel pixel, Reached reached) {
        boolean conversion = reached.trail == null || reached.trail.conversion() != null;
        return pixel.platform().reportsConversions() && reached.origin == ConversionEvent.Origin.POSTBACK && conversion;
    }

    /** What such a pixel is told of the way; others only of one that belongs to what was reached. */
    private static @Nullable Trail told(Pixel pixel, Reached reached, @Nullable Trail latest) {
        return pixel.platform().reportsConversions() ? latest : reached.trail;
    }

    /** The click behind a lead's status, where a pixel wants to know; asking for {@code sql} costs a flush. */
    private @Nullable Trail trail(Supplier<DSLContext> sql, Reached reached, List<Pixel> all) {
        if (reached.trail != null) {
            return reached.trail;
        }
        return all.stream().anyMatch(p -> p.platform().reportsConversions())
                ? trails.latest(sql.get(), reached.visitor, reached.occurredAt)
                : null;
    }

    /**
     * Decides what each pixel is told of a page view, under the tracker's event id. One that is not for a platform,
     * because no ad of it brought the visitor, is counted and leaves no row: most page views are of this kind, and the
     * log is to show what somebody can act upon. Of what somebody can act upon (consent, an incomplete pixel) one row
     * for each pixel and reason an hour is kept.
     *
     * @param lead null while the visitor is none
     * @param visitor with the page that was viewed as its web context
     */
    public void decideVisit(Tx tx, @Nullable Lead lead, Visitor visitor, String eventId, Instant at) {
        var rows = deliveries.in(tx);
        var reached = new Reached(lead, visitor, LeadStatus.PAGEVIEW, at, ConversionEvent.Origin.WEB, null, null);
        for (Pixel pixel : pixels.of(visitor.workspaceId())) {
            String event = visitEvent(pixel, visitor.profile().clicks());
            if (event == null || pixel.platform().reportsConversions()) {
                continue;
            }
            Delivery d = build(reached, pixel, tx.now(), event, eventId, List.of(), null);
            Reason reason = d.reason();
            if (reason != null) {
                unreported.unreported(d.platform(), reason);
                if (!samples.wanted(d.pixelId(), reason, tx.now())) {
                    continue;
                }
            }
            if (!rows.has(d.pixelId(), eventId)) {
                rows.add(d);
            }
        }
    }

    /**
     * More is known of a lead now: decides anew for those pixels that were told nothing of the status it has, because
     * something was missing. Whoever was told is left alone, also where another event would be chosen today.
     */
    public void reconsider(Tx tx, Reached reached) {
        int ws = reached.workspaceId();
        Lead lead = Objects.requireNonNull(reached.lead, "only a lead has a status");
        List<Pixel> all = pixels.of(ws);
        if (all.isEmpty() || reached.takenOver()) {
            return;
        }
        var rows = deliveries.in(tx);
        rows.load(ws, lead.id(), false);
        List<Delivery> standing = rows.of(lead.id());
        Trail trail = trail(tx::sql, reached, all);
        for (Pixel pixel : all) {
            List<Delivery> own = standing.stream()
                    .filter(d ->
                            d.pixelId().equals(pixel.id()) && d.trigger().equals(reached.status) && !d.isOfConversion())
                    .toList();
            if (own.isEmpty() || own.stream().anyMatch(d -> !OncePerTarget.mayBeDecidedAnew(d))) {
                continue;
            }
            Delivery fresh = build(reached, pixel, tx.now(), standing, told(pixel, reached, trail));
            if (fresh.status().equals(DeliveryStatus.PENDING)) {
                settle(tx, rows, fresh, pixel, trail);
            }
        }
    }

    private Delivery settle(Tx tx, Deliveries.InTx rows, Delivery fresh, Pixel pixel, @Nullable Trail trail) {
        Delivery existing = rows.standingFor(fresh);
        Delivery settled;
        if (existing == null) {
            rows.add(fresh);
            settled = fresh;
        } else if (OncePerTarget.mayBeDecidedAnew(existing)
                && existing.attempts() == 0
                && fresh.status().equals(DeliveryStatus.PENDING)) {
            // Nothing was ever sent, and what was missing is there now.
            settled = rows.decideAnew(existing, fresh);
        } else {
            return existing;
        }
        if (pixel.platform().reportsConversions()) {
            trails.keep(tx, settled, trail);
        }
        return settled;
    }

    /**
     * What a page view is called by each platform that is told of them, so that a page can tell the platform's own
     * script the same.
     */
    public Map<String, String> visitEvents(int workspaceId) {
        var events = new LinkedHashMap<String, String>();
        for (Pixel pixel : pixels.of(workspaceId)) {
            String event = visitEvent(pixel, ClickIds.NONE);
            if (event != null && pixel.destination() != null) {
                events.putIfAbsent(pixel.platform().key(), event);
            }
        }
        return events;
    }

    /** Whether no status becomes an event of that pixel, so that it is told of nothing. */
    public boolean mapsNothing(Pixel pixel) {
        var statuses = new HashSet<>(settings.of(pixel.workspaceId()).mapping().keySet());
        statuses.addAll(pixel.doc().mapping().keySet());
        statuses.addAll(LeadStatus.SALES);
        return pixel.platform().catalog().columns().stream()
                .allMatch(column -> statuses.stream().allMatch(s -> mappedEvent(s, pixel, column) == null));
    }

    /** The pixel's event for a page view; null when nothing is mapped or the pixel is switched off. */
    private @Nullable String visitEvent(Pixel pixel, ClickIds clicks) {
        return pixel.enabled()
                ? mappedEvent(LeadStatus.PAGEVIEW, pixel, column(pixel, clicks, ConversionEvent.Origin.WEB))
                : null;
    }

    /**
     * Builds a stored delivery anew from what is known of the person today; same event id, same time, same click.
     *
     * @param lead null while the visitor is none
     * @param click the click of its {@link Delivery#subid}; null without one, or when it is gone
     * @param trail null when there is none
     * @param ofLead what stands in the sync log for the lead
     */
    public Delivery rebuild(
            Tx tx,
            Delivery old,
            @Nullable Lead lead,
            Visitor visitor,
            @Nullable Click click,
            @Nullable Trail trail,
            List<Delivery> ofLead) {
        Instant now = tx.now();
        Pixel pixel = pixels.find(old.workspaceId(), old.pixelId());
        if (pixel == null) {
            return old;
        }
        Trail told = pixel.platform().reportsConversions() ? trails.kept(tx.sql(), old) : trail;
        var reached = new Reached(
                lead, visitor, old.trigger(), old.occurredAt(), old.origin(), old.orderId(), null, click, told);
        // A row that was skipped because no event was mapped is looked at with today's mapping.
        return old.event() == null
                ? build(reached, pixel, now, ofLead, told)
                : build(reached, pixel, now, old.event(), old.eventId(), ofLead, told);
    }

    /**
     * What would be decided, for every pixel, without storing anything.
     *
     * @param ofLead what stands in the sync log for the lead
     */
    public List<Delivery> preview(DSLContext sql, Reached reached, Instant now, List<Delivery> ofLead) {
        var result = new ArrayList<Delivery>();
        List<Pixel> all = pixels.of(reached.workspaceId());
        Trail trail = trail(() -> sql, reached, all);
        for (Pixel pixel : all) {
            Delivery built = build(reached, pixel, now, ofLead, told(pixel, reached, trail));
            result.add(reached.takenOver() ? built.skipped(Reasons.TAKEN_OVER) : built);
        }
        return result;
    }

    /** A conversion in its state, for a pixel that is told of conversions. */
    private Delivery build(Reached reached, Pixel pixel, Instant now, Trail trail) {
        Trail.Conversion c = Objects.requireNonNull(trail.conversion());
        var state = new Reached(
                reached.lead,
                reached.visitor,
                c.status(),
                reached.occurredAt,
                ConversionEvent.Origin.POSTBACK,
                c.transaction(),
                null,
                reached.click,
                trail);
        return build(state, pixel, now, c.status(), EventIds.ofConversion(c.id(), c.status()), List.of(), trail);
    }

    private Delivery build(Reached reached, Pixel pixel, Instant now, List<Delivery> ofLead, @Nullable Trail trail) {
        EventCatalog.Column column = column(pixel, reached.clicks(), reached.origin);
        String event = mappedEvent(reached.status, pixel, column);
        // Where an account's own id stands for the event, each status counts by itself.
        String word = event != null && column.perStatus() ? reached.status : event;
        String lead = Objects.requireNonNull(reached.lead).id();
        return build(
                reached,
                pixel,
                now,
                event,
                EventIds.of(lead, reached.status, word, reached.transaction),
                ofLead,
                trail);
    }

    private Delivery build(
            Reached reached,
            Pixel pixel,
            Instant now,
            @Nullable String event,
            String eventId,
            List<Delivery> ofLead,
            @Nullable Trail trail) {
        ConversionSettings book = settings.of(pixel.workspaceId());
        Trail.Conversion conversion = trail == null ? null : trail.conversion();
        Money value = pixel.platform().reportsConversions() && conversion != null
                ? conversion.payout()
                : EventValues.of(reached, book, workspaces.get(reached.workspaceId()));
        Prepared prepared = event == null
                ? new Prepared.Skip(
                        opened(pixel) == null
                                ? unopened(pixel)
                                : Reasons.NO_MAPPING.saying(
                                        "No " + pixel.platform().title() + " event is mapped to the status "
                                                + reached.status + "."))
                : prepare(reached, pixel, book, event, eventId, value, now, acceptedKeys(pixel, ofLead, now), trail);
        Prepared.Ready ready = prepared instanceof Prepared.Ready r ? r : null;
        Reason reason = prepared instanceof Prepared.Skip s ? s.reason() : null;
        Destination opened = pixel.destination();
        var rules = opened == null ? pixel.platform().rules() : opened.rules();
        return new Delivery(
                pixel.workspaceId(),
                deliveries.newId(),
                pixel.id(),
                pixel.platform().key(),
                reached.lead == null ? null : reached.lead.id(),
                reached.visitor.no(),
                reached.status,
                reached.origin,
                event,
                eventId,
                ready != null ? DeliveryStatus.PENDING : DeliveryStatus.SKIPPED,
                false,
                reason,
                value == null ? null : value.plainAmount(),
                value == null ? null : value.currency(),
                reached.orderId,
                reached.occurredAt,
                now,
                null,
                reached.occurredAt.plus(rules.maxAge()).minus(rules.ageMargin()),
                ready,
                0,
                now,
                false,
                reached.click == null ? null : reached.click.subid());
    }

    private Prepared prepare(
            Reached reached,
            Pixel pixel,
            ConversionSettings book,
            String event,
            String eventId,
            @Nullable Money value,
            Instant now,
            Set<String> acceptedKeys,
            @Nullable Trail trail) {
        Destination destination = opened(pixel);
        if (destination == null) {
            return new Prepared.Skip(unopened(pixel));
        }
        if (pixel.muted()) {
            return new Prepared.Skip(Reasons.PIXEL_MUTED);
        }
        Visitor v = reached.visitor;
        Reason unbound = unbound(pixel, reached, trail);
        if (unbound != null) {
            return new Prepared.Skip(unbound);
        }
        Consent said = v.profile().consent();
        Reason objection = consent.objection(v.workspaceId(), said, reached.place(), reached.person());
        if (objection != null) {
            return new Prepared.Skip(objection);
        }
        Lead lead = reached.lead;
        boolean ofConversion = pixel.platform().reportsConversions() && trail != null && trail.conversion() != null;
        var conversion = new ConversionEvent(
                event,
                eventId,
                ofConversion && lead != null ? lead.status() : reached.status,
                reached.occurredAt,
                reached.origin,
                reached.person(),
                lead == null ? null : lead.id(),
                v.code(),
                lead == null ? null : lead.externalRef(),
                reached.clicks(),
                reached.browser(),
                reached.web(),
                said,
                value,
                reached.orderId,
                reached.click == null ? null : reached.click.campaignId(),
                lead == null ? null : whatsappAccount(lead),
                List.of(),
                Map.of(),
                acceptedKeys,
                trail);
        try {
            return destination.prepare(conversion, strategy(pixel, book), now);
        } catch (RuntimeException e) {
            // The decision must be stored even when our own encoder has a bug.
            System.getLogger(Decisions.class.getName())
                    .log(System.Logger.Level.ERROR, "building " + eventId + " failed", e);
            return new Prepared.Skip(Reasons.BUILD_ERROR);
        }
    }

    /** By which identifiers the pixel was told about this person, and took it, lately enough to remember. */
    private static Set<String> acceptedKeys(Pixel pixel, List<Delivery> ofLead, Instant now) {
        Instant since = now.minus(REMEMBERED);
        var keys = new HashSet<String>();
        for (Delivery d : ofLead) {
            if (d.pixelId().equals(pixel.id())
                    && d.status().equals(DeliveryStatus.ACCEPTED)
                    && d.occurredAt().isAfter(since)) {
                keys.addAll(d.matchKeys());
            }
        }
        return keys;
    }

    private static @Nullable Destination opened(Pixel pixel) {
        return pixel.enabled() ? pixel.destination() : null;
    }

    private static Reason unopened(Pixel pixel) {
        return pixel.enabled()
                ? Reasons.MISSING_CONFIGURATION
                : Reasons.MISSING_CONFIGURATION.saying("The pixel is switched off.");
    }

    /** Why this traffic is not this pixel's business, or null when it is. */
    private static @Nullable Reason unbound(Pixel pixel, Reached reached, @Nullable Trail trail) {
        var campaigns = pixel.doc().campaigns();
        if (campaigns.isEmpty()) {
            return pixel.doc().campaignsRequired() ? Reasons.NOT_TIED : null;
        }
        if (trail != null && trail.campaignId() != null && campaigns.contains(trail.campaignId())) {
            return null;
        }
        var last = reached.visitor.profile().lastLink();
        String link = reached.click != null ? reached.click.campaignId() : last == null ? null : last.linkId();
        return link != null && campaigns.contains(link) ? null : Reasons.CAMPAIGN_NOT_BOUND;
    }

    private static Strategy strategy(Pixel pixel, ConversionSettings book) {
        return switch (pixel.doc().strategy()) {
            case "strict" -> Strategy.STRICT;
            case "send_all" -> Strategy.SEND_ALL;
            default -> book.strategy();
        };
    }

    private @Nullable String whatsappAccount(Lead lead) {
        String number = lead.details().agentNumber();
        return number == null ? null : accounts.of(lead.workspaceId(), number);
    }

    /** The column of the mapping that says what this pixel is told. */
    private static EventCatalog.Column column(Pixel pixel, ClickIds clicks, ConversionEvent.Origin origin) {
        List<EventCatalog.Column> columns = pixel.platform().catalog().columns();
        Destination destination = pixel.destination();
        String own = destination == null ? null : destination.column(clicks, origin);
        return columns.stream().filter(c -> c.key().equals(own)).findFirst().orElse(columns.getFirst());
    }

    private @Nullable String mappedEvent(String status, Pixel pixel, EventCatalog.Column column) {
        var own = pixel.doc().mapping();
        if (own.containsKey(status)) {
            Map<String, @Nullable String> override = own.get(status);
            if (override == null) {
                return null;
            }
            if (override.containsKey(column.key())) {
                return override.get(column.key());
            }
        }
        Map<String, @Nullable String> mapped =
                settings.of(pixel.workspaceId()).mapping().get(status);
        String event = mapped == null ? null : mapped.get(column.key());
        Destination destination = pixel.destination();
        return event == null && destination != null ? destination.defaultEvent(status) : event;
    }
}
