package kembali.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdsTest {
    private static final Instant T0 = Instant.parse("2026-11-20T03:00:00Z");

    @Test
    void aMillionOfOneMillisecondAreSortedAndUnique() {
        var ids = new Ids(InstantSource.fixed(T0));
        var seen = new HashSet<String>(2_000_000);
        String last = "";
        for (int i = 0; i < 1_000_000; i++) {
            String id = ids.next("ld");
            if (id.compareTo(last) <= 0 || !seen.add(id)) {
                assertThat(id).as("after " + last).isGreaterThan(last);
            }
            last = id;
        }
        assertThat(seen).hasSize(1_000_000);
    }

    @Test
    void keepTheirOrderWhenTheClockIsSetBack() {
        var millis = new AtomicLong(T0.toEpochMilli());
        var ids = new Ids(() -> Instant.ofEpochMilli(millis.get()));
        String before = ids.next("ld");
        millis.addAndGet(-60_000);
        assertThat(ids.next("ld")).isGreaterThan(before);
    }

    @Test
    void laterOnesOfAnotherNodeSortBehindEarlierOnes() {
        String earlier = new Ids(InstantSource.fixed(T0)).next("dl");
        String later = new Ids(InstantSource.fixed(T0.plusMillis(1))).next("dl");
        assertThat(later).isGreaterThan(earlier);
    }

    @Test
    void haveTheDocumentedForm() {
        assertThat(new Ids(InstantSource.fixed(T0)).next("ld")).matches("ld_[0-9a-hjkmnp-tv-z]{26}");
    }
}
