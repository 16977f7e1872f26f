package kembali.intake;

import kembali.testing.TestDatabase;

class PostgresRotatorVisitTest extends RotatorVisitContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgres();
    }
}
