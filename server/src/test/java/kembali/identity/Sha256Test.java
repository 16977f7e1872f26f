package kembali.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Sha256Test {
    @Test
    void hashesTheUtf8BytesInLowerCaseHex() {
        assertThat(Sha256.hex("valéry")).isEqualTo("08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c");
        assertThat(Sha256.hex("정")).isEqualTo("8fa8cd9c440be61d0151429310034083132b35975c4bea67fdd74158eb51db14");
    }

    @Test
    void knowsAHashWhenItSeesOne() {
        String hash = Sha256.hex("x");
        assertThat(Sha256.isHex(hash)).isTrue();
        assertThat(Sha256.isHex(hash.toUpperCase(java.util.Locale.ROOT))).isTrue();
        assertThat(Sha256.isHex(hash.substring(1))).isFalse();
        assertThat(Sha256.isHex("g" + hash.substring(1))).isFalse();
        assertThat(Sha256.isHex("é" + hash.substring(1))).isFalse();
    }
}
