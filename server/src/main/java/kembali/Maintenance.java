package kembali;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import kembali.store.DataFolder;
import kembali.support.Settings;

/** The commands that work on the data folder without a server: {@code backup FILE} and {@code restore FILE}. */
final class Maintenance {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 64;

    private Maintenance() {}

    /** Runs one command and returns the process's exit status. */
    static int run(String[] args) {
        if (args.length != 2 || !(args[0].equals("backup") || args[0].equals("restore"))) {
            System.err.println("kembali: use ./kembali backup FILE, or ./kembali restore FILE");
            return WRONG_USE;
        }
        try {
            Settings settings = Settings.fromEnvironment();
            if (settings.databaseUrl() != null) {
                System.err.println(
                        "kembali: back up a PostgreSQL database with pg_dump and keep KEMBALI_SECRET_KEY with it");
                return FAILED;
            }
            var folder = new DataFolder(settings.data());
            Path file = Path.of(args[1]);
            if (args[0].equals("backup")) {
                folder.backup(file);
                System.out.println(
                        "Copied " + settings.data() + " to " + file + ". It holds the secret key: keep it safe.");
            } else {
                folder.restore(file);
                System.out.println("Restored " + file + " into " + settings.data() + ".");
            }
            return 0;
        } catch (Settings.InvalidSettingException | IOException | InvalidPathException | SQLException e) {
            System.err.println("kembali: " + e.getMessage());
            return FAILED;
        }
    }
}
