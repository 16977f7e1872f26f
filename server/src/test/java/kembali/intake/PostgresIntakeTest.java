package kembali.intake;

import kembali.testing.TestDatabase;

class PostgresIntakeTest extends IntakeContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgres();
    }
}
