package kembali.postback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggedQueryTest {
    private static final LoggedQuery PLAIN = new LoggedQuery(FieldMap.NONE);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "subid=A&em=a@b.c&status=sale|subid=A&em=***&status=sale",
                "EM=a%40b.c&First-Name=Budi&ph=+62812|EM=***&First-Name=***&ph=***",
                "%65m=x|%65m=***",
                "amp;em=x|amp;em=***",
                "a=1?ln=Snow|a=1?ln=***",
                "sub_id_1=who%40example.com|sub_id_1=***",
                "em=&fn|em=&fn",
                "who@example.com|***",
                "sig=abc&ts=5|sig=***&ts=5",
                "ct=Jakarta&zip=1&country=ID&external_id=7|ct=***&zip=***&country=***&external_id=***",
                "subid=A&payout={payout}&tid=7|subid=A&payout={payout}&tid=7"
            })
    void masksWhoSomebodyIs(String query, String logged) {
        assertThat(PLAIN.mask(query)).isEqualTo(logged);
    }

    @Test
    void masksWhatTheSourcesMapSaysIsAPersons() {
        var mapped = new LoggedQuery(FieldMap.of(Map.of("phone", "wa", "email", "buyer.contact")));

        assertThat(mapped.mask("wa=62812&subid=A")).isEqualTo("wa=***&subid=A");
        assertThat(mapped.maskBody("{\"subid\":\"A\",\"buyer\":{\"contact\":\"x\",\"id\":7,\"First_Name\":\"Budi\"}}"))
                .isEqualTo("{\"subid\":\"A\",\"buyer\":{\"contact\":\"***\",\"id\":7,\"First_Name\":\"***\"}}");
    }

    @Test
    void masksBodies() {
        assertThat(PLAIN.maskBody("[{\"em\":\"a\",\"note\":\"mail a@b.c\",\"payout\":2.10}]"))
                .isEqualTo("[{\"em\":\"***\",\"note\":\"***\",\"payout\":2.10}]");
        assertThat(PLAIN.maskBody("em=a&subid=A")).isEqualTo("em=***&subid=A");
        assertThat(PLAIN.maskBody("{\"em\":\"a\"")).isEqualTo("***");
    }

    @Test
    void keepsLogsShort() {
        assertThat(PLAIN.mask("a=" + "x".repeat(20_000))).hasSize(LoggedQuery.MAX_LENGTH);
    }
}
