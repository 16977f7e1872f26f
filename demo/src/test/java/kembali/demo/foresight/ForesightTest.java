package kembali.demo.foresight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Collectors;
import kembali.demo.sample.Sample;
import org.junit.jupiter.api.Test;

class ForesightTest {
    private final Sample sample = Sample.at(Instant.parse("2026-11-21T03:00:00Z"));
    private final Foresight foreseen = Foresight.of(sample);

    @Test
    void countsOneLeadPerPersonHoweverOftenTheyTap() {
        assertThat(foreseen.leads()).isEqualTo(sample.stories().size());
        assertThat(foreseen.leadsByStatus().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(foreseen.leads());
    }

    @Test
    void meetsEveryOutcomeAndReasonTheDemoWantsToShow() {
        assertThat(foreseen.deliveries().keySet().stream()
                        .map(l -> l.outcome() + " " + l.reason())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "accepted null",
                        "partial_failure platform_message",
                        "failed event_refused",
                        "pending token_invalid",
                        "skipped consent_denied",
                        "skipped event_too_old",
                        "skipped insufficient_user_data",
                        "skipped missing_click_id",
                        "skipped missing_value",
                        "skipped no_mapping");
    }

    @Test
    void expectsNothingAtThePlatformForTheOldToken() {
        assertThat(foreseen.taken(PixelPlan.OLD_TOKEN, "AddToCart")).isZero();
        assertThat(foreseen.taken(PixelPlan.MAIN, "AddToCart")).isPositive();
    }

    @Test
    void tellsTheSendAllPixelMoreThanTheStrictOne() {
        assertThat(foreseen.taken(PixelPlan.EVERYBODY, "Purchase"))
                .isGreaterThan(foreseen.taken(PixelPlan.MAIN, "Purchase"));
    }
}
