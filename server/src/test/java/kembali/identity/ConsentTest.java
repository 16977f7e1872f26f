package kembali.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import kembali.identity.Consent.Choice;
import kembali.identity.Consent.Source;
import kembali.support.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsentTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void theLatestExplicitAnswerWinsAndSilenceOverwritesNothing() {
        Consent granted = said(Choice.GRANTED, Choice.GRANTED, NOON);
        Consent half = said(Choice.DENIED, Choice.UNKNOWN, NOON.plusSeconds(1));
        Consent after = granted.updatedBy(half);
        assertThat(after.adUserData()).isEqualTo(Choice.DENIED);
        assertThat(after.adPersonalization()).isEqualTo(Choice.GRANTED);
        assertThat(after.at()).isEqualTo(NOON.plusSeconds(1));
        assertThat(after.updatedBy(Consent.UNKNOWN)).isEqualTo(after);
    }

    @Test
    void anAnswerThatArrivesLateOnlyFillsInWhatIsUnknown() {
        Consent now = said(Choice.DENIED, Choice.UNKNOWN, NOON);
        Consent late = said(Choice.GRANTED, Choice.GRANTED, NOON.minus(Duration.ofHours(1)));
        Consent after = now.updatedBy(late);
        assertThat(after.adUserData()).isEqualTo(Choice.DENIED);
        assertThat(after.adPersonalization()).isEqualTo(Choice.GRANTED);
        assertThat(after.at()).isEqualTo(NOON);
    }

    @Test
    void aRepetitionIsNoChangeButCountsAsSaidThen() {
        Consent first = said(Choice.GRANTED, Choice.GRANTED, NOON);
        Consent again = first.updatedBy(said(Choice.GRANTED, Choice.GRANTED, NOON.plusSeconds(60)));
        assertThat(again.saysSame(first)).isTrue();
        assertThat(again.at()).isEqualTo(NOON.plusSeconds(60));
        assertThat(again.updatedBy(said(Choice.DENIED, Choice.DENIED, NOON.plusSeconds(30)))
                        .adUserData())
                .isEqualTo(Choice.GRANTED);
    }

    @Test
    void anAnswerWithoutATimeIsTheLatest() {
        Consent granted = said(Choice.GRANTED, Choice.GRANTED, NOON);
        assertThat(granted.updatedBy(new Consent(Choice.DENIED, Choice.UNKNOWN)).adUserData())
                .isEqualTo(Choice.DENIED);
    }

    @Test
    void globalPrivacyControlGoesBeforeWhatThePageSays() {
        Consent honoured = said(Choice.GRANTED, Choice.GRANTED, NOON).withGpcHonoured();
        assertThat(honoured.adUserData()).isEqualTo(Choice.DENIED);
        assertThat(honoured.adPersonalization()).isEqualTo(Choice.DENIED);
        assertThat(honoured.adStorage())
                .as("is about cookies, not about selling")
                .isEqualTo(Choice.GRANTED);
        assertThat(honoured.source()).isEqualTo(Source.GPC);
    }

    @Test
    void recordsFromBeforeThereWereFourChoicesAreStillRead() {
        Consent old = Json.read("{\"adUserData\":\"GRANTED\",\"adPersonalization\":\"UNKNOWN\"}", Consent.class);
        assertThat(old.adUserData()).isEqualTo(Choice.GRANTED);
        assertThat(old.adStorage()).isEqualTo(Choice.UNKNOWN);
        assertThat(old.source()).isEqualTo(Source.DEFAULT);
        assertThat(old.at()).isNull();
        assertThat(old.gpc()).isFalse();
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Consent whole = new Consent(
                Choice.GRANTED,
                Choice.DENIED,
                Choice.GRANTED,
                Choice.UNKNOWN,
                Source.TCF,
                "COtybn4PA_zT4KjACBENAPCIAEBAAECAAIAAAAAAAAAA",
                true,
                true,
                "DE",
                NOON);
        assertThat(Json.read(Json.write(whole), Consent.class)).isEqualTo(whole);
        assertThat(Json.read(Json.write(Consent.UNKNOWN), Consent.class)).isEqualTo(Consent.UNKNOWN);
    }

    private static Consent said(Choice adUserData, Choice adPersonalization, @Nullable Instant at) {
        return new Consent(
                Choice.GRANTED,
                Choice.GRANTED,
                adUserData,
                adPersonalization,
                Source.CMP,
                null,
                false,
                false,
                null,
                at);
    }
}
