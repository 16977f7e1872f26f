package kembali.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final List<String> FROM_LAUNCHER = List.of(
            "--java",
            "/jdk/bin/java",
            "--server",
            "/k/run.jar",
            "--server-flags",
            " -Xmx1m  -Xss1k ",
            "--sandbox",
            "/k/sandbox.jar");

    @Test
    void readsWhatTheLauncherSays() throws Exception {
        Options options = Options.read(FROM_LAUNCHER);
        assertThat(options.java()).isEqualTo(Path.of("/jdk/bin/java"));
        assertThat(options.serverFlags()).containsExactly("-Xmx1m", "-Xss1k");
        assertThat(options.once()).isFalse();
    }

    @Test
    void endsAfterTheSampleWhenToldSo() throws Exception {
        var args = new java.util.ArrayList<>(FROM_LAUNCHER);
        args.add("--once");
        assertThat(Options.read(args).once()).isTrue();
    }

    @Test
    void refusesAnArgumentItDoesNotKnow() {
        assertThatExceptionOfType(Options.WrongArgumentException.class)
                .isThrownBy(() -> Options.read(List.of("--twice")))
                .withMessage("unknown argument --twice");
    }

    @Test
    void saysWhichArgumentIsMissingOrHasNoValue() {
        assertThatExceptionOfType(Options.WrongArgumentException.class)
                .isThrownBy(() -> Options.read(List.of("--java", "/jdk/bin/java")))
                .withMessageStartingWith("--server is missing");
        assertThatExceptionOfType(Options.WrongArgumentException.class)
                .isThrownBy(() -> Options.read(List.of("--java")))
                .withMessage("--java needs a value");
    }
}
