package kembali.capture.geo;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.identity.Place;
import kembali.support.IpAddresses;
import kembali.support.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Where internet addresses are, by the database files of {@code KEMBALI_GEO_DATABASE}. Safe for any number of
 * threads; a look-up takes microseconds and never waits. A file that is replaced on disk is taken within half a
 * minute; a broken replacement leaves the one before in place.
 */
public final class Geo implements AutoCloseable {
    /** Knows no place. */
    public static final Geo NONE = new Geo(List.of());

    private static final Logger LOG = Logger.getLogger(Geo.class.getName());
    private static final String SETTING = "KEMBALI_GEO_DATABASE";
    private static final Duration EVERY = Duration.ofSeconds(30);

    private volatile List<GeoFile> files;
    private final Map<Path, String> said = new HashMap<>();
    private final @Nullable ScheduledExecutorService timer;

    private Geo(List<GeoFile> files) {
        this.files = files;
        this.timer = files.isEmpty()
                ? null
                : Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("geo-database").factory());
        if (timer != null) {
            var unused =
                    timer.scheduleWithFixedDelay(this::reload, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /**
     * Opens the files.
     *
     * @param paths asked in this order; the first that knows an address answers. Empty knows no place
     * @throws Settings.InvalidSettingException when a file cannot be read or is no such database
     */
    public static Geo open(List<Path> paths) {
        if (paths.isEmpty()) {
            return NONE;
        }
        var files = new ArrayList<GeoFile>(paths.size());
        for (Path path : paths) {
            try {
                files.add(GeoFile.open(path));
            } catch (GeoFile.UnusableFileException e) {
                throw new Settings.InvalidSettingException(
                        SETTING, "names " + path + ", which " + e.getMessage(), "/var/lib/kembali/city.mmdb");
            }
        }
        files.forEach(Geo::announce);
        return new Geo(List.copyOf(files));
    }

    /** The place of an address as text; null when no file knows it, or it is no public address. */
    public @Nullable Place at(@Nullable String address) {
        return files.isEmpty() ? null : at(IpAddresses.parse(address));
    }

    /** The place of an address; null when no file knows it, or it is no public address. */
    public @Nullable Place at(@Nullable InetAddress address) {
        if (address == null || !IpAddresses.isPublic(address)) {
            return null;
        }
        for (GeoFile file : files) {
            Place place = file.find(address);
            if (place != null) {
                return place;
            }
        }
        return null;
    }

    /** When the oldest file was made; null without files. */
    public @Nullable Instant built() {
        return files.stream().map(GeoFile::built).min(Instant::compareTo).orElse(null);
    }

    /** Takes what was replaced on disk. The memory of a file that is left is given back by the garbage collector. */
    synchronized void reload() {
        var now = new ArrayList<GeoFile>(files.size());
        boolean changed = false;
        for (GeoFile file : files) {
            GeoFile current = current(file);
            changed |= current != file;
            now.add(current);
        }
        if (changed) {
            files = List.copyOf(now);
        }
    }

    private GeoFile current(GeoFile file) {
        try {
            if (!file.isReplaced()) {
                return file;
            }
            GeoFile replacement = GeoFile.open(file.path());
            said.remove(file.path());
            announce(replacement);
            return replacement;
        } catch (IOException | GeoFile.UnusableFileException e) {
            String fault = "the geo database " + file.path() + " was replaced by something that cannot be used; the one"
                    + " before stays in use: " + e.getMessage();
            if (!fault.equals(said.put(file.path(), fault))) {
                LOG.warning(fault);
            }
            return file;
        }
    }

    private static void announce(GeoFile file) {
        LOG.log(Level.INFO, "geo database {0}: {1}, made {2}", new Object[] {file.path(), file.type(), file.built()});
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
