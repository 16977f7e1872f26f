package kembali.intake;

import java.nio.file.Path;
import kembali.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

class SqliteS2sTest extends S2sContract {
    @TempDir
    static Path folder;

    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.sqlite(folder);
    }
}
