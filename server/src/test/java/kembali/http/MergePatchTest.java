package kembali.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** RFC 7396, appendix A, all of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\":\"b\"}           | {\"a\":\"c\"}              | {\"a\":\"c\"}",
                "{\"a\":\"b\"}           | {\"b\":\"c\"}              | {\"a\":\"b\",\"b\":\"c\"}",
                "{\"a\":\"b\"}           | {\"a\":null}               | {}",
                "{\"a\":\"b\",\"b\":\"c\"} | {\"a\":null}             | {\"b\":\"c\"}",
                "{\"a\":[\"b\"]}         | {\"a\":\"c\"}              | {\"a\":\"c\"}",
                "{\"a\":\"c\"}           | {\"a\":[\"b\"]}            | {\"a\":[\"b\"]}",
                "{\"a\":{\"b\":\"c\"}}   | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
                "{\"a\":[{\"b\":\"c\"}]} | {\"a\":[1]}                | {\"a\":[1]}",
                "[\"a\",\"b\"]           | [\"c\",\"d\"]              | [\"c\",\"d\"]",
                "{\"a\":\"b\"}           | [\"c\"]                    | [\"c\"]",
                "{\"a\":\"foo\"}         | null                       | null",
                "{\"a\":\"foo\"}         | \"bar\"                    | \"bar\"",
                "{\"e\":null}            | {\"a\":1}                  | {\"e\":null,\"a\":1}",
                "[1,2]                   | {\"a\":\"b\",\"c\":null}   | {\"a\":\"b\"}",
                "{}                      | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}",
            })
    void doesWhatTheStandardsExamplesSay(String target, String patch, String result) throws JsonProcessingException {
        assertThat(MergePatch.apply(JSON.readTree(target), JSON.readTree(patch)))
                .isEqualTo(JSON.readTree(result));
    }

    @Test
    void changesNeitherOfItsArguments() throws JsonProcessingException {
        JsonNode target = JSON.readTree("{\"a\":{\"b\":1},\"c\":[1]}");
        JsonNode patch = JSON.readTree("{\"a\":{\"b\":null,\"d\":2},\"c\":null}");
        MergePatch.apply(target, patch);
        assertThat(target).isEqualTo(JSON.readTree("{\"a\":{\"b\":1},\"c\":[1]}"));
        assertThat(patch).isEqualTo(JSON.readTree("{\"a\":{\"b\":null,\"d\":2},\"c\":null}"));
    }
}
