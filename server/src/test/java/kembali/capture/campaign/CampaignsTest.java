package kembali.capture.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import kembali.account.LinkDomains;
import kembali.campaign.Alias;
import kembali.store.Revision;
import kembali.store.Store;
import kembali.support.FieldError;
import kembali.support.Ids;
import kembali.support.Refusal;
import kembali.testing.TestClock;
import kembali.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CampaignsTest {
    private static final int OURS = 1;
    private static final int THEIRS = 2;
    private static final Alias PROMO = new Alias("promo");

    @TempDir
    Path folder;

    private record Opened(Store store, Revision revision, LinkDomains domains, Campaigns campaigns)
            implements AutoCloseable {
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
        var domains = new LinkDomains(revision);
        return new Opened(store, revision, domains, new Campaigns(store, revision, new Ids(clock), domains));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void areFoundByAddressTokenAndId(String database) {
        try (Opened o = open(database)) {
            Campaign plain = campaign(o, OURS, null, "promo");
            Campaign onHost = campaign(o, OURS, "go.brand.example", "promo");
            o.campaigns.save(plain);
            o.campaigns.save(onHost);

            assertThat(id(o.campaigns.open(null, PROMO))).isEqualTo(plain.id());
            assertThat(id(o.campaigns.open("go.brand.example", PROMO))).isEqualTo(onHost.id());
            assertThat(o.campaigns.open("other.example", PROMO)).isNull();
            assertThat(id(o.campaigns.ofToken(plain.token()))).isEqualTo(plain.id());
            assertThat(o.campaigns.find(OURS, plain.id())).isNotNull();
            assertThat(o.campaigns.find(THEIRS, plain.id())).isNull();
            assertThat(o.domains.of("go.brand.example")).isEqualTo(new LinkDomains.Claim(OURS, false));
            assertThat(plain.token()).hasSize(24).isNotEqualTo(onHost.token());

            o.campaigns.remove(onHost);
            assertThat(o.campaigns.open("go.brand.example", PROMO)).isNull();
            assertThat(o.domains.of("go.brand.example")).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void shareNoAddressTokenOrHostWithAnother(String database) {
        try (Opened o = open(database)) {
            Campaign first = campaign(o, OURS, "go.brand.example", "promo");
            o.campaigns.save(first);
            o.campaigns.save(first);

            assertRefused(o, campaign(o, OURS, "go.brand.example", "promo"), "alias");
            assertRefused(o, campaign(o, THEIRS, "go.brand.example", "other"), "domain");
            Campaign copy = campaign(o, OURS, null, "copy");
            assertRefused(
                    o,
                    new Campaign(
                            OURS,
                            copy.id(),
                            null,
                            "copy",
                            first.token(),
                            "Copy",
                            copy.doc(),
                            Instant.EPOCH,
                            Instant.EPOCH),
                    "token");
            assertThat(o.campaigns.of(OURS)).hasSize(1);
        }
    }

    private static void assertRefused(Opened o, Campaign c, String field) {
        assertThatThrownBy(() -> o.campaigns.save(c)).isInstanceOfSatisfying(Refusal.class, r -> {
            assertThat(r.kind()).isEqualTo(Refusal.Kind.CONFLICT);
            assertThat(r.errors()).extracting(FieldError::field).containsExactly(field);
        });
    }

    private static String id(Campaigns.@Nullable Ready ready) {
        return Objects.requireNonNull(ready).campaign().id();
    }

    private static Campaign campaign(Opened o, int workspace, @Nullable String domain, String alias) {
        return new Campaign(
                workspace,
                o.campaigns.newId(),
                domain,
                alias,
                o.campaigns.newToken(),
                "Promo",
                new Campaign.Doc(
                        List.of(new Campaign.Target(
                                o.campaigns.newDestinationId(), "Shop", "https://shop.example/", 1)),
                        "meta",
                        List.of(),
                        true,
                        null),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
