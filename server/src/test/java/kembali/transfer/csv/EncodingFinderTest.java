package kembali.transfer.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EncodingFinderTest {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private static Charset found(byte[] bytes) {
        var finder = new EncodingFinder();
        // Byte by byte, so that no character is ever whole in one piece.
        for (int i = 0; i < bytes.length; i++) {
            finder.accept(bytes, i, 1);
        }
        return finder.found();
    }

    @Test
    void knowsByteOrderMarks() {
        assertThat(found("\ufeffnama,hp".getBytes(StandardCharsets.UTF_8))).isEqualTo(StandardCharsets.UTF_8);
        assertThat(found("\ufeffnama;hp".getBytes(StandardCharsets.UTF_16LE))).isEqualTo(StandardCharsets.UTF_16LE);
        assertThat(found("\ufeffnama;hp".getBytes(StandardCharsets.UTF_16BE))).isEqualTo(StandardCharsets.UTF_16BE);
    }

    @Test
    void knowsSixteenBitsWithoutAMark() {
        assertThat(found("name;phone;città".getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo(StandardCharsets.UTF_16LE);
        assertThat(found("name;phone;città".getBytes(StandardCharsets.UTF_16BE)))
                .isEqualTo(StandardCharsets.UTF_16BE);
    }

    @Test
    void readsWhatIsValidAsUtf8AndTheRestAsWindowsWritesIt() {
        assertThat(found("José,日本,😀".getBytes(StandardCharsets.UTF_8))).isEqualTo(StandardCharsets.UTF_8);
        assertThat(found("José Núñez".getBytes(WINDOWS))).isEqualTo(WINDOWS);
        assertThat(found("plain".getBytes(StandardCharsets.US_ASCII))).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void noticesAnUmlautOnlyAtTheEndOfALongFile() {
        byte[] bytes = ("a,b\n".repeat(100_000) + "é").getBytes(WINDOWS);

        assertThat(found(bytes)).isEqualTo(WINDOWS);
    }

    @Test
    void takesBytesNoCharacterHasForAnotherEncoding() {
        // Overlong, a surrogate, beyond Unicode, cut off: RFC 3629 forbids them.
        for (int[] wrong : new int[][] {
            {0xc0, 0xaf}, {0xe0, 0x80, 0xaf}, {0xed, 0xa0, 0x80}, {0xf4, 0x90, 0x80, 0x80}, {0xe2, 0x82}
        }) {
            byte[] bytes = new byte[wrong.length];
            for (int i = 0; i < wrong.length; i++) {
                bytes[i] = (byte) wrong[i];
            }
            assertThat(found(bytes)).isEqualTo(WINDOWS);
        }
    }
}
