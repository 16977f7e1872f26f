package kembali.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private final Secrets secrets = new Secrets(key(1));

    @Test
    void opensWhatItSealed() {
        assertThat(secrets.open(secrets.seal(bytes("EAAtoken"), "pixel/px_1"), "pixel/px_1"))
                .isEqualTo(bytes("EAAtoken"));
        assertThat(new Secrets(key(1)).open(secrets.seal(bytes("x"), "p"), "p")).isEqualTo(bytes("x"));
    }

    @Test
    void showsNothingOfWhatItSealedAndNeverTheSameTwice() {
        byte[] once = secrets.seal(bytes("budi@example.co.id"), "lead/1");
        byte[] twice = secrets.seal(bytes("budi@example.co.id"), "lead/1");
        assertThat(new String(once, StandardCharsets.ISO_8859_1)).doesNotContain("budi");
        assertThat(once).isNotEqualTo(twice);
    }

    @Test
    void doesNotOpenWhatWasMovedChangedOrSealedWithAnotherKey() {
        byte[] sealed = secrets.seal(bytes("EAAtoken"), "pixel/px_1");
        assertThatThrownBy(() -> secrets.open(sealed, "pixel/px_2"))
                .hasMessageContaining("pixel/px_2")
                .hasMessageContaining("KEMBALI_SECRET_KEY")
                .hasMessageNotContaining("EAAtoken");
        byte[] changed = sealed.clone();
        changed[changed.length - 1] ^= 1;
        assertThatThrownBy(() -> secrets.open(changed, "pixel/px_1")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Secrets(key(2)).open(sealed, "pixel/px_1"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void findsAValueByTheSameKeyAndOnlyWithinItsKind() {
        long budi = secrets.lookupKey("email", "budi@example.co.id");
        assertThat(budi).isEqualTo(new Secrets(key(1)).lookupKey("email", "budi@example.co.id"));
        assertThat(budi).isNotEqualTo(secrets.lookupKey("phone", "budi@example.co.id"));
        assertThat(budi).isNotEqualTo(secrets.lookupKey("email", "ani@example.co.id"));
        assertThat(budi).isNotEqualTo(new Secrets(key(2)).lookupKey("email", "budi@example.co.id"));
        assertThat(secrets.lookupKey("a", "bc")).isNotEqualTo(secrets.lookupKey("ab", "c"));
    }

    @Test
    void derivesAKeyOfItsOwnForEveryUse() {
        assertThat(secrets.derive("visitor-codes")).hasSize(32).isEqualTo(new Secrets(key(1)).derive("visitor-codes"));
        assertThat(secrets.derive("visitor-codes")).isNotEqualTo(secrets.derive("seal"));
    }

    @Test
    void keepsItsKeyWhenTheCallerWipesTheArray() {
        byte[] key = key(1);
        var own = new Secrets(key);
        byte[] before = own.derive("later");
        Arrays.fill(key, (byte) 0);
        assertThat(own.derive("later")).isEqualTo(before);
    }

    @Test
    void refusesAKeyOfAnotherLength() {
        assertThatThrownBy(() -> new Secrets(new byte[31])).hasMessageContaining("32 bytes");
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[Secrets.KEY_BYTES];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    private static byte[] bytes(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }
}
