package kembali.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdClickSearchTest {
    private static final String SAMPLE = """
            {"payload":{"room":{"options":"{\\"channel_details\\":{\\"extras\\":\\"{\\\\\\"ctwa_clid\\\\\\":\\\\\\"Aff-1\\\\\\"}\\"}}"}},
             "list":[1,2.5,true,null,{"a":"b"}]}""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"referral\":{\"ctwa_clid\":\"Aff-1\"}}",
                "{\"a\":[{\"b\":{\"ctwaClid\":\"Aff-1\"}}]}",
                "{\"ReferralCtwaClid\":\"Aff-1\"}",
                "{\"context\":{\"ad\":{\"ctwa\":\" Aff-1 \"}}}",
                "[[[[{\"CTWA_CLID\":\"Aff-1\"}]]]]",
                SAMPLE
            })
    void findsTheClickWhereverItStands(String body) {
        assertThat(find("application/json", body)).isEqualTo("Aff-1");
    }

    @Test
    void findsItInAForm() {
        assertThat(find("application/x-www-form-urlencoded", "Body=Halo&ReferralCtwaClid=Aff-1&To=x"))
                .isEqualTo("Aff-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"text\":\"what is ctwa_clid?\"}",
                "{\"ctwa_clid\":\"\"}",
                "{\"ctwa_clid\":null}",
                "{\"ctwa_clid\":{\"x\":1}}",
                "{\"ctwa_clid\":",
                "ctwa_clid",
                "\"ctwa_clid\""
            })
    void findsNothingWhereThereIsNone(String body) {
        assertThat(find("application/json", body)).isNull();
    }

    @Test
    void noBodyMakesItFail() {
        byte[] sample = SAMPLE.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < sample.length; i++) {
            byte[] begun = Arrays.copyOf(sample, i);
            byte[] flipped = sample.clone();
            flipped[i] ^= (byte) 0x80;
            byte[] other = sample.clone();
            other[i] = '"';
            for (byte[] body : new byte[][] {begun, flipped, other}) {
                for (String media : new String[] {"application/json", "application/x-www-form-urlencoded", ""}) {
                    assertThatCode(() -> find(media, body)).doesNotThrowAnyException();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "{\"ctwa\":", "\"{\\\"ctwa\\\":\\\"", "a=ctwa&", "\"ctwa\",", "{\"x\":\"ctwa\"},", "%63twa"
            })
    void theLargestBodyCostsLittleWhateverItRepeats(String part) {
        byte[] large = part.repeat((3 << 20) / part.length()).getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime();
        find("application/json", large);
        find("application/x-www-form-urlencoded", large);
        assertThat((System.nanoTime() - start) / 1_000_000).as("milliseconds").isLessThan(3_000);
    }

    private static @Nullable String find(String media, String body) {
        return find(media, body.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String find(String media, byte[] body) {
        return AdClickSearch.find(
                new RawRequest("POST", "http://localhost/in/x/y", "", Map.of("content-type", media), body));
    }
}
