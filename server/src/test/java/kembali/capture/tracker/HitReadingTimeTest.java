package kembali.capture.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hit takes no longer to read for being odd. */
class HitReadingTimeTest {
    /** The longest a hit may be, in the shapes that cost a careless reader the square of their length. */
    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "\"", "\\\\", "9", "a.", "%41&", "?", "$", "GS2.1.", "/"})
    void theLongestHitIsReadInNoTime(String piece) {
        String filler = piece.repeat(32_000 / piece.length());
        String text = filler.replace("\\", "\\\\").replace("\"", "\\\"");
        long begin = System.nanoTime();
        for (String member : HitReadingPropertiesTest.MEMBERS) {
            for (String value : List.of(filler, "\"" + text + "\"", "\"https://shop.example/?" + text + "\"")) {
                String body =
                        "{\"key\":\"WS-1\",\"type\":\"pageview\",\"eventId\":\"e1\",\"" + member + "\":" + value + "}";
                if (HitReader.read(body.getBytes(StandardCharsets.UTF_8)) instanceof HitReader.Read.Hit hit) {
                    HitReadingPropertiesTest.storable(hit.body());
                }
            }
        }
        // Ninety bodies of 32 kB each. Linear reading takes some 100 ms, with the square of the length it is minutes.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void manyCookiesAndPurposesAreReadInNoTime() {
        var many = new StringBuilder("{\"key\":\"WS-1\",\"type\":\"pageview\",\"eventId\":\"e1\",\"cookies\":{");
        for (int i = 0; i < 1_000; i++) {
            many.append("\"_ga_").append(i).append("\":\"GS2.1.s").append(i).append("$o1\",");
        }
        String body = many.append("\"_ga\":\"GA1.1.1.2\"}}").toString();
        long begin = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            HitReader.read(body.getBytes(StandardCharsets.UTF_8));
            TcStrings.read("CO" + "_".repeat(4_000));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }
}
