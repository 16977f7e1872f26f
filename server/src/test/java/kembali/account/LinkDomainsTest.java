package kembali.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import kembali.store.Revision;
import kembali.store.Store;
import kembali.support.FieldError;
import kembali.support.Refusal;
import kembali.testing.TestClock;
import kembali.testing.TestDatabase;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkDomainsTest {
    private static final int OURS = Workspaces.FIRST;
    private static final int THEIRS = 2;

    @TempDir
    Path folder;

    private record Opened(Store store, Revision revision, LinkDomains domains) implements AutoCloseable {
        void replace(int workspace, String... hosts) {
            store.write(tx -> {
                domains.replace(tx, workspace, List.of(hosts));
                revision.changed(tx);
                return true;
            });
        }

        void claim(int workspace, String... hosts) {
            store.write(tx -> {
                domains.rename(tx, workspace, "rt_x", "domains", List.of(), List.of(hosts));
                revision.changed(tx);
                return true;
            });
        }

        void release(int workspace, String... hosts) {
            store.write(tx -> {
                domains.rename(tx, workspace, "rt_x", "domains", List.of(hosts), List.of());
                revision.changed(tx);
                return true;
            });
        }

        @Override
        public void close() {
            revision.close();
            store.close();
        }
    }

    static Stream<String> databases() {
        return Stream.of("SQLite", "PostgreSQL");
    }

    private Opened open(String database) {
        var clock = new TestClock();
        Store store = (database.equals("SQLite") ? TestDatabase.sqlite(folder) : TestDatabase.postgres()).open(clock);
        var revision = new Revision(store);
        return new Opened(store, revision, new LinkDomains(revision));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aHostBelongsToOneWorkspace(String database) {
        try (Opened o = open(database)) {
            o.replace(OURS, "chat.brand.example", "wa.brand.example");

            assertThat(o.domains.of("chat.brand.example")).isEqualTo(new LinkDomains.Claim(OURS, true));
            assertThatThrownBy(() -> o.replace(THEIRS, "other.example", "wa.brand.example"))
                    .isInstanceOfSatisfying(Refusal.class, r -> {
                        assertThat(r.kind()).isEqualTo(Refusal.Kind.CONFLICT);
                        assertThat(r.errors()).extracting(FieldError::field).containsExactly("linkDomains[1]");
                    });
            assertThatThrownBy(() -> o.claim(THEIRS, "chat.brand.example"))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            r -> assertThat(r.errors())
                                    .extracting(FieldError::field)
                                    .containsExactly("domains[0]"));
            assertThat(o.domains.of(THEIRS)).as("nothing of it was stored").isEmpty();
            assertThat(o.domains.of("other.example")).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aGivenUpHostIsFreeAndTheOrderIsTheOneThatWasSaid(String database) {
        try (Opened o = open(database)) {
            o.replace(OURS, "b.example", "a.example");
            assertThat(o.domains.of(OURS)).containsExactly("b.example", "a.example");
            o.replace(OURS, "a.example", "c.example");
            assertThat(o.domains.of(OURS)).containsExactly("a.example", "c.example");
            o.replace(THEIRS, "b.example");
            assertThat(o.domains.of("b.example")).isEqualTo(new LinkDomains.Claim(THEIRS, true));
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aRotatorsHostAnswersItAloneUntilTheWorkspaceNamesItToo(String database) {
        try (Opened o = open(database)) {
            o.claim(OURS, "promo.example");
            assertThat(o.domains.of("promo.example")).isEqualTo(new LinkDomains.Claim(OURS, false));
            o.replace(OURS, "promo.example");
            assertThat(o.domains.of("promo.example")).isEqualTo(new LinkDomains.Claim(OURS, true));
            o.release(OURS, "promo.example");
            assertThat(o.domains.of("promo.example"))
                    .as("still the workspace's")
                    .isNotNull();
            o.domains.namedBy((workspace, except) -> "rt_x".equals(except) ? List.of() : List.of("promo.example"));
            o.replace(OURS);
            assertThat(o.domains.of("promo.example")).isEqualTo(new LinkDomains.Claim(OURS, false));
            o.release(OURS, "promo.example");
            assertThat(o.domains.of("promo.example")).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aHostThatAnotherLinkNamesTooStays(String database) {
        try (Opened o = open(database)) {
            o.claim(OURS, "promo.example", "only.example");
            o.domains.namedBy((workspace, except) -> List.of("promo.example"));
            o.release(OURS, "promo.example", "only.example");
            assertThat(o.domains.of("promo.example")).isEqualTo(new LinkDomains.Claim(OURS, false));
            assertThat(o.domains.of("only.example")).isNull();
        }
    }

    @Nested
    class Names {
        @ParameterizedTest
        @CsvSource({
            "Chat.Brand.Example, chat.brand.example",
            "chat.brand.example., chat.brand.example",
            "bücher.example, xn--bcher-kva.example",
            "a-1.co.id, a-1.co.id",
            "xn--p1ai.xn--p1ai, xn--p1ai.xn--p1ai",
        })
        void areComparedInOneForm(String written, String host) {
            assertThat(LinkDomains.normalised(written)).isEqualTo(host);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "localhost",
                    "https://brand.example",
                    "brand.example/wa",
                    "brand.example:8080",
                    "*.brand.example",
                    "-a.example",
                    "a-.example",
                    "a..example",
                    "203.0.113.7",
                    "[2001:db8::1]",
                    "a b.example",
                    "a_b.example",
                    "brand.123",
                    "user@brand.example",
                    ".example",
                })
        void areRefusedWhenTheyAreNone(String written) {
            assertThat(LinkDomains.normalised(written)).isNull();
        }

        @Test
        void haveAtMost253Characters() {
            String label = "a".repeat(60) + ".";
            assertThat(LinkDomains.normalised(label.repeat(4) + "example")).isNotNull();
            assertThat(LinkDomains.normalised(label.repeat(4) + "a".repeat(10) + ".example"))
                    .isNull();
        }
    }
}
