package kembali.intake;

import kembali.testing.TestDatabase;

class PostgresRotatorClickTest extends RotatorClickContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgres();
    }
}
