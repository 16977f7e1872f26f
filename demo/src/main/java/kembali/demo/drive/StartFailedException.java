package kembali.demo.drive;

import java.util.List;

/** A process of the demo did not come up, or ended by itself. */
public final class StartFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> lastLines;

    StartFailedException(String message, List<String> lastLines) {
        super(message);
        this.lastLines = lastLines;
    }

    /** The end of its output. */
    public List<String> lastLines() {
        return lastLines == null ? List.of() : lastLines;
    }
}
