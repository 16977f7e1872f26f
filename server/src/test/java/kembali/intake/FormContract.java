package kembali.intake;

import static kembali.testing.TestHub.WS;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import kembali.api.FormReader;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.inbound.FormChecks;
import kembali.lead.ChatMessage;
import kembali.lead.Lead;
import kembali.lead.Message;
import kembali.testing.LeadForm;
import kembali.visitor.Visitor;
import kembali.visitor.VisitorProfile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a filled-in form makes of a lead, and what another system's word for a status does, whatever the database. */
abstract class FormContract extends IntakeFixture {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Test
    void aFormOfSomebodyUnknownIsANewLead() {
        Lead lead = lead(fill(Map.of("name", "Ani", "phone", "0812-7000-0001", "message", "x", "city", "Bandung")));
        assertThat(lead.details().source()).isEqualTo("website");
        assertThat(lead.person().phoneE164()).isEqualTo("+6281270000001");
        assertThat(lead.status()).isEqualTo("new");
    }

    @Test
    void aVisitorCodeJoinsTheFormToTheClick() {
        Visitor visitor = hub().store().write(tx -> hub().hub.visitors().in(tx).create(WS, VisitorProfile.EMPTY));
        Lead lead = lead(fill(Map.of("visitor", visitor.code(), "email", "budi@example.co.id")));
        assertThat(lead.code()).isEqualTo(visitor.code());
        Lead again = lead(fill(Map.of("visitor", visitor.code(), "name", "Budi")));
        assertThat(again.id()).isEqualTo(lead.id());
        assertThat(again.person().name()).isEqualTo("Budi");
        assertThat(again.person().email()).isEqualTo("budi@example.co.id");
    }

    @Test
    void withoutACodeThePhoneCountsThenTheEmail() {
        Lead byPhone = hub().submit(LeadForm.blank().phone("+6281270000002").email("a@example.co.id"))
                .lead();
        Lead byEmail = hub().submit(LeadForm.blank().email("b@example.co.id")).lead();
        assertThat(lead(fill(Map.of("phone", "081270000002", "email", "b@example.co.id")))
                        .id())
                .isEqualTo(byPhone.id());
        assertThat(lead(fill(Map.of("email", "B@Example.co.id"))).id()).isEqualTo(byEmail.id());
    }

    @Test
    void aCodeOfANewBrowserAndAKnownPhoneAreOnePerson() {
        Lead known = hub().submit(LeadForm.blank().phone("+6281270000003").name("Citra"))
                .lead();
        Lead clicked = hub().submit(LeadForm.blank().fbclid("IwAR-form")).lead();
        Lead lead = lead(fill(Map.of("visitor", clicked.code(), "phone", "+6281270000003")));
        assertThat(lead.id()).isEqualTo(known.id());
        assertThat(hub().visitorOf(lead.id()).profile().clicks().value(ClickIds.FBCLID))
                .isEqualTo("IwAR-form");
    }

    @Test
    void aBadFieldIsSetAsideWithANoteAndTheLeadIsMadeAllTheSame() {
        FactResult.Applied result = fill(Map.of(
                "email", "dewi@example.co.id",
                "country", "Indonesia",
                "birthDate", "kemarin",
                "click.metaLeadId", "12",
                "web.ip", "here",
                "status", "sudah",
                "estimatedValue", "mahal",
                "consent.adUserData", "mungkin",
                "visitor", "0812"));
        assertThat(result.notes())
                .extracting(n -> n.substring(0, n.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "country",
                        "birthDate",
                        "click.metaLeadId",
                        "web.ip",
                        "status",
                        "estimatedValue",
                        "consent.adUserData",
                        "visitor");
        assertThat(result.notes()).noneMatch(n -> n.contains("Indonesia") || n.contains("mungkin"));
        assertThat(lead(result).person().email()).isEqualTo("dewi@example.co.id");
    }

    @Test
    void namesAreJoinedClicksKeptAndConsentRecorded() {
        Lead lead = lead(fill(Map.of(
                "firstName", "Eka",
                "lastName", "Putri Lestari",
                "email", "eka@example.co.id",
                "click.gclid", "Cj0-eka-0001",
                "click.metaLeadId", "123456789012345",
                "ad.adId", "777",
                "consent.adUserData", "ya")));
        assertThat(lead.person().name()).isEqualTo("Eka Putri Lestari");
        assertThat(lead.details().source()).as("a form inside a platform's app").isEqualTo("ads");
        var profile = hub().visitorOf(lead.id()).profile();
        assertThat(profile.clicks().value(ClickIds.GCLID)).isEqualTo("Cj0-eka-0001");
        assertThat(profile.clicks().value(ClickIds.META_LEAD_ID)).isEqualTo("123456789012345");
        assertThat(profile.consent().adUserData()).isEqualTo(Consent.Choice.GRANTED);
        assertThat(profile.lastTouch()).satisfies(t -> assertThat(t.ad().adId()).isEqualTo("777"));
    }

    @Test
    void whatHasNoFieldOfOursStaysReadableOnTheLead() {
        Lead lead = lead(hub().apply(form(
                "sub-x", Map.of("email", "fajar@example.co.id"), "Kapan buka?", Map.of("Ukuran", "XL"), false)));
        assertThat(messages(lead)).singleElement().satisfies(m -> {
            assertThat(m.type()).isEqualTo(Message.FORM);
            assertThat(m.content().text()).isEqualTo("Kapan buka?");
            assertThat(m.content().fields()).containsExactly(Map.entry("Ukuran", "XL"));
        });
    }

    @Test
    void aSubmissionToldTwiceCountsOnceAndReadAgainIsPutOverItself() {
        FormFilled first = form("sub-1", Map.of("email", "gita@example.co.id"), null, Map.of(), false);
        Lead lead = lead(hub().apply(first));
        FormFilled other = new FormFilled(
                new FactRef(WS, "src_1", "in_2", first.fact().key(), false),
                first.submission(),
                first.at(),
                "form",
                null,
                Map.of(),
                List.of());
        assertThat(hub().apply(other)).isEqualTo(new FactResult.Repeated(lead.id()));
        FormFilled mapped = form("sub-1", Map.of("email", "gita@example.co.id", "city", "Solo"), null, Map.of(), true);
        assertThat(lead(hub().apply(mapped)).person().city()).isEqualTo("Solo");
        assertThat(messages(lead)).as("the form is there once").hasSize(1);
    }

    @Test
    void aNumberSomebodyChatsWithIsNotReplacedByATypedOne() {
        String chats = "+6281270000010";
        var message = new ChatMessage(
                "test",
                "form-chat",
                clock.instant(),
                ChatMessage.Direction.IN,
                new ChatMessage.Customer(chats, null, null, null),
                ChatMessage.Business.UNKNOWN,
                "text",
                "Halo",
                null);
        Lead chatting = lead(hub().apply(new MessageReceived(
                new FactRef(WS, "src_1", "in_1", 42, false),
                message,
                List.of(),
                List.of(),
                MessageReceived.Rules.USUAL)));
        FactResult.Applied result = fill(Map.of("visitor", chatting.code(), "phone", "081270000011"));
        assertThat(lead(result).id()).isEqualTo(chatting.id());
        assertThat(lead(result).person().phoneE164()).isEqualTo(chats);
        assertThat(result.notes()).anyMatch(n -> n.startsWith("phone:"));
        Lead typed = hub().submit(LeadForm.blank().phone("+6281270000012")).lead();
        assertThat(lead(fill(Map.of("visitor", typed.code(), "phone", "081270000013")))
                        .person()
                        .phoneE164())
                .as("one typed before is")
                .isEqualTo("+6281270000013");
    }

    @Test
    void aFormIsNoStepBack() {
        Lead lead = hub().submit(LeadForm.blank().email("hana@example.co.id").status("won"))
                .lead();
        assertThat(lead(fill(Map.of("email", "hana@example.co.id", "status", "new")))
                        .status())
                .isEqualTo("won");
        Lead looked = hub().submit(LeadForm.blank().email("hani@example.co.id").status("pageview"))
                .lead();
        assertThat(lead(fill(Map.of("email", "hani@example.co.id"))).id()).isEqualTo(looked.id());
        assertThat(hub().lead(looked.id()).status()).isEqualTo("new");
    }

    @Test
    void aReferenceOfSomebodyElseStaysTheirs() {
        Lead owner = hub().submit(LeadForm.blank().externalRef("ref-owner")).lead();
        Lead other = hub().submit(LeadForm.blank().email("ika@example.co.id")).lead();
        FactResult.Applied result = fill(Map.of("email", "ika@example.co.id", "externalRef", "ref-owner"));
        assertThat(lead(result).id()).isEqualTo(other.id());
        assertThat(lead(result).externalRef()).isNull();
        assertThat(result.notes()).anyMatch(n -> n.contains(owner.id()));
    }

    // Statuses other systems say.

    @Test
    void anotherSystemsStatusMovesTheLeadItMeansOnce() {
        hub().pixel("401");
        Lead lead =
                hub().submit(LeadForm.clicked("Joni").phone("+6281270000020")).lead();
        StatusSaid said = said("won", "+6281270000020", null, new BigDecimal("250000"));
        assertThat(hub().apply(said)).isEqualTo(new FactResult.Applied(lead.id(), List.of()));
        assertThat(hub().lead(lead.id()).status()).isEqualTo("won");
        assertThat(hub().lead(lead.id()).actualValue()).isEqualByComparingTo("250000");
        hub().reach(lead.id(), "hot");
        assertThat(hub().apply(new StatusSaid(
                        new FactRef(WS, "src_1", "in_later", said.fact().key(), false),
                        "won",
                        said.at(),
                        said.phoneE164(),
                        null,
                        null,
                        null,
                        null)))
                .isEqualTo(new FactResult.Repeated(lead.id()));
        assertThat(hub().lead(lead.id()).status())
                .as("told twice, it counts once")
                .isEqualTo("hot");
    }

    @Test
    void aStatusOfNobodyWaitsForThem() {
        StatusSaid said = said("won", null, "kemal@example.co.id", null);
        assertThat(hub().apply(said)).isInstanceOf(FactResult.NobodyKnown.class);
        Lead lead = hub().submit(LeadForm.blank().email("kemal@example.co.id")).lead();
        assertThat(hub().apply(said)).isEqualTo(new FactResult.Applied(lead.id(), List.of()));
    }

    private StatusSaid said(String status, @Nullable String phone, @Nullable String email, @Nullable BigDecimal value) {
        return new StatusSaid(ref("status"), status, clock.instant(), phone, email, null, value, "IDR");
    }

    private FactRef ref(String id) {
        int n = NUMBER.incrementAndGet();
        return new FactRef(WS, "src_1", "in_" + n, hub().secrets.lookupKey(id, "" + n), false);
    }

    private FactResult.Applied fill(Map<String, String> fields) {
        return (FactResult.Applied) hub().apply(form("s" + NUMBER.incrementAndGet(), fields, null, Map.of(), false));
    }

    private FormFilled form(
            String submission,
            Map<String, String> given,
            @Nullable String text,
            Map<String, String> others,
            boolean replayed) {
        var fields = new HashMap<>(given);
        fields.remove("message");
        FormChecks.Checked checked = new FormReader(
                        hub().hub.workspaces(), hub().hub.pipelines(), hub().hub.visitors(), clock)
                .check(WS, fields, clock.instant());
        long key = hub().secrets.lookupKey("form", submission);
        return new FormFilled(
                new FactRef(WS, "src_1", "in_" + submission, key, replayed),
                checked.submission(),
                clock.instant(),
                "form",
                text,
                others,
                checked.notes());
    }

    private Lead lead(FactResult result) {
        return hub().lead(String.valueOf(result.lead()));
    }

    private List<Message> messages(Lead lead) {
        return hub().store().read(sql -> hub().hub.leads().messages().list(sql, WS, lead.id(), null, 100));
    }
}
