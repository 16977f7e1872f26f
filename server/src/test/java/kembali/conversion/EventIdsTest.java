package kembali.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventIdsTest {
    private static final String LEAD = "ld_01kag3x0j1e9x8m2v5q7r4t6wz";
    private static final String PREFIX = "kmb_01kag3x0j1e9x8m2v5q7r4t6wz_";

    @Test
    void isReadableForOrdinaryNames() {
        assertThat(EventIds.of(LEAD, "won", "Purchase", null)).isEqualTo(PREFIX + "Purchase");
        assertThat(EventIds.of(LEAD, "won", "Purchase", "INV-9")).isEqualTo(PREFIX + "Purchase__INV-9");
        assertThat(EventIds.of(LEAD, "qualified", "qualify_lead", null)).isEqualTo(PREFIX + "qualify_lead");
        assertThat(EventIds.of(LEAD, "won", null, null)).isEqualTo(PREFIX + "_won");
    }

    @Test
    void isAPureFunctionOfLeadEventAndTransaction() {
        for (String event : List.of("Purchase", "Sudah Bayar ✓", "é", "x".repeat(90))) {
            assertThat(EventIds.of(LEAD, "won", event, "T/1"))
                    .isEqualTo(EventIds.of(LEAD, "won", new String(event.toCharArray()), "T/1"))
                    .as("the status does not matter when there is an event")
                    .isEqualTo(EventIds.of(LEAD, "invoice", event, "T/1"));
        }
    }

    @Test
    void neverMeetsAnotherForTrickyNames() {
        record Identity(
                String status,
                @Nullable String event,
                @Nullable String transaction) {}
        var words = new ArrayList<String>(List.of(
                "Purchase",
                "purchase",
                "Foo Bar",
                "Foo-Bar",
                "Foo_Bar",
                "Foo/Bar",
                "Foo.Bar",
                "Foo..Bar",
                "_Foo",
                "Foo_",
                "Foo__Bar",
                "FooBar",
                "none-won",
                "none",
                "_won",
                "won",
                "-",
                "--",
                "_",
                "__",
                " ",
                "é",
                "e",
                "ê",
                "1",
                "01",
                "INV/1",
                "INV-1",
                "INV 1",
                "Purchase_INV-1",
                "Purchase__INV-1",
                "日本",
                "日本語",
                "x".repeat(50),
                "x".repeat(51),
                "x".repeat(52),
                "y".repeat(40) + "a b",
                "y".repeat(40) + "a c"));
        // Names that look like what a tricky one is turned into.
        for (String tricky : List.copyOf(words)) {
            String id = EventIds.of(LEAD, "s", tricky, null).substring(PREFIX.length());
            words.add(id);
            words.add(id.replace("__", "-"));
            words.add(id.replace("__", "_"));
        }
        var owners = new HashMap<String, Identity>();
        for (String a : words) {
            check(owners, new Identity("won", a, null), EventIds.of(LEAD, "won", a, null));
            check(owners, new Identity(a, null, null), EventIds.of(LEAD, a, null, null));
            for (String b : words) {
                check(owners, new Identity("won", a, b), EventIds.of(LEAD, "won", a, b));
            }
        }
    }

    @Test
    void staysShortAndPlainWhateverTheNames() {
        String id = EventIds.of(LEAD, "won", "Ünïcode ".repeat(40), "/".repeat(500));
        assertThat(id).hasSizeLessThan(150).matches("[A-Za-z0-9._-]+");
    }

    private static <I> void check(Map<String, I> owners, I identity, String id) {
        I other = owners.putIfAbsent(id, identity);
        assertThat(other == null ? identity : other).as(id).isEqualTo(identity);
    }
}
