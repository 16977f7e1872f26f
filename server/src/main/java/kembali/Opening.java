package kembali;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Base64;
import kembali.store.DataFolder;
import kembali.store.PostgresUrl;
import kembali.store.Store;
import kembali.store.StoreException;
import kembali.support.Secrets;
import kembali.support.Settings;
import org.flywaydb.core.api.FlywayException;

/** Opens the database and finds, or makes once, the secret key. */
final class Opening {
    /** What was opened. */
    record Opened(Store store, Secrets secrets) {}

    private Opening() {}

    static Opened open(Settings settings, InstantSource clock) {
        try {
            if (settings.databaseUrl() != null) {
                PostgresUrl url;
                try {
                    url = PostgresUrl.parse(settings.databaseUrl());
                } catch (IllegalArgumentException e) {
                    throw new Settings.InvalidSettingException(
                            "KEMBALI_DATABASE_URL",
                            String.valueOf(e.getMessage()),
                            "postgresql://kembali:password@127.0.0.1:5432/kembali");
                }
                try {
                    return new Opened(Store.postgres(url, clock), new Secrets(key(settings)));
                } catch (FlywayException e) {
                    throw new Settings.InvalidSettingException(
                            "KEMBALI_DATABASE_URL",
                            "names a database that cannot be opened: " + firstLine(e),
                            "postgresql://kembali:password@127.0.0.1:5432/kembali");
                }
            }
            try {
                Files.createDirectories(settings.data());
            } catch (IOException e) {
                throw new Settings.InvalidSettingException(
                        "KEMBALI_DATA", "cannot be created or written: " + settings.data(), "/var/lib/kembali");
            }
            // The store's lock comes first, so that two processes never make two keys.
            Store store = Store.embedded(settings.data(), clock);
            return new Opened(store, new Secrets(key(settings)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** The innermost cause in one line; it never holds the password. */
    private static String firstLine(Throwable t) {
        Throwable inner = t;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        String message = String.valueOf(inner.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static byte[] key(Settings settings) throws IOException {
        byte[] given = settings.secretKey();
        if (given != null) {
            return given;
        }
        Path file = settings.data().resolve(DataFolder.KEY);
        if (!Files.exists(file)) {
            byte[] key = new byte[Secrets.KEY_BYTES];
            new SecureRandom().nextBytes(key);
            Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n", StandardOpenOption.CREATE_NEW);
            DataFolder.protect(file);
        }
        try {
            byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length == Secrets.KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw broken(file);
        }
        throw broken(file);
    }

    private static Settings.InvalidSettingException broken(Path file) {
        return new Settings.InvalidSettingException(
                "KEMBALI_SECRET_KEY",
                "is not set and " + file + " does not hold 32 bytes in base64; put the right key back",
                "\"$(cat backup/secret.key)\"");
    }
}
