package kembali.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import kembali.testing.Eventually;
import kembali.testing.TestDatabase;
import kembali.testing.TestHub;
import org.junit.jupiter.api.Test;

class PostgresInboundTest extends InboundContract {
    private final TestDatabase database = TestDatabase.postgres();

    @Override
    TestDatabase freshDatabase() {
        return database;
    }

    @Test
    void twoNodesThatTakeOneSendersMessagesMakeOneLead() {
        try (TestHub other = TestHub.open(database, clock, Map.of(), KINDS);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            other.hub.start();
            Source one = source();
            Source two = source();
            Eventually.eventually(() -> assertThat(other.hub.inbound().sources().find(TestHub.WS, two.id()))
                    .isNotNull());
            String phone = phone();
            var taken = IntStream.range(0, 64)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> take(
                                    i % 2 == 0 ? hub() : other,
                                    i % 4 < 2 ? one : two,
                                    message("nodes-" + phone + i, phone, "Halo")),
                            threads))
                    .toList();
            var leads = IntStream.range(0, 64)
                    .mapToObj(i -> ended(i % 4 < 2 ? one : two, taken.get(i).join()))
                    .flatMap(r -> r.leadIds().stream())
                    .distinct();
            assertThat(leads).hasSize(1);
        }
    }
}
