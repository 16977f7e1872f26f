package kembali.intake;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import kembali.conversion.Decisions;
import kembali.delivery.Delivery;
import kembali.delivery.DeliveryStatus;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.lead.LeadDetails;
import kembali.lead.LeadEvent;
import kembali.lead.LeadStatus;
import kembali.ledger.Conversion;
import kembali.ledger.ConversionState;
import kembali.ledger.ReceivedPostback.Arrival;
import kembali.platform.ConversionEvent.Origin;
import kembali.platform.Trail;
import kembali.postback.ConversionStatus;
import kembali.postback.ConversionStatus.Money;
import kembali.postback.Conversions;
import kembali.postback.Decision;
import kembali.postback.Note;
import kembali.postback.Payout;
import kembali.postback.Postback;
import kembali.postback.Result;
import kembali.postback.Result.Because;
import kembali.postback.StatusResolution;
import kembali.store.Tx;
import kembali.visitor.Click;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;

/** Books a postback of somebody we know: conversion, lead, and what platforms are told. */
final class PostbackBooking {
    /** No person buys so soon after a click. */
    private static final Duration HASTY = Duration.ofSeconds(2);

    private static final BigDecimal LARGEST = new BigDecimal("1e15");
    private static final int MOST_DECIMALS = 6;

    private final Domain domain;
    private final Tx tx;
    private final Arrival arrival;
    private final Postback postback;
    private final PostbackSource source;
    private final int workspaceId;
    private final boolean silent;
    private final boolean test;
    private final Instant at;
    private final List<Note> notes = new ArrayList<>(0);
    private @Nullable Click click;
    private Visitor visitor;
    private @Nullable Lead lead;
    private final @Nullable String statusBefore;
    /** The lead was made by this very postback. */
    private boolean newLead;

    PostbackBooking(
            Domain domain,
            Tx tx,
            Arrival arrival,
            Postback postback,
            PostbackSource source,
            PostbackSubject.Known subject) {
        this.domain = domain;
        this.tx = tx;
        this.arrival = arrival;
        this.postback = postback;
        this.source = source;
        this.workspaceId = arrival.workspaceId();
        this.silent = source.silence(postback) != null;
        this.test = postback.switches().test();
        Instant said = postback.occurredAt(arrival.receivedAt());
        this.at = said.isAfter(tx.now()) ? tx.now() : said;
        this.click = subject.click();
        this.visitor = subject.visitor();
        this.lead = subject.lead();
        this.statusBefore = lead == null ? null : lead.status();
    }

    /** What was set aside while booking. */
    List<Note> notes() {
        return notes;
    }

    /** The lead it is about; null for a test about nobody who is one. */
    @Nullable String leadId() {
        return lead == null ? null : lead.id();
    }

    Result book(StatusResolution resolution) {
        List<Conversion> rows = conversions();
        Decision decision = Conversions.decide(
                rows.stream().map(Conversion::row).toList(), postback, resolution, source.handling(postback), false);
        return switch (decision) {
            case Decision.NewRow d -> newRow(d);
            case Decision.Update d -> update(d, rows);
            case Decision.Stage d -> stage(d);
            case Decision.Duplicate d ->
                new Result.Duplicate(d.row() == null ? null : d.row().id(), leadId(), d.reason());
            case Decision.OutOfOrder d -> new Result.Kept(Because.OUT_OF_ORDER, d.reason());
            case Decision.Ignored d -> new Result.Kept(Because.IGNORED, "ignored:" + d.word());
            case Decision.Unmapped d -> new Result.Kept(Because.UNMAPPED, d.reason());
        };
    }

    /** Those of the click, else of the lead. The visitor was locked when it was looked up. */
    private List<Conversion> conversions() {
        String subject = subject();
        return subject == null
                ? List.of()
                : domain.ledger().conversions().in(tx).of(workspaceId, subject, false);
    }

    /** Null while the visitor is no lead and there is no click. */
    private @Nullable String subject() {
        String real = click != null ? click.subid() : lead != null ? lead.id() : test ? visitor.code() : null;
        return test && real != null ? Conversion.testSubject(real) : real;
    }

    private Result newRow(Decision.NewRow d) {
        notes.addAll(d.notes());
        ConversionStatus status = d.status();
        String moved = learnAndMove(status, d.payout());
        String subject = subject();
        if (subject == null) {
            throw new IllegalStateException("a conversion without a click belongs to a lead");
        }
        var conversions = domain.ledger().conversions();
        var rows = conversions.in(tx);
        Decision.Event event = forLead(d.event(), d.transaction(), status);
        rows.of(workspaceId, subject, newLead && click == null);
        var row = new Conversion(
                workspaceId,
                conversions.newId(),
                subject,
                d.transaction(),
                source.id(),
                leadId(),
                click == null ? null : click.subid(),
                click == null ? null : click.campaignId(),
                status,
                d.payout(),
                status.money() == Money.REFUNDED && d.payout() != null
                        ? d.payout().amount().abs()
                        : null,
                postback.cost(),
                postback.statusWord(),
                postback.reason(),
                postback.slots(),
                postback.eventTime(),
                at,
                false,
                source.silence(postback),
                tx.now(),
                tx.now());
        rows.add(row);
        Conversion told = reached(row, null, event, moved);
        count(told, null);
        return new Result.Booked("recorded", told.id(), leadId(), status.word());
    }

    private Result update(Decision.Update d, List<Conversion> rows) {
        notes.addAll(d.notes());
        Conversion before = rows.stream()
                .filter(c -> c.id().equals(d.row().id()))
                .findFirst()
                .orElseThrow();
        ConversionStatus status = d.status();
        boolean same = status.word().equals(before.status().word());
        Payout payout = d.payout() == null ? before.payout() : d.payout();
        String moved = learnAndMove(status, same ? d.payout() : payout);
        Map<Integer, String> slots = new TreeMap<>(before.slots());
        slots.putAll(postback.slots());
        var row = new Conversion(
                workspaceId,
                before.id(),
                before.subject(),
                before.transaction(),
                source.id(),
                leadId(),
                before.subid(),
                before.campaignId(),
                status,
                payout,
                d.refunded() == null ? before.refunded() : d.refunded(),
                postback.cost() == null ? before.cost() : postback.cost(),
                postback.statusWord(),
                postback.reason() == null && same ? before.reason() : postback.reason(),
                slots,
                postback.eventTime() == null && same ? before.eventAt() : postback.eventTime(),
                same ? before.occurredAt() : at,
                before.reported(),
                source.silence(postback),
                before.createdAt(),
                tx.now());
        domain.ledger().conversions().in(tx).put(row);
        Conversion told = reached(row, before, d.event(), moved);
        count(told, before);
        return new Result.Booked("updated", told.id(), leadId(), status.word());
    }

    private Result stage(Decision.Stage d) {
        if (test) {
            return new Result.Booked("recorded", null, leadId(), d.leadStatus());
        }
        String current = lead == null ? null : lead.status();
        String target = ConversionStatus.ahead(d.leadStatus(), current, source.pipeline());
        Money money = d.leadStatus().equals(LeadStatus.WON) ? Money.CONFIRMED : Money.HELD;
        Lead reached = move(target, money, d.payout());
        if (!silent && (target != null || d.leadStatus().equals(reached.status()))) {
            Trail trail = domain.decisions().trail(workspaceId, click, postback.slots(), null);
            decide(reached, d.leadStatus(), null, trail);
        }
        return new Result.Booked(target == null ? "updated" : "recorded", null, reached.id(), d.leadStatus());
    }

    /** Another click's sale with an id of its own is a further one of the same person, and not the first again. */
    private Decision.Event forLead(Decision.Event event, String transaction, ConversionStatus status) {
        boolean own = !transaction.isEmpty() && !Conversions.madeUp(transaction);
        boolean sold = LeadStatus.WON.equals(statusBefore) || LeadStatus.LOST.equals(statusBefore);
        if (event != Decision.Event.ONCE || !own || status.money() != Money.CONFIRMED || !sold || lead == null) {
            return event;
        }
        boolean before = domain.ledger().conversions().in(tx).ofLead(workspaceId, lead.id()).stream()
                .anyMatch(c -> !c.isTest() && c.reported() && isSale(c.status()));
        return before ? Decision.Event.FURTHER : event;
    }

    private static boolean isSale(ConversionStatus status) {
        return switch (status.money()) {
            case CONFIRMED, REFUNDED -> true;
            case NONE, HELD, REJECTED -> false;
        };
    }

    /** Learns what the postback says of the person and moves the lead. Answers the status it reached now; null for none. */
    private @Nullable String learnAndMove(ConversionStatus status, @Nullable Payout payout) {
        if (test) {
            return null;
        }
        String target = status.leadStatusAfter(lead == null ? null : lead.status(), source.pipeline());
        move(target, status.money(), payout);
        return target;
    }

    /** @param target null leaves the lead where it is; somebody who is none yet is new */
    private Lead move(@Nullable String target, Money money, @Nullable Payout payout) {
        learnIds();
        var learned = new PostbackPerson(postback, source.country());
        var change = new LeadChange(domain, tx);
        Lead known = lead;
        if (known == null) {
            LeadDetails blank = LeadDetails.unknownPerson("affiliate", null);
            LeadDetails details = valued(learned.into(blank, this::isFree), money, payout);
            LeadChange.Opened made =
                    change.make(visitor, details, target == null ? LeadStatus.NEW : target, at, postback.transaction());
            lead = made.lead();
            visitor = made.visitor();
            newLead = true;
            return made.lead();
        }
        Lead changed = known.withDetails(valued(learned.into(known.details(), this::isFree), money, payout));
        if (target != null) {
            changed = changed.withStatus(target, at);
            domain.leads().in(tx).note(changed, LeadEvent.STATUS, target, postback.transaction(), at);
        }
        if (!changed.equals(known)) {
            changed = changed.updated(tx.now());
            domain.leads().in(tx).put(changed);
        }
        lead = changed;
        return changed;
    }

    /** Whether no lead has that reference yet. */
    private boolean isFree(String reference) {
        return domain.leads().in(tx).idByExternalRef(workspaceId, reference) == null;
    }

    /** What is confirmed is the lead's actual value, what is promised its estimated one. */
    private static LeadDetails valued(LeadDetails details, Money money, @Nullable Payout payout) {
        String currency = payout == null ? null : payout.currency();
        if (payout == null
                || currency == null
                || payout.amount().signum() <= 0
                || payout.amount().compareTo(LARGEST) > 0) {
            return details;
        }
        BigDecimal amount = payout.amount().scale() > MOST_DECIMALS
                ? payout.amount().setScale(MOST_DECIMALS, RoundingMode.HALF_UP)
                : payout.amount().setScale(Math.max(0, payout.amount().scale()));
        return switch (money) {
            case CONFIRMED -> details.withValues(null, amount, currency);
            case HELD -> details.actualValue() == null ? details.withValues(amount, null, currency) : details;
            case NONE, REJECTED, REFUNDED -> details;
        };
    }

    /** Click ids the postback brings fill what the click, or the visitor, has none of. */
    private void learnIds() {
        if (postback.clickIds().isEmpty()) {
            return;
        }
        var learned = new PostbackIds(domain, tx, postback.clickIds());
        if (click != null) {
            click = learned.into(click);
        }
        visitor = learned.into(visitor);
    }

    /**
     * The one place where a conversion row is known to have reached a status: its history, the lead's timeline, and what
     * platforms are told. Targets of outgoing postbacks are told of every status of every row, platforms of what
     * {@code event} says; unless {@link #silent}.
     *
     * @param before the row as it was; null for a new one
     * @param moved the status the lead reached with it; null when it stayed
     */
    private Conversion reached(
            Conversion row, @Nullable Conversion before, Decision.Event event, @Nullable String moved) {
        String previous = before == null ? null : before.status().word();
        boolean step =
                before == null || !before.status().word().equals(row.status().word());
        note(row, previous, event);
        Lead known = lead;
        if (known == null || test) {
            return row;
        }
        if (step) {
            domain.leads().in(tx).note(known, LeadEvent.CONVERSION, row.status().word(), detail(row), at);
        }
        if (silent || !step) {
            return row;
        }
        Trail trail = domain.decisions().trail(workspaceId, click, row.slots(), row.reached(previous));
        domain.decisions()
                .conversionReached(
                        tx,
                        new Decisions.Reached(
                                known,
                                visitor,
                                known.status(),
                                at,
                                Origin.POSTBACK,
                                row.ownTransaction(),
                                null,
                                click,
                                trail),
                        trail);
        boolean told = report(known, row, event, moved, trail);
        if (!told) {
            return row;
        }
        Conversion reported = row.withReported();
        domain.ledger().conversions().in(tx).put(reported);
        return reported;
    }

    /** Answers whether something of it goes to a platform. */
    private boolean report(Lead known, Conversion row, Decision.Event event, @Nullable String moved, Trail trail) {
        String target = target(row.status(), known, moved);
        if (target == null) {
            return false;
        }
        return switch (event) {
            case NONE, ADJUST -> false;
            case IF_NONE_SENT -> !row.reported() && decide(known, target, null, trail);
            case ONCE -> (moved != null || target.equals(known.status())) && decide(known, target, null, trail);
            case FURTHER -> decide(known, target, row.transaction(), trail);
        };
    }

    /** The status of the lead whose event is the conversion's; null when it has none. */
    private static @Nullable String target(ConversionStatus status, Lead known, @Nullable String moved) {
        if (moved != null) {
            return moved;
        }
        return switch (status.effect()) {
            // One more of what was bought before.
            case ConversionStatus.Effect.None n -> status.money() == Money.CONFIRMED ? LeadStatus.WON : null;
            case ConversionStatus.Effect.Begins b -> isBeginning(known.status()) ? known.status() : null;
            case ConversionStatus.Effect.Reaches r -> r.leadStatus();
            case ConversionStatus.Effect.Loses l -> LeadStatus.LOST;
        };
    }

    private static boolean isBeginning(String status) {
        return status.equals(LeadStatus.NEW) || status.equals("responded");
    }

    /** @param transaction null for the first time the lead reaches the status */
    private boolean decide(Lead known, String status, @Nullable String transaction, Trail trail) {
        Trail.Conversion conversion = trail.conversion();
        var reached = new Decisions.Reached(
                known,
                visitor,
                status,
                at,
                Origin.POSTBACK,
                conversion == null ? postback.transaction() : conversion.transaction(),
                transaction,
                click,
                trail);
        List<Delivery> rows = domain.decisions().decide(tx, reached, newLead);
        return rows.stream().anyMatch(d -> !d.status().equals(DeliveryStatus.SKIPPED));
    }

    private void note(Conversion row, @Nullable String previous, Decision.Event event) {
        Payout payout = row.payout();
        var conversions = domain.ledger().conversions();
        conversions
                .in(tx)
                .note(
                        row,
                        new ConversionState(
                                conversions.newStateId(),
                                arrival.receivedAt(),
                                postback.eventTime(),
                                source.id(),
                                arrival.id(),
                                row.status().word(),
                                previous,
                                row.word(),
                                payout == null ? null : payout.amount(),
                                payout == null ? null : payout.currency(),
                                row.refunded(),
                                row.reason(),
                                event.name().toLowerCase(Locale.ROOT)));
    }

    /** {@code cv_…: 2.61 USD, tid 7, "no funds"}. */
    private static String detail(Conversion row) {
        var text = new StringBuilder(row.id());
        Payout payout = row.payout();
        String separator = ": ";
        if (payout != null) {
            text.append(separator).append(payout.amount().toPlainString());
            if (payout.currency() != null) {
                text.append(' ').append(payout.currency());
            }
            separator = ", ";
        }
        if (row.ownTransaction() != null) {
            text.append(separator).append("transaction ").append(row.ownTransaction());
            separator = ", ";
        }
        if (row.reason() != null) {
            text.append(separator).append(row.reason());
        }
        return text.toString();
    }

    /** Sums for notices: what became confirmed, and how soon after the click. */
    private void count(Conversion row, @Nullable Conversion before) {
        boolean wasConfirmed = before != null && before.status().money() == Money.CONFIRMED;
        if (test || row.status().money() != Money.CONFIRMED || wasConfirmed) {
            return;
        }
        Payout payout = row.payout();
        boolean hasty = click != null && Duration.between(click.at(), at).compareTo(HASTY) < 0;
        String currency = payout == null ? null : payout.currency();
        double amount = payout == null ? 0 : payout.amount().doubleValue();
        tx.afterCommit(
                () -> domain.ledger().days().confirmed(source.id(), arrival.receivedAt(), currency, amount, hasty));
    }
}
