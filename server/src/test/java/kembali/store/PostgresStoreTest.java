package kembali.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kembali.testing.TestDatabase;
import kembali.visitor.Visitors;
import org.junit.jupiter.api.Test;

class PostgresStoreTest extends StoreContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgres();
    }

    @Test
    void visitorNumbersAreUniqueAcrossTwoNodes() {
        List<Long> numbers = Collections.synchronizedList(new ArrayList<>());
        List<String> codes = Collections.synchronizedList(new ArrayList<>());
        try (Store other = database.open(clock)) {
            var nodes = List.of(store(), other);
            var running = new ArrayList<CompletableFuture<Void>>();
            for (Store node : nodes) {
                Visitors visitors = visitors();
                running.add(CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 5; i++) {
                        create(node, visitors, 450, numbers, codes);
                    }
                }));
            }
            running.forEach(CompletableFuture::join);
        }
        assertThat(numbers).hasSize(4_500).doesNotHaveDuplicates();
        assertThat(codes).hasSize(4_500).doesNotHaveDuplicates();
    }

    @Test
    void twoNodesMayOpenAnEmptyDatabaseAtTheSameMoment() {
        TestDatabase empty = TestDatabase.emptyPostgres();
        var opening = new ArrayList<CompletableFuture<Store>>();
        for (int i = 0; i < 3; i++) {
            opening.add(CompletableFuture.supplyAsync(() -> empty.open(clock)));
        }
        for (CompletableFuture<Store> o : opening) {
            try (Store s = o.join()) {
                assertThat(s.<Boolean>write(tx -> true)).isTrue();
            }
        }
    }

    @Test
    void writesAgainAfterTheServerDroppedTheWritersConnection() {
        store().write(insert("before"));
        try (Store other = database.open(clock)) {
            Integer pid = store().write(tx ->
                    tx.sql().fetchSingle("select pg_backend_pid()").get(0, Integer.class));
            other.write(tx -> tx.sql().execute("select pg_terminate_backend(" + pid + ")"));
        }
        assertThat(store().write(insert("after"))).isTrue();
        assertThat(names()).containsExactlyInAnyOrder("before", "after");
    }

    @Test
    void readersCannotWrite() {
        assertThatThrownBy(() -> store().read(sql -> sql.execute("insert into setting values ('a', 'b')")))
                .hasMessageContaining("read-only");
    }
}
