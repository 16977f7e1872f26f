package kembali.delivery;

import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.pixel.Health;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import org.jspecify.annotations.Nullable;

/** Stores a lane's health in the order it was found; what was overtaken before it was stored is left out. */
final class HealthNotes {
    private static final Logger LOG = Logger.getLogger(HealthNotes.class.getName());

    private record Note(Pixel pixel, Health health) {}

    private final Pixels pixels;
    private @Nullable Note next;
    private boolean writing;

    HealthNotes(Pixels pixels) {
        this.pixels = pixels;
    }

    synchronized void store(Pixel pixel, Health health) {
        next = new Note(pixel, health);
        if (!writing) {
            writing = true;
            Thread.startVirtualThread(this::write);
        }
    }

    private void write() {
        Note note = take();
        while (note != null) {
            try {
                pixels.saveHealth(note.pixel, note.health);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "the health of " + note.pixel.id() + " could not be stored: " + e);
            }
            note = take();
        }
    }

    private synchronized @Nullable Note take() {
        Note note = next;
        next = null;
        writing = note != null;
        return note;
    }
}
