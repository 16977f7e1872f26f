package kembali.capture.rotator;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import kembali.account.Workspaces;
import kembali.capture.link.VisitReader;
import kembali.capture.rotator.page.RotatorPages;
import kembali.capture.rotator.page.Words;
import kembali.intake.LinkVisit;
import kembali.intake.RotatorClicked.Clicked;
import kembali.visitor.Landing;
import kembali.visitor.VisitorCode;
import org.jspecify.annotations.Nullable;

/** The last step: sends a person whose click is stored into a chat, or says that nobody is there. */
final class Chats {
    private final Workspaces workspaces;
    private final VisitReader reader;

    Chats(Workspaces workspaces, VisitReader reader) {
        this.workspaces = workspaces;
        this.reader = reader;
    }

    /**
     * Where somebody is to be sent, chosen before their click is stored.
     *
     * @param sticky the agent they belong to, where the rotator keeps people with their agent
     */
    record Plan(
            AgentChooser.Choice choice,
            LinkVisit.Chat chat,
            @Nullable String sticky) {}

    Plan plan(Rotators.Ready ready, VisitReader.Read read) {
        Rotator.Doc doc = ready.rotator().doc();
        String sticky = doc.sticky() ? read.agentId() : null;
        AgentChooser.Choice choice = ready.chooser().choose(sticky, read.now());
        Agent agent = choice.agentId() == null ? null : ready.agents().get(choice.agentId());
        return new Plan(
                choice,
                new LinkVisit.Chat(
                        choice.agentId(), agent == null ? doc.fallbackPhone() : agent.phone(), choice.capDay()),
                sticky);
    }

    /** Answers after the commit. @param own what the person answered in the form, by key */
    void answer(
            HttpServerRequest request,
            Rotators.Ready ready,
            VisitReader.Read read,
            Plan plan,
            Clicked clicked,
            @Nullable Map<String, String> own) {
        LinkVisit.Chat given = stillThere(ready, clicked.given());
        plan.choice.settle(!clicked.again());
        LinkVisit.Chat chat = given == null ? plan.chat : given;
        reader.writeCookies(request, read, clicked, remembered(ready, read, plan, given));
        HttpServerResponse response = request.response();
        String number = chat.number();
        if (number == null) {
            RotatorPages.nobody(response, words(ready), opening(ready, read.now()), own != null);
            return;
        }
        Agent agent = chat.agentId() == null ? null : ready.agents().get(chat.agentId());
        String text = ready.draft()
                .expand(
                        new VisitorCode(clicked.code()),
                        values(clicked.name(), agent, read.visit().landing(), own));
        Rotator.Doc doc = ready.rotator().doc();
        if (doc.showsPage()) {
            RotatorPages.chat(
                    response,
                    words(ready),
                    title(ready.rotator()),
                    text,
                    WaLink.to(WaLink.Host.WA_ME, number, text),
                    WaLink.to(WaLink.Host.API, number, text));
        } else {
            // 303 after a form: the chat is fetched, the form is not sent to it.
            redirect(response, own == null ? 302 : 303, WaLink.to(doc.opener(), number, text));
        }
    }

    /** Where the first of two taps was sent, unless that agent has been taken out since. */
    private static LinkVisit.@Nullable Chat stillThere(Rotators.Ready ready, LinkVisit.@Nullable Chat given) {
        Agent agent =
                given == null || given.agentId() == null ? null : ready.agents().get(given.agentId());
        return agent != null && agent.active() ? new LinkVisit.Chat(agent.id(), agent.phone(), null) : null;
    }

    /** The agent the visitor belongs to from now on. */
    private static @Nullable String remembered(
            Rotators.Ready ready, VisitReader.Read read, Plan plan, LinkVisit.@Nullable Chat given) {
        if (!ready.rotator().doc().sticky() && read.agentId() != null) {
            return read.agentId();
        }
        String now = plan.choice.remembered();
        boolean keepsOwn = plan.sticky != null && plan.sticky.equals(now);
        if (!keepsOwn && given != null && given.agentId() != null) {
            return given.agentId();
        }
        return now == null ? read.agentId() : now;
    }

    static void redirect(HttpServerResponse response, int status, String location) {
        response.setStatusCode(status)
                .putHeader("Location", location)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Robots-Tag", "noindex")
                .end();
    }

    /** A machine is let through, so that ad reviewers reach the chat at any hour; nothing is stored. */
    void follow(HttpServerResponse response, Rotators.Ready ready, Instant now) {
        String number = ready.rotator().doc().fallbackPhone();
        for (Rotator.Share s : ready.rotator().doc().agents()) {
            Agent a = ready.agents().get(s.agentId());
            if (a != null && a.active()) {
                number = a.phone();
                break;
            }
        }
        if (number == null) {
            RotatorPages.nobody(response, words(ready), opening(ready, now), false);
            return;
        }
        redirect(response, 302, WaLink.bare(number));
    }

    Words words(Rotators.Ready ready) {
        var form = ready.rotator().doc().form();
        return Words.in(
                form != null
                        ? form.language()
                        : workspaces.get(ready.rotator().workspaceId()).language());
    }

    /** What the link is called to people outside. */
    static String title(Rotator rotator) {
        Rotator.Preview preview = rotator.doc().preview();
        return preview == null || preview.title() == null ? rotator.doc().name() : preview.title();
    }

    private RotatorPages.@Nullable Opening opening(Rotators.Ready ready, Instant now) {
        AgentChooser.Next next = ready.chooser().nextFree(now);
        if (next == null || !next.from().isAfter(now)) {
            return null;
        }
        OpeningHours hours = next.agent().hours();
        ZoneId zone = hours == null
                ? ZoneId.of(workspaces.get(ready.rotator().workspaceId()).timezone())
                : hours.zone();
        var week = new EnumMap<DayOfWeek, List<String>>(DayOfWeek.class);
        if (hours != null) {
            for (DayOfWeek day : DayOfWeek.values()) {
                week.put(
                        day,
                        hours.on(day).stream()
                                .map(s -> OpeningHours.text(s.from()) + "–" + OpeningHours.text(s.to()))
                                .toList());
            }
        }
        return new RotatorPages.Opening(next.from().atZone(zone), week);
    }

    static DraftMessage.Values values(
            @Nullable String name, @Nullable Agent agent, Landing landing, @Nullable Map<String, String> own) {
        return placeholder -> switch (placeholder) {
            case "name" -> name;
            case "agent" -> agent == null ? null : agent.name();
            case "campaign" ->
                landing.ad().campaignName() != null
                        ? landing.ad().campaignName()
                        : landing.utm().campaign();
            case "utm_source" -> landing.utm().source();
            case "utm_medium" -> landing.utm().medium();
            case "utm_campaign" -> landing.utm().campaign();
            case "utm_term" -> landing.utm().term();
            case "utm_content" -> landing.utm().content();
            case "adset_name" -> landing.ad().adsetName();
            case "ad_name" -> landing.ad().adName();
            default -> own == null ? null : own.get(placeholder);
        };
    }
}
