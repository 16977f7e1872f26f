package kembali.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.Person;
import kembali.intake.Intake.Domain;
import kembali.lead.ChatMessage;
import kembali.lead.Lead;
import kembali.lead.LeadDetails;
import kembali.lead.LeadEvent;
import kembali.lead.LeadStatus;
import kembali.platform.ConversionEvent.Origin;
import kembali.store.Tx;
import kembali.support.Ids;
import kembali.visitor.AdFields;
import kembali.visitor.Channels;
import kembali.visitor.Touch;
import kembali.visitor.TouchRow;
import kembali.visitor.Utm;
import kembali.visitor.Visitor;
import kembali.visitor.VisitorCode;
import kembali.visitor.VisitorProfile;
import org.jspecify.annotations.Nullable;

/** Finds or makes the lead of an incoming chat message, and tells the lead what the message tells of it. */
final class ChatAttachment {
    /** A code without brackets counts this long after it was handed out. */
    private static final Duration BARE_CODE_LIFE = Duration.ofDays(7);

    /** A message without a code is matched with a click no older than this, where the owner wants that. */
    private static final Duration PROBABLE = Duration.ofMinutes(10);

    private static final int LONGEST_NAME = 200;

    private final Domain domain;
    private final Tx tx;
    private final MessageReceived command;
    private final ChatMessage message;
    private final Sender sender;
    private final int workspaceId;

    ChatAttachment(Domain domain, Tx tx, MessageReceived command, Sender sender) {
        this.domain = domain;
        this.tx = tx;
        this.command = command;
        this.message = command.message();
        this.sender = sender;
        this.workspaceId = command.workspaceId();
    }

    /** A code of the message: the visitor it was given to, and the lead that visitor is. */
    private record Coded(Visitor visitor, @Nullable Lead lead) {
        Instant clickedAt() {
            var link = visitor.profile().lastLink();
            Instant clicked = link == null ? visitor.createdAt() : Instant.ofEpochMilli(link.atMs());
            return clicked.isBefore(visitor.createdAt()) ? visitor.createdAt() : clicked;
        }

        boolean wentTo(@Nullable String number) {
            return number != null
                    && lead != null
                    && number.equals(lead.details().agentNumber());
        }
    }

    Lead attach() {
        Lead known = sender.lead();
        Coded coded = coded();
        // The code of somebody else: the message was forwarded, and their click is not this person's.
        Lead other = coded == null ? null : coded.lead();
        boolean forwarded = other != null && sender.contradicts(other);
        Lead found = coded != null && !forwarded ? withCode(coded, known) : known;
        if (found == null && coded == null) {
            found = probable();
        }
        Lead lead = found;
        if (lead == null) {
            lead = newLead(coded == null || forwarded ? null : coded.visitor());
            if (forwarded && other != null) {
                domain.leads().in(tx).note(lead, "referred", null, other.id(), tx.now());
            }
        }
        sender.bind(lead);
        return tell(lead, found == null);
    }

    /** The code's lead, joined with the one the sender is known as; null when the visitor is no lead yet. */
    private @Nullable Lead withCode(Coded coded, @Nullable Lead known) {
        var join = new LeadJoin(domain, tx);
        Lead own = coded.lead();
        if (own == null) {
            if (known != null) {
                Visitor joined = join.visitors(new LeadChange(domain, tx).visitorOf(known), coded.visitor());
                domain.visitors().in(tx).put(joined.withLead(known.id()));
            }
            return known;
        }
        return known == null || known.id().equals(own.id())
                ? own
                : join.olderFirst(own, known, "the message held the code " + own.code());
    }

    /** Of the codes that count, the one clicked last; one whose click went to the very number before all others. */
    private @Nullable Coded coded() {
        String number = message.business().phoneE164();
        Instant oldest = command.at(tx).minus(BARE_CODE_LIFE);
        Stream<Coded> bracketed = found(command.bracketed());
        Stream<Coded> bare = found(command.bare())
                .filter(c -> c.wentTo(number) && !c.clickedAt().isBefore(oldest));
        return Stream.concat(bracketed, bare)
                .max(Comparator.comparing((Coded c) -> c.wentTo(number)).thenComparing(Coded::clickedAt))
                .orElse(null);
    }

    private Stream<Coded> found(List<VisitorCode> codes) {
        return codes.stream().map(this::found).filter(Objects::nonNull).map(Objects::requireNonNull);
    }

    private @Nullable Coded found(VisitorCode code) {
        Long no = domain.visitors().number(workspaceId, code.text());
        Visitor visitor = no == null ? null : domain.visitors().in(tx).get(workspaceId, no);
        if (visitor == null) {
            return null;
        }
        String id = visitor.leadId();
        return new Coded(visitor, id == null ? null : domain.leads().in(tx).get(workspaceId, id));
    }

    /** The only lead that clicked to this number lately and has not written yet; null when there is none or are several. */
    private @Nullable Lead probable() {
        String number = message.business().phoneE164();
        if (!command.rules().probable() || number == null || clickedAd()) {
            return null;
        }
        String since = Ids.lowest("ld", command.at(tx).minus(PROBABLE));
        List<String> unclaimed = domain.leads().identities().in(tx).unclaimed(workspaceId, number, since);
        Lead lead = unclaimed.size() == 1 ? domain.leads().in(tx).get(workspaceId, unclaimed.getFirst()) : null;
        if (lead == null || sender.contradicts(lead)) {
            return null;
        }
        domain.leads().in(tx).note(lead, "match", null, "probable", tx.now());
        return lead;
    }

    private boolean clickedAd() {
        return message.referral() != null;
    }

    private Lead newLead(@Nullable Visitor had) {
        var visitors = domain.visitors().in(tx);
        Visitor visitor = had == null ? visitors.create(workspaceId, VisitorProfile.EMPTY) : had;
        Instant at = command.at(tx);
        var lead = new Lead(
                workspaceId,
                domain.leads().newId(),
                visitor.no(),
                visitor.code(),
                LeadStatus.NEW,
                at,
                LeadDetails.unknownPerson(clickedAd() ? "ads" : "whatsapp", null),
                tx.now(),
                tx.now());
        domain.leads().in(tx).create(lead);
        visitors.put(visitor.withLead(lead.id()));
        domain.leads().in(tx).note(lead, LeadEvent.STATUS, LeadStatus.NEW, null, at);
        return lead;
    }

    /** What the message tells of the lead: number, name, agent, ad, and how far it is. */
    private Lead tell(Lead before, boolean created) {
        var leads = domain.leads().in(tx);
        var change = new LeadChange(domain, tx);
        Instant at = command.at(tx);
        boolean first = created || !domain.leads().messages().in(tx).wrote(before);
        Lead lead = before.withDetails(details(before.details())).updated(tx.now());
        boolean begins = lead.status().equals(LeadStatus.PAGEVIEW);
        if (begins) {
            lead = lead.withStatus(LeadStatus.NEW, at);
            leads.note(lead, LeadEvent.STATUS, LeadStatus.NEW, null, at);
        }
        leads.put(lead);
        Visitor visitor = learn(change.visitorOf(lead));
        Origin origin = origin(visitor);
        if (created || begins) {
            change.decide(lead, visitor, at, origin);
        } else {
            change.reconsider(lead, visitor, lead.status().equals(LeadStatus.NEW) ? origin : Origin.CRM);
        }
        String firstStatus = command.rules().firstStatus();
        if (first
                && firstStatus != null
                && lead.status().equals(LeadStatus.NEW)
                && !firstStatus.equals(LeadStatus.NEW)) {
            lead = lead.withStatus(firstStatus, at);
            leads.note(lead, LeadEvent.STATUS, firstStatus, null, at);
            leads.put(lead);
            change.decide(lead, visitor, at, Origin.CRM);
        }
        return lead;
    }

    private LeadDetails details(LeadDetails had) {
        Person p = had.person();
        String phone = message.customer().phoneE164();
        boolean takePhone = p.phoneE164() == null && phone != null;
        String agent = message.business().phoneE164();
        return new LeadDetails(
                new Person(
                        p.name() == null ? name(message.customer().name()) : p.name(),
                        p.email(),
                        takePhone ? phone : p.phone(),
                        takePhone ? phone : p.phoneE164(),
                        p.city(),
                        p.state(),
                        p.postalCode(),
                        p.country(),
                        p.gender(),
                        p.birthDate(),
                        p.company(),
                        p.title()),
                had.priority(),
                had.source(),
                had.assignedTo(),
                agent == null ? had.agentNumber() : agent,
                had.externalRef(),
                had.estimatedValue(),
                had.actualValue(),
                had.currency());
    }

    /** What somebody calls themselves in the chat; null when it is nothing to call them by. */
    private static @Nullable String name(@Nullable String profile) {
        if (profile == null) {
            return null;
        }
        String visible = profile.replaceAll("[\\p{Cntrl}\\p{Cf}]", "").strip();
        String name = visible.length() > LONGEST_NAME ? visible.substring(0, LONGEST_NAME) : visible;
        return name.isEmpty() || VisitorCode.parse(name.replaceFirst("^Visitor ", "")) != null ? null : name;
    }

    private Visitor learn(Visitor visitor) {
        ChatMessage.Referral referral = message.referral();
        Visitor seen = visitor.seen(tx.now());
        if (referral != null) {
            seen = seen.withProfile(withAd(visitor, referral));
        }
        domain.visitors().in(tx).put(seen);
        return seen;
    }

    /** The ad the chat began with: a click of the visitor's, and the place they came from. */
    private VisitorProfile withAd(Visitor visitor, ChatMessage.Referral referral) {
        var visitors = domain.visitors().in(tx);
        Instant at = command.at(tx);
        VisitorProfile profile = visitor.profile();
        String clid = referral.ctwaClid();
        if (clid != null) {
            var click = ClickIds.NONE.with(ClickIds.CTWA_CLID, ClickId.of(clid, at.toEpochMilli()));
            profile = profile.withClicks(visitors.claim(workspaceId, visitor.no(), profile.clicks(), click));
        }
        String adId = "post".equals(referral.sourceType()) ? null : referral.sourceId();
        var ad = new AdFields("meta", null, null, null, null, null, adId, null, null, null, null, null, null, null);
        visitors.add(new TouchRow(
                workspaceId,
                visitor.no(),
                at.toEpochMilli(),
                "ctwa",
                adId == null || adId.length() > 40 ? null : adId,
                null,
                referral.sourceUrl(),
                null));
        return profile.withTouch(new Touch("meta", Channels.PAID, Utm.NONE, ad, referral.sourceUrl(), null, at));
    }

    private static Origin origin(Visitor visitor) {
        if (visitor.profile().clicks().value(ClickIds.CTWA_CLID) != null) {
            return Origin.CHAT;
        }
        return visitor.profile().lastLink() != null ? Origin.WEB : Origin.CRM;
    }
}
