package kembali.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderTimeTest {
    private static final Instant RECEIVED = Instant.parse("2026-09-21T14:13:25Z");
    private static final Instant SAID = Instant.parse("2026-09-21T14:13:20Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1790000000",
                " 1790000000 ",
                "1790000000000",
                "1790000000000000",
                "1790000000000000000",
                "1790000000.0",
                "2026-09-21T14:13:20Z",
                "2026-09-21t14:13:20z",
                "2026-09-21T14:13:20.000Z",
                "2026-09-21T14:13:20.0000000Z",
                "2026-09-21T21:13:20+07:00",
                "2026-09-21T21:13:20.000+0700",
                "2026-09-21T21:13:20+07",
                "2026-09-21 14:13:20 UTC",
                "2026-09-21 14:13:20Z",
                "2026-09-21 21:13:20 +0700"
            })
    void readsTheSameInstantHoweverItIsWritten(String said) {
        assertThat(read(said)).isEqualTo(SAID);
    }

    @Test
    void readsATimeWithoutAZoneAsTheNearerOfUtcAndTheWorkspacesTime() {
        assertThat(ProviderTime.read("2026-09-21 21:13:20", RECEIVED, "ID")).isEqualTo(SAID);
        assertThat(ProviderTime.read("2026-09-21T14:13:20", RECEIVED, "ID")).isEqualTo(SAID);
        assertThat(ProviderTime.read("2026-09-21T14:13:20.123", RECEIVED, "id")).isEqualTo(SAID.plusMillis(123));
        assertThat(ProviderTime.read("2026-09-21 22:13:20", RECEIVED, "MY")).isEqualTo(SAID);
        assertThat(ProviderTime.read("2026-09-21 14:13:20", RECEIVED, "US")).isEqualTo(SAID);
        assertThat(ProviderTime.read("2026-09-21 14:13:20", RECEIVED, null)).isEqualTo(SAID);
        // Retried two days later: local, as nothing says otherwise, rather than in the future.
        assertThat(ProviderTime.read("2026-09-21 21:13:20", RECEIVED.plusSeconds(3600), "ID"))
                .isEqualTo(SAID);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "0",
                "-1",
                "soon",
                "null",
                "{}",
                "1",
                "99999999999999999999",
                "9223372036854775807",
                "2009-12-31T23:59:59Z",
                "2026-09-21",
                "2026-13-41T99:00:00Z",
                "+999999999-01-01T00:00:00Z",
                "1790000000 and a very long story that nobody would call a time at all"
            })
    void fallsBackOnTheReceiptWhenNothingPlausibleIsSaid(@Nullable String said) {
        assertThat(read(said)).isEqualTo(RECEIVED);
    }

    @ParameterizedTest
    @CsvSource({"2026-09-21T14:18:25Z, true", "2026-09-21T14:18:26Z, false", "1790000306, false", "1790000305, true"})
    void believesAClockThatIsAheadByAtMostFiveMinutes(String said, boolean believed) {
        assertThat(read(said).equals(RECEIVED)).isNotEqualTo(believed);
    }

    private static Instant read(@Nullable String said) {
        return ProviderTime.read(said, RECEIVED, "ID");
    }
}
