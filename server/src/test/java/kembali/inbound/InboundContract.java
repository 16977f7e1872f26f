package kembali.inbound;

import static kembali.testing.Eventually.eventually;
import static kembali.testing.TestHub.WS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import kembali.capture.rotator.Agent;
import kembali.intake.LeadErased;
import kembali.lead.Lead;
import kembali.lead.Message;
import kembali.testing.LeadForm;
import org.junit.jupiter.api.Test;

/** What becomes of stored requests, whatever the database. */
abstract class InboundContract extends InboundFixture {
    @Test
    void aMessageBecomesALeadAndTheRequestSaysWhich() {
        Source s = source();
        String phone = phone();
        StoredRequest r = ended(s, take(s, message("a1", phone, "Halo")));
        assertThat(r.status()).isEqualTo(StoredRequest.DONE);
        assertThat(r.reasonCode()).isNull();
        assertThat(lead(r).person().phoneE164()).isEqualTo(phone);
        assertThat(messages(lead(r))).singleElement().satisfies(m -> {
            assertThat(m.content().text()).isEqualTo("Halo");
            assertThat(m.sourceId()).isEqualTo(s.id());
        });
    }

    @Test
    void sixtyFourOfOneSenderAtOnceMakeOneLeadAndOneMessageEach() {
        Source s = source();
        String phone = phone();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var taken = IntStream.range(0, 64)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> take(s, message("same-" + phone, phone, "Halo")), threads))
                    .toList();
            List<StoredRequest> ended =
                    taken.stream().map(t -> ended(s, t.join())).toList();
            assertThat(ended.stream().flatMap(r -> r.leadIds().stream()).distinct())
                    .hasSize(1);
            assertThat(ended).extracting(StoredRequest::status).containsOnly(StoredRequest.DONE, StoredRequest.IGNORED);
            assertThat(ended)
                    .filteredOn(r -> r.status().equals(StoredRequest.DONE))
                    .hasSize(1);
            assertThat(messages(lead(ended.getFirst()))).hasSize(1);
        }
    }

    @Test
    void whatIsNotUnderstoodStaysVisibleAndStopsNobody() {
        Source s = source();
        String unknown = take(s, "{\"hello\":1}");
        String text = take(s, "not json at all");
        String bug = take(s, "{\"bug\":true}");
        String deep = take(s, "{\"deepBug\":true}");
        String good = take(s, message("b1", phone(), "Halo"));
        assertThat(ended(s, good).status()).isEqualTo(StoredRequest.DONE);
        assertThat(ended(s, unknown).status()).isEqualTo(StoredRequest.FAILED);
        assertThat(ended(s, unknown).reasonCode()).isEqualTo("not_understood");
        assertThat(ended(s, text).reason()).isEqualTo("No JSON.");
        assertThat(ended(s, bug).reasonCode()).isEqualTo("kind_error");
        assertThat(ended(s, deep).reasonCode()).isEqualTo("kind_error");
        var failed =
                hub().store().read(sql -> hub().hub.inbound().requests().list(sql, s, StoredRequest.FAILED, null, 10));
        assertThat(failed).extracting(StoredRequest::id).containsExactly(deep, bug, text, unknown);
    }

    @Test
    void whatIsLeftAsideSaysWhy() {
        Source s = source();
        assertThat(ended(s, take(s, "{\"ignore\":\"A group.\"}")))
                .returns(StoredRequest.IGNORED, StoredRequest::status)
                .returns("A group.", StoredRequest::reason);
        assertThat(ended(s, take(s, "{\"forms\":[{\"test\":true,\"fields\":{\"name\":\"x\"}}]}"))
                        .reasonCode())
                .isEqualTo("test");
        assertThat(ended(
                                s,
                                take(
                                        s,
                                        "{\"forms\":[{\"fields\":{\"name\":\"x\"},\"others\":{\"KMB_trap\":\"http://spam\"}}]}"))
                        .reasonCode())
                .isEqualTo("machine");
        assertThat(ended(s, take(s, "{\"messages\":[{\"id\":\"x\",\"text\":\"who?\"}]}"))
                        .status())
                .isEqualTo(StoredRequest.IGNORED);
    }

    @Test
    void messagesOfOneSourceAreAppliedInTheOrderTheyCame() {
        Source s = source();
        String phone = phone();
        String last = "";
        for (int i = 0; i < 120; i++) {
            last = take(s, message("order-" + phone + i, phone, "pesan " + i));
        }
        Lead lead = lead(ended(s, last));
        assertThat(messages(lead).reversed().stream().map(m -> m.content().text()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 120).mapToObj(i -> "pesan " + i).toList());
    }

    @Test
    void anUnmappedWordWaitsForItsStatus() {
        Source s = source("test", doc(Map.of("deal", "won")), SourceKeys.NONE);
        Lead lead = hub().submit(LeadForm.blank().phone(phone())).lead();
        String phone = String.valueOf(lead.person().phoneE164());
        String id = take(s, "{\"statuses\":[{\"word\":\" Closing\",\"phone\":\"%s\"}]}".formatted(phone));
        StoredRequest r = ended(s, id);
        assertThat(r.status()).isEqualTo(StoredRequest.UNMATCHED);
        assertThat(r.reason()).contains("closing");
        hub().hub
                .inbound()
                .sources()
                .save(s.with(s.name(), doc(Map.of("deal", "won", "closing", "negotiation")), s.keys()));
        eventually(() -> assertThat(request(s, id).status()).isEqualTo(StoredRequest.DONE));
        assertThat(hub().lead(lead.id()).status()).isEqualTo("negotiation");
    }

    @Test
    void aStatusOfNobodyIsTriedUntilTheyAreALead() {
        Source s = source("test", doc(Map.of("142", "won")), SourceKeys.NONE);
        String phone = phone();
        String id = take(
                s,
                "{\"statuses\":[{\"word\":\"142\",\"phone\":\"%s\",\"value\":150000,\"currency\":\"idr\"}]}"
                        .formatted(phone));
        eventually(() -> assertThat(request(s, id))
                .returns(StoredRequest.PENDING, StoredRequest::status)
                .returns("lead_not_found", StoredRequest::reasonCode));
        Lead lead = hub().submit(LeadForm.blank().phone(phone)).lead();
        assertThat(ended(s, id).status()).isEqualTo(StoredRequest.DONE);
        assertThat(hub().lead(lead.id()).status()).isEqualTo("won");
        assertThat(hub().lead(lead.id()).actualValue()).isEqualByComparingTo("150000");
    }

    @Test
    void whatIsPointedAtIsFetchedWithTheToken() {
        Source s = source("test", doc(), new SourceKeys(null, null, "the-token"));
        String phone = phone();
        provider.put("/lead/1", "200 {\"forms\":[{\"id\":\"1\",\"fields\":{\"phone\":\"%s\"}}]}".formatted(phone));
        StoredRequest r = ended(s, take(s, fetch("f1", "/lead/1", true)));
        assertThat(r.status()).isEqualTo(StoredRequest.DONE);
        assertThat(lead(r).person().phoneE164()).isEqualTo(phone);
        assertThat(asked).contains("Bearer the-token");
        int before = asked.size();
        StoredRequest again = ended(s, take(s, fetch("f1", "/lead/1", true)));
        assertThat(again.status()).isEqualTo(StoredRequest.IGNORED);
        assertThat(again.reasonCode()).isEqualTo("repeated");
        assertThat(asked).as("not fetched again").hasSize(before);
    }

    @Test
    void aProviderInTroubleIsAskedAgain() {
        Source s = source();
        provider.put("/lead/2", "503 ");
        String id = take(s, fetch("f2", "/lead/2", false));
        eventually(() -> assertThat(request(s, id))
                .returns(StoredRequest.PENDING, StoredRequest::status)
                .returns("fetch_failed", StoredRequest::reasonCode));
        provider.put("/lead/2", "200 {\"forms\":[{\"fields\":{\"phone\":\"%s\"}}]}".formatted(phone()));
        assertThat(ended(s, id).status()).isEqualTo(StoredRequest.DONE);
    }

    @Test
    void aRefusedTokenIsSaidAndTriedAgainWithTheNextOne() {
        Source s = source();
        provider.put("/lead/3", "401 ");
        String id = take(s, fetch("f3", "/lead/3", true));
        eventually(() -> assertThat(request(s, id).reasonCode()).isEqualTo("fetch_no_token"));
        hub().hub.inbound().sources().save(s.with(s.name(), s.doc(), new SourceKeys(null, null, "wrong")));
        eventually(() -> assertThat(request(s, id))
                .returns("fetch_refused", StoredRequest::reasonCode)
                .returns("The token was refused.", StoredRequest::reason));
        provider.put("/lead/3", "200 {\"forms\":[{\"fields\":{\"phone\":\"%s\"}}]}".formatted(phone()));
        hub().hub.inbound().sources().save(s.with(s.name(), s.doc(), new SourceKeys(null, null, "right")));
        assertThat(ended(s, id).status()).isEqualTo(StoredRequest.DONE);
    }

    @Test
    void nobodyIsFetchedFromInsideTheHouse() {
        Source s = source();
        for (String url :
                List.of("http://127.0.0.1:1/x", "https://127.0.0.1:1/x", "https://10.0.0.1/x", "file:///etc/x", "::")) {
            String id = take(s, "{\"fetch\":[{\"id\":\"%s\",\"url\":\"%s\"}]}".formatted(url, url));
            eventually(() -> assertThat(request(s, id).reasonCode()).as(url).isEqualTo("fetch_failed"));
        }
    }

    @Test
    void aRequestReadAgainChangesNothingTwice() {
        Source s = source();
        String phone = phone();
        String id = take(s, message("again-" + phone, phone, "Halo"));
        Lead lead = lead(ended(s, id));
        assertThat(hub().hub.inbound().requests().replay(s, id)).isTrue();
        hub().hub.inbound().wake(s);
        StoredRequest r = ended(s, id);
        assertThat(r.status()).isEqualTo(StoredRequest.DONE);
        assertThat(r.leadIds()).containsExactly(lead.id());
        assertThat(messages(lead)).hasSize(1);
    }

    @Test
    void manyAreReadAgainByStatusAndTime() {
        Source s = source();
        var ids = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            ids.add(take(s, "{\"hello\":" + i + "}"));
        }
        ids.forEach(id -> ended(s, id));
        var failed = new Requests.Wanted(List.of(StoredRequest.FAILED), null, null);
        var later = new Requests.Wanted(
                List.of(StoredRequest.FAILED), clock.instant().plusSeconds(60), null);
        assertThat(count(s, failed)).isEqualTo(3);
        assertThat(count(s, later)).isZero();
        assertThat(hub().hub.inbound().requests().replay(s, failed)).isEqualTo(3);
        hub().hub.inbound().wake(s);
        ids.forEach(id -> assertThat(ended(s, id).attempts()).isEqualTo(1));
    }

    @Test
    void aRefusedRequestIsOnlyReadWhenItsSignatureFitsToday() {
        Source s = source("test", doc(), new SourceKeys("right", null, null));
        RawRequest raw = raw(s, message("forged", phone(), "Halo"));
        var headers = new java.util.HashMap<>(raw.headers());
        headers.put("x-signature", "other");
        var content = RequestContent.of(
                new RawRequest(raw.method(), raw.url(), raw.query(), headers, raw.body()), s.token(), 100_000);
        Requests requests = hub().hub.inbound().requests();
        String id = requests.refuse(s, content, clock.instant(), "forged", "no").join();
        requests.replay(s, id);
        hub().hub.inbound().wake(s);
        assertThat(ended(s, id).status()).isEqualTo(StoredRequest.REFUSED);
        hub().hub.inbound().sources().save(s.with(s.name(), s.doc(), new SourceKeys("other", null, null)));
        requests.replay(s, id);
        hub().hub.inbound().wake(s);
        assertThat(ended(s, id).status()).isEqualTo(StoredRequest.DONE);
    }

    @Test
    void theNumbersAccountIsLearnedByItsAgent() {
        Source s = source();
        String number = phone();
        var rotators = hub().hub.rotators();
        String agent = rotators.newAgentId();
        rotators.save(new Agent(WS, agent, "Sari", number, true, null, null, clock.instant(), clock.instant()));
        ended(s, take(s, """
                {"messages":[{"id":"waba-1","from":"%s","to":"%s","waba":"102290129340398","text":"x"}]}""".formatted(phone(), number)));
        assertThat(rotators.whatsappAccount(WS, number)).isEqualTo("102290129340398");
        ended(s, take(s, """
                {"messages":[{"id":"waba-2","from":"%s","to":"%s","waba":"999999999","text":"x"}]}""".formatted(phone(), number)));
        assertThat(rotators.whatsappAccount(WS, number))
                .as("what is known stays")
                .isEqualTo("102290129340398");
    }

    @Test
    void theSourcesOwnNumberStandsInForOneTheProviderDoesNotSay() {
        var doc = new SourceDoc(
                "+628119990001", Map.of(), Map.of(), null, List.of(), SourceDoc.USUAL_HONEYPOT, "contacted", false);
        Source s = source("test", doc, SourceKeys.NONE);
        Lead lead = lead(ended(s, take(s, message("own-number", phone(), "Halo"))));
        assertThat(lead.details().agentNumber()).isEqualTo("+628119990001");
        assertThat(lead.status()).isEqualTo("contacted");
    }

    @Test
    void aTimeAheadOfOursIsNoTime() {
        Source s = source();
        String body = """
                {"messages":[{"id":"ahead","from":"%s","text":"x","at":"2099-01-01T00:00:00Z"}]}""".formatted(phone());
        assertThat(messages(lead(ended(s, take(s, body)))).getFirst().at())
                .isBefore(clock.instant().plusSeconds(1));
    }

    @Test
    void erasingAPersonErasesWhatCameInAboutThem() {
        Source s = source();
        String id = take(s, message("erase-me", phone(), "rahasia"));
        StoredRequest r = ended(s, id);
        hub().apply(new LeadErased(WS, r.leadIds().getFirst()));
        RequestContent kept =
                hub().store().read(sql -> hub().hub.inbound().requests().content(sql, WS, id));
        assertThat(kept).isNull();
        assertThat(hub().hub.inbound().requests().replay(s, id)).isFalse();
        String again = take(s, message("erase-me", String.valueOf(phone()), "rahasia"));
        assertThat(ended(s, again).reasonCode()).as("the provider repeats it").isEqualTo("lead_erased");
        RequestContent repeated =
                hub().store().read(sql -> hub().hub.inbound().requests().content(sql, WS, again));
        assertThat(repeated).as("and what it said is forgotten").isNull();
    }

    @Test
    void requestsAreForgottenAfterTwoWeeksAndRemovedSourcesWithTheirs() {
        Source s = source();
        Source gone = source();
        String old = take(s, message("old", phone(), "x"));
        String ofGone = take(gone, message("old", phone(), "x"));
        ended(s, old);
        ended(gone, ofGone);
        hub().hub.inbound().sources().remove(gone);
        assertThat(hub().hub.inbound().sources().find(WS, gone.id())).isNull();
        assertThat(hub().hub.inbound().sources().open("test", gone.token(), clock.instant()))
                .isNull();
        hub().hub.inbound().sweep();
        assertThat(count(gone, new Requests.Wanted(StoredRequest.STATUSES, null, null)))
                .isZero();
        assertThat(request(s, old).status()).isEqualTo(StoredRequest.DONE);
        clock.forward(Duration.ofDays(15));
        String fresh = take(s, message("fresh", phone(), "x"));
        ended(s, fresh);
        hub().hub.inbound().sweep();
        assertThat(count(s, new Requests.Wanted(StoredRequest.STATUSES, null, null)))
                .isEqualTo(1);
        assertThat(ended(s, take(s, message("old", phone(), "x"))).reasonCode())
                .as("that it was told is known longer")
                .isEqualTo("repeated");
        clock.forward(Duration.ofDays(20));
        hub().hub.inbound().sweep();
        assertThat(ended(s, take(s, message("old", phone(), "x"))).status()).isEqualTo(StoredRequest.DONE);
    }

    @Test
    void figuresCountTheLastDay() {
        Source s = source();
        ended(s, take(s, message("figures-1", phone(), "x")));
        ended(s, take(s, "{\"x\":1}"));
        var since = clock.instant().minus(Duration.ofHours(24));
        Requests.Figures f =
                hub().store().read(sql -> hub().hub.inbound().requests().figures(sql, s, since));
        assertThat(f.byStatus())
                .containsEntry(StoredRequest.DONE, 1)
                .containsEntry(StoredRequest.FAILED, 1)
                .containsEntry(StoredRequest.REFUSED, 0);
        assertThat(f.lastEventAt()).isNotNull();
    }

    @Test
    void aRotatedTokenIsGoodForTheChosenTime() {
        Source s = source();
        Sources sources = hub().hub.inbound().sources();
        sources.save(s.rotated(sources.newToken(), clock.instant().plusSeconds(60)));
        Source now = stored(s);
        assertThat(sources.open("test", now.token(), clock.instant())).isNotNull();
        assertThat(sources.open("test", s.token(), clock.instant())).isNotNull();
        assertThat(sources.open("test", s.token(), clock.instant().plusSeconds(61)))
                .isNull();
        assertThat(sources.open("page", now.token(), clock.instant()))
                .as("another kind")
                .isNull();
        assertThat(now.toString()).doesNotContain(now.token());
    }

    private int count(Source s, Requests.Wanted wanted) {
        return hub().store().read(sql -> hub().hub.inbound().requests().count(sql, s, wanted));
    }

    private List<Message> messages(Lead lead) {
        return hub().store().read(sql -> hub().hub.leads().messages().list(sql, WS, lead.id(), null, 500));
    }

    static String message(String id, String from, String text) {
        return "{\"messages\":[{\"id\":\"%s\",\"from\":\"%s\",\"text\":\"%s\"}]}".formatted(id, from, text);
    }

    private String fetch(String id, String path, boolean bearer) {
        return "{\"fetch\":[{\"id\":\"%s\",\"url\":\"%s\",\"bearer\":%s}]}".formatted(id, providerUrl() + path, bearer);
    }
}
