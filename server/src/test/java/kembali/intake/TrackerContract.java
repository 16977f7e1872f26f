package kembali.intake;

import static kembali.testing.TestHub.WS;
import static kembali.testing.TestHub.doc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import kembali.account.WebSettings;
import kembali.conversion.ConversionSettings.WhenUnknown;
import kembali.delivery.Delivery;
import kembali.delivery.DeliveryStatus;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.identity.Person;
import kembali.lead.Lead;
import kembali.support.Refusal;
import kembali.testing.HitForm;
import kembali.testing.LeadForm;
import kembali.testing.TestHub;
import kembali.visitor.TouchRow;
import kembali.visitor.TrackerHits;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What hits of the page tracker make of visitors, leads and the sync log, whatever the database. */
abstract class TrackerContract extends IntakeFixture {
    @Test
    void aPageViewMakesAVisitorAndIsReportedUnderTheTrackersEventId() {
        hub().pixel("901");
        HitForm form = hit().fbclid("IwARfirst").url("https://shop.example/promo?fbclid=IwARfirst");
        HitTaken taken = hub().apply(new PageSeen(form.hit()));
        Visitor v = visitor(taken);
        assertThat(v.leadId()).isNull();
        assertThat(v.profile().timezone()).isEqualTo("Asia/Jakarta");
        assertThat(v.profile().lastLink()).isNull();
        assertThat(v.profile().lastTouch()).isNotNull();
        assertThat(taken.fbclid()).isNotNull();
        Delivery row = onlyRow(form);
        assertThat(row.leadId()).isNull();
        assertThat(row.visitorNo()).isEqualTo(v.no());
        assertThat(row.status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(row.trigger()).isEqualTo("pageview");
        assertThat(row.event()).isEqualTo("PageView");
        assertThat(json(row))
                .contains("\"action_source\":\"website\"", "\"event_id\":\"" + form.eventId() + "\"")
                .contains("https://shop.example/promo", "203.0.113.7", HitForm.UA);
        assertThat(touches(v)).singleElement().satisfies(t -> {
            assertThat(t.kind()).isEqualTo("pageview");
            assertThat(t.url()).isEqualTo("https://shop.example/promo?fbclid=IwARfirst");
        });
    }

    @Test
    void aHitSaidAgainAnswersTheSameVisitorAndChangesNothing() {
        hub().pixel("902");
        PageSeen seen = new PageSeen(hit().fbclid("IwARtwice").hit());
        HitTaken first = hub().apply(seen);
        clock.forward(Duration.ofHours(30));
        HitTaken again = hub().apply(seen);
        assertThat(first.duplicate()).isFalse();
        assertThat(again.duplicate()).isTrue();
        assertThat(again.code()).isEqualTo(first.code());
        assertThat(touches(visitor(first))).hasSize(1);
        assertThat(hub().rows())
                .filteredOn(d -> d.eventId().equals(seen.hit().eventId()))
                .hasSize(1);
    }

    @Test
    void aHitThatTellsItsTimeIsKnownAgainWhateverTheBrowsersClock() {
        for (String time : List.of("now", "1990", "ahead")) {
            long ms = switch (time) {
                case "now" -> clock.millis();
                case "ahead" -> clock.millis() + Duration.ofDays(400).toMillis();
                default -> Instant.parse("1990-01-01T00:00:00Z").toEpochMilli();
            };
            String id = "%08x-%04x-7abc-8def-%012x".formatted(ms >>> 16, ms & 0xffff, time.hashCode() & 0xffffffffL);
            PageSeen seen = new PageSeen(hit().eventId(id).hit());
            assertThat(hub().apply(seen).duplicate()).as(time).isFalse();
            clock.forward(Duration.ofHours(25));
            assertThat(hub().apply(seen).duplicate()).as(time).isTrue();
        }
    }

    @Test
    void oneHitSaidManyTimesAtTheSameMomentIsTakenOnce() {
        hub().pixel("903");
        PageSeen seen = new PageSeen(hit().fbclid("IwARburst").hit());
        var answers = new ArrayList<CompletableFuture<HitTaken>>();
        for (int i = 0; i < 40; i++) {
            answers.add(hub().intake().append(seen));
        }
        List<HitTaken> taken = answers.stream().map(CompletableFuture::join).toList();
        assertThat(taken).filteredOn(t -> !t.duplicate()).hasSize(1);
        assertThat(taken.stream().map(HitTaken::code).distinct()).hasSize(1);
        assertThat(hub().rows())
                .filteredOn(d -> d.eventId().equals(seen.hit().eventId()))
                .hasSize(1);
    }

    @Test
    void whatIsOldIsForgottenAndWhatIsNotIsKept() {
        PageSeen old = new PageSeen(hit().hit());
        HitTaken first = hub().apply(old);
        clock.forward(Duration.ofDays(4));
        PageSeen recent = new PageSeen(hit().hit());
        hub().apply(recent);
        TrackerHits.prune(hub().store(), List.of(WS), clock.instant());
        assertThat(hub().apply(recent).duplicate()).isTrue();
        HitTaken unknown = hub().apply(old);
        assertThat(unknown.duplicate()).isFalse();
        assertThat(unknown.code()).isNotEqualTo(first.code());
    }

    @Test
    void anEventIdThatAPixelHasAlreadyIsNotReportedASecondTime() {
        hub().pixel("904");
        Visitor v = visitor(hub().apply(new PageSeen(hit().hit())));
        PageSeen seen = new PageSeen(hit().cookie(v.no()).fbclid("IwARoldid").hit());
        hub().apply(seen);
        clock.forward(Duration.ofDays(4));
        TrackerHits.prune(hub().store(), List.of(WS), clock.instant());
        assertThat(hub().apply(seen).duplicate()).isFalse();
        assertThat(hub().rows())
                .filteredOn(d -> d.eventId().equals(seen.hit().eventId()))
                .hasSize(1);
    }

    @Test
    void theVisitorIsTheCookiesElseTheOneThePageNamesElseANewOne() {
        Visitor first = visitor(hub().apply(new PageSeen(hit().hit())));
        Visitor second = visitor(hub().apply(new PageSeen(hit().hit())));
        assertThat(second.no()).isNotEqualTo(first.no());
        assertThat(visitor(hub().apply(new PageSeen(
                                hit().cookie(first.no()).said(second.no()).hit())))
                        .no())
                .isEqualTo(first.no());
        assertThat(visitor(hub().apply(new PageSeen(hit().said(second.no()).hit())))
                        .no())
                .isEqualTo(second.no());
        long neverIssued = 150_000_000L;
        assertThat(visitor(hub().apply(new PageSeen(hit().said(neverIssued).hit())))
                        .no())
                .isNotEqualTo(neverIssued);
    }

    @Test
    void aPageViewOfNoAdLeavesNoRow() {
        hub().pixel("905");
        HitForm form = hit();
        hub().apply(new PageSeen(form.hit()));
        assertThat(rows(form)).isEmpty();
    }

    @Test
    void aPageViewThatIsMappedToNothingLeavesNoRow() {
        hub().pixel("906", doc("906", "send_all", Map.of("pageview", none("meta"))), TestHub.TOKEN);
        HitForm form = hit().fbclid("IwARunmapped");
        hub().apply(new PageSeen(form.hit()));
        assertThat(rows(form)).isEmpty();
        assertThat(hub().hub.decisions().visitEvents(WS)).isEmpty();
    }

    @Test
    void whatTheOwnerCanActUponLeavesOneRowAnHour() {
        hub().pixel("907", doc("907", "inherit", Map.of()), "");
        var forms = new ArrayList<HitForm>();
        for (int i = 0; i < 3; i++) {
            forms.add(hit().fbclid("IwARsample" + i));
            hub().apply(new PageSeen(forms.get(i).hit()));
        }
        clock.forward(Duration.ofMinutes(61));
        forms.add(hit().fbclid("IwARsample9"));
        hub().apply(new PageSeen(forms.getLast().hit()));
        assertThat(forms.stream().flatMap(f -> rows(f).stream()))
                .hasSize(2)
                .allSatisfy(d -> assertThat(reason(d)).isEqualTo("missing_configuration"));
    }

    @Test
    void theEventsOfAPageViewAreThoseOfTheActivePixels() {
        hub().pixel("908");
        assertThat(hub().hub.decisions().visitEvents(WS)).isEqualTo(Map.of("meta", "PageView"));
        var pixel = hub().pixel("909", doc("909", "inherit", Map.of("pageview", named("meta", "ViewContent"))), "t");
        assertThat(hub().hub.decisions().visitEvents(WS)).as("the first counts").isEqualTo(Map.of("meta", "PageView"));
        hub().save(hub().hub.pixels().of(WS).getFirst(), false, Map.of("accessToken", TestHub.TOKEN));
        assertThat(pixel.enabled()).isTrue();
        assertThat(hub().hub.decisions().visitEvents(WS)).isEqualTo(Map.of("meta", "ViewContent"));
    }

    @Test
    void aLeadsPageViewsBearTheLeadAndWhatIsKnownOfThem() {
        hub().pixel("910");
        Visitor v = visitor(hub().apply(new PageSeen(hit().fbclid("IwARjoins").hit())));
        LeadResult lead = hub().submit(LeadForm.blank().visitor(v.no()).email("joins@example.co.id"));
        assertThat(lead.deliveries()).singleElement().satisfies(d -> {
            assertThat(d.status()).isEqualTo(DeliveryStatus.PENDING);
            assertThat(d.matchKeys()).contains("fbc", "em");
        });
        HitForm later = hit().cookie(v.no());
        hub().apply(new PageSeen(later.hit()));
        Delivery row = onlyRow(later);
        assertThat(row.leadId()).isEqualTo(lead.lead().id());
        assertThat(row.matchKeys()).contains("fbc", "em");
        assertThat(hub().reach(lead.lead().id(), "new").standing())
                .as("page views are no conversions of the lead")
                .containsExactly(DeliveryStatus.PENDING);
        assertThat(hub().lead(lead.lead().id()).updatedAt())
                .isEqualTo(lead.lead().updatedAt());
    }

    @Test
    void hitsThatWaitedAreReportedWithTheirOwnPageAndTime() {
        hub().pixel("911");
        Instant before = clock.instant().minus(Duration.ofHours(3));
        HitForm late =
                hit().fbclid("IwARwaited").url("https://shop.example/late").occurred(before);
        HitTaken taken = hub().apply(new PageSeen(late.hit()));
        HitForm now = hit().cookie(visitor(taken).no()).url("https://shop.example/now");
        hub().apply(new PageSeen(now.hit()));
        assertThat(onlyRow(late).occurredAt()).isEqualTo(before);
        assertThat(json(onlyRow(late))).contains("https://shop.example/late");
        assertThat(json(onlyRow(now))).contains("https://shop.example/now");
    }

    @Test
    void aPageViewIsRetriedAsItselfAlsoWithoutALead() {
        hub().pixel("912");
        HitForm form = hit().fbclid("IwARretry").url("https://shop.example/first");
        Visitor v = visitor(hub().apply(new PageSeen(form.hit())));
        hub().apply(new PageSeen(
                hit().cookie(v.no()).url("https://shop.example/second").hit()));
        hub().apply(new ConsentSaid(hit().cookie(v.no()).denied().hit()));
        assertThat(reason(onlyRow(form))).isEqualTo("consent_denied");
        clock.forward(Duration.ofMinutes(1));
        hub().apply(new ConsentSaid(hit().cookie(v.no()).granted().hit()));
        Delivery again = hub().apply(new DeliveryRetried(WS, onlyRow(form).id()));
        assertThat(again.status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(json(again))
                .contains("https://shop.example/first", "\"action_source\":\"website\"", form.eventId())
                .doesNotContain("https://shop.example/second");
    }

    @Test
    void anErasedPersonsPageViewsAreEmptiedAndNotSent() {
        hub().pixel("913");
        HitForm form = hit().fbclid("IwARforget");
        Visitor v = visitor(hub().apply(new PageSeen(form.hit())));
        hub().apply(new ConsentSaid(hit().cookie(v.no()).granted().hit()));
        Lead lead = hub().submit(LeadForm.blank().visitor(v.no())).lead();
        hub().apply(new LeadErased(WS, lead.id()));
        Delivery row = onlyRow(form);
        assertThat(reason(row)).isEqualTo("lead_erased");
        assertThat(row.visitorNo()).isNull();
        assertThat(row.prepared()).isNull();
        assertThat(consents(v.no())).isEmpty();
        assertThatThrownBy(() -> hub().apply(new DeliveryRetried(WS, row.id()))).isInstanceOf(Refusal.class);
        assertThat(hub().apply(new PageSeen(hit().cookie(v.no()).hit())).code()).isNotEqualTo(v.code());
    }

    @Test
    void anEventStandsInTheHistoryAndMovesNobodyWhoMayNotBeMoved() {
        HitTaken taken = hub().apply(event(hit(), "won", "100", null, false));
        assertThat(visitor(taken).leadId()).isNull();
        assertThat(touches(visitor(taken))).singleElement().satisfies(t -> {
            assertThat(t.kind()).isEqualTo("event");
            assertThat(t.refId()).isEqualTo("won");
        });
    }

    @Test
    void eventsOfOneMillisecondAllStandInTheHistory() {
        Visitor v = visitor(hub().apply(new PageSeen(hit().hit())));
        Instant at = clock.instant();
        var answers = new ArrayList<CompletableFuture<HitTaken>>();
        for (String name : List.of("a", "b", "c")) {
            answers.add(hub().intake().append(event(hit().cookie(v.no()).occurred(at), name, null, null, false)));
        }
        answers.forEach(CompletableFuture::join);
        assertThat(touches(v).stream().filter(t -> t.kind().equals("event")).map(TouchRow::refId))
                .containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void anEventThatIsAStatusMakesTheLeadAndReachesIt() {
        hub().pixel("914");
        HitTaken taken = hub().apply(event(hit().fbclid("IwARbuys"), "won", "150000", "INV-1", true));
        Lead lead = hub().lead(Objects.requireNonNull(visitor(taken).leadId()));
        assertThat(lead.status()).isEqualTo("won");
        assertThat(lead.details().source()).isEqualTo("website");
        assertThat(lead.actualValue()).isEqualByComparingTo("150000");
        Delivery won = hub().row(lead.id(), "won");
        assertThat(won.valueAmount()).isEqualTo("150000");
        assertThat(json(won)).contains("\"action_source\":\"website\"", "INV-1");
        hub().apply(event(hit().cookie(lead.visitorNo()), "won", "150000", "INV-1", true));
        assertThat(hub().rows(lead.id())).as("the same order").hasSize(1);
        hub().apply(event(hit().cookie(lead.visitorNo()), "won", "90000", "INV-2", true));
        assertThat(hub().rows(lead.id())).as("a further order").hasSize(2);
    }

    @Test
    void aPageFillsInWhatIsUnknownOfALeadAndChangesNothing() {
        Visitor v = visitor(hub().apply(new PageSeen(hit().hit())));
        Lead lead = hub().submit(LeadForm.blank().visitor(v.no()).email("real@example.co.id"))
                .lead();
        hub().apply(identify(hit().cookie(v.no()), "Budi", "fake@example.co.id", "+6281234567890", false));
        Lead after = hub().lead(lead.id());
        assertThat(after.person().name()).isEqualTo("Budi");
        assertThat(after.person().email()).isEqualTo("real@example.co.id");
        assertThat(after.person().phoneE164()).isEqualTo("+6281234567890");
        assertThat(timeline(after)).contains("details name, phone by a page, not confirmed");
    }

    @Test
    void aPageMakesALeadOfANamedVisitorOnlyWhereItMay() {
        hub().pixel("915");
        HitTaken no = hub().apply(identify(hit(), "Citra", "c@example.co.id", null, false));
        assertThat(visitor(no).leadId()).isNull();
        HitTaken yes = hub().apply(identify(hit().fbclid("IwARnamed"), "Citra", "c@example.co.id", null, true));
        Lead lead = hub().lead(Objects.requireNonNull(visitor(yes).leadId()));
        assertThat(lead.details().source()).isEqualTo("website");
        assertThat(lead.person().email()).isEqualTo("c@example.co.id");
        assertThat(hub().row(lead.id(), "new").status()).isEqualTo(DeliveryStatus.PENDING);
    }

    @Test
    void aDenialEndsWhatWaitsOfLeadAndVisitorAndWhatComes() {
        hub().pixel("916");
        HitForm before = hit().fbclid("IwARdenies");
        Visitor v = visitor(hub().apply(new PageSeen(before.hit())));
        Lead lead = hub().submit(LeadForm.blank().visitor(v.no())).lead();
        HitTaken taken =
                hub().apply(new ConsentSaid(hit().cookie(v.no()).denied().hit()));
        assertThat(taken.mayKeepCookies()).isFalse();
        assertThat(reason(onlyRow(before))).isEqualTo("consent_denied");
        assertThat(reason(hub().row(lead.id(), "new"))).isEqualTo("consent_denied");
        assertThat(reason(hub().reach(lead.id(), "contacted").deliveries().getFirst()))
                .isEqualTo("consent_denied");
        hub().apply(new PageSeen(hit().cookie(v.no()).fbclid("IwARlater").hit()));
        assertThat(hub().rows())
                .noneMatch(d -> d.pixelId().equals(onlyRow(before).pixelId())
                        && d.status().equals(DeliveryStatus.PENDING));
    }

    @Test
    void aDenialInTheSameMomentAsThePageViewEndsIt() {
        hub().pixel("917");
        Visitor v = visitor(hub().apply(new PageSeen(hit().hit())));
        HitForm viewed = hit().cookie(v.no()).fbclid("IwARtogether");
        var page = hub().intake().append(new PageSeen(viewed.hit()));
        var denial = hub().intake()
                .append(new ConsentSaid(hit().cookie(v.no()).denied().hit()));
        page.join();
        denial.join();
        assertThat(reason(onlyRow(viewed))).isEqualTo("consent_denied");
    }

    @Test
    void aDenialByTheApiEndsPageViewsToo() {
        hub().pixel("918");
        HitForm viewed = hit().fbclid("IwARapi");
        Visitor v = visitor(hub().apply(new PageSeen(viewed.hit())));
        hub().submit(LeadForm.blank().visitor(v.no()).consent(Consent.Choice.DENIED));
        assertThat(reason(onlyRow(viewed))).isEqualTo("consent_denied");
    }

    @Test
    void everyChangeOfConsentIsOnRecordAndARepetitionIsNot() {
        Visitor v = visitor(hub().apply(new PageSeen(hit().granted().hit())));
        clock.forward(Duration.ofMinutes(1));
        hub().apply(new PageSeen(hit().cookie(v.no()).granted().hit()));
        clock.forward(Duration.ofMinutes(1));
        hub().apply(new ConsentSaid(hit().cookie(v.no()).denied().hit()));
        Lead lead = hub().submit(LeadForm.blank().visitor(v.no())).lead();
        clock.forward(Duration.ofMinutes(1));
        hub().apply(LeadForm.blank().consent(Consent.Choice.GRANTED).learned(lead.id()));
        assertThat(consents(v.no())).containsExactly("API GRANTED", "CMP DENIED", "CMP GRANTED");
    }

    @Test
    void anAnswerThatArrivesLateDoesNotTakeTheLaterOnesPlace() {
        Visitor v = visitor(hub().apply(new ConsentSaid(hit().denied().hit())));
        Consent earlier = HitForm.cmp(Consent.Choice.GRANTED, clock.instant().minus(Duration.ofHours(1)));
        hub().apply(new ConsentSaid(hit().cookie(v.no()).consent(earlier).hit()));
        assertThat(visitor(v.no()).profile().consent().adUserData()).isEqualTo(Consent.Choice.DENIED);
    }

    @Test
    void globalPrivacyControlIsARefusalEverywhereUnlessTheWorkspaceLimitsItToTheLaw() {
        hub().pixel("919");
        Consent gpc = Consent.ofGpc(clock.instant());
        HitTaken denied =
                hub().apply(new PageSeen(hit().fbclid("IwARgpc").consent(gpc).hit()));
        Consent consent = visitor(denied).profile().consent();
        assertThat(consent.adUserData()).isEqualTo(Consent.Choice.DENIED);
        assertThat(consent.adPersonalization()).isEqualTo(Consent.Choice.DENIED);
        assertThat(consent.source()).isEqualTo(Consent.Source.GPC);
        assertThat(denied.mayKeepCookies()).isFalse();

        web(new WebSettings(List.of(), List.of(), List.of(), true, false));
        HitForm elsewhere = hit().fbclid("IwARgpc2").consent(gpc);
        HitTaken allowed = hub().apply(new PageSeen(elsewhere.hit()));
        assertThat(visitor(allowed).profile().consent().adUserData()).isEqualTo(Consent.Choice.UNKNOWN);
        assertThat(visitor(allowed).profile().consent().gpc()).isTrue();
        assertThat(onlyRow(elsewhere).status()).isEqualTo(DeliveryStatus.PENDING);

        Visitor american = visitor(hub().apply(new PageSeen(hit().hit())));
        hub().submit(LeadForm.blank().visitor(american.no()).phone("+12025550123"));
        hub().apply(new PageSeen(hit().cookie(american.no()).consent(gpc).hit()));
        assertThat(visitor(american.no()).profile().consent().adUserData()).isEqualTo(Consent.Choice.DENIED);
    }

    @Test
    void whoSaidNothingIsLeftAloneWherePeopleHaveToBeAskedFirst() {
        whenUnknown(WhenUnknown.DENY_IN_EEA);
        hub().pixel("920");
        assertThat(reasonOfNew(LeadForm.clicked("Hans").phone("+4915123456789")))
                .isEqualTo("consent_unknown");
        assertThat(reasonOfNew(LeadForm.clicked("Budi").phone("+6281234567890")))
                .isEqualTo("null");
        assertThat(reasonOfNew(LeadForm.clicked("Nobody")))
                .as("nobody knows where they are")
                .isEqualTo("null");
        Consent gdpr = new Consent(
                Consent.Choice.UNKNOWN,
                Consent.Choice.UNKNOWN,
                Consent.Choice.UNKNOWN,
                Consent.Choice.UNKNOWN,
                Consent.Source.DEFAULT,
                null,
                false,
                true,
                null,
                clock.instant());
        HitTaken european = hub().apply(new PageSeen(hit().consent(gdpr).hit()));
        assertThat(european.mayKeepCookies()).isFalse();
        assertThat(reasonOfNew(
                        LeadForm.clicked("Greta").visitor(visitor(european).no())))
                .isEqualTo("consent_unknown");
    }

    @Test
    void withoutAnAnswerCookiesFollowThePolicy() {
        assertThat(hub().apply(new PageSeen(hit().hit())).mayKeepCookies()).isTrue();
        whenUnknown(WhenUnknown.DENY);
        HitTaken silent = hub().apply(new PageSeen(hit().hit()));
        assertThat(silent.mayKeepCookies()).isFalse();
        assertThat(hub().apply(new PageSeen(
                                hit().cookie(visitor(silent).no()).granted().hit()))
                        .mayKeepCookies())
                .isTrue();
    }

    @Test
    void aClickIdAnotherVisitorBroughtFirstIsNotReported() {
        hub().pixel("921");
        hub().apply(new PageSeen(hit().fbclid("IwARcopiedpage").hit()));
        HitForm copied = hit().fbclid("IwARcopiedpage");
        HitTaken taken = hub().apply(new PageSeen(copied.hit()));
        assertThat(taken.fbclid())
                .isNotNull()
                .satisfies(id -> assertThat(id.shared()).isTrue());
        assertThat(visitor(taken).profile().clicks().value(ClickIds.FBCLID)).isNull();
        assertThat(rows(copied)).isEmpty();
    }

    private HitForm hit() {
        return HitForm.at(clock.instant());
    }

    private static EventTracked event(
            HitForm form, String name, @Nullable String value, @Nullable String orderId, boolean status) {
        return new EventTracked(
                form.hit(),
                name,
                value == null ? null : new BigDecimal(value),
                value == null ? null : "IDR",
                orderId,
                status);
    }

    private static PersonIdentified identify(
            HitForm form, String name, @Nullable String email, @Nullable String phone, boolean makesLead) {
        var person = new Person(name, email, phone, phone, null, null, null, null, null, null, null, null);
        return new PersonIdentified(form.hit(), person, makesLead);
    }

    private String reasonOfNew(LeadForm form) {
        return String.valueOf(reason(hub().submit(form).deliveries().getFirst()));
    }

    private Visitor visitor(HitTaken taken) {
        return visitor(Objects.requireNonNull(hub().hub.visitors().number(WS, taken.code())));
    }

    private Visitor visitor(long no) {
        Visitor found = hub().store().read(sql -> hub().hub.visitors().find(sql, WS, no));
        return Objects.requireNonNull(found);
    }

    private List<TouchRow> touches(Visitor v) {
        return hub().store().read(sql -> hub().hub.visitors().touches(sql, WS, v.no()));
    }

    /** Source and adUserData of each entry, newest first. */
    private List<String> consents(long no) {
        return hub().store()
                .read(sql -> kembali.visitor.Consents.of(sql, WS, no, null, 100).stream()
                        .map(e -> e.consent().source() + " " + e.consent().adUserData())
                        .toList());
    }

    private List<Delivery> rows(HitForm form) {
        return hub().rows().stream()
                .filter(d -> d.eventId().equals(form.eventId()))
                .toList();
    }

    private Delivery onlyRow(HitForm form) {
        List<Delivery> rows = rows(form);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    private static String json(Delivery d) {
        return d.prepared() == null ? "" : d.prepared().json();
    }

    private static Map<String, @Nullable String> none(String column) {
        var m = new java.util.HashMap<String, @Nullable String>();
        m.put(column, null);
        return m;
    }

    private static Map<String, @Nullable String> named(String column, String event) {
        var m = new java.util.HashMap<String, @Nullable String>();
        m.put(column, event);
        return m;
    }
}
