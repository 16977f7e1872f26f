package kembali.transfer.csv;

/** A file that cannot be read on from some line; the sentence is for whoever sent it. */
public final class CsvFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long line;

    CsvFault(long line, String sentence) {
        super(sentence, null, false, false);
        this.line = line;
    }

    /** Where the row begins that cannot be read, the first line being 1. */
    public long line() {
        return line;
    }
}
