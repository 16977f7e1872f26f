package kembali.visitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorCodesTest {
    private static final byte[] KEY = key(7);

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    @Test
    void computesSipHashAsPublished() {
        // Key 00..0f, message 00..07: row 8 of the vectors published with SipHash-2-4.
        assertThat(KeyedPermutation.sipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, 0x0706050403020100L))
                .isEqualTo(0x93f5f5799a932462L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 10, 99, 100, 101, 1_000, 4_096, 65_537})
    void takesEachNumberOfASpaceToExactlyOneOtherAndBack(long size) {
        var permutation = new KeyedPermutation(size, 11, 22);
        var taken = new BitSet();
        for (long number = 0; number < size; number++) {
            long place = permutation.apply(number);
            assertThat(place).isBetween(0L, size - 1);
            assertThat(permutation.invert(place)).isEqualTo(number);
            taken.set((int) place);
        }
        assertThat(taken.cardinality()).isEqualTo((int) size);
    }

    @Test
    void issuesNoCodeTwiceInAMillion() {
        var codes = new VisitorCodes(KEY, 1);
        var places = new BitSet((int) VisitorCodes.CAPACITY);
        for (long sequence = 0; sequence < 1_000_000; sequence++) {
            places.set(place(codes.code(sequence)));
        }
        assertThat(places.cardinality()).isEqualTo(1_000_000);
    }

    private static int place(VisitorCode code) {
        int letters = 0;
        for (int i = 0; i < 3; i++) {
            letters = letters * 21 + VisitorCode.LETTERS.indexOf(code.text().charAt(i));
        }
        return letters * 10_000 + Integer.parseInt(code.text(), 3, 7, 10);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 46_305_000, 92_609_998, 92_609_999})
    void findsTheSequenceNumberOfACode(long sequence) {
        var codes = new VisitorCodes(KEY, 3);

        assertThat(codes.sequence(codes.code(sequence))).isEqualTo(sequence);
    }

    @Test
    void doesNotFindACodeItNeverIssues() {
        assertThat(new VisitorCodes(KEY, 1).sequence(new VisitorCode("INV2024")))
                .isEqualTo(VisitorCodes.NOT_ISSUED);
    }

    @Test
    void spreadsConsecutiveNumbersOverAllLettersAndDigits() {
        var codes = new VisitorCodes(KEY, 1);
        var perLetter = new int[21];
        int neighbours = 0;
        for (long sequence = 0; sequence < 21_000; sequence++) {
            int place = place(codes.code(sequence));
            perLetter[place / (21 * 21 * 10_000)]++;
            neighbours += Math.abs(place - place(codes.code(sequence + 1))) < 100_000 ? 1 : 0;
        }
        // 1,000 each on average; five standard deviations are 154.
        assertThat(Arrays.stream(perLetter)).allMatch(count -> count > 840 && count < 1_160);
        // Two random places are that near in 0.2 % of cases: 45 of 21,000.
        assertThat(neighbours).isLessThan(90);
    }

    @Test
    void ordersEveryWorkspaceAndKeyInItsOwnWay() {
        var one = new VisitorCodes(KEY, 1);

        assertThat(one.code(0)).isEqualTo(new VisitorCodes(KEY, 1).code(0));
        assertThat(LongStream.range(0, 100).filter(n -> one.code(n).equals(new VisitorCodes(KEY, 2).code(n))))
                .isEmpty();
        assertThat(LongStream.range(0, 100).filter(n -> one.code(n).equals(new VisitorCodes(key(8), 1).code(n))))
                .isEmpty();
    }

    @Test
    void keepsTheCodesItHasAlwaysIssued() {
        // A change here would hand out codes that visitors already have.
        var codes = new VisitorCodes(KEY, 1);

        assertThat(LongStream.range(0, 3).mapToObj(codes::code))
                .extracting(VisitorCode::text)
                .containsExactly("DKB1109", "CRZ3891", "BHB1497");
    }

    @Test
    void saysWhenAllCodesAreUsedUp() {
        var codes = new VisitorCodes(KEY, 1);

        assertThatThrownBy(() -> codes.code(VisitorCodes.CAPACITY))
                .isInstanceOf(VisitorCodes.CodesUsedUpException.class)
                .hasMessageContaining("92610000");
        assertThatThrownBy(() -> codes.code(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VisitorCodes(new byte[16], 1)).hasMessageContaining("32 bytes");
    }
}
