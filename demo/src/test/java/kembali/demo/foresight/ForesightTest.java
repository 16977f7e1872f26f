package kembali.demo.foresight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Collectors;
import kembali.demo.platform.Ga4;
import kembali.demo.platform.Meta;
import kembali.demo.sample.Sample;
import kembali.demo.sample.Story;
import org.junit.jupiter.api.Test;

class ForesightTest {
    private final Sample sample = Sample.at(Instant.parse("2026-11-21T03:00:00Z"));
    private final Foresight foreseen = Foresight.of(sample);

    @Test
    void countsOneLeadPerPersonHoweverOftenTheyTapAndNoneOfPeopleWhoOnlyLook() {
        assertThat(foreseen.leads())
                .isEqualTo(sample.stories().stream().filter(Story::becomesLead).count())
                .isLessThan(sample.stories().size());
        assertThat(foreseen.leadsByStatus().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(foreseen.leads());
    }

    @Test
    void meetsEveryOutcomeAndReasonTheDemoWantsToShow() {
        assertThat(foreseen.deliveries().keySet().stream()
                        .map(l -> l.pixel().platform().title() + " " + l.outcome() + " " + l.reason())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "Meta accepted null",
                        "Meta partial_failure platform_message",
                        "Meta failed event_refused",
                        "Meta pending token_invalid",
                        "Meta skipped consent_denied",
                        "Meta skipped event_too_old",
                        "Meta skipped insufficient_user_data",
                        "Meta skipped missing_click_id",
                        "Meta skipped missing_value",
                        "Meta skipped missing_waba_id",
                        "Meta skipped no_mapping",
                        "GA4 accepted received_unvalidated",
                        "GA4 accepted synthetic_client_id",
                        "GA4 accepted clamped_72h",
                        "GA4 failed answer_lost",
                        "GA4 skipped consent_denied",
                        "GA4 skipped missing_client_id",
                        "Google Ads accepted processed",
                        "Google Ads accepted duplicate",
                        "Google Ads failed click_of_other_account",
                        "Google Ads pending reconnect_needed",
                        "Google Ads skipped consent_denied",
                        "Google Ads skipped event_too_old",
                        "Google Ads skipped insufficient_user_data",
                        "Google Ads skipped no_mapping",
                        "TikTok accepted null",
                        "TikTok partial_failure taken_in_part",
                        "TikTok skipped consent_denied",
                        "TikTok skipped insufficient_user_data",
                        "TikTok skipped missing_click_id",
                        "TikTok skipped missing_page_url",
                        "LinkedIn accepted null",
                        "LinkedIn skipped consent_denied",
                        "LinkedIn skipped conversion_id_missing",
                        "LinkedIn skipped missing_click_id",
                        "LinkedIn skipped no_phone_matching");
    }

    @Test
    void keepsOneRowOfAllTheRefusedPageViewsOfAPixel() {
        assertThat(foreseen.deliveries().entrySet().stream()
                        .filter(e -> "PageView".equals(e.getKey().event())
                                && "consent_denied".equals(e.getKey().reason()))
                        .map(e -> e.getKey().pixel().name() + " " + e.getValue().count()))
                .containsExactly("Main pixel 1", "All leads 1", "Old token 1");
    }

    @Test
    void expectsNothingAtThePlatformForTheOldToken() {
        assertThat(foreseen.taken(Meta.OLD_TOKEN, "AddToCart")).isZero();
        assertThat(foreseen.taken(Meta.MAIN, "AddToCart")).isPositive();
    }

    @Test
    void tellsTheSendAllPixelMoreThanTheStrictOne() {
        assertThat(foreseen.taken(Meta.EVERYBODY, "Purchase")).isGreaterThan(foreseen.taken(Meta.MAIN, "Purchase"));
    }

    @Test
    void tellsAStrictPixelOfChatsUnderAKnownAccountOnly() {
        assertThat(foreseen.taken(Meta.MAIN, "LeadSubmitted"))
                .isPositive()
                .isLessThan(foreseen.taken(Meta.EVERYBODY, "LeadSubmitted"));
        assertThat(foreseen.taken(Meta.EVERYBODY, "LeadSubmitted"))
                .isEqualTo(sample.chats().size());
    }

    @Test
    void countsAsArrivedWhatWasRefusedLaterOrNotAnswered() {
        int accepted = foreseen.deliveries().entrySet().stream()
                .filter(e -> e.getKey().pixel().equals(Ga4.SHOP)
                        && "working_lead".equals(e.getKey().event())
                        && e.getKey().outcome().equals("accepted"))
                .mapToInt(e -> e.getValue().count())
                .sum();
        assertThat(foreseen.taken(Ga4.SHOP, "working_lead")).isEqualTo(accepted + 1);
    }
}
