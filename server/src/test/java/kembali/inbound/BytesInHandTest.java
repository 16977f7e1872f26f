package kembali.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytesInHandTest {
    private static final int MIB = 1 << 20;

    @Test
    void manyTakeTurnsWhenThereIsNoRoomForAll() {
        var bytes = new BytesInHand(10 * MIB);
        BytesInHand.Share one = bytes.share();
        BytesInHand.Share other = bytes.share();
        assertThat(one.add(6 * MIB)).isTrue();
        assertThat(other.add(3 * MIB)).isTrue();
        assertThat(other.add(3 * MIB)).isFalse();
        one.close();
        one.close();
        assertThat(bytes.now()).isEqualTo(3 * MIB);
        assertThat(other.add(3 * MIB)).isTrue();
        other.close();
        assertThat(other.add(1)).as("it is over").isFalse();
        assertThat(bytes.now()).isZero();
    }
}
