package kembali.transfer;

import java.util.Locale;

/** How far an import is. */
public enum ImportState {
    /** Waits for its turn: a node works on one at a time. */
    QUEUED,
    RUNNING,
    DONE,
    /** The file could not be read to its end; what was taken before stays. */
    FAILED,
    CANCELLED;

    /** The word in the API and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ImportState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public boolean isOver() {
        return this == DONE || this == FAILED || this == CANCELLED;
    }
}
