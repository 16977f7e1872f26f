package kembali.transfer;

import java.nio.file.Path;
import kembali.testing.TestDatabase;

class SqliteImportTest extends ImportContract {
    @Override
    TestDatabase freshDatabase(Path folder) {
        return TestDatabase.sqlite(folder);
    }
}
