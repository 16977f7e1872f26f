package kembali.demo.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import kembali.demo.foresight.PixelPlan;
import org.junit.jupiter.api.Test;

class TakingsTest {
    @Test
    void countsARepeatedEventOnce() throws Exception {
        Takings t = Takings.of(Api.JSON.readTree("""
                {"requests":9,"rows":[
                  {"platform":"meta","pixelId":"100200300400501","event":"Lead","verdict":"accepted","count":7},
                  {"platform":"meta","pixelId":"100200300400503","event":"","verdict":"refused 190/463","count":2}],
                 "warnings":{"missing_user_agent":3},
                 "duplicates":{"count":2,"unexplained":1,"items":[
                  {"platform":"meta","pixelId":"100200300400501","event":"Lead","eventId":"e1","times":3}]}}"""));
        assertThat(t.distinct()).isEqualTo(Map.of(PixelPlan.MAIN, Map.of("Lead", 5)));
        assertThat(t.refused()).isEqualTo(Map.of(PixelPlan.OLD_TOKEN, Map.of("refused 190/463", 2)));
        assertThat(t.repeated()).isEqualTo(2);
        assertThat(t.unexplained()).isEqualTo(1);
        assertThat(t.warnings()).containsEntry("missing_user_agent", 3);
    }

    @Test
    void doesNotOverlookAnEventForAStrangePixel() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Takings.of(Api.JSON.readTree(
                        "{\"rows\":[{\"pixelId\":\"1\",\"event\":\"Lead\",\"verdict\":\"accepted\",\"count\":1}]}")));
    }
}
