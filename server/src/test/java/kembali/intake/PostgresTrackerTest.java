package kembali.intake;

import kembali.testing.TestDatabase;

class PostgresTrackerTest extends TrackerContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgres();
    }
}
