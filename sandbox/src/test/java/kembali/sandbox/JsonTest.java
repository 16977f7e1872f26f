package kembali.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void cutsTheItemsOfAnArrayByteForByte() {
        assertThat(
                        slices(
                                "{\"a\":[{\"x\":1}],\"b\":{\"events\":[{}]},\"events\":[ {\"é\" : [1, {}]} ,{\"s\":\"}\"}],\"c\":1}"))
                .containsExactly("{\"é\" : [1, {}]}", "{\"s\":\"}\"}");
        assertThat(slices("{\"events\":{}}")).isEmpty();
        assertThat(slices("{\"events\":[]}")).isEmpty();
        assertThat(slices("{}")).isEmpty();
    }

    private static List<String> slices(String document) {
        return Json.slices(document.getBytes(StandardCharsets.UTF_8), "events").stream()
                .map(each -> new String(each, StandardCharsets.UTF_8))
                .toList();
    }
}
