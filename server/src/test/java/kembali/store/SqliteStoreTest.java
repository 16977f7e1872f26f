package kembali.store;

import static kembali.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.concurrent.CountDownLatch;
import kembali.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    private static final int MIB = 1 << 20;
    private static final long BOUND = 128L * MIB;

    @TempDir
    Path folder;

    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.sqlite(folder);
    }

    @Test
    void refusesAFolderThatIsOpenAlready() {
        assertThatThrownBy(() -> Store.embedded(folder, clock))
                .isInstanceOf(DatabaseInUseException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("KEMBALI_DATA");
        assertThat(store().write(insert("the first one works on"))).isTrue();
        reopen();
        assertThat(names()).hasSize(1);
    }

    @Test
    void writesAheadAndSyncsEveryCommit() {
        String journal = store().write(tx -> pragma(tx, "journal_mode"));
        String synchronous = store().write(tx -> pragma(tx, "synchronous"));
        assertThat(journal).isEqualToIgnoringCase("wal");
        assertThat(synchronous).as("2 is FULL").isEqualTo("2");
    }

    @Test
    void readersCannotWrite() {
        assertThatThrownBy(() -> store().read(sql -> sql.execute("insert into setting values ('a', 'b')")))
                .hasMessageContaining("readonly");
    }

    @Test
    void aReaderIsNotBlockedByARunningWrite() {
        store().write(insert("old"));
        var written = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var answer = store().submit(tx -> {
            insert("new").apply(tx);
            written.countDown();
            await(go);
            return true;
        });
        await(written);
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertThat(names()).containsExactly("old");
        }
        assertThat(System.nanoTime() - start).as("20 reads took").isLessThan(5_000_000_000L);
        go.countDown();
        answer.join();
    }

    @Test
    void aWriterIsNotBlockedByALongRead() {
        store().write(insert("old"));
        store().read(sql -> {
            sql.execute("begin");
            assertThat(sql.fetchCount(kembali.store.schema.Tables.SETTING)).isEqualTo(1);
            assertThat(store().write(insert("new"))).isTrue();
            assertThat(sql.fetchCount(kembali.store.schema.Tables.SETTING))
                    .as("the reader's snapshot")
                    .isEqualTo(1);
            sql.execute("commit");
            return true;
        });
        assertThat(names()).hasSize(2);
    }

    @Test
    void movesTheLogIntoTheDatabaseByItself() {
        for (int round = 1; round <= 3; round++) {
            store().write(overwritten(6 * MIB));
            eventually(() -> assertThat(framesNotCheckpointed()).isZero());
        }
        assertThat(folder.resolve("kembali.db").toFile().length()).isGreaterThan(6L * MIB);
    }

    @Test
    void aLongReadNeitherStallsTheWriterNorKeepsTheLogGrowingAfterIt() {
        Path wal = folder.resolve("kembali.db-wal");
        store().read(sql -> {
            sql.execute("begin");
            sql.fetchCount(kembali.store.schema.Tables.SETTING);
            for (int i = 0; i < 8; i++) {
                store().write(overwritten(17 * MIB));
            }
            assertThat(wal.toFile().length()).isGreaterThan(BOUND);
            long start = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                store().write(overwritten(MIB / 2));
            }
            assertThat(System.nanoTime() - start).as("5 commits took").isLessThan(8_000_000_000L);
            sql.execute("commit");
            return true;
        });
        eventually(() -> {
            store().write(overwritten(1_024));
            assertThat(wal.toFile().length()).isLessThanOrEqualTo(BOUND);
        });
    }

    @Test
    void aBackupTakenWhileRunningIsRestoredWithWhatWasCommitted() throws Exception {
        store().write(insert("kept"));
        Path zip = folder.resolve("copy.zip");
        new DataFolder(folder).backup(zip);
        store().write(insert("later"));
        Path restored = folder.resolve("restored");
        new DataFolder(restored).restore(zip);
        try (var c = DriverManager.getConnection("jdbc:sqlite:" + restored.resolve(DataFolder.DATABASE));
                var s = c.createStatement();
                var rs = s.executeQuery("select group_concat(name) from setting")) {
            assertThat(rs.next()).isTrue();
            assertThat(rs.getString(1)).isEqualTo("kept");
        }
        assertThatThrownBy(() -> new DataFolder(restored).restore(zip)).hasMessageContaining("already");
    }

    private static String pragma(Tx tx, String name) {
        return String.valueOf(tx.sql().fetchSingle("pragma " + name).get(0));
    }

    /** Read from the index of the log, whose form SQLite documents (walformat.html): header, then nBackfill. */
    private int framesNotCheckpointed() throws IOException {
        var index = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("kembali.db-shm")))
                .order(ByteOrder.nativeOrder());
        return index.getInt(16) - index.getInt(96);
    }

    private static GroupCommit.Work<Boolean> overwritten(int bytes) {
        return tx -> tx.sql()
                        .execute(
                                "insert or replace into setting (name, content) values ('same', hex(zeroblob(?)))",
                                bytes / 2)
                == 1;
    }
}
