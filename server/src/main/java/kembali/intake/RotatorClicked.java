package kembali.intake;

import kembali.figures.LinkCount;
import kembali.figures.LinkDays;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.lead.LeadDetails;
import kembali.lead.LeadStatus;
import kembali.store.Tx;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * A person clicked a rotator link: a new visitor becomes a lead, a returning one is refreshed.
 *
 * @param chat where the person is sent; null when the answer is a form
 * @param makesLead false when only sending the form makes a lead
 */
public record RotatorClicked(LinkVisit visit, LinkVisit.@Nullable Chat chat, boolean makesLead)
        implements Intake.Command<RotatorClicked.Clicked> {
    /**
     * The visitor whose code goes into the message.
     *
     * @param leadId null while the visitor is no lead
     * @param name the lead's real name, where it is known
     * @param fbclid the click the visitor arrived with, as the store knows it: a copied link's is marked as shared
     * @param again a double tap: nothing was counted but that
     * @param given where the first of two taps was sent, and this one with it; null when there was none or it is not
     *     known any more
     * @param flagged one of more clicks than people do in a minute from one address
     * @param mayKeepCookies whether advertising cookies may be kept in this browser, and ours beyond the visit
     */
    public record Clicked(
            String code,
            @Nullable String leadId,
            @Nullable String name,
            ClickIds.@Nullable ClickId fbclid,
            boolean again,
            LinkVisit.@Nullable Chat given,
            boolean flagged,
            boolean mayKeepCookies)
            implements LinkVisit.Greeting {}

    @Override
    public void announce(Domain domain, Tx tx) {
        visit.announce(domain, tx);
    }

    @Override
    public Clicked apply(Domain domain, Tx tx) {
        LinkVisit.Arrival arrival = visit.arrive(domain, tx, chat);
        LinkVisit.Chat given = given(arrival);
        if (!arrival.again()) {
            if (chat == null) {
                visit.count(LinkDays.in(tx), null, LinkCount.FORM_SHOWN);
            } else {
                visit.count(tx, chat);
            }
        }
        Visitor visitor = arrival.visitor();
        Lead lead = refreshedOrNew(domain, tx, visitor, arrival.again());
        if (lead != null) {
            visitor = visitor.withLead(lead.id());
        }
        Consent before = visitor.profile().consent();
        visitor = visit.heard(domain, tx, visitor, lead);
        domain.visitors().in(tx).put(visitor);
        new LeadChange(domain, tx).respectConsent(lead, visitor, before);
        if (lead != null) {
            visit.report(domain, tx, lead, visitor, arrival.before());
        }
        return new Clicked(
                visitor.code(),
                lead == null ? null : lead.id(),
                lead == null ? null : lead.person().name(),
                visit.fbclid(visitor),
                arrival.again(),
                given,
                arrival.flagged(),
                visit.mayKeepCookies(domain, visitor, lead));
    }

    private LinkVisit.@Nullable Chat given(LinkVisit.Arrival arrival) {
        RecentClicks.Click first = arrival.given();
        return chat == null || first == null ? null : new LinkVisit.Chat(first.partId(), first.text(), null);
    }

    private @Nullable Lead refreshedOrNew(Domain domain, Tx tx, Visitor visitor, boolean again) {
        var leads = domain.leads().in(tx);
        String number = chat == null ? null : chat.number();
        Lead had = visitor.leadId() == null ? null : leads.get(visit.workspaceId(), visitor.leadId());
        if (had != null) {
            Lead lead = (number == null || again
                            ? had
                            : had.withDetails(had.details().withAgentNumber(number)))
                    .updated(tx.now());
            leads.put(lead);
            return lead;
        }
        if (!makesLead) {
            return null;
        }
        var lead = new Lead(
                visit.workspaceId(),
                domain.leads().newId(),
                visitor.no(),
                visitor.code(),
                LeadStatus.NEW,
                tx.now(),
                LeadDetails.unknownPerson("whatsapp", number),
                tx.now(),
                tx.now());
        leads.create(lead);
        visit.count(LinkDays.in(tx), chat == null ? null : chat.agentId(), LinkCount.NEW_LEADS);
        return lead;
    }
}
