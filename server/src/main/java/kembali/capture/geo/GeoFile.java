package kembali.capture.geo;

import com.maxmind.db.CHMCache;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.NetworksIterationException;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.capture.geo.Records.Flat;
import kembali.capture.geo.Records.Located;
import kembali.capture.geo.Records.Nested;
import kembali.identity.Place;
import org.jspecify.annotations.Nullable;

/** One database file, mapped into memory as it is now. A file replaced on disk is another {@code GeoFile}. */
final class GeoFile {
    private static final Logger LOG = Logger.getLogger(GeoFile.class.getName());
    private static final int IPV6 = 6;

    /** Records looked at to learn the layout: the first ones of a file may be empty or say little. */
    private static final int LAYOUT_SAMPLE = 200;

    private final Path path;
    private final Version version;
    private final Reader reader;
    private final Class<? extends Located> layout;
    private final boolean ipv6;
    private final AtomicBoolean complained = new AtomicBoolean();

    /** What tells one content of a path from the next. */
    record Version(FileTime modified, long size, @Nullable Object key) {
        static Version of(Path path) throws IOException {
            var a = Files.readAttributes(path, BasicFileAttributes.class);
            return new Version(a.lastModifiedTime(), a.size(), a.fileKey());
        }
    }

    /** The file is no database of places; the message goes after the file's name. */
    static final class UnusableFileException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableFileException(String fault) {
            super(fault);
        }
    }

    private GeoFile(Path path, Version version, Reader reader, Class<? extends Located> layout) {
        this.path = path;
        this.version = version;
        this.reader = reader;
        this.layout = layout;
        this.ipv6 = reader.getMetadata().ipVersion() == IPV6;
    }

    static GeoFile open(Path path) throws UnusableFileException {
        try {
            Version version = Version.of(path);
            // Values that many records share, such as the country, are decoded once.
            var reader = new Reader(path.toFile(), Reader.FileMode.MEMORY_MAPPED, new CHMCache());
            return new GeoFile(path, version, reader, layout(reader));
        } catch (IOException | RuntimeException | InternalError e) {
            String fault = e.getMessage();
            throw new UnusableFileException(
                    "is no database in MaxMind's format" + (fault == null ? "" : ": " + oneLine(fault)));
        }
    }

    private static Class<? extends Located> layout(Reader reader) throws UnusableFileException {
        try {
            var networks = reader.networks(Map.class);
            for (int i = 0; i < LAYOUT_SAMPLE && networks.hasNext(); i++) {
                Map<?, ?> record = networks.next().data();
                if (record == null) {
                    continue;
                }
                if (record.get("country_code") instanceof String) {
                    return Flat.class;
                }
                if (record.get("country") instanceof Map || record.get("city") instanceof Map) {
                    return Nested.class;
                }
            }
        } catch (IOException | InvalidNetworkException | NetworksIterationException e) {
            throw new UnusableFileException("is damaged: " + oneLine(String.valueOf(e.getMessage())));
        }
        throw new UnusableFileException("holds neither countries nor cities, its type is "
                + oneLine(reader.getMetadata().databaseType()));
    }

    /** The place of an address, or null when this file does not know it. */
    @Nullable Place find(InetAddress address) {
        if (address instanceof Inet6Address && !ipv6) {
            return null;
        }
        try {
            Located found = reader.get(address, layout);
            Place place = found == null ? null : found.place();
            return Place.UNKNOWN.equals(place) ? null : place;
        } catch (IOException | RuntimeException | InternalError e) {
            // InternalError: the file was shortened under its mapping. A click is worth more than its place.
            if (complained.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "the geo database " + path + " cannot be read: " + e);
            }
            return null;
        }
    }

    Path path() {
        return path;
    }

    Instant built() {
        return reader.getMetadata().buildTime();
    }

    String type() {
        return oneLine(reader.getMetadata().databaseType());
    }

    /** Whether the path holds something else by now. */
    boolean isReplaced() throws IOException {
        return !Version.of(path).equals(version);
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 120 ? line : line.substring(0, 120) + "…";
    }
}
