package kembali.capture.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import kembali.identity.Place;
import kembali.support.Settings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeoTest {
    private static final Path FIXTURE = Path.of("src/test/resources/kembali/capture/geo/places.mmdb");
    private static final Place BANDUNG = new Place("ID", "West Java", "JB", "Bandung", "40115", "Asia/Jakarta");
    private static final Place JAKARTA = new Place("ID", "Jakarta", null, "Jakarta", null, "Asia/Jakarta");

    @TempDir
    Path folder;

    private Path file(String name, byte[] bytes) throws IOException {
        Path next = folder.resolve(name + ".next");
        Files.write(next, bytes);
        return Files.move(
                next, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static @Nullable Place at(Geo geo, String address) {
        return geo.at(address);
    }

    @Test
    void readsMaxMindsLayout() throws IOException {
        try (Geo geo = Geo.open(List.of(file("city.mmdb", Places.nested())))) {
            assertThat(at(geo, "203.0.113.7")).isEqualTo(BANDUNG);
            assertThat(at(geo, "198.51.100.1")).isEqualTo(new Place("US", null, null, null, null, null));
            assertThat(at(geo, "2001:db8::7")).isEqualTo(new Place("SG", null, null, null, null, "Asia/Singapore"));
            assertThat(at(geo, "::ffff:203.0.113.7")).isEqualTo(BANDUNG);
            assertThat(geo.at(InetAddress.ofLiteral("203.0.113.255"))).isEqualTo(BANDUNG);
            assertThat(geo.built()).isEqualTo(Instant.parse("2026-11-20T03:00:00Z"));
        }
    }

    @Test
    void readsTheFlatLayout() throws IOException {
        try (Geo geo = Geo.open(List.of(file("city.mmdb", Places.flat())))) {
            assertThat(at(geo, "203.0.113.7")).isEqualTo(JAKARTA);
            assertThat(at(geo, "192.0.2.1")).isEqualTo(new Place("MY", null, null, "Kuala Lumpur", null, null));
            assertThat(at(geo, "2001:db8::7")).isNull();
        }
    }

    @Test
    void asksTheFilesInTheirOrder() throws IOException {
        Path flat = file("flat.mmdb", Places.flat());
        Path nested = file("nested.mmdb", Places.nested());
        try (Geo geo = Geo.open(List.of(flat, nested))) {
            assertThat(at(geo, "203.0.113.7")).isEqualTo(JAKARTA);
            assertThat(at(geo, "2001:db8::7"))
                    .extracting(p -> p == null ? null : p.countryCode())
                    .isEqualTo("SG");
        }
        try (Geo geo = Geo.open(List.of(nested, flat))) {
            assertThat(at(geo, "203.0.113.7")).isEqualTo(BANDUNG);
            assertThat(at(geo, "192.0.2.1"))
                    .extracting(p -> p == null ? null : p.countryCode())
                    .isEqualTo("MY");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no address",
                "9.9.9.9",
                "198.51.100.200",
                "10.0.0.1",
                "127.0.0.1",
                "::1",
                "fe80::1",
                "2001:db9::1"
            })
    void knowsNothingOfOtherAddresses(String address) throws IOException {
        try (Geo geo = Geo.open(List.of(file("city.mmdb", Places.nested())))) {
            assertThat(at(geo, address)).isNull();
        }
    }

    @Test
    void knowsNoPlaceWithoutFiles() {
        assertThat(Geo.open(List.of())).isSameAs(Geo.NONE);
        assertThat(at(Geo.NONE, "203.0.113.7")).isNull();
        assertThat(Geo.NONE.built()).isNull();
    }

    @Test
    void refusesAFileThatIsNoDatabaseOfPlacesInOneLine() throws IOException {
        byte[] cut = Places.nested();
        for (byte[] bytes : List.of(
                new byte[0],
                new byte[] {1, 2, 3},
                "not a database\nat all".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Arrays.copyOf(cut, cut.length / 2),
                Places.networks())) {
            Path file = file("bad.mmdb", bytes);
            assertThatThrownBy(() -> Geo.open(List.of(file)))
                    .isInstanceOf(Settings.InvalidSettingException.class)
                    .hasMessageStartingWith("KEMBALI_GEO_DATABASE names " + file + ", which ")
                    .hasMessageContaining("; for example KEMBALI_GEO_DATABASE=")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
        }
    }

    @Test
    void takesAFileThatWasReplaced() throws IOException {
        Path path = file("city.mmdb", Places.flat());
        try (Geo geo = Geo.open(List.of(path))) {
            assertThat(at(geo, "203.0.113.7")).isEqualTo(JAKARTA);
            file("city.mmdb", Places.nested());
            assertThat(at(geo, "203.0.113.7")).as("not looked again yet").isEqualTo(JAKARTA);
            geo.reload();
            assertThat(at(geo, "203.0.113.7")).isEqualTo(BANDUNG);
        }
    }

    @Test
    void keepsTheOneBeforeWhenTheReplacementIsBrokenOrMissing() throws IOException {
        Path path = file("city.mmdb", Places.flat());
        try (Geo geo = Geo.open(List.of(path))) {
            file("city.mmdb", new byte[] {1, 2, 3});
            geo.reload();
            geo.reload();
            assertThat(at(geo, "203.0.113.7")).isEqualTo(JAKARTA);
            Files.delete(path);
            geo.reload();
            assertThat(at(geo, "203.0.113.7")).isEqualTo(JAKARTA);
            file("city.mmdb", Places.nested());
            geo.reload();
            assertThat(at(geo, "203.0.113.7")).isEqualTo(BANDUNG);
        }
    }

    @Test
    void survivesAFileThatIsShortenedUnderItsFeet() throws IOException {
        Path path = folder.resolve("city.mmdb");
        Files.write(path, Places.nested());
        try (Geo geo = Geo.open(List.of(path))) {
            Files.write(path, new byte[0]);
            assertThat(at(geo, "203.0.113.7")).as("the mapping is gone").isNull();
        }
    }

    @Test
    void answersManyThreadsWhileFilesAreReplaced() throws Exception {
        Path path = file("city.mmdb", Places.flat());
        try (Geo geo = Geo.open(List.of(path));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var lookUps = new ArrayList<Callable<Boolean>>();
            for (int t = 0; t < 8; t++) {
                lookUps.add(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        Place place = at(geo, "203.0.113." + i % 256);
                        if (!JAKARTA.equals(place) && !BANDUNG.equals(place)) {
                            return false;
                        }
                    }
                    return true;
                });
            }
            var running = lookUps.stream().map(threads::submit).toList();
            for (int i = 0; i < 20; i++) {
                file("city.mmdb", i % 2 == 0 ? Places.nested() : Places.flat());
                geo.reload();
            }
            for (var lookUp : running) {
                assertThat(lookUp.get()).isTrue();
            }
        }
    }

    /** Other tests start a server on this file. Made anew by this: {@code Files.write(FIXTURE, Places.nested())}. */
    @Test
    void theFixtureSaysWhatTheGeneratorWrites() {
        try (Geo geo = Geo.open(List.of(FIXTURE))) {
            assertThat(at(geo, "203.0.113.7")).isEqualTo(BANDUNG);
            assertThat(at(geo, "2001:db8::1"))
                    .extracting(p -> p == null ? null : p.timezone())
                    .isEqualTo("Asia/Singapore");
        }
    }
}
