package kembali.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kembali.capture.VisitorCookie.Remembered;
import kembali.visitor.VisitorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorCookieTest {
    private static final VisitorCode CODE = new VisitorCode("ABC2345");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final String SIGNED_LATER = "ABC2345.ag_7.20778.";
    private final VisitorCookie cookie = new VisitorCookie(new byte[32], 1);

    @Test
    void remembersCodeAgentAndDay() {
        String value = cookie.write(CODE, "ag_7", TODAY);

        assertThat(value).startsWith(SIGNED_LATER).hasSize(SIGNED_LATER.length() + 22);
        assertThat(value).matches("[A-Za-z0-9_.-]+");
        assertThat(cookie.read(value)).isEqualTo(new Remembered(CODE, "ag_7", TODAY));
    }

    @Test
    void remembersAVisitorWithoutAgent() {
        String value = cookie.write(CODE, null, TODAY);

        assertThat(value).startsWith("ABC2345..20778.");
        assertThat(cookie.read(value)).isEqualTo(new Remembered(CODE, null, TODAY));
    }

    @Test
    void refusesEveryAlteredCharacter() {
        String value = cookie.write(CODE, "ag_7", TODAY);

        for (int i = 0; i < value.length(); i++) {
            char other = value.charAt(i) == 'B' ? 'C' : 'B';
            String altered = value.substring(0, i) + other + value.substring(i + 1);
            assertThat(cookie.read(altered)).as(altered).isNull();
        }
        assertThat(cookie.read(value + "A")).isNull();
        assertThat(cookie.read(value.substring(1))).isNull();
    }

    @Test
    void refusesTheOtherSpellingOfTheSameSignature() {
        String value = cookie.write(CODE, null, TODAY);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        // The last of 22 characters carries two bits only; the next letter decodes to the same bytes.
        int last = alphabet.indexOf(value.charAt(value.length() - 1));
        String twin = value.substring(0, value.length() - 1) + alphabet.charAt(last + 1);

        assertThat(cookie.read(twin)).isNull();
    }

    @Test
    void refusesTheCookieOfAnotherWorkspaceOrKey() {
        String value = cookie.write(CODE, "ag_7", TODAY);
        byte[] otherKey = new byte[32];
        otherKey[31] = 1;

        assertThat(new VisitorCookie(new byte[32], 2).read(value)).isNull();
        assertThat(new VisitorCookie(otherKey, 1).read(value)).isNull();
        assertThat(new VisitorCookie(new byte[32], 1).read(value)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "...",
                "ABC2345",
                "ABC2345..20778",
                "ABC2345..20778.",
                "ABC2345.20778.AAAAAAAAAAAAAAAAAAAAAA",
                "é..1.AAAAAAAAAAAAAAAAAAAAAA"
            })
    void refusesAnythingElse(String value) {
        assertThat(cookie.read(value)).isNull();
        assertThat(cookie.read(value.repeat(100))).isNull();
        assertThat(cookie.read(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a;b", "a b", "é"})
    void writesNoAgentIdThatWouldBreakTheCookie(String agentId) {
        assertThatThrownBy(() -> cookie.write(CODE, agentId, TODAY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void signsTheSameFromManyThreads() throws Exception {
        String expected = cookie.write(CODE, "ag_7", TODAY);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var answers = new ArrayList<Future<Long>>();
            for (int t = 0; t < 4; t++) {
                answers.add(threads.submit(() -> java.util.stream.IntStream.range(0, 5_000)
                        .filter(i ->
                                cookie.write(CODE, "ag_7", TODAY).equals(expected) && cookie.read(expected) != null)
                        .count()));
            }
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(5_000);
            }
        }
    }
}
