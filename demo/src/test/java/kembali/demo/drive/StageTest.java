package kembali.demo.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @Test
    void showsTheLastLinesOfAProcessThatDoesNotComeUp(@TempDir Path nothing) throws Exception {
        try (var stage = new Stage()) {
            assertThatExceptionOfType(StartFailedException.class)
                    .isThrownBy(
                            () -> stage.start(JAVA, nothing.resolve("no.jar"), List.of(), nothing.resolve("none.jar")))
                    .satisfies(e -> {
                        assertThat(e).hasMessageStartingWith("the sandbox ended by itself with exit code 1");
                        assertThat(e.lastLines()).anyMatch(l -> l.contains("none.jar"));
                    });
        }
    }

    @Test
    void leavesNoFolderBehind() throws Exception {
        var stage = new Stage();
        List<Path> during = folders();
        stage.close();
        assertThat(during).isNotEmpty();
        assertThat(folders()).hasSizeLessThan(during.size());
    }

    @Test
    void takesAnotherPortWhenThePreferredOneIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.free(taken.getLocalPort())).isPositive().isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void guessesNoKeyTwice() throws Exception {
        try (var one = new Stage();
                var two = new Stage()) {
            assertThat(one.adminKey()).hasSizeGreaterThanOrEqualTo(32).isNotEqualTo(two.adminKey());
        }
    }

    private static List<Path> folders() throws Exception {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(p -> p.getFileName().toString().startsWith("kembali-demo-"))
                    .toList();
        }
    }
}
