package kembali.intake;

import static kembali.testing.TestHub.WS;
import static kembali.testing.TestHub.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kembali.delivery.Delivery;
import kembali.delivery.DeliveryStatus;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.lead.Lead;
import kembali.platform.Reasons;
import kembali.support.Refusal;
import kembali.testing.LeadForm;
import kembali.testing.TestHub;
import org.junit.jupiter.api.Test;

/** Two leads turn out to be one person, whatever the database. */
abstract class MergeContract extends IntakeFixture {
    @Test
    void everythingOfTheOneThatGoesIsTheOthers() {
        hub().pixel("301");
        Lead stays = hub().submit(LeadForm.clicked("Adi").name("Adi").externalRef("crm-adi"))
                .lead();
        Lead goes = hub().submit(LeadForm.blank()
                        .phone("+628121110001")
                        .externalRef("shop-adi")
                        .click(ClickIds.GCLID, "Cj0-adi")
                        .estimated("500000")
                        .currency("IDR"))
                .lead();
        hub().reach(goes.id(), "qualified");
        Lead merged = merge(goes, stays);
        assertThat(merged.id()).isEqualTo(stays.id());
        assertThat(merged.person().name()).isEqualTo("Adi");
        assertThat(merged.person().phoneE164()).isEqualTo("+628121110001");
        assertThat(merged.status()).as("the further one").isEqualTo("qualified");
        assertThat(merged.estimatedValue()).isEqualByComparingTo("500000");
        ClickIds clicks = hub().visitorOf(merged.id()).profile().clicks();
        assertThat(clicks.value(ClickIds.FBCLID)).isEqualTo("IwARAdi");
        assertThat(clicks.value(ClickIds.GCLID)).isEqualTo("Cj0-adi");
        assertThat(timeline(merged))
                .contains("status new", "status qualified")
                .anyMatch(t -> t.startsWith("merge " + goes.id()));
    }

    @Test
    void theOldIdCodeAndReferenceLeadToTheOneThatStays() {
        Lead stays = hub().submit(LeadForm.blank().phone("+628121110002")).lead();
        Lead goes = hub().submit(LeadForm.blank().phone("+628121110003").externalRef("old-ref"))
                .lead();
        merge(goes, stays);
        assertThat(idOf(goes.id())).isEqualTo(stays.id());
        assertThat(idOfVisitor(goes.visitorNo())).isEqualTo(stays.id());
        assertThat(idOfReference("old-ref")).isEqualTo(stays.id());
        assertThat(idOfPhone("+628121110003")).isEqualTo(stays.id());
        assertThat(hub().reach(goes.id(), "hot").lead().id()).isEqualTo(stays.id());
        assertThat(hub().lead(stays.id()).status()).isEqualTo("hot");
    }

    @Test
    void aChainOfMergesEndsAtTheLast() {
        Lead a = hub().submit(LeadForm.blank().phone("+628121110004")).lead();
        Lead b = hub().submit(LeadForm.blank().phone("+628121110005")).lead();
        Lead c = hub().submit(LeadForm.blank().phone("+628121110006")).lead();
        merge(a, b);
        merge(b, c);
        assertThat(idOf(a.id())).isEqualTo(c.id());
        assertThat(idOf(b.id())).isEqualTo(c.id());
        assertThat(hub().visitorOf(c.id()).no()).isEqualTo(c.visitorNo());
        assertThat(visitorOf(a.visitorNo())).isEqualTo(c.visitorNo());
        merge(a, c);
        assertThat(idOf(c.id())).as("said again, nothing changes").isEqualTo(c.id());
    }

    @Test
    void whatWasReportedUnderEitherIdIsNotReportedAgain() {
        hub().pixel("302");
        Lead stays = hub().submit(LeadForm.clicked("Beni")).lead();
        Lead goes = hub().submit(LeadForm.clicked("Bena")).lead();
        Delivery purchase =
                hub().apply(won(goes.id(), "100", "INV-1", false)).deliveries().getFirst();
        took(purchase);
        took(hub().row(goes.id(), "new"));
        merge(goes, stays);
        List<Delivery> after = hub().rows(stays.id());
        assertThat(after).extracting(Delivery::eventId).contains(purchase.eventId());
        assertThat(after)
                .filteredOn(d -> d.trigger().equals("new"))
                .extracting(Delivery::status)
                .as("the other one's is not sent as well")
                .containsExactlyInAnyOrder(DeliveryStatus.ACCEPTED, DeliveryStatus.SKIPPED);
        assertThat(after)
                .filteredOn(d -> d.status().equals(DeliveryStatus.SKIPPED))
                .extracting(IntakeFixture::reason)
                .containsExactly(Reasons.LEAD_MERGED.code());
        assertThat(hub().apply(won(stays.id(), "100", "INV-1", false)).deliveries())
                .singleElement()
                .satisfies(d -> assertThat(d.id()).isEqualTo(purchase.id()));
        assertThat(hub().apply(won(stays.id(), "100", "INV-1", true)).deliveries())
                .singleElement()
                .satisfies(d -> assertThat(d.id()).isEqualTo(purchase.id()));
        assertThat(hub().apply(won(stays.id(), "200", "INV-2", true)).deliveries())
                .as("a further purchase is one")
                .singleElement()
                .satisfies(d -> assertThat(d.status()).isEqualTo(DeliveryStatus.PENDING));
    }

    @Test
    void ofTwoThatWaitTheOlderIsSent() {
        hub().pixel("303");
        Lead stays = hub().submit(LeadForm.clicked("Cici")).lead();
        Lead goes = hub().submit(LeadForm.clicked("Cica")).lead();
        merge(goes, stays);
        assertThat(hub().rows(stays.id()))
                .extracting(Delivery::status)
                .containsExactly(DeliveryStatus.PENDING, DeliveryStatus.SKIPPED);
    }

    @Test
    void aFailedEntryIsNotTriedAgainWhileTheOtherOnesStands() {
        hub().pixel("304");
        Lead stays = hub().submit(LeadForm.clicked("Deni")).lead();
        Lead goes = hub().submit(LeadForm.clicked("Dena")).lead();
        Delivery failed = hub().row(stays.id(), "new");
        ended(failed, DeliveryStatus.FAILED);
        took(hub().row(goes.id(), "new"));
        merge(goes, stays);
        assertThatThrownBy(() -> hub().apply(new DeliveryRetried(WS, failed.id())))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("one person");
    }

    @Test
    void whatOneLackedIsReportedWithWhatTheOtherBrings() {
        hub().pixel("305");
        Lead stays = hub().submit(LeadForm.blank().email("erik@example.co.id")).lead();
        assertThat(hub().row(stays.id(), "new").status()).isEqualTo(DeliveryStatus.SKIPPED);
        var pixels = hub().hub.pixels();
        Lead goes = hub().submit(LeadForm.clicked("Erika")).lead();
        assertThat(pixels.of(WS)).hasSize(1);
        merge(goes, stays);
        assertThat(hub().rows(stays.id()))
                .filteredOn(d -> d.status().equals(DeliveryStatus.PENDING))
                .as("one of the two goes out")
                .hasSize(1);
    }

    @Test
    void aRefusalOutweighsAConsentAndStopsWhatWaits() {
        hub().pixel("306");
        Lead stays = hub().submit(LeadForm.clicked("Fani").consent(Consent.Choice.GRANTED))
                .lead();
        Lead goes = hub().submit(LeadForm.blank().email("fani2@example.co.id").consent(Consent.Choice.DENIED))
                .lead();
        merge(goes, stays);
        assertThat(hub().visitorOf(stays.id()).profile().consent().adUserData()).isEqualTo(Consent.Choice.DENIED);
        assertThat(hub().rows(stays.id())).extracting(Delivery::status).containsOnly(DeliveryStatus.SKIPPED);
    }

    @Test
    void erasingTheOneThatStaysErasesWhatItWas() {
        Lead stays =
                hub().submit(LeadForm.clicked("Gina").phone("+628121110007")).lead();
        Lead goes =
                hub().submit(LeadForm.clicked("Gino").phone("+628121110008")).lead();
        merge(goes, stays);
        hub().apply(new LeadErased(WS, goes.id()));
        assertThat(idOf(stays.id())).isNull();
        assertThat(idOf(goes.id())).isNull();
        assertThat(visitorOf(goes.visitorNo())).isNull();
        assertThat(idOfPhone("+628121110008")).isNull();
    }

    @Test
    void aVisitorsNextClickIsTheOneLeadsClick() {
        Lead stays = hub().submit(LeadForm.blank().phone("+628121110009")).lead();
        Lead goes = hub().submit(LeadForm.clicked("Hana")).lead();
        merge(goes, stays);
        LeadResult again = hub().apply(LeadForm.blank()
                .visitor(goes.visitorNo())
                .fbclid("IwAR-next")
                .upserted());
        assertThat(again.lead().id()).isEqualTo(stays.id());
        assertThat(hub().visitorOf(stays.id()).profile().clicks().value(ClickIds.FBCLID))
                .isEqualTo("IwAR-next");
    }

    @Test
    void manyWhoMergeTheSameTwoAtOnceMergeThemOnce() {
        Lead stays = hub().submit(LeadForm.clicked("Ira")).lead();
        Lead goes = hub().submit(LeadForm.clicked("Iro")).lead();
        var answers = new ArrayList<CompletableFuture<LeadResult>>();
        for (int i = 0; i < 32; i++) {
            answers.add(hub().intake().append(new LeadsMerged(WS, goes.id(), stays.id())));
        }
        assertThat(answers.stream().map(a -> a.join().lead().id()).distinct()).containsExactly(stays.id());
        assertThat(timeline(hub().lead(stays.id())))
                .filteredOn(t -> t.startsWith("merge"))
                .hasSize(1);
    }

    @Test
    void nobodyIsMergedIntoNobody() {
        Lead lead = hub().submit(LeadForm.clicked("Jana")).lead();
        assertThatThrownBy(() -> hub().apply(new LeadsMerged(WS, lead.id(), "ld_nobody")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("ld_nobody");
    }

    private Lead merge(Lead from, Lead into) {
        return hub().apply(new LeadsMerged(TestHub.WS, from.id(), into.id())).lead();
    }

    /** The platform took it. */
    private void took(Delivery d) {
        ended(d, DeliveryStatus.ACCEPTED);
    }

    private void ended(Delivery d, String status) {
        var delivery = kembali.store.schema.Tables.DELIVERY;
        hub().store()
                .write(tx -> tx.sql()
                        .update(delivery)
                        .set(delivery.STATUS, status)
                        .set(delivery.ATTEMPTS, 1)
                        .where(delivery.WORKSPACE_ID.eq(WS), delivery.ID.eq(d.id()))
                        .execute());
    }
}
