package kembali.inbound;

import java.nio.file.Path;
import kembali.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;

class SqliteInboundTest extends InboundContract {
    @TempDir
    static Path folder;

    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.sqlite(folder);
    }
}
