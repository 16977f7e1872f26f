package kembali.conversion;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kembali.account.Workspace;
import kembali.account.Workspaces;
import kembali.delivery.Deliveries;
import kembali.delivery.Delivery;
import kembali.delivery.DeliveryStatus;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.lead.Lead;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import kembali.platform.ConversionEvent;
import kembali.platform.Destination;
import kembali.platform.EventCatalog;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Strategy;
import kembali.store.Tx;
import kembali.support.Money;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * Decides, for a status reached, what each pixel of the workspace is to be told, and stores it in
 * the same transaction: an event to send, or a skip with its reason. Never twice for the same lead,
 * pixel, event name and transaction.
 */
public final class Decisions {
    /**
     * A status reached.
     *
     * @param transaction null for the first time this lead reaches the status; the order id of a further transaction
     * @param orderId the caller's transaction id, if any
     */
    public record Reached(
            Lead lead,
            Visitor visitor,
            String status,
            Instant occurredAt,
            ConversionEvent.Origin origin,
            @Nullable String orderId,
            @Nullable String transaction) {}

    /** The WhatsApp Business Account of a number, E.164, or null when none is known. */
    public interface WhatsappAccounts {
        @Nullable String of(int workspaceId, String number);
    }

    private final Workspaces workspaces;
    private final SettingsBook settings;
    private final Pixels pixels;
    private final Deliveries deliveries;
    private final WhatsappAccounts accounts;

    /** @param accounts which WhatsApp Business Account a CS person's number belongs to */
    public Decisions(
            Workspaces workspaces,
            SettingsBook settings,
            Pixels pixels,
            Deliveries deliveries,
            WhatsappAccounts accounts) {
        this.accounts = accounts;
        this.workspaces = workspaces;
        this.settings = settings;
        this.pixels = pixels;
        this.deliveries = deliveries;
    }

    /** Decides for every pixel; returns what now stands in the sync log for this status. */
    public List<Delivery> decide(Tx tx, Reached reached, boolean newLead) {
        int ws = reached.lead.workspaceId();
        List<Pixel> all = pixels.of(ws);
        if (all.isEmpty()) {
            return List.of();
        }
        var rows = deliveries.in(tx);
        rows.load(ws, reached.lead.id(), newLead);
        var result = new ArrayList<Delivery>();
        for (Pixel pixel : all) {
            result.add(settle(rows, build(reached, pixel, tx.now())));
        }
        return result;
    }

    /**
     * More is known of a lead now: decides anew for those pixels that were told nothing of the status it has, because
     * something was missing. Whoever was told is left alone, also where another event would be chosen today.
     */
    public void reconsider(Tx tx, Reached reached) {
        int ws = reached.lead.workspaceId();
        List<Pixel> all = pixels.of(ws);
        if (all.isEmpty()) {
            return;
        }
        var rows = deliveries.in(tx);
        rows.load(ws, reached.lead.id(), false);
        List<Delivery> standing = rows.of(reached.lead.id());
        for (Pixel pixel : all) {
            List<Delivery> own = standing.stream()
                    .filter(d -> d.pixelId().equals(pixel.id()) && d.trigger().equals(reached.status))
                    .toList();
            if (own.isEmpty() || own.stream().anyMatch(d -> !d.status().equals(DeliveryStatus.SKIPPED))) {
                continue;
            }
            Delivery fresh = build(reached, pixel, tx.now());
            if (fresh.status().equals(DeliveryStatus.PENDING)) {
                settle(rows, fresh);
            }
        }
    }

    private static Delivery settle(Deliveries.InTx rows, Delivery fresh) {
        Delivery existing = rows.standingFor(fresh);
        if (existing == null) {
            rows.add(fresh);
            return fresh;
        }
        if (existing.status().equals(DeliveryStatus.SKIPPED)
                && existing.attempts() == 0
                && fresh.status().equals(DeliveryStatus.PENDING)) {
            // Nothing was ever sent, and what was missing is there now.
            return rows.decideAnew(existing, fresh);
        }
        return existing;
    }

    /** Builds a stored delivery anew from what is known of the lead today; same event id, same time. */
    public Delivery rebuild(Delivery old, Lead lead, Visitor visitor, Instant now) {
        Pixel pixel = pixels.find(old.workspaceId(), old.pixelId());
        if (pixel == null) {
            return old;
        }
        var reached = new Reached(
                lead, visitor, old.trigger(), old.occurredAt(), ConversionEvent.Origin.CRM, old.orderId(), null);
        // A row that was skipped because no event was mapped is looked at with today's mapping.
        return old.event() == null
                ? build(reached, pixel, now)
                : build(reached, pixel, now, old.event(), old.eventId());
    }

    /** What would be decided, for every pixel, without storing anything. */
    public List<Delivery> preview(Reached reached, Instant now) {
        var result = new ArrayList<Delivery>();
        for (Pixel pixel : pixels.of(reached.lead.workspaceId())) {
            result.add(build(reached, pixel, now));
        }
        return result;
    }

    private Delivery build(Reached reached, Pixel pixel, Instant now) {
        EventCatalog.Column column = column(pixel, reached.visitor.profile().clicks(), reached.origin);
        String event = mappedEvent(reached.status, pixel, column);
        // Where an account's own id stands for the event, each status counts by itself.
        String word = event != null && column.perStatus() ? reached.status : event;
        return build(
                reached, pixel, now, event, EventIds.of(reached.lead.id(), reached.status, word, reached.transaction));
    }

    private Delivery build(Reached reached, Pixel pixel, Instant now, @Nullable String event, String eventId) {
        ConversionSettings book = settings.of(pixel.workspaceId());
        Money value = value(reached, book);
        Prepared prepared = event == null
                ? new Prepared.Skip(
                        opened(pixel) == null
                                ? unopened(pixel)
                                : Reasons.NO_MAPPING.saying(
                                        "No " + pixel.platform().title() + " event is mapped to the status "
                                                + reached.status + "."))
                : prepare(reached, pixel, book, event, eventId, value, now);
        Prepared.Ready ready = prepared instanceof Prepared.Ready r ? r : null;
        Reason reason = prepared instanceof Prepared.Skip s ? s.reason() : null;
        Destination opened = pixel.destination();
        var rules = opened == null ? pixel.platform().rules() : opened.rules();
        return new Delivery(
                pixel.workspaceId(),
                deliveries.newId(),
                pixel.id(),
                pixel.platform().key(),
                reached.lead.id(),
                reached.visitor.no(),
                reached.status,
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
                false);
    }

    private Prepared prepare(
            Reached reached,
            Pixel pixel,
            ConversionSettings book,
            String event,
            String eventId,
            @Nullable Money value,
            Instant now) {
        Destination destination = opened(pixel);
        if (destination == null) {
            return new Prepared.Skip(unopened(pixel));
        }
        Visitor v = reached.visitor;
        Reason unbound = unbound(pixel, v);
        if (unbound != null) {
            return new Prepared.Skip(unbound);
        }
        Consent consent = v.profile().consent();
        if (consent.adUserData() == Consent.Choice.DENIED) {
            return new Prepared.Skip(Reasons.CONSENT_DENIED);
        }
        if (consent.adUserData() == Consent.Choice.UNKNOWN
                && book.consentWhenUnknown() == ConversionSettings.WhenUnknown.DENY) {
            return new Prepared.Skip(Reasons.CONSENT_UNKNOWN);
        }
        var conversion = new ConversionEvent(
                event,
                eventId,
                reached.status,
                reached.occurredAt,
                reached.origin,
                reached.lead.person(),
                reached.lead.id(),
                reached.lead.code(),
                reached.lead.externalRef(),
                v.profile().clicks(),
                v.profile().browser(),
                v.profile().web(),
                consent,
                value,
                reached.orderId,
                null,
                whatsappAccount(reached.lead),
                List.of(),
                Map.of());
        try {
            return destination.prepare(conversion, strategy(pixel, book), now);
        } catch (RuntimeException e) {
            // The decision must be stored even when our own encoder has a bug.
            System.getLogger(Decisions.class.getName())
                    .log(System.Logger.Level.ERROR, "building " + eventId + " failed", e);
            return new Prepared.Skip(Reasons.BUILD_ERROR);
        }
    }

    private static @Nullable Destination opened(Pixel pixel) {
        return pixel.enabled() ? pixel.destination() : null;
    }

    private static Reason unopened(Pixel pixel) {
        return pixel.enabled()
                ? Reasons.MISSING_CONFIGURATION
                : Reasons.MISSING_CONFIGURATION.saying("The pixel is switched off.");
    }

    /** Why this visitor's traffic is not this pixel's business, or null when it is. */
    private static @Nullable Reason unbound(Pixel pixel, Visitor v) {
        var campaigns = pixel.doc().campaigns();
        if (campaigns.isEmpty()) {
            return pixel.doc().campaignsRequired()
                    ? Reasons.CAMPAIGN_NOT_BOUND.saying("The integration is not tied to a campaign.")
                    : null;
        }
        var link = v.profile().lastLink();
        return link != null && campaigns.contains(link.linkId()) ? null : Reasons.CAMPAIGN_NOT_BOUND;
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

    private @Nullable Money value(Reached reached, ConversionSettings book) {
        ConversionSettings.ValueRule rule = book.values().get(reached.status);
        if (rule == null) {
            return null;
        }
        Lead lead = reached.lead;
        Workspace workspace = workspaces.get(lead.workspaceId());
        String currency = lead.currency() != null ? lead.currency() : workspace.currency();
        BigDecimal own = switch (rule.kind()) {
            case ACTUAL -> lead.actualValue() != null ? lead.actualValue() : lead.estimatedValue();
            case ESTIMATED -> lead.estimatedValue();
            case FIXED, NONE -> null;
        };
        if (own != null) {
            return new Money(own, currency);
        }
        if (rule.kind() == ConversionSettings.ValueKind.NONE || rule.amount() == null) {
            return null;
        }
        return new Money(rule.amount(), rule.currency() != null ? rule.currency() : workspace.currency());
    }
}
