package kembali.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir
    Path folder;

    @Test
    void needsNothingAtAll() {
        Settings s = Settings.read(Map.of());
        assertThat(s.host()).isEqualTo("0.0.0.0");
        assertThat(s.port()).isEqualTo(8080);
        assertThat(s.data()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(s.databaseUrl()).isNull();
        assertThat(s.publicUrl()).hasToString("http://localhost:8080");
        assertThat(s.retryFirstDelay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(s.batchSize()).isEqualTo(100);
        assertThat(s.requestsPerSecond()).isZero();
        assertThat(s.endpoints()).isEmpty();
    }

    @Test
    void readsRightValues() {
        var env = new HashMap<String, String>();
        env.put("KEMBALI_HOST", "::1");
        env.put("KEMBALI_PORT", " 9000 ");
        env.put("KEMBALI_DATABASE_URL", "postgresql://u:p@db/k");
        env.put("KEMBALI_SECRET_KEY", KEY);
        env.put("KEMBALI_PUBLIC_URL", "https://link.brand.com/");
        env.put("KEMBALI_TRUSTED_PROXIES", "10.0.0.0/8, ::1");
        env.put("KEMBALI_RETRY_FIRST_DELAY", "1500ms");
        env.put("KEMBALI_ENDPOINT_META", "http://127.0.0.1:9100/");
        env.put("KEMBALI_REQUESTS_PER_SECOND", "-1");
        env.put("KEMBALI_ADMIN_KEY", "");
        Settings s = Settings.read(env);
        assertThat(s.host()).isEqualTo("::1");
        assertThat(s.port()).isEqualTo(9000);
        assertThat(s.secretKey()).hasSize(32);
        assertThat(s.publicUrl()).hasToString("https://link.brand.com");
        assertThat(s.trustedProxies()).hasSize(2);
        assertThat(s.retryFirstDelay()).isEqualTo(Duration.ofMillis(1500));
        assertThat(s.endpoints()).containsExactly(Map.entry("meta", "http://127.0.0.1:9100"));
        assertThat(s.adminKey()).as("empty is not set").isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KEMBALI_PORT                    | eighty             | 0 to 65535",
                "KEMBALI_PORT                    | 65536              | 0 to 65535",
                "KEMBALI_PORT                    | 99999999999        | 0 to 65535",
                "KEMBALI_HOST                    | http://0.0.0.0     | address",
                "KEMBALI_HOST                    | 0.0.0.0 8080       | address",
                "KEMBALI_PUBLIC_URL              | link.brand.com     | no web address",
                "KEMBALI_PUBLIC_URL              | ftp://brand.com    | no web address",
                "KEMBALI_PUBLIC_URL              | https://a b        | no web address",
                "KEMBALI_PUBLIC_URL              | https://x.id/?a=1  | no web address",
                "KEMBALI_SECRET_KEY              | c2hvcnQ=           | 32 bytes",
                "KEMBALI_SECRET_KEY              | not base64!        | base64",
                "KEMBALI_ADMIN_KEY               | too-short          | 32 characters",
                "KEMBALI_TRUSTED_PROXIES         | 10.0.0.0/33        | 10.0.0.0/33",
                "KEMBALI_TRUSTED_PROXIES         | ::1,proxy.example  | proxy.example",
                "KEMBALI_ALLOW_PRIVATE_ADDRESSES | localhost          | localhost",
                "KEMBALI_GEO_DATABASE            | no/such/city.mmdb  | readable file",
                "KEMBALI_GEO_DATABASE            | .                  | readable file",
                "KEMBALI_GEO_DATABASE            | pom.xml,no/such    | no/such",
                "KEMBALI_RETRY_FIRST_DELAY       | 10                 | unit",
                "KEMBALI_RETRY_FIRST_DELAY       | 0s                 | unit",
                "KEMBALI_RETRY_FIRST_DELAY       | -5s                | unit",
                "KEMBALI_RETRY_FIRST_DELAY       | 5 days             | unit",
                "KEMBALI_DATABASE_URL            | postgresql://u@h/d | KEMBALI_SECRET_KEY",
                "KEMBALI_ENDPOINT_META           | 127.0.0.1:9100     | no web address",
                "KEMBALI_ENDPOINT_META           | http://h:1/v26.0   | without a path",
                "KEMBALI_ENDPOINT_GA4            | sandbox            | no web address",
                "KEMBALI_ENDPOINT_GOOGLE_DATA_MANAGER | http://h/x    | without a path",
                "KEMBALI_ENDPOINT_GOOGLE_ADS     | http://h/x         | without a path",
                "KEMBALI_ENDPOINT_GOOGLE_OAUTH   | http://h/x         | without a path",
                "KEMBALI_ENDPOINT_TIKTOK         | http://h/x         | without a path",
                "KEMBALI_ENDPOINT_LINKEDIN       | http://h/x         | without a path",
                "KEMBALI_BATCH_SIZE              | 0                  | 1 to 1000",
                "KEMBALI_BATCH_SIZE              | 1001               | 1 to 1000",
                "KEMBALI_REQUESTS_PER_SECOND     | -2                 | -1 to 1000000",
                "KEMBALI_REQUESTS_PER_SECOND     | 2.5                | -1 to 1000000",
                "KEMBALI_CONFIG                  | no/such.properties | readable file",
            })
    void refusesAWrongValueInOneLineWithAnExample(String name, String value, String fault) {
        assertThatThrownBy(() -> Settings.read(Map.of(name, value)))
                .isInstanceOf(Settings.InvalidSettingException.class)
                .satisfies(e -> {
                    String message = String.valueOf(e.getMessage());
                    String variable = name.equals("KEMBALI_DATABASE_URL") ? "KEMBALI_SECRET_KEY" : name;
                    assertThat(message).startsWith(variable + " ").contains("; for example " + variable + "=");
                    assertThat(message.replace("is not a web address", "no web address"))
                            .contains(fault);
                    assertThat(message).doesNotContain("\n");
                });
    }

    @Test
    void everyVariableThatCanBeWrongIsRefusedSomewhere() {
        Set<String> cannotBeWrong = Set.of("KEMBALI_DATA");
        var tested = new TreeSet<String>(Set.of("KEMBALI_DATABASE_URL"));
        for (String name : Settings.VARIABLES.keySet()) {
            try {
                Settings.read(Map.of(name, "\u0001 :wrong/"));
            } catch (Settings.InvalidSettingException e) {
                tested.add(name);
            }
        }
        assertThat(tested)
                .containsAll(Settings.VARIABLES.keySet().stream()
                        .filter(n -> !cannotBeWrong.contains(n))
                        .toList());
    }

    @Test
    void neverRepeatsASecret() {
        assertThatThrownBy(() -> Settings.read(Map.of("KEMBALI_SECRET_KEY", "bm90IGxvbmcgZW5vdWdo")))
                .hasMessageNotContaining("bm90IGxvbmcgZW5vdWdo");
        assertThatThrownBy(() -> Settings.read(Map.of("KEMBALI_ADMIN_KEY", "hunter2hunter2")))
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> Settings.read(Map.of("KEMBALI_DATABASE_URL", "postgresql://u:hunter2@h/d")))
                .hasMessageNotContaining("hunter2");
        assertThat(Settings.read(
                                Map.of("KEMBALI_DATABASE_URL", "postgresql://u:hunter2@h/d", "KEMBALI_SECRET_KEY", KEY))
                        .toString())
                .doesNotContain("hunter2")
                .doesNotContain(KEY);
    }

    @Test
    void namesVariablesItDoesNotKnow() {
        assertThat(Settings.unknown(Set.of("KEMBALI_PROT", "KEMBALI_PORT", "PATH", "KEMBALIX", "KEMBALI_JAVA_HOME")))
                .containsExactly("KEMBALI_PROT");
    }

    @Test
    void readsAFileForWhatTheEnvironmentLeavesOut() throws IOException {
        Path file = folder.resolve("my.properties");
        Files.writeString(file, "KEMBALI_PORT=9001\nKEMBALI_HOST=127.0.0.1\n");
        Settings s = Settings.read(Map.of("KEMBALI_CONFIG", file.toString(), "KEMBALI_PORT", "9002"));
        assertThat(s.port()).as("the environment wins").isEqualTo(9002);
        assertThat(s.host()).isEqualTo("127.0.0.1");
        Files.writeString(file, "port=9001\n");
        assertThatThrownBy(() -> Settings.read(Map.of("KEMBALI_CONFIG", file.toString())))
                .hasMessageStartingWith("port is no setting");
    }
}
