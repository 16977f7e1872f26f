package kembali.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void escapesWhatJsonCannotHold() {
        StringBuilder out = new StringBuilder();
        JsonText.string(out, "a\"b\\c\n\r\t\u0000\u001f é 정 😀 \ud83d x \ude00");
        assertThat(out.toString()).isEqualTo("\"a\\\"b\\\\c\\n\\r\\t\\u0000\\u001f é 정 😀 \ufffd x \ufffd\"");
    }
}
