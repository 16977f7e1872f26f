package kembali.platform.ga4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ga4ClientIdTest {
    @ParameterizedTest
    @CsvSource({
        "1234567890.1763520000, 1234567890.1763520000",
        "' 111.222 ', 111.222",
        "GA1.1.1234567890.1763520000, 1234567890.1763520000",
        "GA1.2-3.1234567890.1763520000, 1234567890.1763520000",
        "HVjzj3k9WQm/2+Ls0aXz5w==.1763520000, HVjzj3k9WQm/2+Ls0aXz5w==.1763520000",
        "550e8400-e29b-41d4-a716-446655440000, 550e8400-e29b-41d4-a716-446655440000",
        "amp-Zk3vX9QpR2a7Lw0TnB5sYg, amp-Zk3vX9QpR2a7Lw0TnB5sYg"
    })
    void takesWhatTheGoogleTagHandsOut(String raw, String id) {
        assertThat(Ga4ClientId.of(raw)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "undefined",
                "null",
                "GA1.1.123",
                "GA1.1.1234567890",
                "123",
                "1234567890",
                ".",
                "1.",
                ".1",
                "1.2.3",
                "a.b",
                "budi.santoso@example.co.id",
                "thisisnotaclientid",
                "1234567890 1763520000",
                "१२३.४५६"
            })
    void takesNothingElse(String raw) {
        assertThat(Ga4ClientId.of(raw)).isNull();
    }

    @Test
    void takesNoEndlessId() {
        assertThat(Ga4ClientId.of("1".repeat(101))).isNull();
        assertThat(Ga4ClientId.of("1".repeat(21) + ".1")).isEqualTo("1".repeat(21) + ".1"); // opaque, but an id
        assertThat(Ga4ClientId.isUsual("1".repeat(21) + ".1")).isFalse();
        assertThat(Ga4ClientId.of(null)).isNull();
    }

    @Test
    void makesUpIdsThatLookRealAndNeverChange() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            String id = Ga4ClientId.synthetic("ABC" + i);
            assertThat(id).matches("[1-9]\\d{9}\\.1[567]\\d{8}");
            assertThat(Ga4ClientId.synthetic("ABC" + i)).isEqualTo(id);
            ids.add(id);
        }
        assertThat(ids).hasSize(20_000);
        assertThat(Ga4ClientId.synthetic("ABC2345")).isEqualTo("4944122728.1592792606");
    }
}
