package kembali.intake;

import java.nio.file.Path;
import kembali.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

class SqliteChatTest extends ChatContract {
    @TempDir
    static Path folder;

    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.sqlite(folder);
    }
}
