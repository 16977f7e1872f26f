package kembali.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The folder of the embedded database: what is in it, copying it while running, and putting a copy back. */
public final class DataFolder {
    public static final String DATABASE = "kembali.db";
    public static final String LOCK = "kembali.lock";
    public static final String KEY = "secret.key";

    private final Path folder;

    public DataFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes a consistent copy of the database and the key into a zip file, also while a server runs
     * on the folder.
     *
     * @param target a file that does not exist yet
     * @throws IOException when there is no database, the file exists, or it cannot be written
     */
    public void backup(Path target) throws IOException, SQLException {
        if (!Files.exists(folder.resolve(DATABASE))) {
            throw new IOException(folder + " holds no database; KEMBALI_DATA names another folder than the server's");
        }
        if (Files.exists(target)) {
            throw new IOException(target + " exists already; name a new file");
        }
        Path absolute = target.toAbsolutePath();
        Path parent = absolute.getParent();
        Path copy = Files.createTempFile(parent, ".kembali-backup", ".db");
        Path zip = Files.createTempFile(parent, ".kembali-backup", ".zip");
        try {
            Files.delete(copy);
            copyDatabase(copy);
            try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
                add(out, DATABASE, copy);
                if (Files.exists(folder.resolve(KEY))) {
                    add(out, KEY, folder.resolve(KEY));
                }
            }
            Files.move(zip, absolute, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(zip);
        }
    }

    /**
     * Puts a copy made by {@link #backup} into this folder, which holds no database yet.
     *
     * @throws IOException when a database is there, or the file is no backup
     */
    public void restore(Path source) throws IOException {
        Files.createDirectories(folder);
        for (String name : Set.of(DATABASE, KEY)) {
            if (Files.exists(folder.resolve(name))) {
                throw new IOException(folder + " holds " + name + " already; restore into an empty folder");
            }
        }
        Set<String> found = new HashSet<>();
        try (var in = new ZipInputStream(Files.newInputStream(source))) {
            for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
                if (e.getName().equals(DATABASE) || e.getName().equals(KEY)) {
                    Files.copy(in, folder.resolve(e.getName()));
                    found.add(e.getName());
                }
            }
        }
        if (!found.contains(DATABASE)) {
            throw new IOException(source + " is no backup of Kembali");
        }
        protect(folder.resolve(KEY));
    }

    /** Only the owner may read the key. */
    public static void protect(Path key) throws IOException {
        if (Files.exists(key) && Files.getFileStore(key).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private void copyDatabase(Path copy) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(DATABASE));
                PreparedStatement p = c.prepareStatement("vacuum into ?")) {
            p.setString(1, copy.toString());
            p.execute();
        }
    }

    private static void add(ZipOutputStream out, String name, Path file) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo((OutputStream) out);
        }
        out.closeEntry();
    }
}
