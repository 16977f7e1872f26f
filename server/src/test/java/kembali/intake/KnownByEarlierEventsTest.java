package kembali.intake;

import static kembali.store.schema.Tables.DELIVERY;
import static kembali.testing.TestHub.WS;
import static kembali.testing.TestHub.reached;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kembali.delivery.Delivery;
import kembali.delivery.DeliveryStatus;
import kembali.identity.ClickIds;
import kembali.pixel.Pixel;
import kembali.pixel.PixelDoc;
import kembali.testing.LeadForm;
import kembali.testing.TestDatabase;
import kembali.visitor.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LinkedIn knows a person by our id for a year after it came with an identifier of its own. */
class KnownByEarlierEventsTest extends IntakeFixture {
    private static final String CLICK = "df5gf5-gh6t7-ph4j7h-fgf6n1";

    @TempDir
    static Path folder;

    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.sqlite(folder);
    }

    @Test
    void aPersonWhoseClickWasTakenIsReportedWithoutItAsLongAsLinkedInRemembers() {
        linkedIn();
        String lead = hub().submit(LeadForm.blank().click(ClickIds.LI_FAT_ID, CLICK))
                .lead()
                .id();
        accepted(hub().reach(lead, "responded").deliveries().getFirst());
        forgetClicks(lead);
        Delivery soon = hub().apply(reached(lead, "qualified")).deliveries().getFirst();
        assertThat(soon.status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(soon.prepared())
                .isNotNull()
                .satisfies(ready ->
                        assertThat(ready.json()).contains("\"userIds\":[]", "\"externalIds\":[\"" + lead + "\"]"));
        clock.forward(Duration.ofDays(366));
        Delivery late = hub().apply(reached(lead, "won")).deliveries().getFirst();
        assertThat(late.status()).isEqualTo(DeliveryStatus.SKIPPED);
    }

    @Test
    void aClickThatWasNeverTakenTeachesNothing() {
        linkedIn();
        String lead = hub().submit(LeadForm.blank().click(ClickIds.LI_FAT_ID, CLICK + "2"))
                .lead()
                .id();
        hub().reach(lead, "responded");
        forgetClicks(lead);
        assertThat(hub().apply(reached(lead, "qualified"))
                        .deliveries()
                        .getFirst()
                        .status())
                .isEqualTo(DeliveryStatus.SKIPPED);
    }

    private void accepted(Delivery d) {
        hub().store()
                .write(tx -> tx.sql()
                        .update(DELIVERY)
                        .set(DELIVERY.STATUS, DeliveryStatus.ACCEPTED)
                        .where(DELIVERY.ID.eq(d.id()))
                        .execute());
    }

    /** As after a merge with a person who came some other way. */
    private void forgetClicks(String lead) {
        Visitor visitor = hub().visitorOf(lead);
        hub().store().write(tx -> {
            hub().hub
                    .visitors()
                    .in(tx)
                    .put(visitor.withProfile(visitor.profile().withClicks(ClickIds.NONE)));
            return true;
        });
    }

    private Pixel linkedIn() {
        var pixels = hub().hub.pixels();
        var doc = new PixelDoc(
                Map.of(
                        "adAccountId",
                        "512345678",
                        "conversionIds",
                        Map.of("LEAD", "102", "QUALIFIED_LEAD", "103", "PURCHASE", "104")),
                List.of(),
                false,
                Map.of(),
                "strict");
        return pixels.save(pixels.draft(
                WS,
                pixels.newId(),
                hub().hub.platforms().get("linkedin"),
                "LinkedIn",
                true,
                doc,
                Map.of("accessToken", "AQXlinkedinTESTtokenThatNobodyMaySee0123456789"),
                null,
                null));
    }
}
