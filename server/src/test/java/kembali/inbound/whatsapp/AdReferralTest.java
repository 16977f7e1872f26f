package kembali.inbound.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import kembali.inbound.JsonTree;
import kembali.lead.ChatMessage.Referral;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdReferralTest {
    @ParameterizedTest
    @CsvSource({
        "ctwa_clid, source_id, source_url",
        "ctwaClid, sourceId, sourceUrl",
        "ReferralCtwaClid, ReferralSourceId, ReferralSourceUrl",
        "ctwa, source_id, sourceUrl"
    })
    void readsEverySpelling(String click, String id, String url) {
        Referral ad = Objects.requireNonNull(
                search("{\"x\":[{\"deep\":{\"%s\":\"Aff-1\",\"%s\":120226,\"%s\":\"https://fb.me/x\"}}]}"
                        .formatted(click, id, url)));

        assertThat(ad.ctwaClid()).isEqualTo("Aff-1");
        assertThat(ad.sourceId()).isEqualTo("120226");
        assertThat(ad.sourceUrl()).isEqualTo("https://fb.me/x");
    }

    @Test
    void keepsTheClickIdAsItIs() {
        assertThat(clickOf("ARAkLkA8rmlFeiCktEJQ-QTwRiyYHAFDLMNDBH0CD3qpjd0HR4irJ6LEkR7JwFF4XvnO2E4Nx0"))
                .isEqualTo("ARAkLkA8rmlFeiCktEJQ-QTwRiyYHAFDLMNDBH0CD3qpjd0HR4irJ6LEkR7JwFF4XvnO2E4Nx0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "{{ctwa_clid}}", "{ctwa}", "__CTWA__", "naïve"})
    void takesNoPlaceHolderForAClick(String value) {
        assertThat(clickOf(value)).isNull();
    }

    @Test
    void anAdWithoutAClickIsAnAdAndAnythingElseIsNone() {
        Referral ad =
                Objects.requireNonNull(AdReferral.read(JsonTree.parse("{\"source_id\":\"1\",\"source_type\":\"AD\"}")));

        assertThat(ad.ctwaClid()).isNull();
        assertThat(ad.sourceType()).isEqualTo("ad");
        assertThat(AdReferral.read(JsonTree.parse("{\"headline\":\"Promo\"}"))).isNull();
        assertThat(AdReferral.read(JsonTree.NOTHING)).isNull();
        assertThat(search("{\"source_id\":\"1\"}")).isNull();
    }

    @Test
    void takesAVideoWhereThereIsNoPicture() {
        Referral ad = Objects.requireNonNull(
                AdReferral.read(
                        JsonTree.parse(
                                "{\"ctwa_clid\":\"a\",\"media_type\":\"video\","
                                        + "\"video_url\":\"https://example.com/v.mp4\",\"thumbnail_url\":\"https://example.com/t.jpg\"}")));

        assertThat(ad.mediaUrl()).isEqualTo("https://example.com/v.mp4");
    }

    private static @Nullable String clickOf(String value) {
        Referral ad = search("{\"referral\":{\"ctwa_clid\":\"" + value + "\"}}");
        return ad == null ? null : ad.ctwaClid();
    }

    private static @Nullable Referral search(String json) {
        return AdReferral.search(JsonTree.parse(json));
    }
}
