package kembali.intake;

import java.util.ArrayList;
import java.util.List;
import kembali.intake.Intake.Domain;
import kembali.lead.ChatMessage;
import kembali.lead.Lead;
import kembali.lead.LeadIdentities;
import kembali.lead.LeadIdentities.Identity;
import kembali.lead.LeadIdentities.Kind;
import kembali.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who writes or fills in a form: by phone number, business-scoped user id, e-mail address, whatever of it is
 * known. Nobody else can be made a lead for the same person until the transaction ends.
 */
final class Sender {
    private final Domain domain;
    private final Tx tx;
    private final int workspaceId;
    private final List<Identity> identities = new ArrayList<>();

    Sender(Domain domain, Tx tx, int workspaceId, ChatMessage.Customer customer) {
        this(domain, tx, workspaceId, customer.phoneE164(), customer.bsuid(), null);
    }

    Sender(
            Domain domain,
            Tx tx,
            int workspaceId,
            @Nullable String phoneE164,
            @Nullable String bsuid,
            @Nullable String email) {
        this.domain = domain;
        this.tx = tx;
        this.workspaceId = workspaceId;
        if (phoneE164 != null) {
            identities.add(Identity.phone(phoneE164));
        }
        if (bsuid != null) {
            identities.add(Identity.bsuid(bsuid));
        }
        if (email != null) {
            identities.add(Identity.email(email));
        }
        domain.leads().identities().in(tx).lock(workspaceId, identities);
    }

    /**
     * The lead this person is, or null. A number and a user id of one person may have come with different leads before;
     * they are merged now that one message shows both. An e-mail address only counts where nothing else is known.
     */
    @Nullable Lead lead() {
        Lead found = null;
        for (Identity i : identities) {
            Lead lead = i.kind() == Kind.EMAIL && found != null ? null : leadOf(i);
            if (lead != null && found != null && !lead.id().equals(found.id())) {
                found = new LeadJoin(domain, tx)
                        .olderFirst(found, lead, "one message showed the phone number and the user id");
            } else if (found == null) {
                found = lead;
            }
        }
        return found;
    }

    private @Nullable Lead leadOf(Identity identity) {
        var leads = domain.leads().in(tx);
        String id = domain.leads().identities().in(tx).leadOf(workspaceId, identity);
        if (id == null) {
            id = switch (identity.kind()) {
                case PHONE -> leads.idByPhone(workspaceId, identity.value());
                case EMAIL -> leads.idByEmail(workspaceId, identity.value());
                case BSUID -> null;
            };
        }
        return id == null ? null : leads.get(workspaceId, id);
    }

    /** From now on whoever writes with one of these is that lead. */
    void bind(Lead lead) {
        LeadIdentities.InTx known = domain.leads().identities().in(tx);
        for (Identity i : identities) {
            if (known.leadOf(workspaceId, i) == null) {
                known.bind(workspaceId, i, lead.id());
            }
        }
    }

    /**
     * Whether that lead is known to be somebody else: it has a number and this person another, or it writes with a user
     * id and this person with another.
     */
    boolean contradicts(Lead lead) {
        LeadIdentities.InTx known = domain.leads().identities().in(tx);
        for (Identity i : identities) {
            boolean same = lead.id().equals(known.leadOf(workspaceId, i))
                    || i.kind() == Kind.PHONE && i.value().equals(lead.person().phoneE164());
            if (same) {
                return false;
            }
        }
        return identities.stream().anyMatch(i -> switch (i.kind()) {
            case PHONE -> lead.person().phoneE164() != null || known.has(workspaceId, lead.id(), Kind.PHONE);
            case BSUID -> known.has(workspaceId, lead.id(), Kind.BSUID);
            case EMAIL -> false;
        });
    }

    /** Whether that lead's number is one it chats with, not only one that was typed. */
    boolean chats(Lead lead) {
        return domain.leads().identities().in(tx).has(workspaceId, lead.id(), Kind.PHONE);
    }
}
