package kembali.intake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.intake.Intake.Domain;
import kembali.lead.ChatMessage;
import kembali.lead.Lead;
import kembali.lead.Message;
import kembali.store.Tx;
import kembali.visitor.VisitorCode;
import org.jspecify.annotations.Nullable;

/**
 * A chat message came or went. The first one of a sender is attached to the lead its code names, to the lead with the
 * sender's number or id, or makes a new one; every one is kept on the lead's timeline. Told twice, it counts once.
 *
 * @param bracketed codes the message holds in brackets, as our drafts write them
 * @param bare codes without brackets: taken only where this workspace issued them lately for the same number
 */
public record MessageReceived(
        FactRef fact, ChatMessage message, List<VisitorCode> bracketed, List<VisitorCode> bare, Rules rules)
        implements Intake.Command<FactResult> {
    /**
     * What the source's owner wants.
     *
     * @param firstStatus the status a lead reaches by its first message; null for none
     * @param probable whether a message without a code is matched with the only click that fits
     */
    public record Rules(@Nullable String firstStatus, boolean probable) {
        public static final Rules USUAL = new Rules(null, false);
    }

    public MessageReceived {
        bracketed = List.copyOf(bracketed);
        bare = List.copyOf(bare);
    }

    @Override
    public FactResult apply(Domain domain, Tx tx) {
        var ledger = new FactLedger(tx);
        if (ledger.open(fact) instanceof FactLedger.Entry.Applied before) {
            return ledger.again(domain, fact, before, List.of());
        }
        var sender = new Sender(domain, tx, fact.workspaceId(), message.customer());
        if (message.direction() == ChatMessage.Direction.OUT) {
            return outgoing(domain, tx, ledger, sender);
        }
        Lead lead = new ChatAttachment(domain, tx, this, sender).attach();
        keep(domain, tx, lead);
        ledger.close(fact, lead.id());
        return new FactResult.Applied(lead.id(), List.of());
    }

    /** What the advertiser's people write makes nobody a lead, and moves nobody. */
    private FactResult outgoing(Domain domain, Tx tx, FactLedger ledger, Sender sender) {
        Lead lead = sender.lead();
        if (lead == null) {
            ledger.drop(fact);
            return new FactResult.LeftAside("no_lead", "A message to somebody who is no lead.");
        }
        keep(domain, tx, lead);
        ledger.close(fact, lead.id());
        return new FactResult.Applied(lead.id(), List.of());
    }

    private void keep(Domain domain, Tx tx, Lead lead) {
        var messages = domain.leads().messages();
        messages.in(tx)
                .add(
                        lead,
                        new Message(
                                messages.newId(),
                                message.at(),
                                message.direction() == ChatMessage.Direction.IN ? Message.IN : Message.OUT,
                                message.type(),
                                message.provider(),
                                fact.sourceId(),
                                new Message.Content(message.text(), message.referral(), Map.of())));
    }

    int workspaceId() {
        return fact.workspaceId();
    }

    /** When it was written, but never later than now. */
    Instant at(Tx tx) {
        return message.at().isAfter(tx.now()) ? tx.now() : message.at();
    }
}
