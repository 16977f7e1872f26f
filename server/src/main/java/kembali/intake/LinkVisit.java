package kembali.intake;

import java.time.Duration;
import java.time.LocalDate;
import java.util.function.Function;
import kembali.conversion.Decisions;
import kembali.figures.LinkCount;
import kembali.figures.LinkDays;
import kembali.figures.LinkKind;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.identity.WebContext;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.lead.LeadStatus;
import kembali.platform.ConversionEvent;
import kembali.store.Tx;
import kembali.visitor.Landing;
import kembali.visitor.TouchRow;
import kembali.visitor.Visitor;
import kembali.visitor.VisitorProfile;
import org.jspecify.annotations.Nullable;

/**
 * A person opened one of our links.
 *
 * @param linkId the rotator or campaign
 * @param visitorNo from the signed cookie; null for a browser that brought none
 * @param suggestedNo from the address itself, where our tracker put it on a page of another host; believed only for
 *     the browser and address that visitor was last seen with
 * @param twin keyed hash of address, browser, language and whole URL, the same for two taps at once; 0 when the
 *     visitor is known or one of these is not
 * @param source hash of the address the request came from; 0 when it is not known
 * @param unflagged clicks a minute from one source that are taken for people
 * @param clicks click ids of the link and of the cookies
 * @param day today, in the workspace's time zone
 * @param gpc whether the browser says "do not sell or share" (Global Privacy Control)
 */
public record LinkVisit(
        int workspaceId,
        LinkKind kind,
        String linkId,
        @Nullable Long visitorNo,
        @Nullable Long suggestedNo,
        long twin,
        long source,
        int unflagged,
        Landing landing,
        ClickIds clicks,
        BrowserIds browser,
        WebContext web,
        @Nullable String language,
        Day day,
        boolean gpc) {
    /** The same visitor on the same link within this time clicked once: a double tap or the back button. */
    static final Duration DOUBLE_TAP = Duration.ofSeconds(10);

    /** Two taps that carry no cookie yet are one within this time only: many people share an address. */
    private static final Duration TWIN = Duration.ofSeconds(3);

    /** How long after a page view a code in a link is taken for the person who viewed the page. */
    static final Duration SUGGESTED = Duration.ofHours(24);

    /** A day and its first instant, in epoch ms. */
    public record Day(LocalDate date, long startMs) {}

    /** The agent a chat goes to. @param capDay the agent's day on which it counts for their cap; null without a cap */
    public record Chat(
            @Nullable String agentId,
            @Nullable String number,
            @Nullable LocalDate capDay) {}

    /**
     * What the visit made of the visitor.
     *
     * @param visitor refreshed, not yet stored
     * @param before their click ids before this visit
     * @param again a double tap, counted nowhere else
     * @param given where the first of two taps was sent; null when that is not known, or this is no double tap
     * @param target where this one is sent, were it not for {@code given}
     * @param flagged more than people do in a minute
     */
    record Arrival(
            Visitor visitor,
            ClickIds before,
            boolean again,
            RecentClicks.@Nullable Click given,
            Target target,
            boolean flagged) {}

    /**
     * Where somebody is sent.
     *
     * @param partId the agent or destination it is counted for; null for none
     * @param text a rotator's phone number, the id of a campaign's click
     */
    record Target(@Nullable String partId, @Nullable String text) {}

    /** What a visitor is told after the commit, whatever the link. */
    public interface Greeting {
        /** The visitor's code. */
        String code();

        /** The click they arrived with, as the store knows it: a copied link's is marked as shared; null without one. */
        ClickIds.@Nullable ClickId fbclid();

        /** Whether advertising cookies may be kept in this browser, and ours beyond the visit. */
        boolean mayKeepCookies();
    }

    void announce(Domain domain, Tx tx) {
        domain.visitors().in(tx).wantClicks(workspaceId, clicks);
    }

    /** Learns what the visit tells, notes the touch, and counts it for the chat's agent. */
    Arrival arrive(Domain domain, Tx tx, @Nullable Chat chat) {
        var target = new Target(chat == null ? null : chat.agentId, chat == null ? null : chat.number);
        return arrive(domain, tx, false, visitor -> target);
    }

    /**
     * Learns what the visit tells, notes the touch, and counts.
     *
     * @param onlyGiven a second tap is one only where it is known where the first was sent
     * @param sending says where a visitor is sent
     */
    Arrival arrive(Domain domain, Tx tx, boolean onlyGiven, Function<Visitor, Target> sending) {
        RecentClicks.InTx recent = domain.recentClicks().in(tx);
        var visitors = domain.visitors().in(tx);
        long now = tx.now().toEpochMilli();
        RecentClicks.Click twinClick = twin == 0 ? null : recent.find(twin, now, TWIN);
        Visitor known = known(domain, tx, twinClick);
        Visitor visitor = known == null ? visitors.create(workspaceId, VisitorProfile.EMPTY) : known;
        boolean tapped = known != null && isAgain(known, now);
        RecentClicks.Click given = tapped ? recent.find(ownKey(visitor), now, DOUBLE_TAP) : null;
        boolean again = tapped && (given != null || !onlyGiven);
        VisitorProfile before = visitor.profile();
        ClickIds allClicks = visitors.claim(workspaceId, visitor.no(), before.clicks(), clicks);
        VisitorProfile profile = before.withClicks(allClicks)
                .withBrowser(before.browser().updatedBy(browser))
                .withWeb(before.web().updatedBy(web))
                .withLanguage(language);
        LinkDays.InTx figures = LinkDays.in(tx);
        Target target = sending.apply(visitor);
        String partId = target.partId;
        if (again) {
            count(figures, given == null ? null : given.partId(), LinkCount.DOUBLE_TAPS);
        } else {
            profile = profile.withLastLink(new VisitorProfile.LinkClick(linkId, now));
            if (landing.isTouch() || before.firstTouch() == null) {
                profile = profile.withTouch(landing.withClickIds(allClicks).touch());
            }
            count(figures, partId, LinkCount.CLICKS);
            if (known != null) {
                count(figures, partId, LinkCount.RETURNING_CLICKS);
            }
            if (known == null || !wasHereToday(domain, tx, known)) {
                count(figures, partId, LinkCount.VISITORS);
            }
            visitors.add(new TouchRow(
                    workspaceId,
                    visitor.no(),
                    now,
                    kind.word(),
                    linkId,
                    kind == LinkKind.ROTATOR ? partId : null,
                    landing.url(),
                    landing.referrer()));
            var click = new RecentClicks.Click(visitor.no(), partId, target.text, now);
            recent.note(ownKey(visitor), click);
            if (twin != 0) {
                recent.note(twin, click);
            }
        }
        boolean flagged = source != 0 && recent.count(source, now) > unflagged;
        if (flagged) {
            count(figures, given == null ? partId : given.partId(), LinkCount.FLAGGED);
        }
        return new Arrival(visitor.withProfile(profile).seen(tx.now()), before.clicks(), again, given, target, flagged);
    }

    /** One more of this link's day. */
    void count(LinkDays.InTx figures, @Nullable String partId, LinkCount what) {
        figures.add(kind, workspaceId, linkId, day.date, partId, what);
    }

    /**
     * Learns what the visit tells, like {@link #arrive}, when the form it was answered with has been sent. The click
     * was counted when the form was shown, unless the browser kept nothing of that.
     */
    Visitor formSent(Domain domain, Tx tx) {
        Visitor known = known(domain, tx, null);
        VisitorProfile.LinkClick last = known == null ? null : known.profile().lastLink();
        if (known == null || last == null || !last.linkId().equals(linkId)) {
            return arrive(domain, tx, null).visitor();
        }
        VisitorProfile before = known.profile();
        ClickIds allClicks = domain.visitors().in(tx).claim(workspaceId, known.no(), before.clicks(), clicks);
        VisitorProfile profile = before.withClicks(allClicks)
                .withBrowser(before.browser().updatedBy(browser))
                .withWeb(before.web().updatedBy(web))
                .withLanguage(language);
        return known.withProfile(profile).seen(tx.now());
    }

    /** The visitor with what their browser says of consent by itself. @param lead null while they are none */
    Visitor heard(Domain domain, Tx tx, Visitor visitor, @Nullable Lead lead) {
        if (!gpc) {
            return visitor;
        }
        VisitorProfile profile = visitor.profile();
        Consent heard = domain.decisions()
                .consent()
                .heard(
                        workspaceId,
                        Consent.ofGpc(tx.now()),
                        profile.consent(),
                        profile.web().place(),
                        lead == null ? null : lead.person());
        return visitor.withProfile(profile.withConsent(profile.consent().updatedBy(heard)));
    }

    /** Whether advertising cookies may be kept in this browser, and ours beyond the visit. */
    boolean mayKeepCookies(Domain domain, Visitor visitor, @Nullable Lead lead) {
        return domain.decisions()
                .consent()
                .allowsCookies(
                        workspaceId,
                        visitor.profile().consent(),
                        visitor.profile().web().place(),
                        lead == null ? null : lead.person());
    }

    /**
     * Reports a new lead, and one that is still new when the visit brought click ids: what was left out for want of them
     * may be sent now.
     */
    void report(Domain domain, Tx tx, Lead lead, Visitor visitor, ClickIds before) {
        boolean newLead = domain.leads().in(tx).isFresh(lead);
        if (newLead
                || (lead.status().equals(LeadStatus.NEW)
                        && !visitor.profile().clicks().equals(before))) {
            var reached = new Decisions.Reached(
                    lead, visitor, LeadStatus.NEW, tx.now(), ConversionEvent.Origin.WEB, null, null);
            domain.decisions().decide(tx, reached, newLead);
        }
    }

    /** The click the visitor arrived with, as the store knows it; null when the link had none. */
    ClickIds.@Nullable ClickId fbclid(Visitor visitor) {
        return clicks.get(ClickIds.FBCLID) == null
                ? null
                : visitor.profile().clicks().get(ClickIds.FBCLID);
    }

    /** Counts a chat, for the figures and for the agent's cap. */
    void count(Tx tx, @Nullable Chat chat) {
        LinkDays.InTx figures = LinkDays.in(tx);
        if (chat == null || chat.number == null) {
            count(figures, null, LinkCount.NOBODY);
            return;
        }
        count(figures, chat.agentId, LinkCount.CHATS);
        if (chat.agentId != null && chat.capDay != null) {
            figures.addChat(workspaceId, linkId, chat.agentId, chat.capDay);
        }
    }

    private @Nullable Visitor known(Domain domain, Tx tx, RecentClicks.@Nullable Click twinClick) {
        var visitors = domain.visitors().in(tx);
        if (visitorNo != null) {
            return visitors.get(workspaceId, visitorNo);
        }
        if (twinClick != null) {
            return visitors.get(workspaceId, twinClick.visitorNo());
        }
        Visitor suggested = suggestedNo == null ? null : visitors.get(workspaceId, suggestedNo);
        return suggested != null && isTheirs(suggested, tx) ? suggested : null;
    }

    /** A copied link is opened elsewhere, or later: it makes nobody somebody else. */
    private boolean isTheirs(Visitor suggested, Tx tx) {
        return web.isSameBrowser(suggested.profile().web())
                && suggested.seenAt().plus(SUGGESTED).isAfter(tx.now());
    }

    private boolean isAgain(Visitor visitor, long now) {
        VisitorProfile.LinkClick last = visitor.profile().lastLink();
        return last != null && last.linkId().equals(linkId) && now - last.atMs() < DOUBLE_TAP.toMillis();
    }

    /** Whether they opened this link earlier today. The last link is known; only another one leaves a doubt. */
    private boolean wasHereToday(Domain domain, Tx tx, Visitor visitor) {
        VisitorProfile.LinkClick last = visitor.profile().lastLink();
        if (last == null || last.atMs() < day.startMs) {
            return false;
        }
        return last.linkId().equals(linkId)
                || domain.visitors().in(tx).touched(workspaceId, visitor.no(), linkId, day.startMs);
    }

    private long ownKey(Visitor visitor) {
        return RecentClicks.key(workspaceId, linkId, visitor.no());
    }
}
