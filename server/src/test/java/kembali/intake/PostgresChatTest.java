package kembali.intake;

import kembali.testing.TestDatabase;

class PostgresChatTest extends ChatContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgres();
    }
}
