package kembali;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import kembali.support.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
    @TempDir
    Path folder;

    @Test
    void makesTheSecretKeyOnceAndForNobodyElseToRead() throws IOException {
        byte[] sealed = sealedByTheFirstRun();
        Path key = folder.resolve("data/secret.key");
        assertThat(Base64.getDecoder().decode(Files.readString(key).strip())).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        Opening.Opened again = open(Map.of());
        assertThat(again.secrets().open(sealed, "here")).containsExactly(1, 2, 3);
        again.store().close();
    }

    @Test
    void refusesAKeyFileThatWasDamaged() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/secret.key"), "not a key");
        assertThatThrownBy(() -> open(Map.of()))
                .isInstanceOf(Settings.InvalidSettingException.class)
                .hasMessageStartingWith("KEMBALI_SECRET_KEY ");
    }

    @Test
    void refusesAFolderThatCannotBeMade() throws IOException {
        Files.writeString(folder.resolve("data"), "a file");
        assertThatThrownBy(() -> open(Map.of()))
                .isInstanceOf(Settings.InvalidSettingException.class)
                .hasMessageStartingWith("KEMBALI_DATA ")
                .hasMessageContaining("for example KEMBALI_DATA=");
    }

    @Test
    void refusesADatabaseAddressInTheSameWords() {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        assertThatThrownBy(
                        () -> open(Map.of("KEMBALI_DATABASE_URL", "mysql://u:hunter2@h/d", "KEMBALI_SECRET_KEY", key)))
                .isInstanceOf(Settings.InvalidSettingException.class)
                .hasMessageStartingWith("KEMBALI_DATABASE_URL must begin with postgresql://")
                .hasMessageContaining("for example KEMBALI_DATABASE_URL=")
                .hasMessageNotContaining("hunter2");
    }

    private byte[] sealedByTheFirstRun() {
        Opening.Opened first = open(Map.of());
        byte[] sealed = first.secrets().seal(new byte[] {1, 2, 3}, "here");
        first.store().close();
        return sealed;
    }

    private Opening.Opened open(Map<String, String> more) {
        var env = new java.util.HashMap<>(more);
        env.put("KEMBALI_DATA", folder.resolve("data").toString());
        return Opening.open(Settings.read(env), InstantSource.system());
    }
}
