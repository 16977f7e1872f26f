package kembali.intake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kembali.campaign.Destination;
import kembali.campaign.DestinationChooser;
import kembali.figures.LinkCount;
import kembali.figures.LinkDays;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.intake.Intake.Domain;
import kembali.intake.LinkVisit.Target;
import kembali.lead.Lead;
import kembali.store.Tx;
import kembali.visitor.Click;
import kembali.visitor.ClickParameter;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * A person clicked a campaign link: the click is kept with all it told, for the postbacks that will name it. It makes no
 * lead; one that the visitor is already learns its click ids.
 *
 * @param subid of the new click
 * @param chooser says where a visitor goes, the same on every visit
 */
public record CampaignClicked(LinkVisit visit, String subid, Said said, DestinationChooser chooser)
        implements Intake.Command<CampaignClicked.Clicked> {
    /** What the link's parameters said; see {@link Click.Content}. */
    public record Said(
            Map<String, String> slots,
            Map<String, String> parameters,
            Map<String, String> unfilled,
            List<String> repeated,
            List<String> repairs) {
        public Said {
            slots = Map.copyOf(slots);
            parameters = Map.copyOf(parameters);
            unfilled = Map.copyOf(unfilled);
            repeated = List.copyOf(repeated);
            repairs = List.copyOf(repairs);
        }
    }

    /**
     * Where the person goes, and as whom.
     *
     * @param subid of this click; of the first one when this is a double tap
     * @param destinationId null when the campaign sends nobody anywhere
     * @param again a double tap: no click of its own
     * @param returning whether the visitor was known before
     * @param flagged one of more clicks than people do in a minute from one address
     */
    public record Clicked(
            String subid,
            @Nullable String destinationId,
            String code,
            ClickIds.@Nullable ClickId fbclid,
            boolean again,
            boolean returning,
            boolean flagged,
            boolean mayKeepCookies)
            implements LinkVisit.Greeting {}

    @Override
    public void announce(Domain domain, Tx tx) {
        visit.announce(domain, tx);
    }

    @Override
    public Clicked apply(Domain domain, Tx tx) {
        LinkVisit.Arrival arrival = visit.arrive(domain, tx, true, this::target);
        Visitor visitor = arrival.visitor();
        var visitors = domain.visitors().in(tx);
        boolean returning = !visitors.isFresh(visitor);
        Lead lead = visitor.leadId() == null ? null : domain.leads().in(tx).get(visit.workspaceId(), visitor.leadId());
        Consent before = visitor.profile().consent();
        visitor = visit.heard(domain, tx, visitor, lead);
        visitors.put(visitor);
        new LeadChange(domain, tx).respectConsent(lead, visitor, before);
        if (lead != null) {
            lead = lead.updated(tx.now());
            domain.leads().in(tx).put(lead);
            visit.report(domain, tx, lead, visitor, arrival.before());
        }
        RecentClicks.Click first = arrival.given();
        String destinationId = first == null ? arrival.target().partId() : first.partId();
        if (!arrival.again()) {
            keep(domain, tx, visitor, destinationId, arrival.flagged());
        }
        return new Clicked(
                first == null || first.text() == null ? subid : first.text(),
                destinationId,
                visitor.code(),
                visit.fbclid(visitor),
                arrival.again(),
                returning,
                arrival.flagged(),
                visit.mayKeepCookies(domain, visitor, lead));
    }

    private Target target(Visitor visitor) {
        Destination d = chooser.choose(visitor.code());
        return new Target(d == null ? null : d.id(), subid);
    }

    private void keep(Domain domain, Tx tx, Visitor visitor, @Nullable String destinationId, boolean flagged) {
        LinkDays.InTx figures = LinkDays.in(tx);
        if (!said.repairs.isEmpty()) {
            visit.count(figures, destinationId, LinkCount.REPAIRED);
        }
        if (!said.unfilled.isEmpty()) {
            visit.count(figures, destinationId, LinkCount.UNFILLED);
        }
        var content = new Click.Content(
                ofThisClick(visitor.profile().clicks()),
                visit.browser(),
                visit.web(),
                visit.landing().utm(),
                visit.landing().ad(),
                said.slots,
                said.parameters,
                said.unfilled,
                said.repeated,
                said.repairs,
                destinationId,
                visit.language(),
                flagged);
        domain.clicks()
                .in(tx)
                .add(new Click(visit.workspaceId(), subid, visit.linkId(), visitor.no(), tx.now(), content));
    }

    /**
     * The visitor's click ids as a conversion of this click may name them: those it brought, and earlier ones of
     * platforms it brought none of. Two ids of one platform from two clicks would contradict each other.
     */
    private ClickIds ofThisClick(ClickIds all) {
        Set<String> platforms = visit.clicks().byName().keySet().stream()
                .map(CampaignClicked::platform)
                .collect(Collectors.toSet());
        var kept = new LinkedHashMap<String, ClickIds.ClickId>();
        all.byName().forEach((name, id) -> {
            if (visit.clicks().get(name) != null || !platforms.contains(platform(name))) {
                kept.put(name, id);
            }
        });
        return new ClickIds(kept);
    }

    private static String platform(String clickId) {
        ClickParameter parameter = ClickParameter.named(clickId);
        return parameter == null ? clickId : parameter.platform();
    }
}
