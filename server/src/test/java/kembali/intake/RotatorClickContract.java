package kembali.intake;

import static kembali.testing.TestHub.WS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import kembali.conversion.ConversionSettings;
import kembali.delivery.Delivery;
import kembali.delivery.DeliveryStatus;
import kembali.figures.LinkKind;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.WebContext;
import kembali.lead.Lead;
import kembali.testing.LeadForm;
import kembali.visitor.AdFields;
import kembali.visitor.Landing;
import kembali.visitor.TouchRow;
import kembali.visitor.Utm;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a click on a rotator link makes of a visitor, whatever the database. */
abstract class RotatorClickContract extends IntakeFixture {
    private static final String ROTATOR = "ro_promo";
    private static final LinkVisit.Chat SARI = new LinkVisit.Chat("ag_1", "+628111000111", null);

    @Test
    void aNewVisitorBecomesALeadWhoseCodeIsTheAnswer() {
        hub().pixel("101");
        RotatorClicked.Clicked clicked = hub().apply(click(null, "IwARnew"));
        Lead lead = hub().lead(leadOf(clicked));
        assertThat(lead.status()).isEqualTo("new");
        assertThat(lead.details().source()).isEqualTo("whatsapp");
        assertThat(lead.details().agentNumber()).isEqualTo("+628111000111");
        assertThat(lead.code()).isEqualTo(clicked.code());
        assertThat(hub().hub.visitors().number(WS, clicked.code())).isEqualTo(lead.visitorNo());
        Delivery row = hub().row(lead.id(), "new");
        assertThat(row.status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(row.matchKeys()).contains("fbc");
        assertThat(touches(lead)).singleElement().satisfies(t -> {
            assertThat(t.kind()).isEqualTo("rotator");
            assertThat(t.refId()).isEqualTo(ROTATOR);
        });
    }

    @Test
    void aReturningVisitorKeepsCodeLeadAndStatus() {
        hub().pixel("102");
        RotatorClicked.Clicked first = hub().apply(click(null, "IwARreturns"));
        hub().reach(leadOf(first), "hot");
        clock.forward(Duration.ofMinutes(5));
        Long no = hub().lead(leadOf(first)).visitorNo();
        RotatorClicked.Clicked second = hub().apply(click(no, "IwARreturns2"));
        assertThat(second.code()).isEqualTo(first.code());
        assertThat(leadOf(second)).isEqualTo(leadOf(first));
        assertThat(hub().lead(leadOf(first)).status()).isEqualTo("hot");
        assertThat(hub().rows(leadOf(first))).extracting(Delivery::trigger).containsExactly("new", "hot");
        assertThat(touches(hub().lead(leadOf(first)))).hasSize(2);
        Visitor visitor = hub().visitorOf(leadOf(first));
        assertThat(visitor.profile().clicks().value(ClickIds.FBCLID)).isEqualTo("IwARreturns2");
        assertThat(visitor.profile().firstTouch())
                .isNotEqualTo(visitor.profile().lastTouch());
    }

    @Test
    void aDoubleTapIsOneTouch() {
        RotatorClicked.Clicked first = hub().apply(click(null, "IwARtap"));
        Long no = hub().lead(leadOf(first)).visitorNo();
        clock.forward(Duration.ofSeconds(3));
        RotatorClicked.Clicked second = hub().apply(click(no, "IwARtap"));
        assertThat(second.code()).isEqualTo(first.code());
        assertThat(leadOf(second)).isEqualTo(leadOf(first));
        assertThat(second.again()).isTrue();
        assertThat(touches(hub().lead(leadOf(first)))).hasSize(1);
        clock.forward(Duration.ofSeconds(11));
        hub().apply(click(no, "IwARtap"));
        assertThat(touches(hub().lead(leadOf(first)))).hasSize(2);
    }

    @Test
    void aClickIdSomebodyElseBroughtFirstIsSharedAndNotAttributed() {
        hub().pixel("103");
        RotatorClicked.Clicked first = hub().apply(click(null, "IwARcopied"));
        RotatorClicked.Clicked second = hub().apply(click(null, "IwARcopied"));
        ClickId had = hub().visitorOf(leadOf(first)).profile().clicks().get(ClickIds.FBCLID);
        ClickId copied = hub().visitorOf(leadOf(second)).profile().clicks().get(ClickIds.FBCLID);
        assertThat(had).isNotNull().extracting(ClickId::shared).isEqualTo(false);
        assertThat(copied).isNotNull().extracting(ClickId::shared).isEqualTo(true);
        assertThat(first.fbclid()).as("goes into the browser's cookie").isEqualTo(had);
        assertThat(second.fbclid())
                .as("is not written into a stranger's cookie")
                .isEqualTo(copied);
        assertThat(hub().row(leadOf(first), "new").status()).isEqualTo(DeliveryStatus.PENDING);
        Delivery notAttributed = hub().row(leadOf(second), "new");
        assertThat(notAttributed.status()).isEqualTo(DeliveryStatus.SKIPPED);
        assertThat(reason(notAttributed)).isEqualTo("missing_click_id");
    }

    @Test
    void oneClickIdBroughtByManyAtTheSameMomentBelongsToOneOfThem() {
        var answers = new ArrayList<CompletableFuture<RotatorClicked.Clicked>>();
        for (int i = 0; i < 50; i++) {
            answers.add(hub().intake().append(click(null, "IwARviral")));
        }
        var owners = answers.stream()
                .map(a -> hub().visitorOf(leadOf(a.join())).profile().clicks().value(ClickIds.FBCLID))
                .filter(v -> v != null);
        assertThat(owners).containsExactly("IwARviral");
        assertThat(answers.stream().map(a -> a.join().code()).distinct()).hasSize(50);
    }

    @Test
    void aClickSeenBeforeKeepsItsFirstInstant() {
        RotatorClicked.Clicked first = hub().apply(click(null, "IwARinstant"));
        ClickId before = hub().visitorOf(leadOf(first)).profile().clicks().get(ClickIds.FBCLID);
        clock.forward(Duration.ofHours(1));
        hub().apply(click(hub().lead(leadOf(first)).visitorNo(), "IwARinstant"));
        assertThat(hub().visitorOf(leadOf(first)).profile().clicks().get(ClickIds.FBCLID))
                .isEqualTo(before);
    }

    @Test
    void aFirstClickWithoutAnAdIsReportedOnceTheAdClickComes() {
        hub().pixel("104");
        RotatorClicked.Clicked direct = hub().apply(click(null, null));
        Delivery skipped = hub().row(leadOf(direct), "new");
        assertThat(skipped.status()).isEqualTo(DeliveryStatus.SKIPPED);
        hub().apply(click(hub().lead(leadOf(direct)).visitorNo(), "IwARlater"));
        Delivery decided = hub().row(leadOf(direct), "new");
        assertThat(decided.id()).isEqualTo(skipped.id());
        assertThat(decided.status()).isEqualTo(DeliveryStatus.PENDING);
    }

    @Test
    void whatHappenedOnALinkIsRetriedAsThatEvenForAPersonWhomAChatAdBrought() {
        hub().pixel("105");
        var s = initialSettings();
        settings(s.mapping(), s.values(), ConversionSettings.WhenUnknown.DENY);
        ClickIds both = ClickIds.NONE
                .with(ClickIds.FBCLID, ClickId.of("IwARchat", clock.millis()))
                .with(ClickIds.CTWA_CLID, ClickId.of("Aff-chat", clock.millis()));
        String lead = leadOf(hub().apply(clickWith(null, both)));
        Delivery skipped = hub().row(lead, "new");
        assertThat(reason(skipped)).isEqualTo("consent_unknown");
        settings(s.mapping(), s.values(), ConversionSettings.WhenUnknown.ALLOW);
        Delivery retried = hub().apply(new DeliveryRetried(WS, skipped.id()));
        assertThat(retried.prepared())
                .isNotNull()
                .satisfies(ready -> assertThat(ready.json())
                        .contains("\"action_source\":\"website\"")
                        .doesNotContain("ctwa_clid"));
    }

    @Test
    void aLeadKnownBeforeIsRefreshedByItsVisitorsClick() {
        LeadResult known = hub().submit(LeadForm.blank().email("known@example.co.id"));
        RotatorClicked.Clicked clicked = hub().apply(click(known.visitor().no(), "IwARknown"));
        assertThat(leadOf(clicked)).isEqualTo(known.lead().id());
        assertThat(hub().lead(known.lead().id()).details().agentNumber()).isEqualTo("+628111000111");
        assertThat(hub().lead(known.lead().id()).person().email()).isEqualTo("known@example.co.id");
    }

    @Test
    void theCookieOfAnErasedVisitorMakesANewOne() {
        RotatorClicked.Clicked first = hub().apply(click(null, "IwARerased"));
        Long no = hub().lead(leadOf(first)).visitorNo();
        hub().apply(new LeadErased(WS, leadOf(first)));
        RotatorClicked.Clicked again = hub().apply(click(no, "IwARerased"));
        assertThat(again.code()).isNotEqualTo(first.code());
        assertThat(hub().lead(leadOf(again)).visitorNo()).isNotEqualTo(no);
    }

    private static String leadOf(RotatorClicked.Clicked clicked) {
        return Objects.requireNonNull(clicked.leadId());
    }

    private RotatorClicked click(@Nullable Long visitorNo, @Nullable String fbclid) {
        return clickWith(
                visitorNo,
                fbclid == null
                        ? ClickIds.NONE
                        : ClickIds.NONE.with(ClickIds.FBCLID, ClickId.of(fbclid, clock.millis())));
    }

    private RotatorClicked clickWith(@Nullable Long visitorNo, ClickIds ids) {
        var landing = new Landing(
                ids,
                Map.of(),
                Utm.NONE,
                AdFields.NONE,
                "https://link.example/wa/promo",
                null,
                null,
                !ids.byName().isEmpty(),
                clock.instant());
        var web = new WebContext("https://link.example/wa/promo", null, "203.0.113.7", "Mozilla/5.0 (Android 14)");
        return click(visitorNo, landing, web);
    }

    private RotatorClicked click(@Nullable Long visitorNo, Landing landing, WebContext web) {
        var visit = new LinkVisit(
                WS,
                LinkKind.ROTATOR,
                ROTATOR,
                visitorNo,
                null,
                0,
                0,
                30,
                landing,
                landing.clickIds(),
                BrowserIds.NONE,
                web,
                "id",
                today(),
                false);
        return new RotatorClicked(visit, SARI, true);
    }

    private LinkVisit.Day today() {
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new LinkVisit.Day(
                day, day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli());
    }

    private List<TouchRow> touches(Lead lead) {
        return hub().store().read(sql -> hub().hub.visitors().touches(sql, WS, lead.visitorNo()));
    }
}
