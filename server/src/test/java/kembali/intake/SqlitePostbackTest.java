package kembali.intake;

import java.nio.file.Path;
import kembali.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

class SqlitePostbackTest extends PostbackContract {
    @TempDir
    static Path folder;

    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.sqlite(folder);
    }
}
