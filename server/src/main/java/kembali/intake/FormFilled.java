package kembali.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kembali.identity.Person;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.lead.LeadDetails;
import kembali.lead.LeadStatus;
import kembali.lead.Message;
import kembali.platform.ConversionEvent.Origin;
import kembali.store.Tx;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * Somebody filled in a form. They are the lead their visitor code names, else the one with their reference, phone
 * number or e-mail address, else a new one. What was typed is put over what is known, except a name we have and a number
 * the lead chats with.
 *
 * @param submission what could be used of it; its source is a new lead's
 * @param at when it was sent
 * @param provider the kind of source
 * @param text what was written into the form's message field
 * @param others what has no field of ours, by the form's own label
 * @param notes what could not be used of it, and why
 */
public record FormFilled(
        FactRef fact,
        LeadSubmission submission,
        Instant at,
        String provider,
        @Nullable String text,
        Map<String, String> others,
        List<String> notes)
        implements Intake.Command<FactResult> {
    public FormFilled {
        others = Map.copyOf(others);
        notes = List.copyOf(notes);
    }

    @Override
    public void announce(Domain domain, Tx tx) {
        domain.visitors().in(tx).wantClicks(fact.workspaceId(), submission.clicks());
    }

    @Override
    public FactResult apply(Domain domain, Tx tx) {
        return new Applying(this, domain, tx).apply();
    }

    /** One application of it. */
    private static final class Applying {
        private final FormFilled form;
        private final Domain domain;
        private final Tx tx;
        private final int workspaceId;
        private final FactLedger ledger;
        private final List<String> notes;

        Applying(FormFilled form, Domain domain, Tx tx) {
            this.form = form;
            this.domain = domain;
            this.tx = tx;
            this.workspaceId = form.fact.workspaceId();
            this.ledger = new FactLedger(tx);
            this.notes = new ArrayList<>(form.notes);
        }

        FactResult apply() {
            if (ledger.open(form.fact) instanceof FactLedger.Entry.Applied before) {
                return again(before);
            }
            Visitor visitor = visitor();
            Person said = form.submission.details().person();
            var sender = new Sender(domain, tx, workspaceId, said.phoneE164(), null, said.email());
            Lead had = had(visitor, sender);
            Lead lead = had == null ? created(visitor) : updated(had, sender);
            keep(lead);
            ledger.close(form.fact, lead.id());
            return new FactResult.Applied(lead.id(), notes);
        }

        /** Told again it changes nothing; read again on somebody's wish it is put over what it was. */
        private FactResult again(FactLedger.Entry.Applied before) {
            Lead lead = domain.leads().in(tx).get(workspaceId, before.leadId());
            if (form.fact.replayed() && lead != null) {
                Person said = form.submission.details().person();
                updated(lead, new Sender(domain, tx, workspaceId, said.phoneE164(), null, said.email()));
                return new FactResult.Applied(lead.id(), notes);
            }
            return ledger.again(domain, form.fact, before, notes);
        }

        private @Nullable Visitor visitor() {
            Long no = form.submission.visitorNo();
            Visitor visitor = no == null ? null : domain.visitors().in(tx).get(workspaceId, no);
            if (no != null && visitor == null) {
                notes.add("visitor: no visitor of this workspace has this code");
            }
            return visitor;
        }

        private @Nullable Lead had(@Nullable Visitor visitor, Sender sender) {
            var leads = domain.leads().in(tx);
            Lead known = sender.lead();
            String ref = form.submission.details().externalRef();
            String byRef = known == null && ref != null ? leads.idByExternalRef(workspaceId, ref) : null;
            known = byRef == null ? known : leads.get(workspaceId, byRef);
            String id = visitor == null ? null : visitor.leadId();
            Lead own = id == null ? null : leads.get(workspaceId, id);
            var join = new LeadJoin(domain, tx);
            if (own != null) {
                boolean one =
                        known != null && !known.id().equals(own.id()) && !sender.contradicts(own) && !otherMail(own);
                return one
                        ? join.olderFirst(own, Objects.requireNonNull(known), "a form held the code " + own.code())
                        : own;
            }
            if (known != null && visitor != null) {
                Visitor joined = join.visitors(new LeadChange(domain, tx).visitorOf(known), visitor);
                domain.visitors().in(tx).put(joined.withLead(known.id()));
            }
            return known;
        }

        private boolean otherMail(Lead own) {
            String typed = form.submission.details().person().email();
            String had = own.person().email();
            return typed != null && had != null && !had.equalsIgnoreCase(typed.strip());
        }

        private Lead created(@Nullable Visitor visitor) {
            var web = form.submission.web();
            Origin origin = web.pageUrl() != null && web.userAgent() != null ? Origin.WEB : Origin.CRM;
            LeadSubmission s = form.submission.of(visitor == null ? null : visitor.no(), form.submission.status());
            return new LeadSubmitted(s).create(domain, tx, origin).lead();
        }

        private Lead updated(Lead had, Sender sender) {
            boolean begins = had.status().equals(LeadStatus.PAGEVIEW);
            boolean early = begins || had.status().equals(LeadStatus.NEW);
            String said = form.submission.status();
            // A form is no step back: what the team reached stays.
            String status = !early ? null : said == null && begins ? LeadStatus.NEW : said;
            LeadDetails details = over(had, sender);
            var patched =
                    new LeadPatched(form.submission.of(null, status), had.id(), stored -> details).apply(domain, tx);
            Lead lead = patched.lead();
            new LeadChange(domain, tx)
                    .reconsider(
                            lead, patched.visitor(), lead.status().equals(LeadStatus.NEW) ? Origin.WEB : Origin.CRM);
            return lead;
        }

        private LeadDetails over(Lead had, Sender sender) {
            LeadDetails a = had.details();
            LeadDetails b = form.submission.details();
            Person p = a.person();
            Person q = b.person();
            boolean phone = q.phone() != null && !keepsPhone(had, q, sender);
            return new LeadDetails(
                    new Person(
                            p.name() == null ? q.name() : p.name(),
                            newer(q.email(), p.email()),
                            phone ? q.phone() : p.phone(),
                            phone ? q.phoneE164() : p.phoneE164(),
                            newer(q.city(), p.city()),
                            newer(q.state(), p.state()),
                            newer(q.postalCode(), p.postalCode()),
                            newer(q.country(), p.country()),
                            newer(q.gender(), p.gender()),
                            newer(q.birthDate(), p.birthDate()),
                            newer(q.company(), p.company()),
                            newer(q.title(), p.title())),
                    a.priority(),
                    a.source(),
                    a.assignedTo(),
                    a.agentNumber(),
                    reference(had, b.externalRef()),
                    newer(b.estimatedValue(), a.estimatedValue()),
                    a.actualValue(),
                    newer(b.currency(), a.currency()));
        }

        /** A number somebody chats with is proven; one that was typed is not. */
        private boolean keepsPhone(Lead had, Person typed, Sender sender) {
            if (had.person().phoneE164() == null) {
                return false;
            }
            boolean keeps = typed.phoneE164() == null || sender.contradicts(had) && sender.chats(had);
            if (keeps) {
                notes.add("phone: the lead keeps the number it has");
            }
            return keeps;
        }

        private @Nullable String reference(Lead had, @Nullable String ref) {
            if (ref == null || ref.equals(had.externalRef())) {
                return had.externalRef();
            }
            String other = domain.leads().in(tx).idByExternalRef(workspaceId, ref);
            if (other != null && !other.equals(had.id())) {
                notes.add("externalRef: is the reference of lead " + other + " already");
                return had.externalRef();
            }
            return ref;
        }

        private void keep(Lead lead) {
            var messages = domain.leads().messages();
            Instant at = form.at.isAfter(tx.now()) ? tx.now() : form.at;
            messages.in(tx)
                    .add(
                            lead,
                            new Message(
                                    messages.newId(),
                                    at,
                                    Message.IN,
                                    Message.FORM,
                                    form.provider,
                                    form.fact.sourceId(),
                                    new Message.Content(form.text, null, form.others)));
        }

        private static <T> @Nullable T newer(@Nullable T said, @Nullable T had) {
            return said == null ? had : said;
        }
    }
}
