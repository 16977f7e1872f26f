package kembali.intake;

import static kembali.testing.TestHub.WS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import kembali.conversion.ConversionSettings;
import kembali.delivery.DeliveryStatus;
import kembali.figures.LinkCount;
import kembali.figures.LinkDays;
import kembali.figures.LinkKind;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.identity.WebContext;
import kembali.intake.RotatorClicked.Clicked;
import kembali.lead.Lead;
import kembali.testing.LeadForm;
import kembali.testing.TestHub;
import kembali.visitor.AdFields;
import kembali.visitor.Landing;
import kembali.visitor.Utm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a click belongs to, what is counted of it, and what a form makes of it, whatever the database. */
abstract class RotatorVisitContract extends IntakeFixture {
    private static final LinkVisit.Chat SARI = new LinkVisit.Chat("ag_sari", "+628111000111", null);
    private static final LinkVisit.Chat LIA = new LinkVisit.Chat("ag_lia", "+628111000222", null);
    private static final String UA = "Mozilla/5.0 (Linux; Android 14)";

    /** Where it is noon, so that no test meets a midnight it did not ask for. */
    private static final ZoneOffset NOON =
            ZoneOffset.ofHours(12 - Instant.now().atOffset(ZoneOffset.UTC).getHour());

    private static int rotators;
    private String rotator = "";

    /** Every test has a link of its own, so that it finds only what it counted itself. */
    @BeforeEach
    void ownRotator() {
        rotators++;
        rotator = "rt_visit" + rotators;
    }

    @Test
    void twoTapsAtOnceWithoutACookieAreOnePersonWithOneAgent() {
        var first = hub().intake().append(click(visit().twin(77), SARI));
        var second = hub().intake().append(click(visit().twin(77), LIA));
        assertThat(second.join().code()).isEqualTo(first.join().code());
        assertThat(second.join().again()).isTrue();
        assertThat(second.join().given()).isEqualTo(SARI);
        assertThat(hub().lead(leadOf(first.join())).details().agentNumber()).isEqualTo("+628111000111");
        assertThat(figures()).containsEntry(LinkCount.CLICKS, 1L).containsEntry(LinkCount.DOUBLE_TAPS, 1L);
        assertThat(figures()).containsEntry(LinkCount.CHATS, 1L).containsEntry(LinkCount.NEW_LEADS, 1L);
    }

    @Test
    void aTwinThreeSecondsLaterIsSomebodyElse() {
        Clicked first = hub().apply(click(visit().twin(78), SARI));
        clock.forward(Duration.ofMillis(3_100));
        assertThat(hub().apply(click(visit().twin(78), SARI)).code()).isNotEqualTo(first.code());
        assertThat(hub().apply(click(visit().twin(79), SARI)).code()).isNotEqualTo(first.code());
        assertThat(figures()).containsEntry(LinkCount.CLICKS, 3L).containsEntry(LinkCount.VISITORS, 3L);
    }

    @Test
    void manySimultaneousTapsOfOneBrowserMakeOneLead() {
        var answers = new ArrayList<CompletableFuture<Clicked>>();
        for (int i = 0; i < 40; i++) {
            answers.add(hub().intake().append(click(visit().twin(80), i % 2 == 0 ? SARI : LIA)));
        }
        assertThat(answers.stream().map(a -> a.join().leadId()).distinct()).hasSize(1);
        assertThat(figures()).containsEntry(LinkCount.NEW_LEADS, 1L).containsEntry(LinkCount.DOUBLE_TAPS, 39L);
    }

    @Test
    void aDoubleTapGoesWhereTheFirstOneWent() {
        Clicked first = hub().apply(click(visit(), SARI));
        clock.forward(Duration.ofSeconds(9));
        Clicked second = hub().apply(click(visitOf(first), LIA));
        assertThat(second.given()).isEqualTo(SARI);
        clock.forward(Duration.ofSeconds(11));
        Clicked third = hub().apply(click(visitOf(first), LIA));
        assertThat(third.again()).isFalse();
        assertThat(third.given()).isNull();
        assertThat(hub().lead(leadOf(first)).details().agentNumber()).isEqualTo("+628111000222");
    }

    @Test
    void aPersonIsCountedOnceADayAndLink() {
        Clicked first = hub().apply(click(visit(), SARI));
        clock.forward(Duration.ofMinutes(1));
        hub().apply(click(visitOf(first), SARI));
        String own = rotator;
        rotator = own + "-other";
        hub().apply(click(visitOf(first), SARI));
        rotator = own;
        clock.forward(Duration.ofMinutes(1));
        // The last link was another one, so it takes a look at the touches of the day.
        hub().apply(click(visitOf(first), SARI));
        assertThat(figures())
                .containsEntry(LinkCount.CLICKS, 3L)
                .containsEntry(LinkCount.VISITORS, 1L)
                .containsEntry(LinkCount.RETURNING_CLICKS, 2L)
                .containsEntry(LinkCount.NEW_LEADS, 1L);
        clock.forward(Duration.ofDays(1));
        hub().apply(click(visitOf(first), SARI));
        assertThat(figures()).containsEntry(LinkCount.CLICKS, 1L).containsEntry(LinkCount.VISITORS, 1L);
    }

    @Test
    void clicksAreCountedForTheirAgentAndNobodyForNone() {
        hub().apply(click(visit(), SARI));
        hub().apply(click(visit(), new LinkVisit.Chat(null, "+628119999999", null)));
        hub().apply(click(visit(), new LinkVisit.Chat(null, null, null)));
        assertThat(figures("ag_sari")).containsEntry(LinkCount.CLICKS, 1L).containsEntry(LinkCount.CHATS, 1L);
        assertThat(figures(null))
                .containsEntry(LinkCount.CLICKS, 2L)
                .containsEntry(LinkCount.CHATS, 1L)
                .containsEntry(LinkCount.NOBODY, 1L);
    }

    @Test
    void moreClicksThanPeopleDoAreFlaggedAndCounted() {
        List<Boolean> flagged = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            flagged.add(
                    hub().apply(click(visit().source(4711).unflagged(3), SARI)).flagged());
        }
        assertThat(flagged).containsExactly(false, false, false, true, true);
        assertThat(hub().apply(click(visit().source(4712).unflagged(3), SARI)).flagged())
                .as("another address")
                .isFalse();
        clock.forward(Duration.ofMinutes(1));
        assertThat(hub().apply(click(visit().source(4711).unflagged(3), SARI)).flagged())
                .as("another minute")
                .isFalse();
        assertThat(figures()).containsEntry(LinkCount.CLICKS, 7L).containsEntry(LinkCount.FLAGGED, 2L);
    }

    @Test
    void chatsOfACappedAgentAreCountedByTheAgentsDay() {
        LocalDate agentDay = LocalDate.of(2026, 12, 31);
        var capped = new LinkVisit.Chat("ag_capped", "+628111000333", agentDay);
        Clicked first = hub().apply(click(visit(), capped));
        hub().apply(click(visitOf(first), capped));
        hub().apply(click(visit(), capped));
        Long chats = hub().store().read(sql -> LinkDays.chats(sql, WS, rotator, "ag_capped", agentDay));
        assertThat(chats).as("the double tap is none").isEqualTo(2);
    }

    @Test
    void aCodeInTheLinkIsBelievedOnlyFromTheBrowserAndAddressThatWasGivenIt() {
        LeadResult known = hub().submit(LeadForm.blank().email("suggested@example.co.id"));
        Clicked seen = hub().apply(click(visit().of(known.visitor().no()), SARI));
        long no = known.visitor().no();
        clock.forward(Duration.ofMinutes(1));
        assertThat(hub().apply(click(visit().suggested(no), SARI)).code()).isEqualTo(seen.code());
        assertThat(hub().apply(click(visit().suggested(no).ip("203.0.113.99"), SARI))
                        .code())
                .as("a copied link, opened elsewhere")
                .isNotEqualTo(seen.code());
        assertThat(hub().apply(click(visit().suggested(no).userAgent("Mozilla/5.0 (iPhone)"), SARI))
                        .code())
                .as("a copied link, opened in another browser")
                .isNotEqualTo(seen.code());
        assertThat(hub().apply(click(visit().suggested(99_999_999L), SARI)).code())
                .as("a code nobody was given")
                .isNotEqualTo(seen.code());
        clock.forward(Duration.ofHours(25));
        assertThat(hub().apply(click(visit().suggested(no), SARI)).code())
                .as("a link kept for later")
                .isNotEqualTo(seen.code());
    }

    @Test
    void aFormShownMakesAVisitorAndSendingItALead() {
        hub().pixel("201");
        Clicked shown = hub().apply(new RotatorClicked(visit().build(), null, false));
        assertThat(shown.leadId()).isNull();
        clock.forward(Duration.ofMinutes(2));
        Clicked sent = hub().apply(form(visitOf(shown), SARI, "Budi", "0812-3456-7801", "+6281234567801", true));
        assertThat(sent.code()).isEqualTo(shown.code());
        Lead lead = hub().lead(leadOf(sent));
        assertThat(lead.person().name()).isEqualTo("Budi");
        assertThat(lead.person().phoneE164()).isEqualTo("+6281234567801");
        assertThat(lead.details().agentNumber()).isEqualTo("+628111000111");
        assertThat(hub().visitorOf(lead.id()).profile().consent().adUserData()).isEqualTo(Consent.Choice.GRANTED);
        assertThat(hub().visitorOf(lead.id()).profile().consent().source()).isEqualTo(Consent.Source.FORM);
        assertThat(timeline(lead)).contains("form Ukuran: L");
        assertThat(hub().row(lead.id(), "new")).isNotNull();
        assertThat(figures(null)).containsEntry(LinkCount.CLICKS, 1L).containsEntry(LinkCount.FORM_SHOWN, 1L);
        assertThat(figures("ag_sari"))
                .containsEntry(LinkCount.FORM_SENT, 1L)
                .containsEntry(LinkCount.CHATS, 1L)
                .containsEntry(LinkCount.NEW_LEADS, 1L)
                .containsEntry(LinkCount.CLICKS, 0L);
    }

    @Test
    void aFormSentTwiceIsOneWithOneAgent() {
        Clicked shown = hub().apply(new RotatorClicked(visit().build(), null, false));
        Clicked first = hub().apply(form(visitOf(shown), SARI, "Budi", null, null, false));
        Clicked second = hub().apply(form(visitOf(shown), LIA, "Budi", null, null, false));
        assertThat(second.leadId()).isEqualTo(leadOf(first));
        assertThat(second.given()).isEqualTo(SARI);
        assertThat(figures()).containsEntry(LinkCount.FORM_SENT, 1L).containsEntry(LinkCount.CHATS, 1L);
        assertThat(timeline(hub().lead(leadOf(first)))).containsOnlyOnce("form Ukuran: L");
    }

    @Test
    void aFormWithoutItsClickIsAClickToo() {
        Clicked sent = hub().apply(form(visit(), SARI, "Ani", null, null, false));
        assertThat(hub().lead(leadOf(sent)).person().name()).isEqualTo("Ani");
        assertThat(figures()).containsEntry(LinkCount.CLICKS, 1L).containsEntry(LinkCount.FORM_SENT, 1L);
    }

    @Test
    void aRealNameStaysAndHowToReachThePersonIsWhatTheySaidLast() {
        LeadResult known =
                hub().submit(LeadForm.blank().name("Pak Budi (langganan)").phone("+6281234567802"));
        Clicked shown =
                hub().apply(new RotatorClicked(visit().of(known.visitor().no()).build(), null, false));
        assertThat(shown.leadId()).isEqualTo(known.lead().id());
        assertThat(shown.name()).isEqualTo("Pak Budi (langganan)");
        hub().apply(form(visitOf(shown), SARI, "Budi", "+6281234567803", "+6281234567803", false));
        Lead lead = hub().lead(known.lead().id());
        assertThat(lead.person().name()).isEqualTo("Pak Budi (langganan)");
        assertThat(lead.person().phoneE164()).isEqualTo("+6281234567803");
        assertThat(timeline(lead)).contains("details phone by the form");
    }

    @Test
    void anotherBrowserWithAKnownNumberIsALeadOfItsOwnThatSaysSo() {
        LeadResult known = hub().submit(LeadForm.blank().phone("+6281234567804"));
        Clicked sent = hub().apply(form(visit(), SARI, "Siti", "081234567804", "+6281234567804", false));
        assertThat(sent.leadId()).isNotEqualTo(known.lead().id());
        assertThat(timeline(hub().lead(leadOf(sent))))
                .contains(
                        "details the same phone number as lead " + known.lead().id());
        assertThat(hub().lead(known.lead().id()).person().name())
                .as("nobody's lead is touched")
                .isNull();
    }

    @Test
    @SuppressWarnings("NullAway") // of a compiled record's constructor it does not see the inner @Nullable
    void aTickInTheFormReportsTheClickThatWaitedForIt() {
        ConversionSettings old = initialSettings();
        hub().hub
                .settingsBook()
                .save(
                        WS,
                        new ConversionSettings(
                                old.strategy(),
                                old.mapping(),
                                old.values(),
                                old.modalTriggerStatuses(),
                                old.customEvents(),
                                ConversionSettings.WhenUnknown.DENY));
        hub().pixel("202", TestHub.doc("202", "send_all", Map.of()), TestHub.TOKEN);
        Clicked clicked = hub().apply(new RotatorClicked(visit().build(), null, true));
        assertThat(hub().row(leadOf(clicked), "new").status()).isEqualTo(DeliveryStatus.SKIPPED);
        hub().apply(form(visitOf(clicked), SARI, "Budi", "+6281234567805", "+6281234567805", true));
        assertThat(hub().row(leadOf(clicked), "new").status()).isEqualTo(DeliveryStatus.PENDING);
    }

    @Test
    void whatPeopleAnswerIsSealedInTheDatabaseAndGoesWithThem() {
        Clicked sent = hub().apply(form(visit(), SARI, "Rahasia", null, null, false));
        String leadId = leadOf(sent);
        List<String> docs = hub()
                .store()
                .read(sql -> sql.fetchValues("select doc from lead_event where kind = 'form' and lead_id = ?", leadId))
                .stream()
                .map(String::valueOf)
                .toList();
        assertThat(docs).hasSize(1).noneMatch(d -> d.contains("Ukuran"));
        hub().apply(new LeadErased(WS, leadId));
        int left = hub().store()
                .read(sql -> sql.fetchCount(sql.selectFrom("lead_event").where("lead_id = ?", leadId)));
        assertThat(left).isZero();
    }

    private static String leadOf(Clicked clicked) {
        return Objects.requireNonNull(clicked.leadId());
    }

    private static RotatorClicked click(Visiting visiting, LinkVisit.Chat chat) {
        return new RotatorClicked(visiting.build(), chat, true);
    }

    private static RotatorFormSent form(
            Visiting visiting,
            LinkVisit.Chat chat,
            String name,
            @Nullable String phone,
            @Nullable String e164,
            boolean consented) {
        return new RotatorFormSent(
                visiting.build(),
                chat,
                new RotatorFormSent.Details(name, null, phone, e164, null),
                "Ukuran: L",
                consented);
    }

    private Map<LinkCount, Long> figures() {
        var sum = new EnumMap<LinkCount, Long>(LinkCount.class);
        hub().store()
                .read(sql -> LinkDays.read(sql, LinkKind.ROTATOR, WS, rotator, today(), today()))
                .forEach(d -> d.counts().forEach((what, n) -> sum.merge(what, n, Long::sum)));
        return sum;
    }

    private Map<LinkCount, Long> figures(@Nullable String agentId) {
        return hub().store().read(sql -> LinkDays.read(sql, LinkKind.ROTATOR, WS, rotator, today(), today())).stream()
                .filter(d -> Objects.equals(d.partId(), agentId))
                .findFirst()
                .orElseThrow()
                .counts();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), NOON);
    }

    private Visiting visit() {
        return new Visiting(rotator, clock.instant(), null, null, 0, 0, 30, "203.0.113.7", UA);
    }

    private Visiting visitOf(Clicked clicked) {
        return visit().of(Objects.requireNonNull(hub().hub.visitors().number(WS, clicked.code())));
    }

    /** A visit that differs from the usual one by what is said. */
    private record Visiting(
            String rotator,
            Instant now,
            @Nullable Long visitorNo,
            @Nullable Long suggestedNo,
            long twinKey,
            long sourceKey,
            int limit,
            @Nullable String address,
            @Nullable String browser) {
        Visiting of(long no) {
            return new Visiting(rotator, now, no, null, 0, sourceKey, limit, address, browser);
        }

        Visiting suggested(long no) {
            return new Visiting(rotator, now, null, no, 0, sourceKey, limit, address, browser);
        }

        Visiting twin(long key) {
            return new Visiting(rotator, now, null, null, key, sourceKey, limit, address, browser);
        }

        Visiting source(long key) {
            return new Visiting(rotator, now, visitorNo, suggestedNo, twinKey, key, limit, address, browser);
        }

        Visiting unflagged(int clicks) {
            return new Visiting(rotator, now, visitorNo, suggestedNo, twinKey, sourceKey, clicks, address, browser);
        }

        Visiting ip(String other) {
            return new Visiting(rotator, now, visitorNo, suggestedNo, twinKey, sourceKey, limit, other, browser);
        }

        Visiting userAgent(@Nullable String other) {
            return new Visiting(rotator, now, visitorNo, suggestedNo, twinKey, sourceKey, limit, address, other);
        }

        LinkVisit build() {
            String url = "https://link.example/wa/promo";
            LocalDate day = LocalDate.ofInstant(now, NOON);
            return new LinkVisit(
                    WS,
                    LinkKind.ROTATOR,
                    rotator,
                    visitorNo,
                    suggestedNo,
                    twinKey,
                    sourceKey,
                    limit,
                    new Landing(ClickIds.NONE, Map.of(), Utm.NONE, AdFields.NONE, url, null, null, false, now),
                    ClickIds.NONE,
                    BrowserIds.NONE,
                    new WebContext(url, null, address, browser),
                    "id",
                    new LinkVisit.Day(day, day.atStartOfDay().toInstant(NOON).toEpochMilli()),
                    false);
        }
    }
}
