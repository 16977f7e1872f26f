package kembali.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MaskingTest {
    @Test
    void hidesEverySecretWhereverItStands() {
        String masked = Masking.mask(
                "{\"token\":\"s3cret-one\",\"again\":\"xs3cret-oney\",\"other\":\"hunter22\"}",
                List.of("s3cret-one", "hunter22"));
        assertThat(masked).isEqualTo("{\"token\":\"***\",\"again\":\"x***y\",\"other\":\"***\"}");
    }

    @Test
    void leavesNoEndOfASecretThatBeginsLikeAShorterOne() {
        assertThat(Masking.mask("it was secret-with-a-tail", List.of("secret", "secret-with-a-tail")))
                .isEqualTo("it was ***");
        assertThat(Masking.mask("it was secret-with-a-tail", List.of("secret-with-a-tail", "secret")))
                .isEqualTo("it was ***");
    }

    @Test
    void hidesTokensWeDoNotHoldByTheirShape() {
        assertThat(mask("Invalid token EAAGm0PX4ZCpsBAKZCsomebodyElse.")).isEqualTo("Invalid token ***.");
        assertThat(mask("?access_token=whatever123&x=1")).isEqualTo("?access_token=***&x=1");
        assertThat(mask("Authorization: Bearer abc.def-123")).isEqualTo("Authorization: Bearer ***");
        assertThat(mask("ya29.a0AfH6SMBx-1234567890_abcdef and 1//0gLu1234567890abcdefgh"))
                .isEqualTo("*** and ***");
    }

    @Test
    void leavesOrdinaryTextAlone() {
        String text = "{\"events_received\":1,\"messages\":[],\"fbtrace_id\":\"AbCdEf\"} EAAshort 1//2";
        assertThat(Masking.mask(text, List.of("not in it", "x"))).isEqualTo(text);
    }

    @Test
    void doesNotTakeAShortValueForASecret() {
        assertThat(Masking.mask("a perfect day", List.of("a", "day"))).isEqualTo("a perfect day");
    }

    private static String mask(String text) {
        return Masking.mask(text, List.of());
    }
}
