package kembali.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import kembali.platform.Prepared;
import kembali.store.PostgresUrl;
import kembali.store.Store;
import kembali.testing.TestClock;
import kembali.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** What an earlier release stored is there after an update, and still sent as it was. */
class StoredRowsMigrationTest {
    private static final int WS = 1;

    @TempDir
    Path folder;

    @Test
    void sqliteKeepsWhatAnEarlierReleaseStored() throws SQLException {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("kembali.db"));
        storeAsBefore(source);
        try (Store store = TestDatabase.sqlite(folder).open(new TestClock())) {
            assertKept(store);
            assertThat(store.<List<String>>read(sql -> sql
                            .fetchValues(
                                    "select name from sqlite_master where sql like '%without rowid%' order by name")
                            .stream()
                            .map(String::valueOf)
                            .toList()))
                    .containsExactly(
                            "attempt",
                            "click_id",
                            "consent",
                            "conversion_state",
                            "lead_event",
                            "lead_search",
                            "postback_fingerprint",
                            "tracker_hit");
        }
    }

    @Test
    void postgresKeepsWhatAnEarlierReleaseStored() throws SQLException {
        String address = TestDatabase.emptyPostgresAddress();
        var url = PostgresUrl.parse(address);
        var source = new PGSimpleDataSource();
        source.setUrl(url.jdbcUrl());
        source.setUser(url.user());
        source.setPassword(url.password());
        storeAsBefore(source);
        try (Store store = TestDatabase.at(address).open(new TestClock())) {
            assertKept(store);
        }
    }

    private static void storeAsBefore(DataSource source) throws SQLException {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration/common")
                .target("2")
                .loggers("slf4j")
                .load()
                .migrate();
        try (Connection c = source.getConnection();
                Statement s = c.createStatement()) {
            s.execute("""
                    insert into delivery (workspace_id, id, pixel_id, platform, lead_id, trigger_status, event, event_id,
                      status, answer_lost, reason_code, occurred_at, created_at, expires_at, payload, match_keys, route,
                      alone, attempts, due_at, clicked_at)
                    values
                      (1, 'dl_1', 'px_1', 'meta', 'ld_1', 'won', 'Purchase', 'e1', 'pending', true, null, 1, 2, 3,
                        '{"event":"é"}', 'em,ph', 'app', true, 2, 4, 5),
                      (1, 'dl_2', 'px_1', 'meta', 'ld_1', 'hot', 'Lead', 'e2', 'accepted', false, null, 1, 2, 3,
                        '{"event":2}', null, null, false, 1, 4, null),
                      (1, 'dl_3', 'px_1', 'meta', 'ld_1', 'lost', null, 'e3', 'skipped', false, 'no_mapping', 1, 2, 3,
                        null, null, null, false, 0, 4, null)""");
            s.execute("insert into attempt (delivery_id, attempt_no, at, duration_ms, method, url, answer_lost)"
                    + " values ('dl_1', 1, 1, 2, 'POST', 'https://platform.example', false),"
                    + " ('dl_1', 2, 3, 4, 'POST', 'https://platform.example', true)");
            s.execute("insert into lead_search (workspace_id, token, lead_id) values (1, 5, 'ld_1'), (1, -7, 'ld_1')");
            s.execute("insert into click_id (workspace_id, value_hash, visitor_no, seen_at) values (1, -9, 4, 8)");
            s.execute("insert into lead_event (workspace_id, lead_id, id, at, kind, status, doc)"
                    + " values (1, 'ld_1', 'ev_1', 6, 'status', 'won', 'INV-1')");
        }
    }

    private static void assertKept(Store store) {
        Delivery waiting = find(store, "dl_1");
        assertThat(waiting.prepared())
                .isEqualTo(new Prepared.Ready(
                        "{\"event\":\"é\"}", List.of("em", "ph"), "app", true, Instant.ofEpochMilli(5)));
        assertThat(waiting.answerLost()).isTrue();
        assertThat(waiting.dueAt()).isEqualTo(Instant.ofEpochMilli(4));
        assertThat(find(store, "dl_2").prepared()).isEqualTo(new Prepared.Ready("{\"event\":2}", List.of(), "", false));
        assertThat(find(store, "dl_3").prepared()).isNull();
        assertThat(store.<List<Attempt>>read(sql -> SyncLog.attempts(sql, "dl_1")))
                .extracting(Attempt::answerLost)
                .containsExactly(false, true);
        assertThat(values(store, "select token from lead_search where lead_id = 'ld_1' order by token"))
                .containsExactly("-7", "5");
        assertThat(values(store, "select visitor_no from click_id where value_hash = -9"))
                .containsExactly("4");
        assertThat(values(store, "select doc from lead_event where lead_id = 'ld_1'"))
                .containsExactly("INV-1");
    }

    private static Delivery find(Store store, String id) {
        return Objects.requireNonNull(store.<@Nullable Delivery>read(sql -> Deliveries.find(sql, WS, id)));
    }

    private static List<String> values(Store store, String query) {
        return store.read(
                sql -> sql.fetchValues(query).stream().map(String::valueOf).toList());
    }
}
