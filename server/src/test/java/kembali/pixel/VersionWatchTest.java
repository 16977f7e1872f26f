package kembali.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import kembali.platform.Endpoints;
import kembali.platform.Platform;
import kembali.platform.Platforms;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionWatchTest {
    /** Graph API v21.0 ends on 2027-01-21. */
    @ParameterizedTest
    @CsvSource({
        "2026-10-22, ",
        "2026-10-23, WITHIN_90_DAYS",
        "2026-12-21, WITHIN_90_DAYS",
        "2026-12-22, WITHIN_30_DAYS",
        "2027-01-13, WITHIN_30_DAYS",
        "2027-01-14, WITHIN_7_DAYS",
        "2027-01-20, WITHIN_7_DAYS",
        "2027-01-21, ENDED",
        "2028-01-01, ENDED"
    })
    void warnsOfAVersionsEndAheadOfTime(LocalDate today, VersionWatch.Nearness nearness) {
        List<VersionWatch.Notice> notices = VersionWatch.notices(List.of(pixel("v21.0", true)), today);
        if (nearness == null) {
            assertThat(notices).isEmpty();
        } else {
            assertThat(notices).singleElement().satisfies(n -> {
                assertThat(n.nearness()).isEqualTo(nearness);
                assertThat(n.message()).contains("v21.0", "2027-01-21", "Main");
                assertThat(n.fix()).isNotBlank();
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"v26.0, true", "v21.0, false"})
    void saysNothingOfALivingVersionOrASwitchedOffPixel(String version, boolean enabled) {
        assertThat(VersionWatch.notices(List.of(pixel(version, enabled)), LocalDate.of(2027, 1, 21)))
                .isEmpty();
    }

    private static Pixel pixel(String version, boolean enabled) {
        Platform meta = Platforms.all().get("meta");
        Map<String, Object> settings = Map.of("pixelId", "1234567890123456", "apiVersion", version);
        Map<String, String> credentials = Map.of("accessToken", "EAAtokenOfATest0123456789");
        Instant now = Instant.parse("2026-11-21T03:00:00Z");
        return new Pixel(
                1,
                "px_1",
                meta,
                "Main",
                enabled,
                false,
                false,
                new PixelDoc(settings, List.of(), false, Map.of(), "inherit"),
                credentials,
                null,
                meta.destination(settings, credentials, Endpoints.USUAL),
                Health.OK,
                null,
                null,
                now,
                now,
                null);
    }
}
