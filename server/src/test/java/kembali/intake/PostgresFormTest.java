package kembali.intake;

import kembali.testing.TestDatabase;

class PostgresFormTest extends FormContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgres();
    }
}
