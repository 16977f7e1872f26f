package kembali.intake;

import static kembali.testing.TestHub.WS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import kembali.delivery.Delivery;
import kembali.delivery.DeliveryStatus;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.Sha256;
import kembali.identity.WebContext;
import kembali.lead.Lead;
import kembali.lead.LeadStatus;
import kembali.ledger.Conversion;
import kembali.ledger.ConversionRows;
import kembali.ledger.ConversionState;
import kembali.ledger.ReceivedPostback;
import kembali.ledger.ReceivedPostback.Arrival;
import kembali.ledger.ReceivedPostback.Content;
import kembali.ledger.ReceivedPostbacks;
import kembali.pixel.Pixel;
import kembali.pixel.PixelDoc;
import kembali.platform.ConversionEvent.Origin;
import kembali.postback.LoggedQuery;
import kembali.postback.Postback;
import kembali.postback.PostbackReader;
import kembali.postback.Reading;
import kembali.postback.Result;
import kembali.postback.SourceRules;
import kembali.store.schema.Tables;
import kembali.support.Json;
import kembali.testing.LeadForm;
import kembali.testing.TestHub;
import kembali.visitor.AdFields;
import kembali.visitor.Click;
import kembali.visitor.Utm;
import kembali.visitor.Visitor;
import kembali.visitor.VisitorProfile;
import org.junit.jupiter.api.Test;

/** What a postback does to click, conversion, lead and sync log, whatever the database. */
abstract class PostbackContract extends IntakeFixture {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String PAGE = "https://go.brand.example/promo?ad_id=77";
    private static final String BROWSER = "Mozilla/5.0 (Linux; Android 14) Chrome/126.0";

    final SourceRules rules = SourceRules.of("src_contract");

    PostbackSource source(SourceRules r) {
        return new PostbackSource(WS, r, Map.of(), LeadStatus.SALES, "ID", false);
    }

    Result receive(String query) {
        return hub().apply(command(hub(), query, source(rules)));
    }

    Result receive(String query, SourceRules.Handling handling) {
        return hub().apply(command(hub(), query, source(rules.withHandling(handling))));
    }

    Result.Booked booked(String query) {
        return (Result.Booked) receive(query);
    }

    PostbackReceived command(TestHub hub, String query, PostbackSource source) {
        Instant now = clock.instant();
        var reading = new PostbackReader(source.rules()).read("GET", query, new byte[0], null, now);
        Postback p = ((Reading.Read) reading).postback();
        var arrival = new Arrival(
                WS,
                hub.hub.intake().domain().ledger().received().newId(),
                source.id(),
                now,
                "203.0.113.9",
                "GET",
                new LoggedQuery(source.rules().fields()).mask(query),
                null);
        return PostbackReceived.now(arrival, new Content("GET", query, new byte[0], null), p, source);
    }

    /** A click on a campaign link by somebody new. */
    Click click() {
        return click(visitor(), Map.of(ClickIds.FBCLID, "IwAR-post-" + NUMBER.incrementAndGet()), "cp_1");
    }

    Visitor visitor() {
        return hub().store().write(tx -> hub().hub.visitors().in(tx).create(WS, VisitorProfile.EMPTY));
    }

    Click click(Visitor visitor, Map<String, String> ids, String campaignId) {
        Instant at = clock.instant().minusSeconds(3_600);
        return hub().store().write(tx -> {
            ClickIds clicks = ClickIds.NONE;
            for (var e : ids.entrySet()) {
                clicks = clicks.with(e.getKey(), ClickId.of(e.getValue(), at.toEpochMilli()));
            }
            var content = new Click.Content(
                    clicks,
                    new BrowserIds(null, "fb.1.1712345678901.777", null, null, null),
                    new WebContext(PAGE, "https://www.facebook.com/", "203.0.113.77", BROWSER),
                    Utm.NONE,
                    AdFields.NONE,
                    Map.of("external_id", "src-click-1", "sub_id_1", "of-the-click"),
                    Map.of("zone", "7"),
                    Map.of(),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    false);
            var click =
                    new Click(WS, "k%019d".formatted(NUMBER.incrementAndGet()), campaignId, visitor.no(), at, content);
            hub().hub.clicks().in(tx).add(click);
            return click;
        });
    }

    Click stored(Click c) {
        Click found = hub().store().read(sql -> hub().hub.clicks().find(sql, WS, c.subid()));
        return Objects.requireNonNull(found);
    }

    Lead leadOf(Result.Booked b) {
        return hub().lead(Objects.requireNonNull(b.leadId()));
    }

    Conversion conversion(Result.Booked b) {
        String id = Objects.requireNonNull(b.conversionId());
        Conversion found = hub().store().read(sql -> ConversionRows.find(sql, WS, id));
        return Objects.requireNonNull(found);
    }

    List<String> history(Conversion c) {
        return hub().store().read(sql -> ConversionRows.history(sql, WS, c.id())).stream()
                .map(ConversionState::status)
                .toList();
    }

    List<Conversion> conversionsOf(Lead lead) {
        return hub().store().read(sql -> ConversionRows.list(sql, WS, Tables.CONVERSION.LEAD_ID.eq(lead.id()), 100));
    }

    ReceivedPostback newest() {
        return hub().store()
                .read(sql -> ReceivedPostbacks.list(sql, WS, rules.sourceId(), null, null, null, 1))
                .getFirst();
    }

    static JsonNode sent(Delivery d) throws Exception {
        return Json.STORED.readTree(Objects.requireNonNull(d.prepared()).json());
    }

    @Test
    void aSaleAfterALeadChangesTheSameRowAndReportsOnePurchase() {
        hub().pixel("9001");
        Click c = click();
        Result.Booked lead = booked("subid=" + c.subid() + "&status=lead");
        assertThat(leadOf(lead).status()).isEqualTo("new");
        assertThat(leadOf(lead).details().source()).isEqualTo("affiliate");

        Result.Booked sale = booked("subid=" + c.subid() + "&status=sale&payout=2.61&currency=usd");
        assertThat(sale.conversionId()).isEqualTo(lead.conversionId());
        assertThat(sale.word()).isEqualTo("updated");
        Conversion row = conversion(sale);
        assertThat(row.status().word()).isEqualTo("sale");
        assertThat(Objects.requireNonNull(row.payout()).amount()).isEqualByComparingTo("2.61");
        assertThat(row.payout().currency()).isEqualTo("USD");
        assertThat(row.reported()).isTrue();
        assertThat(history(row)).containsExactly("lead", "sale");
        assertThat(leadOf(sale).status()).isEqualTo("won");
        assertThat(leadOf(sale).actualValue()).isEqualByComparingTo("2.61");
        assertThat(leadOf(sale).currency()).isEqualTo("USD");

        assertThat(receive("subid=" + c.subid() + "&status=sale&payout=2.61&currency=usd"))
                .isEqualTo(new Result.Duplicate(row.id(), row.leadId(), "same_request"));
        assertThat(receive("subid=" + c.subid() + "&status=lead&payout=1"))
                .isEqualTo(new Result.Kept(Result.Because.OUT_OF_ORDER, "out_of_order:sale>lead"));
        assertThat(hub().rows(Objects.requireNonNull(row.leadId())))
                .filteredOn(d -> d.trigger().equals("won"))
                .hasSize(1);
        assertThat(timeline(leadOf(sale)))
                .contains("status new", "status won")
                .anyMatch(t -> t.startsWith("conversion sale " + row.id() + ": 2.61 USD"));
    }

    @Test
    void theEventIsTheClicksAndNoLaterVisits() throws Exception {
        hub().pixel("9002");
        Visitor visitor = visitor();
        Click c = click(visitor, Map.of(ClickIds.FBCLID, "IwAR-the-click"), "cp_1");
        hub().submit(LeadForm.blank().visitor(visitor.no()).fbclid("IwAR-a-later-visit"));
        Result.Booked sale = booked("subid=" + c.subid().toUpperCase(java.util.Locale.ROOT)
                + "&status=sale&payout=10&currency=EUR&tid=T-1&sub_id_1=of-the-postback&time="
                + clock.instant().minusSeconds(60).getEpochSecond());

        Delivery d = hub().row(Objects.requireNonNull(sale.leadId()), "won");
        assertThat(d.origin()).isEqualTo(Origin.POSTBACK);
        assertThat(d.subid()).isEqualTo(c.subid());
        assertThat(d.orderId()).isEqualTo("T-1");
        assertThat(d.valueAmount()).isEqualTo("10");
        assertThat(d.currency()).isEqualTo("EUR");
        JsonNode event = sent(d);
        assertThat(event.path("action_source").asText()).isEqualTo("website");
        assertThat(event.path("event_source_url").asText()).isEqualTo(PAGE);
        assertThat(event.at("/user_data/fbc").asText()).isEqualTo("fb.1." + c.at().toEpochMilli() + ".IwAR-the-click");
        assertThat(event.at("/user_data/client_user_agent").asText()).isEqualTo(BROWSER);
        assertThat(event.at("/user_data/client_ip_address").asText()).isEqualTo("203.0.113.77");
        assertThat(event.path("event_time").asLong())
                .isLessThanOrEqualTo(clock.instant().minusSeconds(59).getEpochSecond());
        assertThat(conversion(sale).slots()).containsEntry(1, "of-the-postback");
        assertThat(stored(c).content().slots()).as("the click keeps its own").containsEntry("sub_id_1", "of-the-click");
    }

    @Test
    void aPixelTiedToAnotherCampaignIsToldNothing() {
        var doc = new PixelDoc(Map.of("pixelId", "9003"), List.of("cp_other"), false, Map.of(), "inherit");
        hub().pixel("9003", doc, TestHub.TOKEN);
        var bound = new PixelDoc(Map.of("pixelId", "9004"), List.of("cp_1"), false, Map.of(), "inherit");
        hub().pixel("9004", bound, TestHub.TOKEN);
        Result.Booked sale = booked("subid=" + click().subid() + "&status=sale&payout=1&currency=USD");
        assertThat(hub().rows(Objects.requireNonNull(sale.leadId())))
                .extracting(d -> d.status() + " " + reason(d))
                .containsExactlyInAnyOrder("skipped campaign_not_bound", "pending null");
    }

    @Test
    void furtherTransactionsHaveEventsOfTheirOwnAlsoOfAnotherClick() {
        hub().pixel("9005");
        Visitor visitor = visitor();
        Click first = click(visitor, Map.of(ClickIds.FBCLID, "IwAR-first"), "cp_1");
        Click second = click(visitor, Map.of(ClickIds.FBCLID, "IwAR-second"), "cp_1");
        String one = "subid=" + first.subid();
        Result.Booked sale = booked(one + "&status=sale&payout=5&currency=USD");
        booked(one + "&status=sale&payout=6&currency=USD&tid=2");
        booked(one + "&status=rebill&payout=7&currency=USD&tid=3");
        Result.Booked without = booked(one + "&status=rebill&currency=USD&tid=4");
        booked("subid=" + second.subid() + "&status=sale&payout=8&currency=USD&tid=5");
        booked("subid=" + second.subid() + "&status=rejected&tid=5");
        String lead = Objects.requireNonNull(sale.leadId());
        assertThat(without.leadId()).isEqualTo(lead);
        List<Delivery> won =
                hub().rows(lead).stream().filter(d -> d.trigger().equals("won")).toList();
        assertThat(won)
                .extracting(d -> d.orderId() + " " + d.valueAmount())
                .as("a further one that says no value is not worth what the first was")
                .containsExactly("null 5", "2 6", "3 7", "4 null", "5 8");
        assertThat(won.stream().map(Delivery::eventId).distinct()).hasSize(5);
        assertThat(hub().lead(lead).status()).isEqualTo("lost");
        assertThat(hub().rows(lead)).as("a rejection reports nothing").hasSize(5);
        assertThat(conversionsOf(hub().lead(lead))).hasSize(5);
    }

    @Test
    void aRejectionIsReportedOnlyOnRequestAndTrashNever() {
        hub().pixel("9006");
        hub().hub.settingsBook().save(WS, withMapping("lost", Map.of("meta", "Lost")));
        var reporting = new SourceRules.Handling(kembali.postback.DuplicatePolicy.UPDATE, false, false, true, false);
        Result quiet = receive("subid=" + click().subid() + "&status=rejected&reason=no+funds");
        Result told = receive("subid=" + click().subid() + "&status=rejected", reporting);
        Result trash = receive("subid=" + click().subid() + "&status=trash", reporting);
        assertThat(hub().rows(lead(quiet))).isEmpty();
        assertThat(hub().rows(lead(told))).extracting(Delivery::event).containsExactly("Lost");
        assertThat(hub().rows(lead(trash))).isEmpty();
        assertThat(hub().lead(lead(trash)).status()).isEqualTo("lost");
        assertThat(timeline(hub().lead(lead(quiet)))).anyMatch(t -> t.endsWith("no funds"));
    }

    private static String lead(Result r) {
        return Objects.requireNonNull(((Result.Booked) r).leadId());
    }

    @SuppressWarnings("NullAway") // of a compiled record's constructor it does not see the inner @Nullable
    private kembali.conversion.ConversionSettings withMapping(String status, Map<String, String> events) {
        var s = initialSettings();
        var mapping = new java.util.LinkedHashMap<String, Map<String, String>>();
        s.mapping().forEach((k, v) -> mapping.put(k, v));
        mapping.put(status, events);
        return new kembali.conversion.ConversionSettings(
                s.strategy(), mapping, s.values(), s.modalTriggerStatuses(), s.customEvents(), s.consentWhenUnknown());
    }

    @Test
    void thePersonIsLearnedWithoutOverwritingAndAHashStaysOne() throws Exception {
        hub().pixel("9007");
        String hash = Sha256.hex("known@example.com");
        Click c = click();
        Result.Booked sale = booked("subid=" + c.subid() + "&status=sale&payout=1&currency=USD&em=" + hash
                + "&ph=+71234567890&fn=John&ln=Snow&ct=" + Sha256.hex("winterfell") + "&country=ru&external_id=crm-7");
        Lead lead = leadOf(sale);
        assertThat(lead.person().email()).isEqualTo(hash);
        assertThat(lead.person().phone()).isEqualTo("+71234567890");
        assertThat(lead.person().name()).isEqualTo("John Snow");
        assertThat(lead.person().country()).isEqualTo("RU");
        assertThat(lead.person().city()).as("a hashed city is none").isNull();
        assertThat(lead.externalRef()).isEqualTo("crm-7");
        JsonNode event = sent(hub().row(lead.id(), "won"));
        assertThat(event.at("/user_data/em/0").asText()).isEqualTo(hash);
        assertThat(event.at("/user_data/fn/0").asText()).isEqualTo(Sha256.hex("john"));

        booked("subid=" + c.subid() + "&status=rejected&em=other@example.com&fn=Arya");
        assertThat(hub().lead(lead.id()).person().email()).isEqualTo(hash);
        assertThat(hub().lead(lead.id()).person().name()).isEqualTo("John Snow");
        assertThat(newest().arrival().query()).contains("em=***", "fn=***").doesNotContain("Arya");
        assertThat(receive("subid=crm-7&status=hold&tid=9"))
                .as("the reference leads to the lead")
                .isInstanceOf(Result.Booked.class);
    }

    @Test
    void clickIdsOfAPostbackFillOnlyWhatTheClickLacks() {
        Click with = click();
        Click without = click(visitor(), Map.of(), "cp_1");
        booked("subid=" + with.subid() + "&status=lead&fbclid=IwAR-of-the-network&gclid=Cj0-of-the-network");
        booked("subid=" + without.subid() + "&status=lead&fbclid=IwAR-late&fbp=fb.1.1712345678901.1");
        ClickIds kept = stored(with).content().clickIds();
        assertThat(kept.value(ClickIds.FBCLID))
                .isEqualTo(with.content().clickIds().value(ClickIds.FBCLID));
        assertThat(kept.value(ClickIds.GCLID)).isEqualTo("Cj0-of-the-network");
        ClickId late =
                Objects.requireNonNull(stored(without).content().clickIds().get(ClickIds.FBCLID));
        assertThat(late.value()).isEqualTo("IwAR-late");
        assertThat(late.firstSeenMs())
                .as("its own time")
                .isGreaterThan(without.at().toEpochMilli());
        assertThat(stored(without).content().browser().fbp()).isEqualTo("fb.1.1712345678901.777");
    }

    @Test
    void whatIsBuiltAnewIsBuiltOfTheSameClick() throws Exception {
        Pixel p = hub().pixel("9008", TestHub.doc("9008", "inherit", Map.of()), "");
        Click c = click();
        Result.Booked sale = booked("subid=" + c.subid() + "&status=sale&payout=3.5&currency=USD&tid=T");
        Delivery skipped = hub().row(lead(sale), "won");
        assertThat(skipped.status()).isEqualTo(DeliveryStatus.SKIPPED);
        hub().save(hub().now(p), true, Map.of("accessToken", TestHub.TOKEN));
        hub().submit(LeadForm.blank().fbclid("IwAR-of-somebody-else"));
        Delivery again = hub().apply(new DeliveryRetried(WS, skipped.id()));
        assertThat(again.status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(again.subid()).isEqualTo(c.subid());
        assertThat(sent(again).path("event_source_url").asText()).isEqualTo(PAGE);
        assertThat(sent(again).at("/custom_data/value").asText()).isEqualTo("3.5");
    }

    @Test
    void aVisitorCodeStandsForAClickAndALeadForItsVisitor() {
        Visitor visitor = visitor();
        Result.Booked sale = booked("subid=" + visitor.code() + "&status=sale&payout=1&currency=USD");
        assertThat(leadOf(sale).code()).isEqualTo(visitor.code());
        assertThat(conversion(sale).subject()).isEqualTo(sale.leadId());
        Result.Booked byId = booked("lead_id=" + sale.leadId() + "&status=rejected");
        assertThat(byId.conversionId()).isEqualTo(sale.conversionId());
        booked("lead_id=" + sale.leadId() + "&status=sale&tid=known-tid&payout=4");
        assertThat(((Result.Booked) receive("tid=known-tid&status=rejected")).leadId())
                .isEqualTo(sale.leadId());
        var matching = new SourceRules.Handling(kembali.postback.DuplicatePolicy.UPDATE, false, false, false, true);
        Lead one = hub().submit(LeadForm.blank().email("only@example.com")).lead();
        hub().submit(LeadForm.blank().email("two@example.com"));
        hub().submit(LeadForm.blank().email("two@example.com"));
        assertThat(lead(receive("em=ONLY@example.com&status=lead", matching))).isEqualTo(one.id());
        assertThat(receive("em=two@example.com&status=lead", matching))
                .as("nobody can tell which")
                .isInstanceOf(Result.Kept.class);
        assertThat(receive("em=only@example.com&status=sale"))
                .as("only who opts in")
                .isInstanceOf(Result.Kept.class);
    }

    @Test
    void quarantineDrillsAndTestsTellNobody() {
        hub().pixel("9009");
        var doubted = new PostbackSource(WS, rules, Map.of(), LeadStatus.SALES, "ID", true);
        var drill = new SourceRules.Handling(kembali.postback.DuplicatePolicy.UPDATE, true, false, false, false);
        Click c = click();
        String q = "subid=" + c.subid() + "&status=sale&payout=1&currency=USD";

        var test = booked(q + "&test=1");
        assertThat(test.leadId()).as("a test makes nobody a lead").isNull();
        assertThat(conversion(test).isTest()).isTrue();
        for (Result r : List.of(
                hub().apply(command(hub(), q, doubted)),
                receive("subid=" + click().subid() + "&status=sale", drill),
                receive("subid=" + click().subid() + "&status=sale&disable_postback=1"))) {
            assertThat(hub().rows(lead(r))).isEmpty();
            assertThat(hub().lead(lead(r)).status()).isEqualTo("won");
            assertThat(conversion((Result.Booked) r).silence()).isNotNull();
        }
        assertThat(newest().outcome().notes()).contains("not_sent_on:disable_postback");
        assertThat(receive(q))
                .as("the real one after its test and its quarantine")
                .isInstanceOf(Result.Duplicate.class);
    }

    @Test
    void whatCouldNotBeUsedIsKeptWithItsContents() {
        assertThat(receive("subid=nobody-" + NUMBER.incrementAndGet() + "&status=sale&em=a@example.com"))
                .isEqualTo(new Result.Kept(Result.Because.ORPHAN, "click_not_found"));
        ReceivedPostback orphan = newest();
        Content kept = hub().store()
                .read(sql -> hub().hub
                        .intake()
                        .domain()
                        .ledger()
                        .received()
                        .content(sql, WS, orphan.arrival().id()));
        assertThat(Objects.requireNonNull(kept).query()).contains("em=a@example.com");
        assertThat(receive("status=%7Bstatus%7D&subid=%7Bsubacc4%7D"))
                .isEqualTo(new Result.Kept(Result.Because.UNMATCHED, "unfilled_macro:subid"));
        assertThat(receive("subid=" + click().subid() + "&status=frobnicate"))
                .isEqualTo(new Result.Kept(Result.Because.UNMAPPED, "unknown_status"));
        assertThat(receive("subid=" + click().subid() + "&status=ping&ignore_status=ping"))
                .isEqualTo(new Result.Kept(Result.Because.IGNORED, "ignored:ping"));
        String strict = "subid=nobody-strict&status=sale&strict=1";
        assertThat(receive(strict)).isEqualTo(receive(strict));
    }

    @Test
    void anErasedPersonLeavesCountsAndNothingElse() {
        hub().pixel("9010");
        Click c = click();
        Result.Booked sale =
                booked("subid=" + c.subid() + "&status=sale&payout=1&currency=USD&em=x@example.com&sub_id_2=Budi");
        receive("subid=" + c.subid() + "&status=unheard_of&em=x@example.com");
        ReceivedPostback unmapped = newest();
        assertThat(unmapped.outcome().leadId()).isEqualTo(sale.leadId());
        hub().apply(new LeadErased(WS, lead(sale)));
        Conversion row = conversion(sale);
        assertThat(row.leadId()).isNull();
        assertThat(row.slots()).isEmpty();
        assertThat(Objects.requireNonNull(row.payout()).amount()).isEqualByComparingTo("1");
        int contents = hub().store()
                .read(sql -> sql.fetchCount(
                        Tables.POSTBACK_CONTENT,
                        Tables.POSTBACK_CONTENT.POSTBACK_ID.eq(
                                unmapped.arrival().id())));
        assertThat(contents).isZero();
        assertThat(newest().arrival().query()).isNull();
        assertThat(receive("subid=" + c.subid() + "&status=rejected"))
                .as("nobody is made a lead again")
                .isInstanceOf(Result.Kept.class);
    }

    @Test
    void mergedLeadsHaveTheirConversionsTogether() {
        Visitor one = visitor();
        Visitor other = visitor();
        Result.Booked a = booked("subid=" + one.code() + "&status=sale&tid=a");
        Result.Booked b = booked("subid=" + other.code() + "&status=sale&tid=b");
        booked("subid=" + one.code() + "&status=lead&tid=same");
        booked("subid=" + other.code() + "&status=lead&tid=same");
        hub().apply(new LeadsMerged(WS, lead(b), lead(a)));
        assertThat(conversionsOf(hub().lead(lead(a)))).hasSize(4);
        assertThat(booked("subid=" + other.code() + "&status=rejected&tid=b").conversionId())
                .isEqualTo(b.conversionId());
    }

    @Test
    void sixtyFourEqualPostbacksAtOnceAreOneConversionAndOneEvent() throws Exception {
        hub().pixel("9011");
        race(List.of(hub()));
    }

    /** The same postback from every thread, spread over the nodes. */
    final void race(List<TestHub> nodes) throws Exception {
        Click c = click();
        String q = "subid=" + c.subid() + "&status=sale&payout=9&currency=USD";
        int threads = 64;
        var ready = new CountDownLatch(1);
        var running = new ArrayList<CompletableFuture<Result>>();
        for (int i = 0; i < threads; i++) {
            TestHub node = nodes.get(i % nodes.size());
            var answer = new CompletableFuture<Result>();
            Thread.ofVirtual().start(() -> {
                try {
                    ready.await();
                    answer.complete(node.apply(command(node, q, source(rules))));
                } catch (InterruptedException | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
            running.add(answer);
        }
        ready.countDown();
        List<Result> results = new ArrayList<>();
        for (CompletableFuture<Result> r : running) {
            results.add(r.get());
        }
        assertThat(results).filteredOn(r -> r instanceof Result.Booked).hasSize(1);
        assertThat(results).filteredOn(r -> r instanceof Result.Duplicate).hasSize(threads - 1);
        Result.Booked first = (Result.Booked) results.stream()
                .filter(r -> r instanceof Result.Booked)
                .findFirst()
                .orElseThrow();
        assertThat(results)
                .filteredOn(r -> r instanceof Result.Duplicate)
                .extracting(r -> ((Result.Duplicate) r).conversionId())
                .containsOnly(first.conversionId());
        assertThat(conversionsOf(leadOf(first))).hasSize(1);
        assertThat(hub().rows(lead(first))).hasSize(1);
        assertThat(history(conversion(first))).containsExactly("sale");
    }

    @Test
    void afterThreeDaysTheSameRequestIsAnotherOne() {
        Click c = click();
        String q = "subid=" + c.subid() + "&status=sale&payout=1";
        booked(q);
        assertThat(receive(q)).isInstanceOf(Result.Duplicate.class);
        clock.forward(Duration.ofDays(3).plusMinutes(1));
        assertThat(booked(q).word()).isEqualTo("updated");
        kembali.ledger.Fingerprints.prune(
                hub().store(), Set.of(WS), clock.instant().plus(Duration.ofDays(6)));
        int known = hub().store().read(sql -> sql.fetchCount(Tables.POSTBACK_FINGERPRINT));
        assertThat(known).isZero();
    }

    @Test
    void hostileTextIsStoredOrSetAsideAndNeverAFault() {
        for (String text : List.of(
                "%00",
                "a%00b",
                "%F0%28%8C%BC",
                "%ED%A0%80",
                "\uD800",
                "x".repeat(4_000),
                "';drop table lead;--",
                "{\"a\":1}",
                "%E2%80%AE",
                "😀".repeat(60))) {
            for (String key : List.of(
                    "subid",
                    "status",
                    "payout",
                    "currency",
                    "tid",
                    "time",
                    "sub_id_1",
                    "em",
                    "ph",
                    "fn",
                    "reason",
                    "fbclid",
                    "lead_id",
                    "external_id",
                    "cost")) {
                String rest = key.equals("subid") || key.equals("lead_id") ? "" : "&subid=" + click().subid();
                String status = key.equals("status") ? "" : "&status=lead";
                receive(key + "=" + text + rest + status);
            }
        }
        assertThat(new String(newest().arrival().id().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .startsWith("pb_");
    }
}
