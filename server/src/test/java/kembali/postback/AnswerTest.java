package kembali.postback;

import static kembali.postback.Postbacks.NATIVE;
import static kembali.postback.Postbacks.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kembali.postback.Answer.Wish;
import kembali.postback.Result.Because;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerTest {
    private static final Result BOOKED = new Result.Booked("recorded", "cv_1", "ld_1", "sale");
    private static final Wish PLAIN = Wish.of(null);
    private static final Wish STRICT = new Wish(false, true, null, null);

    @Test
    void saysOkOrWhatTheCallerWantsToRead() {
        assertThat(Answer.of(BOOKED, PLAIN).body()).isEqualTo("OK");
        assertThat(Answer.of(BOOKED, Wish.of("*/*", get("subid=A&return=done"), NATIVE.handling()))
                        .body())
                .isEqualTo("done");
        assertThat(Answer.of(BOOKED, Wish.of("*/*", get("subid=A&return=<>"), NATIVE.handling()))
                        .body())
                .isEqualTo("OK");
        assertThat(Answer.of(new Result.Duplicate(null, null, "same_request"), new Wish(false, false, "done", null))
                        .body())
                .isEqualTo("OK duplicate");
    }

    @ParameterizedTest
    @EnumSource(Because.class)
    void neverAnswersAnErrorForWhatItKept(Because because) {
        var answer = Answer.of(new Result.Kept(because, "why"), PLAIN);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("OK accepted");
    }

    @ParameterizedTest
    @CsvSource({"ORPHAN,422", "UNMATCHED,422", "UNMAPPED,422", "IGNORED,200", "OUT_OF_ORDER,200"})
    void tellsStrictCallers(Because because, int status) {
        assertThat(Answer.of(new Result.Kept(because, "why"), STRICT).status()).isEqualTo(status);
        assertThat(Wish.of(null, get("subid=A&strict=1"), NATIVE.handling()).strict())
                .isTrue();
    }

    @Test
    void reasonOfAStrictAnswerIsHarmless() {
        var answer = Answer.of(new Result.Kept(Because.UNMATCHED, "unfilled_macro:<b>x"), STRICT);

        assertThat(answer.body()).isEqualTo("unmatched unfilled_macro:bx");
        assertThat(answer.contentType()).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void answersWhatIsWrongWithARequest() {
        assertThat(Answer.of(new Result.Unreadable(Reading.Why.NO_PARAMETERS), PLAIN))
                .extracting(Answer::status, Answer::body)
                .containsExactly(400, "missing parameters");
        assertThat(Answer.of(new Result.Denied("address_not_allowed"), PLAIN))
                .extracting(Answer::status, Answer::body)
                .containsExactly(403, "forbidden");
        assertThat(Answer.of(new Result.OverRate(7), PLAIN))
                .extracting(Answer::status, a -> a.headers().get("Retry-After"))
                .containsExactly(429, "7");
        assertThat(Answer.of(new Result.NotStored(), PLAIN).status()).isEqualTo(503);
    }

    @Test
    void answersProgramsInJson() {
        Wish wish = Wish.of("application/json, */*", get("subid=A&return=x"), NATIVE.handling());

        assertThat(Answer.of(BOOKED, wish).contentType()).isEqualTo("application/json");
        assertThat(Answer.of(BOOKED, wish).body())
                .isEqualTo("{\"result\":\"recorded\",\"reason\":null,\"click_id\":\"A\",\"conversion_id\":\"cv_1\","
                        + "\"lead_id\":\"ld_1\",\"status\":\"sale\"}");
        assertThat(Answer.of(new Result.Kept(Because.ORPHAN, "click_not_found"), wish)
                        .body())
                .isEqualTo(
                        "{\"result\":\"orphan\",\"reason\":\"click_not_found\",\"click_id\":\"A\",\"conversion_id\":null,"
                                + "\"lead_id\":null,\"status\":null}");
    }

    @Test
    void answersABatchRowByRow() {
        assertThat(Answer.ofBatch(List.of(BOOKED, new Result.Unreadable(Reading.Why.UNREADABLE_BODY)))
                        .body())
                .startsWith("[{\"row\":0,\"result\":\"recorded\"")
                .contains("{\"row\":1,\"result\":\"refused\",\"reason\":\"unreadable_body\"");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {
                "<script>alert(1)</script>,scriptalert(1)/script",
                "OK,OK",
                "' a ',a",
                "\"'&`,NULL",
                "\u202Eevil,evil"
            })
    void sieveLeavesNothingHtmlKnows(String sent, @Nullable String expected) {
        assertThat(ReturnText.of(sent)).isEqualTo(expected);
    }

    @Test
    void sieveLeavesNoControlCharacters() {
        assertThat(ReturnText.of("a\u0000\r\nb\u0085")).isEqualTo("ab");
    }

    @Test
    void returnedTextIsShort() {
        assertThat(ReturnText.of("x".repeat(300))).hasSize(256);
        assertThat(ReturnText.of("x".repeat(255) + "😀😀")).hasSize(255);
    }
}
