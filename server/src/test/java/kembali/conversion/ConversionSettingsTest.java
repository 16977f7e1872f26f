package kembali.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kembali.lead.LeadStatus;
import kembali.platform.Platforms;
import org.junit.jupiter.api.Test;

class ConversionSettingsTest {
    private static final ConversionSettings INITIAL = ConversionSettings.initial(Platforms.all());

    @Test
    void beginsWithTheSalesTable() {
        var expected = new HashMap<String, List<String>>();
        expected.put("pageview", List.of("PageView", "page_view", "ViewContent", "PAGE_VIEW"));
        expected.put("new", List.of("AddToCart", "generate_lead", "ViewContent", "PAGE_VIEW"));
        expected.put("contacted", List.of("Contact", "working_lead", "Contact", "CONTACT"));
        expected.put("responded", List.of("Lead", "working_lead", "Lead", "LEAD"));
        expected.put("qualified", List.of("Lead", "qualify_lead", "Lead", "QUALIFIED_LEAD"));
        expected.put("hot", List.of("SubmitApplication", "working_lead", "SubmitApplication", "QUALIFIED_LEAD"));
        expected.put("proposal", List.of("InitiateCheckout", "working_lead", "InitiateCheckout", "REQUEST_QUOTE"));
        expected.put("negotiation", List.of("AddPaymentInfo", "working_lead", "AddPaymentInfo", "REQUEST_QUOTE"));
        expected.put("invoice", List.of("AddPaymentInfo", "add_payment_info", "AddPaymentInfo", "REQUEST_QUOTE"));
        expected.put("won", List.of("Purchase", "purchase", "Purchase", "PURCHASE"));
        expected.put("lost", List.of("Archive", "close_unconvert_lead", "ViewContent", "Archive"));
        assertThat(INITIAL.mapping()).containsOnlyKeys(LeadStatus.SALES);
        expected.forEach((status, events) -> {
            var row = Objects.requireNonNull(INITIAL.mapping().get(status));
            assertThat(Arrays.asList(row.get("meta"), row.get("ga4"), row.get("tiktok"), row.get("linkedin")))
                    .as(status)
                    .isEqualTo(events);
            assertThat(row).containsEntry("googleAdsActionId", null);
        });
    }

    @Test
    void fillsInColumnsNobodySaidAnythingAbout() {
        var before = new ConversionSettings(
                INITIAL.strategy(),
                Map.of("won", Map.of("meta", "Closing")),
                INITIAL.values(),
                INITIAL.modalTriggerStatuses(),
                INITIAL.customEvents(),
                INITIAL.consentWhenUnknown());
        assertThat(before.withEveryColumn(List.of("meta", "ga4", "tiktok"), s -> Map.of("ga4", "purchase"))
                        .mapping()
                        .get("won"))
                .containsEntry("meta", "Closing")
                .containsEntry("ga4", "purchase")
                .containsEntry("tiktok", null);
    }

    @Test
    void presetsNameTheirOwnStatuses() {
        assertThat(ConversionSettings.preset(Platforms.all(), "subscription")).containsKey("resubscribed");
        assertThat(ConversionSettings.preset(Platforms.all(), "affiliate"))
                .containsKeys("lead", "registration", "deposit", "sale", "rebill");
    }
}
