package kembali.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kembali.conversion.Decisions;
import kembali.figures.LinkCount;
import kembali.figures.LinkDays;
import kembali.identity.Consent;
import kembali.identity.Person;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.lead.LeadDetails;
import kembali.lead.LeadStatus;
import kembali.lead.Leads;
import kembali.platform.ConversionEvent;
import kembali.store.Tx;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * A person sent the form a rotator shows before the chat: the visitor becomes a lead with these
 * details, or their lead is refreshed with them.
 *
 * @param chat where the person is sent
 * @param answers to the advertiser's own questions, as a person reads them; null when there are none
 * @param consented whether the form's consent text was ticked
 */
public record RotatorFormSent(
        LinkVisit visit,
        LinkVisit.Chat chat,
        Details details,
        @Nullable String answers,
        boolean consented) implements Intake.Command<RotatorClicked.Clicked> {
    /** What the person says of themselves; null where the form did not ask or they did not answer. */
    public record Details(
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String phoneE164,
            @Nullable String city) {}

    @Override
    public void announce(Domain domain, Tx tx) {
        visit.announce(domain, tx);
    }

    @Override
    public RotatorClicked.Clicked apply(Domain domain, Tx tx) {
        RecentClicks.InTx recent = domain.recentClicks().in(tx);
        Visitor visitor = visit.formSent(domain, tx);
        RecentClicks.Click first = recent.find(formKey(visitor), tx.now().toEpochMilli(), LinkVisit.DOUBLE_TAP);
        boolean again = first != null;
        Consent before = visitor.profile().consent();
        Lead lead = refreshedOrNew(domain, tx, visitor, again);
        visitor = visit.heard(domain, tx, visitor.withLead(lead.id()), lead);
        if (consented) {
            visitor = visitor.withProfile(
                    visitor.profile().withConsent(visitor.profile().consent().updatedBy(ticked(tx.now()))));
        }
        domain.visitors().in(tx).put(visitor);
        new LeadChange(domain, tx).respectConsent(lead, visitor, before);
        var leads = domain.leads().in(tx);
        if (!again) {
            recent.note(
                    formKey(visitor),
                    new RecentClicks.Click(
                            visitor.no(),
                            chat.agentId(),
                            chat.number(),
                            tx.now().toEpochMilli()));
            visit.count(LinkDays.in(tx), chat.agentId(), LinkCount.FORM_SENT);
            visit.count(tx, chat);
            leads.noteAnswers(lead, answers, tx.now());
        }
        boolean newLead = leads.isFresh(lead);
        if (newLead || lead.status().equals(LeadStatus.NEW)) {
            // What was left out for want of data may be sent now; what was sent is not sent again.
            var reached = new Decisions.Reached(
                    lead, visitor, LeadStatus.NEW, tx.now(), ConversionEvent.Origin.WEB, null, null);
            domain.decisions().decide(tx, reached, newLead);
        }
        return new RotatorClicked.Clicked(
                visitor.code(),
                lead.id(),
                lead.person().name(),
                visit.fbclid(visitor),
                again,
                first == null ? null : new LinkVisit.Chat(first.partId(), first.text(), null),
                false,
                visit.mayKeepCookies(domain, visitor, lead));
    }

    /** What ticking the consent text says. */
    private static Consent ticked(Instant now) {
        return new Consent(
                Consent.Choice.UNKNOWN,
                Consent.Choice.UNKNOWN,
                Consent.Choice.GRANTED,
                Consent.Choice.GRANTED,
                Consent.Source.FORM,
                null,
                false,
                false,
                null,
                now);
    }

    private Lead refreshedOrNew(Domain domain, Tx tx, Visitor visitor, boolean again) {
        var leads = domain.leads().in(tx);
        Lead had = visitor.leadId() == null ? null : leads.get(visit.workspaceId(), visitor.leadId());
        if (had != null) {
            Person person = filled(had.person());
            LeadDetails changed = had.details().withPerson(person);
            String number = chat.number();
            Lead lead = had.withDetails(number == null || again ? changed : changed.withAgentNumber(number))
                    .updated(tx.now());
            leads.put(lead);
            noteChanges(leads, had.person(), lead, tx);
            return lead;
        }
        String samePhone = details.phoneE164 == null ? null : leads.idByPhone(visit.workspaceId(), details.phoneE164);
        var lead = new Lead(
                visit.workspaceId(),
                domain.leads().newId(),
                visitor.no(),
                visitor.code(),
                LeadStatus.NEW,
                tx.now(),
                LeadDetails.unknownPerson("whatsapp", chat.number()).withPerson(filled(Person.UNKNOWN)),
                tx.now(),
                tx.now());
        leads.create(lead);
        if (samePhone != null) {
            leads.note(lead, "details", null, "the same phone number as lead " + samePhone, tx.now());
        }
        visit.count(LinkDays.in(tx), chat.agentId(), LinkCount.NEW_LEADS);
        return lead;
    }

    private static void noteChanges(Leads.InTx leads, Person before, Lead lead, Tx tx) {
        List<String> names = new ArrayList<>();
        if (!Objects.equals(before.name(), lead.person().name())) {
            names.add("name");
        }
        if (!Objects.equals(before.email(), lead.person().email())) {
            names.add("email");
        }
        if (!Objects.equals(before.phone(), lead.person().phone())) {
            names.add("phone");
        }
        if (!Objects.equals(before.city(), lead.person().city())) {
            names.add("city");
        }
        if (!names.isEmpty()) {
            leads.note(lead, "details", null, String.join(", ", names) + " by the form", tx.now());
        }
    }

    /** A name that somebody gave the lead stays; how to reach the person is what they said last. */
    private Person filled(Person p) {
        boolean newPhone = details.phone != null;
        return new Person(
                p.name() == null ? details.name : p.name(),
                details.email == null ? p.email() : details.email,
                newPhone ? details.phone : p.phone(),
                newPhone ? details.phoneE164 : p.phoneE164(),
                p.city() == null ? details.city : p.city(),
                p.state(),
                p.postalCode(),
                p.country(),
                p.gender(),
                p.birthDate(),
                p.company(),
                p.title());
    }

    private long formKey(Visitor visitor) {
        return RecentClicks.key(visit.workspaceId(), visit.linkId() + "/form", visitor.no());
    }
}
