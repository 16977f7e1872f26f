package kembali.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kembali.postback.Result;
import kembali.testing.TestDatabase;
import kembali.testing.TestHub;
import org.junit.jupiter.api.Test;

class PostgresPostbackTest extends PostbackContract {
    private final TestDatabase database = TestDatabase.postgres();

    @Override
    TestDatabase freshDatabase() {
        return database;
    }

    @Test
    void twoNodesThatHearTheSameAtOnceBookItOnce() throws Exception {
        hub().pixel("9101");
        try (TestHub other = TestHub.open(database, clock)) {
            for (int i = 0; i < 5; i++) {
                race(List.of(hub(), other));
            }
        }
    }

    @Test
    void twoNodesThatHearOfALeadAndItsSaleAtOnceMakeOneConversion() {
        try (TestHub other = TestHub.open(database, clock)) {
            for (int i = 0; i < 20; i++) {
                String q = "subid=" + click().subid();
                var lead = hub().intake().append(command(hub(), q + "&status=lead", source(rules)));
                var sale = other.intake().append(command(other, q + "&status=sale", source(rules)));
                Result.Booked booked = (Result.Booked) sale.join();
                assertThat(lead.join()).as("booked, or too late").isNotInstanceOf(Result.NotStored.class);
                assertThat(conversionsOf(leadOf(booked))).hasSize(1);
                assertThat(leadOf(booked).status()).isEqualTo("won");
            }
        }
    }
}
