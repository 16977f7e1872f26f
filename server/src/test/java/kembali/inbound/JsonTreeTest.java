package kembali.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
    private static final Set<String> CLICK = Set.of("ctwa_clid", "ctwa");

    @Test
    void readsAnObjectWhereAListOfOneOrATextWithItCame() {
        for (String json : new String[] {
            "{\"a\":{\"b\":\"c\"}}",
            "{\"a\":[{\"b\":\"c\"}]}",
            "[{\"a\":{\"b\":\"c\"}}]",
            "{\"a\":\"{\\\"b\\\":\\\"c\\\"}\"}",
            "{\"a\":\" [{\\\"b\\\":\\\"c\\\"}] \"}",
            "\uFEFF{\"a\":{\"b\":[\"c\",\"d\"]}}"
        }) {
            assertThat(JsonTree.parse(json).at("a", "b").text()).as(json).isEqualTo("c");
        }
    }

    @Test
    void asksForWhatIsNotThereInVain() {
        JsonTree tree = JsonTree.parse("{\"a\":1,\"n\":null}");

        assertThat(tree.at("a", "b", "c").text()).isNull();
        assertThat(tree.at("n", "x").isThere()).isFalse();
        assertThat(tree.get("n").isThere()).isFalse();
        assertThat(tree.get("x").each()).isEmpty();
        assertThat(JsonTree.parse("").isThere()).isFalse();
        assertThat(JsonTree.parse("not json").isObject()).isFalse();
        assertThat(JsonTree.parse("null").isThere()).isFalse();
        assertThat(JsonTree.NOTHING.get("a").isThere()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "6281234567890, 6281234567890",
        "6.281234567890E12, 6281234567890",
        "6281234567890.0, 6281234567890",
        "12345678901234567890123, 12345678901234567890123",
        "250000.50, 250000.5",
        "true, true",
        "1E+300, 1E+300"
    })
    void writesNumbersOut(String json, String text) {
        assertThat(JsonTree.parse("{\"a\":" + json + "}").get("a").text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e-999999999", "1e99999999999999999999", "1e2147483647"})
    void readsNumbersThatWouldFillTheMemory(String number) {
        String text = JsonTree.parse("{\"a\":" + number + "}").get("a").text();

        assertThat(text == null ? 0 : text.length()).isLessThan(120);
    }

    @Test
    void cleansTextsOfWhatDatabasesRefuse() {
        JsonTree tree =
                JsonTree.parse("{\"a\":\" ha\\u0000lo\\r\\nyang \\ud83d\\ude00 \\ud83d \",\"b\":\" \\u0000 \"}");

        assertThat(tree.get("a").text()).isEqualTo("halo\nyang 😀");
        assertThat(tree.get("b").text()).isNull();
        byte[] wrong = "{\"a\":\"x?\"}".getBytes(StandardCharsets.ISO_8859_1);
        wrong[7] = (byte) 0xff;
        assertThat(JsonTree.parse(wrong).get("a").text()).isEqualTo("x\uFFFD");
    }

    @Test
    void loopsOverListsNumberedMembersAndSingleObjects() {
        assertThat(JsonTree.parse("[1,null,2]").each()).hasSize(2);
        assertThat(JsonTree.parse("{\"0\":{},\"1\":{}}").each()).hasSize(2);
        assertThat(JsonTree.parse("{\"id\":1}").each()).hasSize(1);
        assertThat(JsonTree.parse("{\"a\":\"[1,2,3]\"}").get("a").each()).hasSize(3);
        assertThat(JsonTree.parse("{}").each()).hasSize(1);
        assertThat(JsonTree.parse("[]").each()).isEmpty();
    }

    @Test
    void takesYesForYes() {
        JsonTree tree =
                JsonTree.parse("{\"a\":true,\"b\":\"True\",\"c\":1,\"d\":\"1\",\"e\":false,\"f\":\"no\",\"g\":{}}");

        for (String yes : new String[] {"a", "b", "c", "d"}) {
            assertThat(tree.get(yes).isTrue()).as(yes).isTrue();
        }
        for (String no : new String[] {"e", "f", "g", "h"}) {
            assertThat(tree.get(no).isTrue()).as(no).isFalse();
        }
    }

    @Test
    void findsTheLeastDeepHolderOfAName() {
        JsonTree tree = JsonTree.parse("{\"a\":{\"b\":[{\"ctwa_clid\":\"deep\"}]},\"c\":[{\"ctwa\":\"near\"}]}");

        assertThat(tree.holderOf(CLICK, Set.of()).text("ctwa")).isEqualTo("near");
        assertThat(tree.holderOf(Set.of("nowhere"), Set.of()).isThere()).isFalse();
        assertThat(JsonTree.parse("{\"ctwa_clid\":null,\"a\":{\"ctwa_clid\":\"x\"}}")
                        .holderOf(CLICK, Set.of())
                        .text("ctwa_clid"))
                .isEqualTo("x");
    }

    @Test
    void searchesJsonWrittenIntoTextsButNotWhatPeopleWrote() {
        String inside = "\"{\\\"referral\\\":{\\\"ctwa_clid\\\":\\\"x\\\"}}\"";

        assertThat(JsonTree.parse("{\"extras\":" + inside + "}")
                        .holderOf(CLICK, Set.of("text"))
                        .text("ctwa_clid"))
                .isEqualTo("x");
        assertThat(JsonTree.parse("{\"text\":" + inside + "}")
                        .holderOf(CLICK, Set.of("text"))
                        .isThere())
                .isFalse();
    }

    @Test
    void refusesToGoDeeperThanAnyProvider() {
        assertThat(JsonTree.parse("[".repeat(60) + "]".repeat(60)).isThere()).isTrue();
        assertThat(JsonTree.parse("[".repeat(100_000)).isThere()).isFalse();
        assertThat(JsonTree.parse("{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000))
                        .isThere())
                .isFalse();
    }

    @Test
    void opensABoundedNumberOfTexts() {
        JsonTree list = JsonTree.parse("[" + "\"{}\",".repeat(5_000) + "\"{}\"]");

        assertThat(list.each().stream().filter(JsonTree::isObject)).hasSize(1_000);
    }
}
