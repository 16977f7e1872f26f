package kembali.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Instant AT = Instant.ofEpochSecond(1795230000);

    private final Ledger ledger = new Ledger(false);

    @Test
    void countsARepetitionOfPixelNameAndId() {
        store("1", "Lead", "a", false);
        store("1", "Lead", "a", false);
        store("1", "Lead", "a", false);
        var summary = ledger.summary();
        assertThat(summary.repetitions()).isEqualTo(2);
        assertThat(summary.unexplained()).isEqualTo(2);
        assertThat(summary.duplicates()).containsExactly(new Ledger.Duplicate("meta", "1", "Lead", "a", 3, AT, null));
        assertThat(ledger.received()).extracting(Received::duplicate).containsExactly(false, true, true);
    }

    @Test
    void tellsDifferentEventsApart() {
        store("1", "Lead", "a", false);
        store("2", "Lead", "a", false);
        store("1", "Contact", "a", false);
        store("1", "Lead", "b", false);
        store("1", "Lead", null, false);
        store("1", "Lead", null, false);
        assertThat(ledger.summary().repetitions()).isZero();
    }

    @Test
    void excusesOneRepetitionForEachLostAnswer() {
        store("1", "Lead", "a", true);
        store("1", "Lead", "a", false);
        assertThat(ledger.summary().unexplained()).isZero();
        assertThat(ledger.summary().duplicates().getFirst().explainedBy()).isEqualTo("lose_answer");
        store("1", "Lead", "a", false);
        assertThat(ledger.summary().repetitions()).isEqualTo(2);
        assertThat(ledger.summary().unexplained()).isEqualTo(1);
        assertThat(ledger.summary().duplicates().getFirst().explainedBy()).isNull();
    }

    @Test
    void keepsTheLatestEventsInDetailAndCountsAll() {
        int all = Ledger.KEPT_EVENTS + 10;
        for (int i = 0; i < all; i++) {
            store("1", "Lead", "e" + i, false);
        }
        assertThat(ledger.received()).hasSize(Ledger.KEPT_EVENTS);
        assertThat(ledger.received().getFirst().seq()).isEqualTo(11);
        assertThat(ledger.summary().events()).isEqualTo(all);
        store("1", "Lead", "e0", false);
        assertThat(ledger.summary().repetitions()).isEqualTo(1);
    }

    @Test
    void aLeanLedgerKeepsNumbersOnly() {
        Ledger lean = new Ledger(true);
        lean.store("meta", 1, AT, List.of(arrival("1", "Lead", "a"), arrival("1", "Lead", "a")), Map.of(), null, false);
        assertThat(lean.received()).isEmpty();
        assertThat(lean.summary().events()).isEqualTo(2);
        assertThat(lean.summary().repetitions()).isEqualTo(1);
    }

    @Test
    void clearingForgetsDuplicatesToo() {
        store("1", "Lead", "a", false);
        ledger.clear();
        store("1", "Lead", "a", false);
        assertThat(ledger.summary().repetitions()).isZero();
        assertThat(ledger.received().getFirst().seq()).isEqualTo(2);
    }

    @Test
    void aFullSetOfKeysSaysSo() {
        SeenKeys seen = new SeenKeys(3);
        for (int i = 0; i < 3; i++) {
            assertThat(seen.add(SeenKeys.key("k" + i))).isTrue();
        }
        assertThat(seen.saturated()).isFalse();
        assertThat(seen.add(SeenKeys.key("k3"))).isTrue();
        assertThat(seen.saturated()).isTrue();
        assertThat(seen.add(SeenKeys.key("k1"))).isFalse();
    }

    @Test
    void rememberedKeysSurviveGrowth() {
        SeenKeys seen = new SeenKeys();
        for (int i = 0; i < 100_000; i++) {
            assertThat(seen.add(SeenKeys.key("meta", "k" + i))).isTrue();
        }
        for (int i = 0; i < 100_000; i++) {
            assertThat(seen.add(SeenKeys.key("meta", "k" + i))).isFalse();
        }
        assertThat(SeenKeys.key("a", "bc")).isNotEqualTo(SeenKeys.key("ab", "c"));
    }

    private void store(String pixelId, String event, @Nullable String eventId, boolean lost) {
        ledger.store(
                "meta", 1, AT, List.of(arrival(pixelId, event, eventId)), Map.of(), lost ? "lose_answer" : null, lost);
    }

    private static Arrival arrival(String pixelId, String event, @Nullable String eventId) {
        return new Arrival(
                pixelId, event, eventId, AT, null, null, null, List.of(), List.of(), List.of(), null, new byte[0]);
    }
}
