package kembali.intake;

import kembali.testing.TestDatabase;

class PostgresS2sTest extends S2sContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgres();
    }
}
