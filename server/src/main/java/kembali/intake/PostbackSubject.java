package kembali.intake;

import java.util.List;
import kembali.identity.PhoneNumbers;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.ledger.Conversion;
import kembali.postback.Contact;
import kembali.postback.Lookup;
import kembali.store.Tx;
import kembali.visitor.Click;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;

/** Whose conversion a postback is about. */
sealed interface PostbackSubject {
    /**
     * Somebody we know.
     *
     * @param click the campaign click; null where only the person is known
     * @param lead null while the visitor is none
     */
    record Known(
            @Nullable Click click,
            Visitor visitor,
            @Nullable Lead lead) implements PostbackSubject {}

    /**
     * Nobody, perhaps not yet.
     *
     * @param name what may still appear; null when nothing can
     */
    record Unknown(@Nullable String name, String reason) implements PostbackSubject {}

    /** Looks the ways up, the first that finds something settles it. */
    static PostbackSubject find(Domain domain, Tx tx, PostbackSource source, List<Lookup> ways) {
        var finder = new Finder(domain, tx, source);
        PostbackSubject awaited = null;
        for (Lookup way : ways) {
            PostbackSubject found = finder.by(way);
            if (found instanceof Known) {
                return found;
            }
            awaited = awaited == null ? found : awaited;
        }
        return awaited == null ? new Unknown(null, "no_click_id") : awaited;
    }

    /** One look. */
    final class Finder {
        private static final Unknown NOBODY = new Unknown(null, "no_click_id");
        private static final Unknown ERASED = new Unknown(null, "erased");

        private final Domain domain;
        private final Tx tx;
        private final PostbackSource source;
        private final int workspaceId;

        private Finder(Domain domain, Tx tx, PostbackSource source) {
            this.domain = domain;
            this.tx = tx;
            this.source = source;
            this.workspaceId = source.workspaceId();
        }

        private PostbackSubject by(Lookup way) {
            return switch (way) {
                case Lookup.ByClickId c -> byClickId(c);
                case Lookup.ByLeadId l -> byLeadId(l.id());
                case Lookup.ByTransaction t -> byTransaction(t.transaction());
                case Lookup.ByContact c -> byContact(c.contact());
            };
        }

        private PostbackSubject byClickId(Lookup.ByClickId way) {
            Click click = domain.clicks().in(tx).find(workspaceId, way.id());
            if (click != null) {
                return ofVisitor(click, domain.visitors().in(tx).get(workspaceId, click.visitorNo()));
            }
            PostbackSubject byCode = byCode(way.asSent());
            if (byCode != null) {
                return byCode;
            }
            PostbackSubject byRef = byReference(way.asSent(), way.id());
            return byRef == null ? new Unknown(way.id(), "click_not_found") : byRef;
        }

        private PostbackSubject byLeadId(String id) {
            if (id.startsWith("ld_")) {
                Lead lead = domain.leads().in(tx).get(workspaceId, id);
                return lead == null ? new Unknown(null, "lead_not_found") : ofLead(lead);
            }
            PostbackSubject byCode = byCode(id);
            PostbackSubject found = byCode == null ? byReference(id, id) : byCode;
            return found == null ? new Unknown(id, "lead_not_found") : found;
        }

        private @Nullable PostbackSubject byCode(String code) {
            Long no = domain.visitors().number(workspaceId, code);
            Visitor visitor = no == null ? null : domain.visitors().in(tx).get(workspaceId, no);
            return visitor == null ? null : ofVisitor(null, visitor);
        }

        private @Nullable PostbackSubject byReference(String asSent, String lower) {
            var leads = domain.leads().in(tx);
            String id = leads.idByExternalRef(workspaceId, asSent);
            if (id == null && !lower.equals(asSent)) {
                id = leads.idByExternalRef(workspaceId, lower);
            }
            Lead lead = id == null ? null : leads.get(workspaceId, id);
            return lead == null ? null : ofLead(lead);
        }

        private PostbackSubject byTransaction(String transaction) {
            Conversion c = domain.ledger().conversions().in(tx).byTransaction(workspaceId, source.id(), transaction);
            if (c == null) {
                return NOBODY;
            }
            Click click = c.subid() == null ? null : domain.clicks().in(tx).find(workspaceId, c.subid());
            if (click != null) {
                return ofVisitor(click, domain.visitors().in(tx).get(workspaceId, click.visitorNo()));
            }
            Lead lead = c.leadId() == null ? null : domain.leads().in(tx).get(workspaceId, c.leadId());
            return lead == null ? ERASED : ofLead(lead);
        }

        private PostbackSubject byContact(Contact contact) {
            Contact.Part email = contact.email();
            Contact.Part phone = contact.phone();
            PhoneNumbers.Phone number =
                    phone == null || phone.hashed() ? null : PhoneNumbers.fromPerson(phone.text(), source.country());
            String id = domain.leads()
                    .contacts()
                    .only(
                            tx,
                            workspaceId,
                            email == null ? null : email.text(),
                            number == null ? null : number.e164(),
                            tx.now().minus(Lookup.CONTACT_AGE));
            Lead lead = id == null ? null : domain.leads().in(tx).get(workspaceId, id);
            return lead == null ? NOBODY : ofLead(lead);
        }

        private PostbackSubject ofVisitor(@Nullable Click click, @Nullable Visitor visitor) {
            if (visitor == null) {
                return ERASED;
            }
            String id = visitor.leadId();
            Lead lead = id == null ? null : domain.leads().in(tx).get(workspaceId, id);
            return new Known(click, visitor, lead);
        }

        private PostbackSubject ofLead(Lead lead) {
            return new Known(null, new LeadChange(domain, tx).visitorOf(lead), lead);
        }
    }
}
