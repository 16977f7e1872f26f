package kembali.transfer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import kembali.store.DataFolder;
import kembali.support.Ids;
import kembali.support.Refusal;
import kembali.support.Secrets;
import kembali.transfer.csv.EncodingFinder;

/** The files themselves, sealed, in {@code imports} of the data folder until they are done with. */
final class ImportFiles {
    /** Largest file. */
    static final long MOST_BYTES = 1L << 30;

    /** So much of the disk stays free for what the database has to write. */
    private static final long LEAVE_FREE = 512L << 20;

    private static final long LOOK_EVERY = 64L << 20;
    private static final int BEGINNING = 64 * 1024;
    private static final int BUFFER = 64 * 1024;
    private static final String NODE = "node";
    private static final String ENDING = ".csv.sealed";

    private final Path folder;
    private final Secrets secrets;
    private final Ids ids;

    ImportFiles(Path folder, Secrets secrets, Ids ids) {
        this.folder = folder;
        this.secrets = secrets;
        this.ids = ids;
    }

    /**
     * A file that was taken in.
     *
     * @param bytes its length
     * @param beginning its first bytes, at most 64 KB
     * @param charset as its bytes tell
     */
    record Kept(long bytes, byte[] beginning, Charset charset) {
        boolean isWhole() {
            return beginning.length == bytes;
        }
    }

    /** The name of this data folder; made once. */
    String node() throws IOException {
        Path file = folder.resolve(NODE);
        if (!Files.exists(file)) {
            Files.createDirectories(folder);
            try {
                Files.writeString(file, ids.next("nd"), StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException e) {
                return Files.readString(file).strip(); // another process of this folder was first
            }
        }
        return Files.readString(file).strip();
    }

    /** Whether any file was ever taken in. */
    boolean isUsed() {
        return Files.exists(folder.resolve(NODE));
    }

    /**
     * Takes a file in.
     *
     * @throws Refusal when it is empty or too large, or there is no room for it; nothing is kept then
     */
    Kept keep(String id, InputStream body) throws IOException {
        Files.createDirectories(folder);
        Path file = path(id);
        boolean kept = false;
        try {
            Files.createFile(file);
            DataFolder.protect(file);
            Kept result = write(id, file, body);
            kept = true;
            return result;
        } finally {
            if (!kept) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Kept write(String id, Path file, InputStream body) throws IOException {
        var encoding = new EncodingFinder();
        byte[] beginning = new byte[BEGINNING];
        int begun = 0;
        long bytes = 0;
        long look = 0;
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = secrets.sealing(Files.newOutputStream(file), place(id))) {
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                if (bytes >= look) {
                    refuseFullDisk();
                    look += LOOK_EVERY;
                }
                int first = Math.min(n, BEGINNING - begun);
                System.arraycopy(buffer, 0, beginning, begun, first);
                begun += first;
                bytes += n;
                if (bytes > MOST_BYTES) {
                    throw new Refusal(
                            Refusal.Kind.TOO_LARGE,
                            "The file has more than " + MOST_BYTES + " bytes; send it in parts.",
                            List.of());
                }
                encoding.accept(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        if (bytes == 0) {
            throw Refusal.invalid("body", "is empty; send the CSV file as the body, with Content-Type: text/csv");
        }
        return new Kept(bytes, Arrays.copyOf(beginning, begun), encoding.found());
    }

    private void refuseFullDisk() throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() < LEAVE_FREE) {
            throw new Refusal(Refusal.Kind.OVERLOADED, "The server's disk is too full to take the file in.", List.of());
        }
    }

    /** The file's bytes. */
    InputStream open(String id) throws IOException {
        return new BufferedInputStream(secrets.opening(Files.newInputStream(path(id)), place(id)), BUFFER);
    }

    boolean has(String id) {
        return Files.exists(path(id));
    }

    void forget(String id) throws IOException {
        Files.deleteIfExists(path(id));
    }

    /** The imports whose files are here. */
    List<String> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> String.valueOf(f.getFileName()))
                    .filter(n -> n.endsWith(ENDING))
                    .map(n -> n.substring(0, n.length() - ENDING.length()))
                    .toList();
        }
    }

    private Path path(String id) {
        return folder.resolve(id + ENDING);
    }

    private static String place(String id) {
        return "import/" + id;
    }
}
