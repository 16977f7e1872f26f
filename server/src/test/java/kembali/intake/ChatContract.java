package kembali.intake;

import static kembali.testing.TestHub.WS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import kembali.capture.CodeFinder;
import kembali.capture.rotator.Agent;
import kembali.delivery.Delivery;
import kembali.delivery.DeliveryStatus;
import kembali.figures.LinkKind;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.WebContext;
import kembali.lead.ChatMessage;
import kembali.lead.ChatMessage.Direction;
import kembali.lead.Lead;
import kembali.lead.Message;
import kembali.testing.LeadForm;
import kembali.visitor.AdFields;
import kembali.visitor.Landing;
import kembali.visitor.Utm;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** To which lead a chat message belongs, row by row of the table, whatever the database. */
abstract class ChatContract extends IntakeFixture {
    static final String SALES = "+628111000111";
    static final String OTHER_AGENT = "+628111000222";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** A number nobody had before. */
    static String phone() {
        return "+62813" + (10_000_000 + NUMBER.incrementAndGet());
    }

    static String bsuid() {
        return "ID.1349120865530274" + NUMBER.incrementAndGet();
    }

    // The rows of the table.

    @Test
    void aCodeWhoseLeadHasNoPhonePutsPhoneAndNameOnThatLeadAndKeepsItsClick() {
        hub().pixel("201");
        Lead clicked = clicked("IwAR-row1", SALES);
        String phone = phone();
        Lead lead = says(from(phone, "Budi"), "Halo [" + clicked.code() + "]");
        assertThat(lead.id()).isEqualTo(clicked.id());
        assertThat(lead.person().phoneE164()).isEqualTo(phone);
        assertThat(lead.person().name()).isEqualTo("Budi");
        assertThat(clicks(lead).value(ClickIds.FBCLID)).isEqualTo("IwAR-row1");
        assertThat(lead.status()).isEqualTo("new");
        assertThat(texts(lead)).containsExactly("Halo [" + clicked.code() + "]");
    }

    @Test
    void aCodeWhoseLeadHasTheSamePhoneAppendsTheMessage() {
        Lead clicked = clicked("IwAR-row2", SALES);
        String phone = phone();
        says(from(phone, "Budi"), "[" + clicked.code() + "]");
        Lead again = says(from(phone, "Budi"), "lagi [" + clicked.code() + "]");
        assertThat(again.id()).isEqualTo(clicked.id());
        assertThat(texts(again)).hasSize(2);
    }

    @Test
    void aForwardedCodeMakesALeadOfItsOwnWithoutTheClickAndSaysWhoReferredIt() {
        Lead clicked = clicked("IwAR-row3", SALES);
        says(from(phone(), "Budi"), "[" + clicked.code() + "]");
        Lead friend = says(from(phone(), "Citra"), "[" + clicked.code() + "]");
        assertThat(friend.id()).isNotEqualTo(clicked.id());
        assertThat(clicks(friend).isEmpty()).isTrue();
        assertThat(timeline(friend)).contains("referred " + clicked.id());
        assertThat(hub().lead(clicked.id()).person().name()).isEqualTo("Budi");
        assertThat(texts(hub().lead(clicked.id()))).hasSize(1);
    }

    @Test
    void anAdClickWithoutACodeMakesALeadOfTheAds() {
        hub().pixel("204");
        Lead lead = hub().lead(apply(
                        message(from(phone(), "Dewi"), "Halo", ad("Aff-row4", "120226305854810726")),
                        MessageReceived.Rules.USUAL)
                .lead());
        assertThat(lead.details().source()).isEqualTo("ads");
        assertThat(clicks(lead).value(ClickIds.CTWA_CLID)).isEqualTo("Aff-row4");
        assertThat(visitor(lead).profile().lastTouch()).satisfies(t -> {
            assertThat(t.platform()).isEqualTo("meta");
            assertThat(t.channel()).isEqualTo("paid");
            assertThat(t.ad().adId()).isEqualTo("120226305854810726");
        });
    }

    @Test
    void anAdClickOfSomebodyKnownIsStoredOnTheirLead() {
        String phone = phone();
        Lead known = says(from(phone, "Eka"), "Halo");
        var first = ad("Aff-first", "111");
        Lead lead = hub().lead(apply(message(from(phone, "Eka"), null, first), MessageReceived.Rules.USUAL)
                .lead());
        hub().apply(received(message(from(phone, "Eka"), null, ad("Aff-second", "222")), MessageReceived.Rules.USUAL));
        assertThat(lead.id()).isEqualTo(known.id());
        assertThat(clicks(lead).value(ClickIds.CTWA_CLID)).isEqualTo("Aff-second");
        assertThat(visitor(lead).profile().firstTouch())
                .satisfies(t -> assertThat(t.ad().adId()).isEqualTo("111"));
        assertThat(visitor(lead).profile().lastTouch())
                .satisfies(t -> assertThat(t.ad().adId()).isEqualTo("222"));
        assertThat(messages(lead)).extracting(m -> m.content().referral()).contains(first);
    }

    @Test
    void anAdInAWhatsAppStatusHasNoClickIdButAnAd() {
        Lead lead = hub().lead(apply(message(from(phone(), null), "Halo", ad(null, "333")), MessageReceived.Rules.USUAL)
                .lead());
        assertThat(clicks(lead).isEmpty()).isTrue();
        assertThat(visitor(lead).profile().firstTouch())
                .satisfies(t -> assertThat(t.ad().adId()).isEqualTo("333"));
    }

    @Test
    void aCodeAndAnAdClickAreBothEvidenceOnTheCodesLead() {
        Lead clicked = clicked("IwAR-row5", SALES);
        Lead lead = hub().lead(apply(
                        message(from(phone(), "Fajar"), "[" + clicked.code() + "]", ad("Aff-row5", "555")),
                        MessageReceived.Rules.USUAL)
                .lead());
        assertThat(lead.id()).isEqualTo(clicked.id());
        assertThat(clicks(lead).value(ClickIds.FBCLID)).isEqualTo("IwAR-row5");
        assertThat(clicks(lead).value(ClickIds.CTWA_CLID)).isEqualTo("Aff-row5");
    }

    @Test
    void somebodyWhosePhoneIsKnownIsTheLeadTheyAre() {
        String phone = phone();
        Lead entered = hub().submit(LeadForm.blank().name("Gita").phone(phone)).lead();
        Lead lead = says(from(phone, "gita ♥"), "Halo");
        assertThat(lead.id()).isEqualTo(entered.id());
        assertThat(lead.person().name()).as("a real name stays").isEqualTo("Gita");
    }

    @Test
    void somebodyUnknownIsANewOrganicLead() {
        Lead lead = says(from(phone(), "Hadi"), "Halo, ada promo?");
        assertThat(lead.details().source()).isEqualTo("whatsapp");
        assertThat(lead.details().agentNumber()).isEqualTo(SALES);
        assertThat(lead.status()).isEqualTo("new");
        assertThat(timeline(lead)).containsExactly("status new");
    }

    @Test
    void theOnlyClickToTheNumberIsTakenForTheSendersWhereTheOwnerWantsThat() {
        String number = phone();
        Lead clicked = clicked("IwAR-row7", number);
        var rules = new MessageReceived.Rules(null, true);
        ChatMessage m = to(number, from(phone(), "Indra"), "Halo");
        Lead lead = hub().lead(apply(m, rules).lead());
        assertThat(lead.id()).isEqualTo(clicked.id());
        assertThat(timeline(lead)).contains("match probable");
        Lead second = hub().lead(
                        apply(to(number, from(phone(), "Joko"), "Halo"), rules).lead());
        assertThat(second.id()).as("it was the only one").isNotEqualTo(clicked.id());
    }

    @Test
    void ofTwoClicksNoneIsTakenForTheSenders() {
        String number = phone();
        Lead one = clicked("IwAR-two1", number);
        Lead two = clicked("IwAR-two2", number);
        var rules = new MessageReceived.Rules(null, true);
        assertThat(apply(to(number, from(phone(), "Kiki"), "Halo"), rules).lead())
                .isNotIn(one.id(), two.id());
    }

    @Test
    void anOldClickIsNotTakenForTheSenders() {
        String number = phone();
        Lead one = clicked("IwAR-late", number);
        clock.forward(Duration.ofMinutes(11));
        assertThat(apply(to(number, from(phone(), "Lia"), "Halo"), new MessageReceived.Rules(null, true))
                        .lead())
                .isNotEqualTo(one.id());
    }

    @Test
    void withoutTheOwnersWishNobodyIsGuessed() {
        String number = phone();
        Lead one = clicked("IwAR-guess", number);
        assertThat(apply(to(number, from(phone(), "Mira"), "Halo"), MessageReceived.Rules.USUAL)
                        .lead())
                .isNotEqualTo(one.id());
    }

    // Codes.

    @Test
    void aBareCodeCountsOnlyForTheNumberItsClickWentTo() {
        Lead clicked = clicked("IwAR-bare", SALES);
        Lead elsewhere = hub().lead(apply(
                        to(OTHER_AGENT, from(phone(), "Nina"), "halo " + clicked.code()), MessageReceived.Rules.USUAL)
                .lead());
        assertThat(elsewhere.id()).isNotEqualTo(clicked.id());
        assertThat(says(from(phone(), "Oki"), "halo " + clicked.code()).id()).isEqualTo(clicked.id());
    }

    @Test
    void aBareCodeOlderThanAWeekIsAWordLikeAnyOther() {
        Lead clicked = clicked("IwAR-week", SALES);
        clock.forward(Duration.ofDays(8));
        assertThat(says(from(phone(), "Putri"), "halo " + clicked.code()).id()).isNotEqualTo(clicked.id());
        assertThat(says(from(phone(), "Qori"), "halo [" + clicked.code() + "]").id())
                .as("in brackets it is one")
                .isEqualTo(clicked.id());
    }

    @Test
    void ofSeveralCodesTheNewestClickToThisNumberCounts() {
        Lead older = clicked("IwAR-several1", SALES);
        clock.forward(Duration.ofMinutes(1));
        Lead newer = clicked("IwAR-several2", SALES);
        clock.forward(Duration.ofMinutes(1));
        Lead newest = clicked("IwAR-several3", OTHER_AGENT);
        String text = "[" + newest.code() + "] [" + newer.code() + "] [" + older.code() + "]";
        assertThat(says(from(phone(), "Rina"), text).id()).isEqualTo(newer.id());
    }

    @Test
    void aCodeNobodyWasGivenIsIgnored() {
        Lead lead = says(from(phone(), "Sari"), "[ZZZ9999]");
        assertThat(lead.code()).isNotEqualTo("ZZZ9999");
    }

    @Test
    void aCodeOfSomebodyWhoOnlyLookedMakesThatVisitorALead() {
        Visitor looked =
                hub().store().write(tx -> hub().hub.visitors().in(tx).create(WS, kembali.visitor.VisitorProfile.EMPTY));
        Lead lead = says(from(phone(), "Tono"), "[" + looked.code() + "]");
        assertThat(lead.code()).isEqualTo(looked.code());
    }

    // Phone numbers and user ids.

    @Test
    void somebodyWhoHidesTheirNumberIsKnownByTheirUserId() {
        String id = bsuid();
        Lead first = says(hidden(id, "Umi"), "Halo");
        assertThat(first.person().phoneE164()).isNull();
        assertThat(says(hidden(id, "Umi"), "lagi").id()).isEqualTo(first.id());
        assertThat(says(hidden(bsuid(), "Umi"), "lagi").id()).isNotEqualTo(first.id());
    }

    @Test
    void aMessageThatShowsBothPutsTheNumberOnTheLeadOfTheUserId() {
        String id = bsuid();
        String phone = phone();
        Lead first = says(hidden(id, "Vina"), "Halo");
        Lead lead = says(new ChatMessage.Customer(phone, id, null, "Vina"), "ini nomor saya");
        assertThat(lead.id()).isEqualTo(first.id());
        assertThat(lead.person().phoneE164()).isEqualTo(phone);
        assertThat(says(from(phone, "Vina"), "hai").id()).isEqualTo(first.id());
    }

    @Test
    void twoLeadsThatOneMessageShowsToBeOnePersonAreMerged() {
        String id = bsuid();
        String phone = phone();
        Lead byPhone = says(from(phone, "Wati"), "satu");
        clock.forward(Duration.ofSeconds(1));
        Lead byId = says(hidden(id, null), "dua");
        Lead lead = says(new ChatMessage.Customer(phone, id, null, "Wati"), "tiga");
        assertThat(lead.id()).as("the older one stays").isEqualTo(byPhone.id());
        assertThat(texts(lead)).containsExactlyInAnyOrder("satu", "dua", "tiga");
        assertThat(idOf(byId.id())).isEqualTo(byPhone.id());
        assertThat(says(hidden(id, null), "empat").id()).isEqualTo(byPhone.id());
    }

    @Test
    void aKnownPersonWhoClicksAgainElsewhereIsOneLeadWithBothClicks() {
        hub().pixel("206");
        String phone = phone();
        Lead known = says(from(phone, "Yani"), "Halo");
        clock.forward(Duration.ofSeconds(1));
        Lead clicked = clicked("IwAR-again", SALES);
        Lead lead = says(from(phone, "Yani"), "[" + clicked.code() + "]");
        assertThat(lead.id()).isEqualTo(known.id());
        assertThat(clicks(lead).value(ClickIds.FBCLID)).isEqualTo("IwAR-again");
        assertThat(idOfVisitor(clicked.visitorNo())).isEqualTo(known.id());
        assertThat(hub().rows(lead.id()))
                .filteredOn(d -> d.status().equals(DeliveryStatus.PENDING))
                .extracting(Delivery::trigger)
                .as("reported once")
                .containsExactly("new");
    }

    // What a message changes.

    @Test
    void aMessageToldTwiceCountsOnce() {
        ChatMessage m = message(from(phone(), "Zaki"), "Halo", null);
        MessageReceived command = received(m, MessageReceived.Rules.USUAL);
        FactResult first = hub().apply(command);
        FactResult again = hub().apply(new MessageReceived(
                new FactRef(WS, "src_1", "in_other", command.fact().key(), false),
                m,
                List.of(),
                List.of(),
                MessageReceived.Rules.USUAL));
        assertThat(again).isEqualTo(new FactResult.Repeated(String.valueOf(first.lead())));
        assertThat(messages(hub().lead(String.valueOf(first.lead())))).hasSize(1);
    }

    @Test
    void whatTheTeamWritesIsKeptAndMovesNobody() {
        String phone = phone();
        ChatMessage out = new ChatMessage(
                "test",
                "out" + NUMBER.incrementAndGet(),
                clock.instant(),
                Direction.OUT,
                from(phone, null),
                ChatMessage.Business.UNKNOWN,
                "text",
                "Selamat siang",
                null);
        assertThat(hub().apply(received(out, MessageReceived.Rules.USUAL))).isInstanceOf(FactResult.LeftAside.class);
        Lead lead = says(from(phone, "Ayu"), "Halo");
        assertThat(hub().apply(received(out, MessageReceived.Rules.USUAL))).isInstanceOf(FactResult.Applied.class);
        assertThat(messages(lead)).extracting(Message::direction).containsExactlyInAnyOrder("in", "out");
        assertThat(hub().lead(lead.id()).status()).isEqualTo("new");
    }

    @Test
    void theFirstMessageReachesTheStatusTheOwnerChoseAndOnlyTheFirst() {
        hub().pixel("207");
        String phone = phone();
        var rules = new MessageReceived.Rules("responded", false);
        Lead lead = hub().lead(
                        apply(message(from(phone, "Bayu"), "Halo", null), rules).lead());
        assertThat(lead.status()).isEqualTo("responded");
        assertThat(timeline(lead)).containsExactly("status new", "status responded");
        Lead entered =
                hub().submit(LeadForm.blank().phone(phone()).status("won")).lead();
        String number = String.valueOf(entered.person().phoneE164());
        assertThat(hub().lead(apply(message(from(number, null), "Halo", null), rules)
                                .lead())
                        .status())
                .as("nobody is moved back")
                .isEqualTo("won");
    }

    @Test
    void anAdClickThatComesLaterReportsWhatWasSkippedForWantOfOne() {
        hub().pixel("208");
        String number = phone();
        var rotators = hub().hub.rotators();
        rotators.save(new Agent(
                WS,
                rotators.newAgentId(),
                "Sari",
                number,
                true,
                "102290129340398",
                null,
                clock.instant(),
                clock.instant()));
        String phone = phone();
        Lead lead = hub().lead(apply(to(number, from(phone, "Cahya"), "Halo"), MessageReceived.Rules.USUAL)
                .lead());
        assertThat(hub().row(lead.id(), "new").status()).isEqualTo(DeliveryStatus.SKIPPED);
        apply(message(number, from(phone, "Cahya"), null, ad("Aff-later", "1")), MessageReceived.Rules.USUAL);
        assertThat(hub().rows(lead.id()))
                .filteredOn(d -> d.status().equals(DeliveryStatus.PENDING))
                .extracting(Delivery::event)
                .containsExactly("LeadSubmitted");
        apply(message(number, from(phone, "Cahya"), null, ad("Aff-third", "1")), MessageReceived.Rules.USUAL);
        assertThat(hub().rows(lead.id())).as("and once").hasSize(2);
    }

    @Test
    void namesThatAreNoneAreNotTaken() {
        assertThat(says(from(phone(), " \u200b "), "x").person().name()).isNull();
        assertThat(says(from(phone(), "Visitor [ABC2345]"), "x").person().name())
                .isNull();
    }

    @Test
    void anErasedPersonsMessagesAreGoneAndToldAgainMakeNobody() {
        ChatMessage m = message(from(phone(), "Dian"), "rahasia", null);
        MessageReceived command = received(m, MessageReceived.Rules.USUAL);
        Lead lead = hub().lead(String.valueOf(hub().apply(command).lead()));
        hub().apply(new LeadErased(WS, lead.id()));
        assertThat(messages(lead)).isEmpty();
        assertThat(hub().apply(command)).isEqualTo(FactResult.LeftAside.ERASED);
        assertThat(idOf(lead.id())).isNull();
        assertThat(idOfPhone(m.customer().phoneE164())).isNull();
    }

    // Words of these tests.

    Lead says(ChatMessage.Customer who, String text) {
        return hub().lead(String.valueOf(
                apply(message(who, text, null), MessageReceived.Rules.USUAL).lead()));
    }

    FactResult.Applied applied(FactResult r) {
        return (FactResult.Applied) r;
    }

    private record Result(String lead) {}

    private Result apply(ChatMessage m, MessageReceived.Rules rules) {
        return new Result(applied(hub().apply(received(m, rules))).leadId());
    }

    MessageReceived received(ChatMessage m, MessageReceived.Rules rules) {
        CodeFinder.Found codes = CodeFinder.find(m.text());
        long key = hub().secrets.lookupKey("fact/message", m.messageId());
        return new MessageReceived(
                new FactRef(WS, "src_1", "in_" + m.messageId(), key, false), m, codes.bracketed(), codes.bare(), rules);
    }

    static ChatMessage.Customer from(@Nullable String phone, @Nullable String name) {
        return new ChatMessage.Customer(phone, null, null, name);
    }

    static ChatMessage.Customer hidden(String bsuid, @Nullable String name) {
        return new ChatMessage.Customer(null, bsuid, "user", name);
    }

    ChatMessage message(ChatMessage.Customer who, @Nullable String text, ChatMessage.@Nullable Referral referral) {
        return message(SALES, who, text, referral);
    }

    ChatMessage to(String number, ChatMessage.Customer who, String text) {
        return message(number, who, text, null);
    }

    private ChatMessage message(
            String number, ChatMessage.Customer who, @Nullable String text, ChatMessage.@Nullable Referral referral) {
        Instant at = clock.instant();
        return new ChatMessage(
                "test",
                "m" + NUMBER.incrementAndGet(),
                at,
                Direction.IN,
                who,
                new ChatMessage.Business(number, null, null, null),
                "text",
                text,
                referral);
    }

    static ChatMessage.Referral ad(@Nullable String clid, String adId) {
        return new ChatMessage.Referral(clid, adId, "ad", "https://fb.me/x", "Promo", null, null, null, null);
    }

    /** A lead made by a click on a link, to that agent. */
    Lead clicked(String fbclid, String agentNumber) {
        ClickIds ids = ClickIds.NONE.with(ClickIds.FBCLID, ClickId.of(fbclid, clock.millis()));
        String url = "https://link.example/wa/promo";
        var landing = new Landing(ids, Map.of(), Utm.NONE, AdFields.NONE, url, null, null, true, clock.instant());
        var web = new WebContext(url, null, "203.0.113.7", "Mozilla/5.0 (Android 14)");
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var day = new LinkVisit.Day(
                today, today.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli());
        var visit = new LinkVisit(
                WS,
                LinkKind.ROTATOR,
                "ro_promo",
                null,
                null,
                0,
                0,
                30,
                landing,
                ids,
                BrowserIds.NONE,
                web,
                "id",
                day,
                false);
        String lead = hub().apply(new RotatorClicked(visit, new LinkVisit.Chat("ag_1", agentNumber, null), true))
                .leadId();
        return hub().lead(Objects.requireNonNull(lead));
    }

    Visitor visitor(Lead lead) {
        return hub().visitorOf(lead.id());
    }

    ClickIds clicks(Lead lead) {
        return visitor(lead).profile().clicks();
    }

    List<Message> messages(Lead lead) {
        return hub().store().read(sql -> hub().hub.leads().messages().list(sql, WS, lead.id(), null, 100));
    }

    private List<String> texts(Lead lead) {
        return messages(lead).stream()
                .map(m -> String.valueOf(m.content().text()))
                .toList();
    }
}
