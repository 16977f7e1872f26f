package kembali.intake;

import java.nio.file.Path;
import kembali.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

class SqliteMergeTest extends MergeContract {
    @TempDir
    static Path folder;

    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.sqlite(folder);
    }
}
