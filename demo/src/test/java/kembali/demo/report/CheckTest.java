package kembali.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kembali.demo.drive.Ending;
import kembali.demo.drive.Entry;
import kembali.demo.drive.Shop;
import kembali.demo.drive.Takings;
import kembali.demo.foresight.Foresight;
import kembali.demo.foresight.Line;
import kembali.demo.foresight.Money;
import kembali.demo.foresight.Requests;
import kembali.demo.foresight.Tally;
import kembali.demo.platform.GoogleAds;
import kembali.demo.platform.Meta;
import kembali.demo.platform.PixelPlan;
import kembali.demo.platform.Platforms;
import kembali.demo.sample.Sample;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The comparison and the tables, on an ending made up to the sample's own foresight. */
class CheckTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

    private final Foresight foreseen = Foresight.of(Sample.at(NOW));
    private final Shop shop = shop(true);

    @Test
    void findsNothingWhenAllCameAsForeseen() {
        assertThat(Check.differences(foreseen, ending(entries()), shop)).isEmpty();
    }

    @Test
    void namesADeliveryThatIsMissing() {
        List<Entry> entries = entries();
        Entry gone = entries.removeLast();
        assertThat(Check.differences(foreseen, ending(entries), shop))
                .singleElement()
                .satisfies(d -> assertThat(d.what()).isEqualTo(gone.line().toString()));
    }

    @Test
    void namesBothLinesWhenADeliveryEndedOtherwise() {
        List<Entry> entries = entries();
        Entry e = entries.getFirst();
        var other = new Line(e.line().pixel(), e.line().event(), "failed", "expired");
        entries.set(0, entry(other, e, false));
        assertThat(Check.differences(foreseen, ending(entries), shop))
                .extracting(Check.Difference::what)
                .containsExactlyInAnyOrder(e.line().toString(), other.toString());
    }

    @Test
    void namesMoneyThatIsWrongThoughTheCountIsRight() {
        List<Entry> entries = entries();
        Entry e = entries.getFirst();
        entries.set(
                0,
                new Entry(
                        e.id(),
                        null,
                        e.visitor(),
                        e.eventId(),
                        e.line(),
                        null,
                        null,
                        "won",
                        new Money(e.money().amount().add(BigDecimal.ONE), Money.IDR),
                        NOW,
                        null,
                        1,
                        false));
        assertThat(Check.differences(foreseen, ending(entries), shop)).hasSize(1);
    }

    @Test
    void complainsAboutEventsThatCameTwiceWithoutNeed() {
        Ending e = ending(entries());
        assertThat(Check.differences(foreseen, with(e, twice(0, 1)), shop))
                .extracting(Check.Difference::what)
                .containsExactly("events the platform got twice without need");
    }

    @Test
    void wantsARowMarkedForEveryEventThatCameTwice() {
        Ending e = ending(entries());
        Ending unmarked = with(e, twice(1, 0));
        assertThat(Check.differences(foreseen, unmarked, shop)).hasSize(1);
        List<Entry> entries = entries();
        entries.set(0, entry(entries.getFirst().line(), entries.getFirst(), true));
        assertThat(Check.differences(foreseen, with(ending(entries), unmarked.takings()), shop))
                .isEmpty();
    }

    @Test
    void seesAHashThatIsNotThePersons() {
        Takings t = ending(entries()).takings();
        var wrong = new Takings(
                t.distinct(),
                t.others(),
                t.tokens(),
                0,
                0,
                t.warnings(),
                t.requests(),
                t.contacts(),
                1,
                900,
                List.of("GA4 em of e1: 00 instead of 11"),
                0);
        assertThat(Check.differences(foreseen, with(ending(entries()), wrong), shop))
                .containsExactly(
                        new Check.Difference("hashes the sandbox does not recognise", "0", "1"),
                        new Check.Difference(
                                "hashes the demo works out otherwise",
                                "0 of 900",
                                "1, the first: GA4 em of e1: 00 instead of 11"));
    }

    @Test
    void seesEventsThatTravelWithoutAContactThatWasKnown() {
        Takings t = ending(entries()).takings();
        var contacts = new TreeMap<>(t.contacts());
        contacts.remove(GoogleAds.SHOP);
        var without = new Takings(
                t.distinct(), t.others(), t.tokens(), 0, 0, t.warnings(), t.requests(), contacts, 0, 900, List.of(), 0);
        assertThat(Check.differences(foreseen, with(ending(entries()), without), shop))
                .singleElement()
                .satisfies(d -> assertThat(d.what()).endsWith("Google Ads · Shop (strict)"));
    }

    @Test
    void seesEventsThatShouldHaveTravelledAlone() {
        Takings t = ending(entries()).takings();
        var crowded = new Takings(
                t.distinct(),
                t.others(),
                t.tokens(),
                0,
                0,
                t.warnings(),
                t.requests(),
                t.contacts(),
                0,
                900,
                List.of(),
                3);
        assertThat(Check.differences(foreseen, with(ending(entries()), crowded), shop))
                .containsExactly(
                        new Check.Difference("events that must be alone in their request and were not", "0", "3"));
    }

    @Test
    void seesAnEventThatWasDroppedWithoutAWord() {
        Takings t = ending(entries()).takings();
        t.others().put(Platforms.all().get(1).pixels().getFirst(), Map.of("swallowed name_reserved", 2));
        assertThat(Check.differences(foreseen, with(ending(entries()), t), shop))
                .containsExactly(new Check.Difference(
                        "events dropped without a word: GA4 · Shop (strict) · swallowed name_reserved", "0", "2"));
    }

    @Test
    void countsTheLeadOfAMachine() {
        Ending e = ending(entries());
        var leads = new TreeMap<>(e.leadsByStatus());
        leads.merge("new", 1, Integer::sum);
        var more = new Ending(
                e.entries(), e.codes(), leads, e.slowest(), e.takings(), e.chats(), e.requests(), e.complaints());
        assertThat(Check.differences(foreseen, more, shop))
                .extracting(Check.Difference::what)
                .contains("leads (people and forms; machines make none)");
    }

    @Test
    void seesAnAgentWhoGotTooManyChats() {
        Ending e = ending(entries());
        var chats = new HashMap<>(e.chats());
        String rotator = Sample.ROTATORS.getFirst();
        var given = new LinkedHashMap<>(chats.get(rotator));
        given.merge("1", 2, Integer::sum);
        given.merge("2", -2, Integer::sum);
        chats.put(rotator, given);
        var unfair = new Ending(
                e.entries(),
                e.codes(),
                e.leadsByStatus(),
                e.slowest(),
                e.takings(),
                chats,
                e.requests(),
                e.complaints());
        assertThat(Check.differences(foreseen, unfair, shop)).isNotEmpty();
    }

    @Test
    void seesAMessageThatWasToldTwiceAndCountedTwice() {
        Ending e = ending(entries());
        Requests r = e.requests();
        var more = new Requests(r.chats(), r.forms(), r.postbacks(), r.messages() + 1);
        var twice = new Ending(
                e.entries(), e.codes(), e.leadsByStatus(), e.slowest(), e.takings(), e.chats(), more, e.complaints());
        assertThat(Check.differences(foreseen, twice, shop))
                .extracting(Check.Difference::what)
                .containsExactly("messages on the timelines of leads, each once");
    }

    @Test
    void seesAForgeryThatWasTakenForAMessage() {
        Ending e = ending(entries());
        var chats = new TreeMap<>(e.requests().chats());
        chats.merge("refused", -1, Integer::sum);
        chats.merge("done", 1, Integer::sum);
        var taken = new Requests(
                chats,
                e.requests().forms(),
                e.requests().postbacks(),
                e.requests().messages());
        var fooled = new Ending(
                e.entries(), e.codes(), e.leadsByStatus(), e.slowest(), e.takings(), e.chats(), taken, e.complaints());
        assertThat(Check.differences(foreseen, fooled, shop))
                .extracting(Check.Difference::what)
                .containsExactly("requests of WhatsApp providers");
    }

    @Test
    void passesOnWhatWentWrongOnTheWay() {
        Ending e = ending(entries());
        var bad = new Ending(
                e.entries(),
                e.codes(),
                e.leadsByStatus(),
                e.slowest(),
                e.takings(),
                e.chats(),
                e.requests(),
                List.of("a bot got in"));
        assertThat(Check.differences(foreseen, bad, shop))
                .containsExactly(new Check.Difference("on the way", "nothing to report", "a bot got in"));
    }

    @Test
    void wantsTestConnectionToTellAnOldToken() {
        assertThat(Check.differences(foreseen, ending(entries()), shop(false))).hasSize(1);
    }

    @Test
    void printsTablesNoWiderThanTheScreen() {
        var bytes = new ByteArrayOutputStream();
        var screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, false, true);
        new Report(screen, ending(entries()), shop).print(NOW);
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(Screen.WIDTH));
        int all = foreseen.deliveries().values().stream().mapToInt(Tally::count).sum();
        assertThat(lines)
                .anyMatch(l -> l.startsWith("Sync log: ") && l.contains(Words.number(all)))
                .anyMatch(l -> l.startsWith("Meta") && l.contains("Old token (strict)") && l.contains("token_invalid"))
                .anyMatch(l -> l.startsWith("Google Ads") && l.contains("reconnect_needed"))
                .anyMatch(l -> l.startsWith("missing_click_id") && l.contains("skipped") && l.contains("LinkedIn "))
                .anyMatch(l -> l.startsWith("WhatsApp providers"))
                .anyMatch(l -> l.contains("partner network worth USD"))
                .anyMatch(l -> l.startsWith("won"))
                .anyMatch(l -> l.startsWith("Purchase"))
                .anyMatch(l -> l.startsWith("purchase"));
    }

    @Test
    void tellsOnePersonsWayFromThePageToTheSale() {
        List<Entry> entries = entries();
        Entry view = entry(new Line(Meta.MAIN, "PageView", "accepted", null), entries.getFirst(), "pageview");
        Entry sale = entry(new Line(Meta.MAIN, "Purchase", "skipped", "missing_value"), entries.getFirst(), "won");
        var bytes = new ByteArrayOutputStream();
        var screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, false, true);
        new Journey(screen, ending(List.of(view, sale))).print();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("One of them, ABC2345")
                .containsPattern("pageview +✓ PageView")
                .containsPattern("won +– missing_value");
        bytes.reset();
        new Journey(screen, ending(List.of(sale))).print();
        assertThat(bytes.size()).as("nobody was seen on a page").isZero();
    }

    /** One entry per foreseen delivery; the first of each kind carry all its money, one a currency. */
    private List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        foreseen.deliveries().forEach((line, tally) -> {
            List<Money> sums = tally.money().entrySet().stream()
                    .map(e -> new Money(e.getValue(), e.getKey()))
                    .toList();
            for (int i = 0; i < tally.count(); i++) {
                Money money = i < sums.size() ? sums.get(i) : Money.NONE;
                entries.add(new Entry(
                        "dl_" + entries.size(),
                        "ld_1",
                        "ABC2345",
                        "e1",
                        line,
                        "What happened.",
                        "What to do.",
                        "won",
                        money,
                        NOW.minusSeconds(5),
                        line.outcome().equals("accepted") ? NOW.minus(Duration.ofSeconds(4)) : null,
                        1,
                        false));
            }
        });
        return entries;
    }

    private static Entry entry(Line line, Entry like, String trigger) {
        return new Entry(
                like.id(),
                like.leadId(),
                like.visitor(),
                like.eventId(),
                line,
                null,
                null,
                trigger,
                like.money(),
                like.since(),
                null,
                1,
                false);
    }

    private static Entry entry(Line line, Entry like, boolean answerLost) {
        return new Entry(
                like.id(),
                like.leadId(),
                like.visitor(),
                like.eventId(),
                line,
                null,
                null,
                "won",
                like.money(),
                like.since(),
                like.deliveredAt(),
                2,
                answerLost);
    }

    private Ending ending(List<Entry> entries) {
        var distinct = new TreeMap<PixelPlan, Map<String, Integer>>();
        for (Line line : foreseen.deliveries().keySet()) {
            @Nullable String event = line.event();
            if (event != null && foreseen.taken(line.pixel(), event) > 0) {
                distinct.computeIfAbsent(line.pixel(), p -> new TreeMap<>())
                        .put(event, foreseen.taken(line.pixel(), event));
            }
        }
        var others = new TreeMap<PixelPlan, Map<String, Integer>>();
        others.put(Meta.OLD_TOKEN, Map.of("refused 190/463", 4));
        others.put(Meta.MAIN, Map.of("refused 100/2804003", 1, "faulted throttle", 9));
        var takings = new Takings(
                distinct,
                others,
                Map.of(GoogleAds.SHOP, 2),
                0,
                0,
                Map.of(Platforms.all().get(1), Map.of("clamped_72h", 8)),
                100,
                foreseen.contacts(),
                0,
                900,
                List.of(),
                0);
        var slow = new Ending.Slow(entries.getFirst(), 3_494, "400 200");
        return new Ending(
                entries,
                Map.of("ld_1", "ABC2345"),
                foreseen.leadsByStatus(),
                List.of(slow),
                takings,
                chats(),
                foreseen.requests(),
                List.of());
    }

    private Takings twice(int repeated, int unexplained) {
        Takings t = ending(entries()).takings();
        return new Takings(
                t.distinct(),
                t.others(),
                t.tokens(),
                repeated,
                unexplained,
                t.warnings(),
                t.requests(),
                t.contacts(),
                0,
                900,
                List.of(),
                0);
    }

    private static Ending with(Ending e, Takings takings) {
        return new Ending(
                e.entries(),
                e.codes(),
                e.leadsByStatus(),
                e.slowest(),
                takings,
                e.chats(),
                e.requests(),
                e.complaints());
    }

    /** Everybody's exact part, the rest by turns. */
    private Map<String, Map<String, Integer>> chats() {
        var chats = new HashMap<String, Map<String, Integer>>();
        foreseen.chats().forEach((rotator, people) -> {
            List<Integer> weights = rotator.equals(Sample.ROTATORS.getFirst()) ? List.of(1, 1, 1) : Shop.WEIGHTS;
            int sum = weights.stream().mapToInt(Integer::intValue).sum();
            var given = new LinkedHashMap<String, Integer>();
            int left = people;
            for (int i = 0; i < 3; i++) {
                given.put(Integer.toString(i + 1), people * weights.get(i) / sum);
                left -= people * weights.get(i) / sum;
            }
            for (int i = 0; left > 0; i++, left--) {
                given.merge(Integer.toString(i + 1), 1, Integer::sum);
            }
            chats.put(rotator, given);
        });
        return chats;
    }

    private static Shop shop(boolean tellsOldToken) {
        var agents = new LinkedHashMap<String, String>();
        agents.put("1", "Sari");
        agents.put("2", "Bagas");
        agents.put("3", "Ayu");
        var connections = new TreeMap<PixelPlan, Shop.Connection>();
        for (PixelPlan pixel : Platforms.pixels()) {
            boolean ok = pixel.works() || (pixel.equals(Meta.OLD_TOKEN) && !tellsOldToken);
            connections.put(pixel, new Shop.Connection(ok, ok ? "connected" : "token_invalid", ""));
        }
        return new Shop(Map.of(), connections, agents, "WS-1", Map.of());
    }
}
