package kembali.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StatsTest {
    @Test
    void theMedianIsTheRunInTheMiddleWhateverTheirOrder() {
        assertThat(Stats.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Stats(4, 1, 9, 3));
    }

    @Test
    void anEvenNumberOfRunsHasTheMeanOfTheTwoInTheMiddle() {
        assertThat(Stats.of(List.of(8.0, 1.0, 4.0, 2.0)).median()).isEqualTo(3);
    }

    @Test
    void withoutARunThereIsNoFigure() {
        assertThatThrownBy(() -> Stats.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPercentileIsAValueThatOccurred() {
        long[] values = LongStream.rangeClosed(1, 200).map(i -> 201 - i).toArray();

        assertThat(Stats.percentile(values, 0.50)).isEqualTo(100);
        assertThat(Stats.percentile(values, 0.99)).isEqualTo(198);
        assertThat(Stats.percentile(values, 1)).isEqualTo(200);
    }

    @Test
    void ofFewValuesTheHighPercentileIsTheLargest() {
        assertThat(Stats.percentile(new long[] {7, 3}, 0.99)).isEqualTo(7);
        assertThat(Stats.percentile(new long[0], 0.99)).isZero();
    }

    @Test
    void aPercentileLeavesTheMeasurementsAsTheyAre() {
        long[] values = {3, 1, 2};

        assertThat(Stats.percentile(values, 0.5)).isEqualTo(2);

        assertThat(values).containsExactly(3, 1, 2);
    }
}
