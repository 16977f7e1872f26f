package kembali.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SightingsTest {
    /** Numbers that are spread as keyed hashes are. */
    private static long spread(long i) {
        long z = i * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    @Test
    void neverForgetsAndSeldomMistakes() {
        int many = 500_000;
        var met = new Sightings(many);
        int mistakes = 0;
        for (int i = 0; i < many; i++) {
            mistakes += met.wasMet(spread(i)) ? 1 : 0;
        }
        for (int i = 0; i < many; i++) {
            assertThat(met.wasMet(spread(i))).isTrue();
        }

        assertThat(mistakes).isLessThan(many / 5_000);
    }
}
