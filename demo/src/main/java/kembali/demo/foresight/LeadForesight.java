package kembali.demo.foresight;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.demo.platform.Facts;
import kembali.demo.platform.Facts.Click;
import kembali.demo.platform.Outcomes;
import kembali.demo.platform.PixelPlan;
import kembali.demo.platform.Platforms;
import kembali.demo.platform.Verdict;
import kembali.demo.sample.Beginning;
import kembali.demo.sample.Chat;
import kembali.demo.sample.Hit;
import kembali.demo.sample.Message;
import kembali.demo.sample.Network;
import kembali.demo.sample.Person;
import kembali.demo.sample.Postback;
import kembali.demo.sample.Sample;
import kembali.demo.sample.Step;
import kembali.demo.sample.Step.Reach;
import kembali.demo.sample.Story;
import kembali.demo.sample.Visit;
import kembali.demo.sample.Visit.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * What must come of one story: the rules of the sync log, told once more; those of the platforms are in
 * {@link kembali.demo.platform}.
 *
 * <p>One delivery per lead, pixel, event and further purchase. A row is decided when its status is reached and stays, but
 * for one case: nothing was sent because something was missing, and now it is there.
 */
final class LeadForesight {
    /**
     * One row of the sync log.
     *
     * @param arrives whether the platform has the event in the end
     * @param contacts which of e-mail ({@code em}) and phone ({@code ph}) were known when it was decided
     */
    record Row(Line line, Money money, boolean arrives, Set<String> contacts) {
        boolean waits() {
            return line.outcome().equals(Outcomes.PENDING);
        }
    }

    /** @param purchase the order id of a further purchase, else empty */
    private record Key(PixelPlan pixel, String once, String purchase) {}

    private static final String NEW = "new";
    private static final String PAGE_VIEW = "pageview";
    private static final String WON = "won";

    private final List<Row> views = new ArrayList<>();
    private final Map<Key, Row> rows = new LinkedHashMap<>();
    private final Map<Network, Click> clicks = new EnumMap<>(Network.class);
    private final Set<Network> tags = EnumSet.noneOf(Network.class);
    private Person person = Person.UNKNOWN;
    private @Nullable Chat chat;
    private @Nullable String firstOrder;
    private boolean seen;
    private boolean denied;
    /** Null as long as the person is no lead. */
    private @Nullable String status;

    private @Nullable BigDecimal estimated;
    private @Nullable BigDecimal actual;

    LeadForesight(Story story) {
        story.hits().forEach(this::hit);
        switch (story.beginning()) {
            case Beginning.Looked l -> {}
            case Beginning.Named n -> {} // by one of the hits
            case Beginning.Wrote w -> {} // by the first of the messages
            case Beginning.Tapped t -> story.visits().forEach(this::tapped);
            case Beginning.Reported r -> {
                seen = true;
                r.click().evidence().forEach(this::shows);
                r.postbacks().forEach(this::reported);
            }
            case Beginning.Filled f -> {
                person = f.person();
                seen = true;
                reached(NEW, "", 0, null);
            }
            case Beginning.Submitted s -> {
                person = s.person();
                s.clicks().forEach(network -> clicks.put(network, Click.OWN));
                tags.addAll(s.tags());
                chat = s.chat();
                seen = s.seen();
                denied = s.denied();
                reached(NEW, "", 0, null);
            }
        }
        if (!story.messages().isEmpty()) {
            wrote(story.no(), story.messages().getFirst());
        }
        story.steps().forEach(this::play);
    }

    /** How far the lead comes; null for somebody who never becomes one. */
    @Nullable String status() {
        return status;
    }

    /** What each pixel is told of each page view, or would be told if there were a way to tell it. */
    List<Row> views() {
        return views;
    }

    Collection<Row> rows() {
        return rows.values();
    }

    /** A page shows itself, browser and address, and what other tags left in the browser. */
    private void hit(Hit hit) {
        seen = true;
        denied |= hit.refuses();
        tags.addAll(hit.tags());
        hit.evidence().forEach(this::shows);
        switch (hit.kind()) {
            case PAGEVIEW -> Platforms.pixels().forEach(this::viewed);
            case EVENT -> {} // stands in the visitor's history only
            case IDENTIFY -> {
                Person said = hit.person();
                person = said == null ? person : person.with(said);
                reached(NEW, "", 0, null);
            }
        }
    }

    /** One row under the tracker's own event id; none where nothing is mapped, or no ad of the platform brought anybody. */
    private void viewed(PixelPlan pixel) {
        String event = pixel.platform().event(pixel, PAGE_VIEW, false);
        if (event == null) {
            return;
        }
        Verdict verdict = verdict(pixel, event, 0, false, null);
        // A refusal is worth a row: somebody may have set up the banner wrong.
        if (!verdict.outcome().equals(Outcomes.SKIPPED) || denied) {
            views.add(row(pixel, event, verdict, Money.NONE));
        }
    }

    /** A tap shows page, browser and address, and what other tags left in the browser. */
    private void tapped(Visit visit) {
        seen = true;
        tags.addAll(visit.tags());
        visit.evidence().forEach(this::shows);
        reached(NEW, "", 0, null);
    }

    private void shows(Network network, Evidence evidence) {
        switch (evidence) {
            case AD, COOKIE -> clicks.put(network, Click.OWN);
            case OLD_COOKIE -> clicks.putIfAbsent(network, Click.OLD);
            case COPIED -> clicks.remove(network);
            case NONE -> {}
        }
    }

    /**
     * The first message shows number and name, and perhaps the ad the chat began with. Whose lead was new has been in touch
     * then; later messages say nothing that was not known.
     */
    private void wrote(int no, Message message) {
        person = person.with(Sample.onWhatsApp(no));
        chat = message.chat() == null ? chat : message.chat();
        reached(NEW, "", 0, null);
        reached(Sample.AFTER_FIRST_MESSAGE, "", 0, null);
    }

    /**
     * A lead is new and its payout only promised; a sale is worth its payout, and one with a transaction not seen before is
     * a further one; a rejection makes the lead lost and is nobody's business. The same request again changes nothing.
     */
    private void reported(Postback p) {
        if (!p.books()) {
            return;
        }
        person = p.email() == null ? person : person.with(new Person(null, null, null, p.email(), null, null));
        switch (p.word()) {
            case "lead" -> reached(NEW, "", 0, null);
            case "sale" -> {
                String transaction = p.transaction();
                boolean further = status != null && status.equals(WON) && transaction != null;
                Money payout = new Money(new BigDecimal(String.valueOf(p.payout())), Postback.CURRENCY);
                reached(WON, further && transaction != null ? transaction : "", 0, payout, null);
            }
            case "rejected" -> status = "lost";
            default -> throw new IllegalArgumentException("the demo does not know what " + p.word() + " means");
        }
    }

    private void play(Step step) {
        switch (step) {
            case Step.Describe d -> person = person.with(d.person());
            case Step.Upsert u -> person = person.with(u.person());
            case Step.Deny d -> deny();
            case Reach r -> reach(r, null);
            case Step.Singled s -> reach(s.reach(), s.treatment());
        }
    }

    private void deny() {
        denied = true;
        rows.replaceAll((key, row) -> row.line().outcome().equals(Outcomes.PENDING)
                ? row(key.pixel, row.line().event(), Verdict.skipped("consent_denied"), row.money())
                : row);
    }

    private void reach(Reach r, Step.@Nullable Treatment treatment) {
        estimated = r.estimated() == null ? estimated : new BigDecimal(r.estimated());
        actual = r.actual() == null ? actual : new BigDecimal(r.actual());
        String order = r.orderId();
        boolean further = r.repeat() && order != null && firstOrder != null && !firstOrder.equals(order);
        if (firstOrder == null) {
            firstOrder = order;
        }
        reached(r.status(), further && order != null ? order : "", r.daysAgo(), treatment);
    }

    private void reached(String at, String purchase, int daysAgo, Step.@Nullable Treatment treatment) {
        reached(at, purchase, daysAgo, moneyOf(at), treatment);
    }

    private void reached(String at, String purchase, int daysAgo, Money money, Step.@Nullable Treatment treatment) {
        status = at;
        for (PixelPlan pixel : Platforms.pixels()) {
            String event = pixel.platform().event(pixel, at, chat != null);
            String once = event == null ? "none for " + at : pixel.platform().once(at, event);
            var key = new Key(pixel, once, purchase);
            Verdict verdict = verdict(pixel, event, daysAgo, money.isSome(), treatment);
            Row before = rows.get(key);
            boolean mended = before != null
                    && before.line().outcome().equals(Outcomes.SKIPPED)
                    && !verdict.outcome().equals(Outcomes.SKIPPED);
            if (before == null || mended) {
                rows.put(key, row(pixel, event, verdict, money));
            }
        }
    }

    private Verdict verdict(
            PixelPlan pixel, @Nullable String event, int daysAgo, boolean worth, Step.@Nullable Treatment treatment) {
        if (event == null) {
            return Verdict.skipped("no_mapping");
        }
        if (denied) {
            return Verdict.skipped("consent_denied");
        }
        var facts = new Facts(event, daysAgo, clicks, tags, chat, seen, person, worth, treatment);
        return pixel.platform().verdict(pixel, facts);
    }

    private Row row(PixelPlan pixel, @Nullable String event, Verdict verdict, Money money) {
        var contacts = new java.util.TreeSet<String>();
        pixel.platform().contacts().keySet().stream()
                .filter(what -> pixel.platform().normal(what, person) != null)
                .forEach(contacts::add);
        return new Row(new Line(pixel, event, verdict.outcome(), verdict.reason()), money, verdict.arrives(), contacts);
    }

    private Money moneyOf(String at) {
        BigDecimal value = switch (Worth.KINDS.getOrDefault(at, "none")) {
            case "fixed" -> new BigDecimal(Worth.NEW_LEAD);
            case "estimated" -> estimated;
            case "actual" -> actual != null ? actual : estimated;
            default -> null;
        };
        return value == null ? Money.NONE : new Money(value, Money.IDR);
    }
}
