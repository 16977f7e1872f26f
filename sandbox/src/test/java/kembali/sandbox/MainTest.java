package kembali.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final PrintStream errorStream = new PrintStream(errors, true, StandardCharsets.UTF_8);

    @Test
    void listensOnLoopbackAt9100UnlessToldOtherwise() {
        SandboxOptions options = Objects.requireNonNull(Main.options(List.of(), errorStream));
        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isEqualTo(9100);
        assertThat(options.lean()).isFalse();
        assertThat(options.futureTolerance()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void readsItsArguments() {
        SandboxOptions options = Objects.requireNonNull(Main.options(
                List.of("--host", "0.0.0.0", "--port", "0", "--lean", "--future-tolerance", "300"), errorStream));
        assertThat(options.host()).isEqualTo("0.0.0.0");
        assertThat(options.port()).isZero();
        assertThat(options.lean()).isTrue();
        assertThat(options.futureTolerance()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot 1", "--port", "--port x", "--port 70000", "--future-tolerance -5"})
    void refusesAnArgumentItDoesNotKnow(String line) {
        assertThat(Main.options(List.of(line.split(" ")), errorStream)).isNull();
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains(line.split(" ")[0]);
    }

    @Test
    void saysThatAPortIsTaken() {
        try (Sandbox first = Sandbox.start(0)) {
            assertThat(first.url()).isEqualTo("http://127.0.0.1:" + first.port());
            assertThatThrownBy(() -> Sandbox.start(first.port()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(Integer.toString(first.port()));
        }
    }
}
