package kembali.intake;

import static kembali.testing.TestHub.WS;
import static kembali.testing.TestHub.doc;
import static kembali.testing.TestHub.reached;
import static kembali.testing.TestHub.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import kembali.conversion.ConversionSettings.ValueKind;
import kembali.conversion.ConversionSettings.ValueRule;
import kembali.conversion.ConversionSettings.WhenUnknown;
import kembali.delivery.Delivery;
import kembali.delivery.DeliveryStatus;
import kembali.identity.Consent;
import kembali.lead.Lead;
import kembali.lead.LeadEvent;
import kembali.pixel.Pixel;
import kembali.support.Refusal;
import kembali.testing.LeadForm;
import kembali.testing.TestHub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of leads and statuses, whatever the database. */
abstract class IntakeContract extends IntakeFixture {
    @Test
    void aNewLeadReachesItsFirstStatusInTheTransactionThatStoresIt() {
        Pixel pixel = hub().pixel("101");
        LeadResult result = hub().submit(LeadForm.clicked("Ani").name("Ani").externalRef("crm-1"));
        assertThat(result.created()).isTrue();
        Lead lead = hub().lead(result.lead().id());
        assertThat(lead.status()).isEqualTo("new");
        assertThat(lead.person().name()).isEqualTo("Ani");
        assertThat(lead.code()).isEqualTo(hub().visitorOf(lead.id()).code());
        Delivery row = hub().row(lead.id(), "new");
        assertThat(row.pixelId()).isEqualTo(pixel.id());
        assertThat(row.event()).isEqualTo("AddToCart");
        assertThat(row.status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(row.eventId()).isEqualTo("kmb_" + lead.id().substring(3) + "_AddToCart");
        assertThat(timeline(lead)).containsExactly("status new");
    }

    @Test
    void aLeadFromAFormInsideThePlatformsAppHasNoTouchOfAWebsite() {
        LeadResult form =
                hub().submit(LeadForm.blank().email("form@example.co.id").click("meta_lead_id", "1234567"));
        assertThat(hub().visitorOf(form.lead().id()).profile().firstTouch()).isNull();
        LeadResult clicked = hub().submit(LeadForm.clicked("Dewi"));
        assertThat(hub().visitorOf(clicked.lead().id()).profile().firstTouch()).satisfies(touch -> {
            assertThat(touch.platform()).isEqualTo("meta");
            assertThat(touch.landingUrl()).isNull();
        });
    }

    @Test
    void aSkippedRowIsRetriedWithTodaysMapping() {
        hub().pixel("202");
        var without = new HashMap<>(initialSettings().mapping());
        without.remove("contacted");
        settings(without, initialSettings().values(), initialSettings().consentWhenUnknown());
        String lead = hub().submit(LeadForm.clicked("Eka")).lead().id();
        Delivery skipped = hub().apply(reached(lead, "contacted")).deliveries().getFirst();
        assertThat(reason(skipped)).isEqualTo("no_mapping");
        hub().hub.settingsBook().save(WS, initialSettings());
        Delivery retried = hub().apply(new DeliveryRetried(WS, skipped.id()));
        assertThat(retried.event()).isEqualTo("Contact");
        assertThat(hub().row(skipped).status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(hub().row(skipped).eventId()).isEqualTo("kmb_" + lead.substring(3) + "_Contact");
        assertThat(hub().apply(reached(lead, "contacted")).deliveries())
                .singleElement()
                .satisfies(again -> assertThat(again.id()).isEqualTo(skipped.id()));
    }

    @Test
    void everyPixelOfAPlatformGetsARowOfItsOwn() {
        Pixel first = hub().pixel("201");
        Pixel second = hub().pixel("202");
        LeadResult lead = hub().submit(LeadForm.clicked("Budi"));
        assertThat(lead.deliveries()).extracting(Delivery::pixelId).containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(lead.deliveries())
                .extracting(Delivery::eventId)
                .containsOnly(lead.deliveries().getFirst().eventId());
        assertThat(hub().rows(lead.lead().id())).hasSize(2);
    }

    @Test
    void aStatusSaidAgainAnswersWithTheSameRow() {
        hub().pixel("301");
        String lead = hub().submit(LeadForm.clicked("Cici")).lead().id();
        Delivery first =
                hub().apply(won(lead, "2500000", null, false)).deliveries().getFirst();
        for (int i = 0; i < 3; i++) {
            assertThat(hub().apply(won(lead, "2500000", null, false)).deliveries())
                    .singleElement()
                    .satisfies(again -> assertThat(again.id()).isEqualTo(first.id()));
        }
        assertThat(hub().rows(lead)).hasSize(2);
        assertThat(timeline(hub().lead(lead))).containsExactly("status new", "status won");
    }

    @Test
    void twoStatusesThatMeanTheSameEventReportItOnce() {
        hub().pixel("401");
        String lead = hub().submit(LeadForm.clicked("Dewi")).lead().id();
        Delivery responded = hub().reach(lead, "responded").deliveries().getFirst();
        Delivery qualified = hub().reach(lead, "qualified").deliveries().getFirst();
        assertThat(qualified.id()).isEqualTo(responded.id());
        assertThat(responded.event()).isEqualTo("Lead");
        assertThat(hub().lead(lead).status()).isEqualTo("qualified");
    }

    @Test
    void sixtyFourThreadsReachingOneStatusMakeOneRow() throws Exception {
        hub().pixel("501");
        String lead = hub().submit(LeadForm.clicked("Eko")).lead().id();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<CompletableFuture<LeadResult>>();
            for (int i = 0; i < 64; i++) {
                answers.add(CompletableFuture.supplyAsync(() -> hub().apply(won(lead, "100", null, false)), threads));
            }
            var ids = answers.stream()
                    .map(a -> a.join().deliveries().getFirst().id())
                    .distinct();
            assertThat(ids).hasSize(1);
        }
        assertThat(hub().rows(lead)).hasSize(2);
        assertThat(timeline(hub().lead(lead))).containsExactly("status new", "status won");
    }

    @Test
    void aFurtherTransactionNeedsToBeCalledOneAndHasAnOrderOfItsOwn() {
        hub().pixel("601");
        String lead = hub().submit(LeadForm.clicked("Fitri")).lead().id();
        Delivery first =
                hub().apply(won(lead, "100", "INV-1", false)).deliveries().getFirst();
        assertThat(first.orderId()).isEqualTo("INV-1");

        Delivery notCalledOne =
                hub().apply(won(lead, "200", "INV-2", false)).deliveries().getFirst();
        assertThat(notCalledOne.id()).as("a new order id alone changes nothing").isEqualTo(first.id());

        Delivery sameOrder =
                hub().apply(won(lead, "100", "INV-1", true)).deliveries().getFirst();
        assertThat(sameOrder.id()).as("repeat of an order seen before").isEqualTo(first.id());

        Delivery second =
                hub().apply(won(lead, "300", "INV-3", true)).deliveries().getFirst();
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.eventId()).isEqualTo(first.eventId() + "__INV-3");
        assertThat(second.valueAmount()).isEqualTo("300");
        Delivery secondAgain =
                hub().apply(won(lead, "300", "INV-3", true)).deliveries().getFirst();
        assertThat(secondAgain.id()).isEqualTo(second.id());
        assertThat(hub().rows(lead)).hasSize(3);
        assertThat(timeline(hub().lead(lead))).containsExactly("status new", "status won INV-1", "status won INV-3");
    }

    @Test
    void aSkippedRowIsDecidedAgainOnceTheMissingValueIsThere() {
        hub().pixel("701");
        String lead = hub().submit(LeadForm.clicked("Gita")).lead().id();
        Delivery skipped = hub().reach(lead, "won").deliveries().getFirst();
        assertThat(reason(skipped)).isEqualTo("missing_value");
        Delivery decided =
                hub().apply(won(lead, "2500000", "INV-9", false)).deliveries().getFirst();
        assertThat(decided.id()).isEqualTo(skipped.id());
        Delivery stored = hub().row(lead, "won");
        assertThat(stored.id()).isEqualTo(skipped.id());
        assertThat(stored.status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(stored.reason()).isNull();
        assertThat(stored.valueAmount()).isEqualTo("2500000");
        assertThat(stored.currency()).isEqualTo("IDR");
        assertThat(stored.orderId()).isEqualTo("INV-9");
        assertThat(sent(stored)).contains("\"value\":2500000").contains("INV-9");
        assertThat(stored.createdAt()).isEqualTo(skipped.createdAt());
    }

    @Test
    void aSkippedRowIsDecidedAgainOnceTheClickIsThere() {
        hub().pixel("702");
        String lead = hub().submit(LeadForm.blank().email("hadi@example.co.id"))
                .lead()
                .id();
        Delivery skipped = hub().row(lead, "new");
        assertThat(reason(skipped)).isEqualTo("missing_click_id");
        hub().apply(LeadForm.blank().fbclid("IwARhadi").learned(lead));
        Delivery decided = hub().reach(lead, "new").deliveries().getFirst();
        assertThat(decided.id()).isEqualTo(skipped.id());
        assertThat(hub().row(lead, "new").status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(hub().row(lead, "new").matchKeys()).contains("fbc");
    }

    @Test
    void whatWasDecidedToBeSentIsNotTakenBackByLaterStatuses() {
        hub().pixel("703");
        String lead =
                hub().submit(LeadForm.clicked("Indah").actual("100")).lead().id();
        Delivery pending = hub().reach(lead, "won").deliveries().getFirst();
        hub().apply(won(lead, "999", null, false));
        assertThat(hub().row(pending).valueAmount()).isEqualTo("100");
        assertThat(hub().lead(lead).actualValue()).isEqualTo(new BigDecimal("999"));
    }

    @Test
    void anUnmappedStatusIsARowThatSaysSo() {
        var mapping = new HashMap<String, @Nullable Map<String, @Nullable String>>();
        mapping.put("won", null);
        var column = new HashMap<String, @Nullable String>();
        column.put("meta", "SubmitApplication");
        mapping.put("new", column);
        Pixel own = hub().pixel("801", doc("801", "inherit", mapping), TestHub.TOKEN);
        Pixel common = hub().pixel("802");
        String lead = hub().submit(LeadForm.clicked("Joko").actual("5")).lead().id();
        hub().reach(lead, "won");
        assertThat(rowOf(lead, own, "new").event()).isEqualTo("SubmitApplication");
        assertThat(rowOf(lead, common, "new").event()).isEqualTo("AddToCart");
        Delivery unmapped = rowOf(lead, own, "won");
        assertThat(unmapped.status()).isEqualTo(DeliveryStatus.SKIPPED);
        assertThat(reason(unmapped)).isEqualTo("no_mapping");
        assertThat(unmapped.event()).isNull();
        assertThat(rowOf(lead, common, "won").event()).isEqualTo("Purchase");
    }

    @Test
    void aStatusNobodyMappedIsSkippedOnceHoweverOftenItIsSaid() {
        settings(new HashMap<>(), initialSettings().values(), WhenUnknown.ALLOW);
        hub().pixel("803");
        String lead = hub().submit(LeadForm.clicked("Kiki")).lead().id();
        hub().reach(lead, "new");
        hub().reach(lead, "hot");
        assertThat(hub().rows(lead)).extracting(IntakeFixture::reason).containsExactly("no_mapping", "no_mapping");
    }

    @Test
    void theValueOfAStatusFollowsItsRule() {
        hub().pixel("901");
        hub().valueRule("hot", new ValueRule(ValueKind.ESTIMATED, null, null));
        hub().valueRule("proposal", new ValueRule(ValueKind.FIXED, new BigDecimal("12.50"), "USD"));
        hub().valueRule("invoice", new ValueRule(ValueKind.NONE, null, null));
        hub().valueRule("contacted", new ValueRule(ValueKind.ACTUAL, new BigDecimal("7"), null));
        String lead = hub().submit(LeadForm.clicked("Lina").estimated("400").currency("SGD"))
                .lead()
                .id();
        assertThat(value(hub().reach(lead, "contacted")))
                .as("no actual value: the estimate")
                .isEqualTo("400 SGD");
        assertThat(value(hub().reach(lead, "hot"))).isEqualTo("400 SGD");
        assertThat(value(hub().reach(lead, "proposal"))).isEqualTo("12.50 USD");
        assertThat(value(hub().reach(lead, "invoice"))).isEqualTo("null null");
        String other = hub().submit(LeadForm.clicked("Mira")).lead().id();
        assertThat(value(hub().reach(other, "contacted"))).as("the last resort").isEqualTo("7 IDR");
        assertThat(value(hub().reach(other, "hot"))).isEqualTo("null null");
    }

    @Test
    void theStrategyIsThePixelsOwnOrTheWorkspaces() {
        Pixel inherits = hub().pixel("1001");
        Pixel sendsAll = hub().pixel("1002", doc("1002", "send_all", Map.of()), TestHub.TOKEN);
        Pixel strict = hub().pixel("1003", doc("1003", "strict", Map.of()), TestHub.TOKEN);
        String lead = hub().submit(LeadForm.blank().email("nana@example.co.id"))
                .lead()
                .id();
        assertThat(reason(rowOf(lead, inherits, "new"))).isEqualTo("missing_click_id");
        assertThat(reason(rowOf(lead, strict, "new"))).isEqualTo("missing_click_id");
        assertThat(rowOf(lead, sendsAll, "new").status()).isEqualTo(DeliveryStatus.PENDING);
    }

    @Test
    void whoWasNeverAskedIsLeftAloneWhereTheWorkspaceWantsIt() {
        settings(initialSettings().mapping(), initialSettings().values(), WhenUnknown.DENY);
        hub().pixel("1101");
        String asked = hub().submit(LeadForm.clicked("Oki").consent(Consent.Choice.GRANTED))
                .lead()
                .id();
        String unasked = hub().submit(LeadForm.clicked("Putri")).lead().id();
        assertThat(hub().row(asked, "new").status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(reason(hub().row(unasked, "new"))).isEqualTo("consent_unknown");
    }

    @Test
    void aDenialStopsWhatWaitsAndWhatComes() {
        hub().pixel("1201");
        String lead = hub().submit(LeadForm.clicked("Qori").actual("5")).lead().id();
        hub().apply(LeadForm.blank().consent(Consent.Choice.DENIED).learned(lead));
        assertThat(hub().row(lead, "new").status()).isEqualTo(DeliveryStatus.SKIPPED);
        assertThat(reason(hub().row(lead, "new"))).isEqualTo("consent_denied");
        assertThat(reason(hub().reach(lead, "won").deliveries().getFirst())).isEqualTo("consent_denied");
        hub().apply(LeadForm.blank().consent(Consent.Choice.GRANTED).learned(lead));
        assertThat(hub().reach(lead, "won").deliveries().getFirst().status()).isEqualTo(DeliveryStatus.PENDING);
    }

    @Test
    void aPausedPixelKeepsItsQueueAndADisabledOneHasNone() {
        Pixel paused = hub().hub.pixels().pause(hub().pixel("1301"), true);
        Pixel disabled = hub().pixel("1302");
        hub().save(disabled, false, disabled.credentials());
        Pixel incomplete = hub().pixel("1303", doc("1303", "inherit", Map.of()), "");
        String lead = hub().submit(LeadForm.clicked("Rudi")).lead().id();
        assertThat(rowOf(lead, paused, "new").status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(reason(rowOf(lead, disabled, "new"))).isEqualTo("missing_configuration");
        assertThat(reason(rowOf(lead, incomplete, "new"))).isEqualTo("missing_configuration");
    }

    @Test
    void aReferenceOrAVisitorIsOneLeadOnly() {
        LeadResult lead = hub().submit(LeadForm.clicked("Sari").externalRef("crm-77"));
        assertThatThrownBy(() -> hub().submit(LeadForm.clicked("Sari2").externalRef("crm-77")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(lead.lead().id());
        assertThatThrownBy(() ->
                        hub().submit(LeadForm.blank().visitor(lead.visitor().no())))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(lead.lead().id());
        assertThatThrownBy(() -> hub().submit(LeadForm.blank().visitor(90_000_000)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("visitor");
        LeadResult other = hub().submit(LeadForm.clicked("Sari3"));
        assertThatThrownBy(() -> hub().apply(LeadForm.blank()
                        .externalRef("crm-77")
                        .patched(other.lead().id())))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(lead.lead().id());
        assertThatThrownBy(() -> hub().reach("ld_nobody", "won")).isInstanceOf(Refusal.class);
    }

    @Test
    void anUpsertFindsTheLeadByVisitorReferencePhoneOrEmail() {
        LeadResult lead =
                hub().submit(LeadForm.clicked("Tono").phone("+6281230000001").externalRef("crm-tono"));
        String id = lead.lead().id();
        assertThat(upserted(LeadForm.blank().visitor(lead.visitor().no()).externalRef("crm-tono")))
                .isEqualTo(id);
        assertThat(upserted(LeadForm.blank().externalRef("crm-tono").phone("+6281230000001")))
                .isEqualTo(id);
        assertThat(upserted(LeadForm.blank().phone("+6281230000001").email("Tono@Example.co.id")))
                .isEqualTo(id);
        assertThat(upserted(LeadForm.blank().email("tono@example.CO.ID"))).isEqualTo(id);
        LeadResult stranger =
                hub().apply(LeadForm.blank().email("tono2@example.co.id").upserted());
        assertThat(stranger.created()).isTrue();
    }

    @Test
    void upsertsOfOnePersonAtTheSameMomentMakeOneLead() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<CompletableFuture<String>>();
            for (int i = 0; i < 32; i++) {
                answers.add(CompletableFuture.supplyAsync(
                        () -> upserted(
                                LeadForm.blank().email("umar@example.co.id").externalRef("crm-umar")),
                        threads));
            }
            assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        }
    }

    @Test
    void aPatchChangesDetailsAndReachesAStatusOnlyWhenItIsNew() {
        hub().pixel("1401");
        String lead = hub().submit(LeadForm.clicked("Vera")).lead().id();
        LeadResult patched =
                hub().apply(LeadForm.blank().name("Vera Wang").status("hot").patched(lead));
        assertThat(patched.deliveries())
                .singleElement()
                .extracting(Delivery::event)
                .isEqualTo("SubmitApplication");
        assertThat(hub().lead(lead).person().name()).isEqualTo("Vera Wang");
        assertThat(hub().apply(LeadForm.blank().status("hot").learned(lead)).deliveries())
                .isEmpty();
        assertThat(timeline(hub().lead(lead))).containsExactly("status new", "status hot");
    }

    @Test
    void anErasedPersonLeavesNothingButCounts() {
        hub().pixel("1501");
        LeadResult result =
                hub().submit(LeadForm.clicked("Wati").name("Wati Unik").externalRef("crm-wati"));
        String lead = result.lead().id();
        hub().apply(won(lead, "100", "INV-W", false));
        List<Delivery> rows = hub().rows(lead);
        hub().apply(new LeadErased(WS, lead));
        assertThat(hub().store().<@Nullable Lead>read(sql -> hub().hub.leads().find(sql, WS, lead)))
                .isNull();
        assertThat(hub().store()
                        .<List<Lead>>read(sql -> hub().hub
                                .leads()
                                .list(sql, WS, hub().hub.leads().matches(WS, "unik"), 10)))
                .isEmpty();
        assertThat(hub().store().<List<LeadEvent>>read(sql -> hub().hub.leads().timeline(sql, WS, lead)))
                .isEmpty();
        assertThat(rows).hasSize(2).allSatisfy(before -> {
            Delivery after = hub().row(before);
            assertThat(after.status()).isEqualTo(DeliveryStatus.SKIPPED);
            assertThat(reason(after)).isEqualTo("lead_erased");
            assertThat(after.leadId()).isNull();
            assertThat(after.visitorNo()).isNull();
            assertThat(after.prepared()).isNull();
            assertThat(after.orderId()).isNull();
        });
        assertThatThrownBy(() ->
                        hub().apply(new DeliveryRetried(WS, rows.getFirst().id())))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> hub().apply(new LeadErased(WS, lead))).isInstanceOf(Refusal.class);
        LeadResult again = hub().submit(LeadForm.clicked("Wati").externalRef("crm-wati"));
        assertThat(again.visitor().profile().clicks().value("fbclid"))
                .as("the erased visitor holds no click any more")
                .isEqualTo("IwARWati");
    }

    @Test
    void aRetryOfASkippedRowUsesWhatIsKnownToday() {
        hub().pixel("1601");
        String lead = hub().submit(LeadForm.clicked("Yuli")).lead().id();
        Delivery skipped = hub().reach(lead, "won").deliveries().getFirst();
        hub().apply(LeadForm.clicked("Yuli").actual("700").currency("IDR").patched(lead));
        Delivery retried = hub().apply(new DeliveryRetried(WS, skipped.id()));
        assertThat(retried.id()).isEqualTo(skipped.id());
        assertThat(hub().row(skipped).status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(hub().row(skipped).eventId()).isEqualTo(skipped.eventId());
        assertThat(hub().row(skipped).valueAmount()).isEqualTo("700");
        assertThat(hub().row(skipped).prepared())
                .satisfies(p -> assertThat(p.json()).contains("700"));
    }

    @Test
    void commandsOfOneGroupSeeEachOther() {
        hub().pixel("1701");
        var answers = new ArrayList<CompletableFuture<LeadResult>>();
        for (int i = 0; i < 200; i++) {
            answers.add(hub().intake()
                    .append(LeadForm.clicked("Zul")
                            .externalRef("crm-zul")
                            .status(i == 0 ? "new" : "hot")
                            .upserted()));
        }
        assertThat(answers.stream().map(a -> a.join().lead().id()).distinct()).hasSize(1);
        String lead = answers.getFirst().join().lead().id();
        assertThat(hub().rows(lead)).extracting(Delivery::trigger).containsExactly("new", "hot");
        assertThat(hub().apply(reached(lead, "hot")).deliveries()).hasSize(1);
    }

    @Test
    void whatACommandOfTheGroupChangedIsFoundByTheNextOne() {
        Intake.Domain domain = hub().intake().domain();
        hub().store().write(tx -> {
            var leads = domain.leads().in(tx);
            var form = LeadForm.blank().email("gita.sekar@example.co.id").phone("+6281234567001");
            Lead lead =
                    form.externalRef("crm-gita").submitted().apply(domain, tx).lead();
            assertThat(leads.idByVisitor(WS, lead.visitorNo())).isEqualTo(lead.id());
            assertThat(leads.idByExternalRef(WS, "crm-gita")).isEqualTo(lead.id());
            assertThat(leads.idByPhone(WS, "+6281234567001")).isEqualTo(lead.id());
            assertThat(leads.idByEmail(WS, "Gita.Sekar@Example.co.id")).isEqualTo(lead.id());
            LeadForm.blank().externalRef("crm-gita-2").patched(lead.id()).apply(domain, tx);
            assertThat(leads.idByExternalRef(WS, "crm-gita-2")).isEqualTo(lead.id());
            assertThat(leads.idByExternalRef(WS, "crm-gita")).isNull();
            assertThat(leads.idByPhone(WS, "+6281234567001")).isNull();
            assertThat(leads.idByEmail(WS, "gita.sekar@example.co.id")).isNull();
            return true;
        });
    }

    @Test
    void aStatusReachedTwiceWithinAGroupIsNotedOnce() {
        String lead = hub().submit(LeadForm.clicked("Hana")).lead().id();
        Intake.Domain domain = hub().intake().domain();
        hub().store().write(tx -> {
            reached(lead, "hot").apply(domain, tx);
            reached(lead, "hot").apply(domain, tx);
            won(lead, "100", "INV-1", true).apply(domain, tx);
            won(lead, "200", "INV-2", true).apply(domain, tx);
            won(lead, "200", "INV-2", true).apply(domain, tx);
            return true;
        });
        assertThat(timeline(hub().lead(lead)))
                .containsExactly("status new", "status hot", "status won INV-1", "status won INV-2");
    }

    @Test
    void theAnswerKnowsAllThatStandsInTheSyncLog() {
        hub().pixel("1801");
        LeadResult created = hub().submit(LeadForm.clicked("Indah"));
        assertThat(created.standing()).containsExactly(DeliveryStatus.PENDING);
        LeadResult won = hub().reach(created.lead().id(), "won");
        assertThat(won.deliveries()).extracting(Delivery::status).containsExactly(DeliveryStatus.SKIPPED);
        assertThat(won.standing()).containsExactlyInAnyOrder(DeliveryStatus.PENDING, DeliveryStatus.SKIPPED);
    }

    private String upserted(LeadForm form) {
        return hub().apply(form.upserted()).lead().id();
    }

    private Delivery rowOf(String lead, Pixel pixel, String status) {
        return hub().rows(lead).stream()
                .filter(d -> d.pixelId().equals(pixel.id()) && d.trigger().equals(status))
                .findFirst()
                .orElseThrow();
    }

    private static String value(LeadResult result) {
        Delivery d = result.deliveries().getFirst();
        return d.valueAmount() + " " + d.currency();
    }

    private static String sent(Delivery d) {
        return d.prepared() == null ? "" : d.prepared().json();
    }
}
