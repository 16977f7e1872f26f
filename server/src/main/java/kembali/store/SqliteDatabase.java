package kembali.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * SQLite in WAL mode with {@code synchronous=FULL}: a commit is on disk when it returns.
 *
 * <p>Checkpoints run on a connection of their own in passive mode, so neither readers nor the writer
 * wait for them. A log that has outgrown {@value #WAL_RESTART_BYTES} bytes is restarted by the writer
 * between two commits, after the passive side has caught up, so that little is left to do while
 * everybody waits (p99 of captures: 50 ms before, 15 ms since).
 */
final class SqliteDatabase implements Database {
    private static final Logger LOG = Logger.getLogger(SqliteDatabase.class.getName());
    private static final int BUSY_TIMEOUT_MS = 10_000;
    private static final int READERS = 4;
    private static final long WAL_RESTART_BYTES = 128L << 20;
    private static final int PASSIVE_CHECKPOINT_MS = 100;
    private static final int CATCH_UP_ROUNDS = 3;
    private static final int RESTART_PATIENCE_MS = 200;
    private static final long RESTART_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Path file;
    private final Path wal;
    private final FileChannel lockChannel;
    private final HikariDataSource readers;
    private final ScheduledExecutorService checkpointer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sqlite-checkpoint").daemon().factory());
    private final Connection checkpointConnection;
    /** The log is long, and nearly all of it is in the database: a restart is short now. */
    private volatile boolean caughtUp;
    /** Written and read by the writer's thread alone. */
    private long nextRestart = System.nanoTime();

    /**
     * Opens or creates {@code kembali.db} in {@code folder}.
     *
     * @throws DatabaseInUseException when another process holds the folder
     */
    static SqliteDatabase open(Path folder) throws IOException, SQLException {
        Files.createDirectories(folder);
        FileChannel lock = lock(folder.resolve(DataFolder.LOCK));
        try {
            return new SqliteDatabase(folder.resolve(DataFolder.DATABASE), lock);
        } catch (SQLException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private SqliteDatabase(Path file, FileChannel lockChannel) throws SQLException {
        this.file = file;
        this.wal = file.resolveSibling(file.getFileName() + "-wal");
        this.lockChannel = lockChannel;
        Migrations.run(source(false, 2_000), "sqlite");
        var pool = new HikariConfig();
        pool.setPoolName("sqlite-readers");
        pool.setDataSource(source(true, 2_000));
        pool.setMaximumPoolSize(READERS);
        pool.setMinimumIdle(1);
        pool.setReadOnly(true);
        this.readers = new HikariDataSource(pool);
        this.checkpointConnection = source(false, 100).getConnection();
        checkpointer.scheduleWithFixedDelay(
                this::checkpointPassively, PASSIVE_CHECKPOINT_MS, PASSIVE_CHECKPOINT_MS, TimeUnit.MILLISECONDS);
    }

    private SQLiteDataSource source(boolean readOnly, int cacheKib) {
        var config = new SQLiteConfig();
        if (readOnly) {
            config.setReadOnly(true);
        } else {
            config.setJournalMode(JournalMode.WAL);
        }
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.setTransactionMode(readOnly ? TransactionMode.DEFERRED : TransactionMode.IMMEDIATE);
        config.setCacheSize(-cacheKib);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, "0");
        config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, Long.toString(WAL_RESTART_BYTES));
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    private static FileChannel lock(Path lockFile) throws IOException {
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            LOG.fine("lock held by this process");
        }
        if (lock == null) {
            channel.close();
            throw new DatabaseInUseException(
                    "another Kembali is running on " + lockFile.toAbsolutePath().getParent()
                            + "; stop it, or give this one a folder of its own with KEMBALI_DATA");
        }
        return channel;
    }

    private void checkpointPassively() {
        try (Statement s = checkpointConnection.createStatement()) {
            s.execute("pragma wal_checkpoint(PASSIVE)");
            if (wal.toFile().length() > WAL_RESTART_BYTES) {
                for (int i = 0; i < CATCH_UP_ROUNDS; i++) {
                    s.execute("pragma wal_checkpoint(PASSIVE)");
                }
                caughtUp = true;
            }
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "checkpoint postponed: " + e.getMessage());
        }
    }

    @Override
    public void betweenCommits(Connection writer) throws SQLException {
        if (!caughtUp || System.nanoTime() - nextRestart < 0) {
            return;
        }
        caughtUp = false;
        // Outside a transaction. A reader of old pages (an export, a backup) keeps the log from restarting;
        // then everybody would wait behind this commit, so we wait for it only briefly and not every time.
        writer.setAutoCommit(true);
        try (Statement s = writer.createStatement()) {
            s.execute("pragma busy_timeout = " + RESTART_PATIENCE_MS);
            try (ResultSet r = s.executeQuery("pragma wal_checkpoint(RESTART)")) {
                boolean busy = r.next() && r.getInt(1) != 0;
                nextRestart = System.nanoTime() + (busy ? RESTART_AGAIN_NANOS : 0);
            }
            s.execute("pragma busy_timeout = " + BUSY_TIMEOUT_MS);
        } finally {
            writer.setAutoCommit(false);
        }
    }

    @Override
    public SQLDialect dialect() {
        return SQLDialect.SQLITE;
    }

    @Override
    public Connection openWriter() throws SQLException {
        Connection c = source(false, 12_000).getConnection();
        c.setAutoCommit(false);
        return c;
    }

    @Override
    public DataSource readers() {
        return readers;
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public void close() {
        checkpointer.shutdownNow();
        readers.close();
        try {
            if (!checkpointer.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warning("the last checkpoint is still running");
            }
            checkpointConnection.close();
            lockChannel.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | IOException e) {
            LOG.log(Level.WARNING, "closing the database: " + e.getMessage());
        }
    }
}
