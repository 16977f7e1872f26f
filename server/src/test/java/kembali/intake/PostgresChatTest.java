package kembali.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kembali.testing.TestDatabase;
import kembali.testing.TestHub;
import org.junit.jupiter.api.Test;

class PostgresChatTest extends ChatContract {
    private final TestDatabase database = TestDatabase.postgres();

    @Override
    TestDatabase freshDatabase() {
        return database;
    }

    @Test
    void twoNodesThatHearOfSomebodyNewAtOnceMakeOneLead() {
        try (TestHub other = TestHub.open(database, clock)) {
            for (int i = 0; i < 40; i++) {
                String phone = phone();
                var answers = new ArrayList<CompletableFuture<FactResult>>();
                for (int n = 0; n < 4; n++) {
                    MessageReceived m =
                            received(message(from(phone, "Ani"), "Halo", null), MessageReceived.Rules.USUAL);
                    answers.add((n % 2 == 0 ? hub() : other).intake().append(m));
                }
                List<String> leads = answers.stream()
                        .map(a -> String.valueOf(a.join().lead()))
                        .distinct()
                        .toList();
                assertThat(leads).as(phone).hasSize(1);
                assertThat(messages(hub().lead(leads.getFirst()))).hasSize(4);
            }
        }
    }
}
