package kembali.intake;

import kembali.testing.TestDatabase;

class PostgresMergeTest extends MergeContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgres();
    }
}
