package kembali.transfer.row;

import java.util.List;

/** What came of reading a row. */
public sealed interface Parsed<R> {
    /** Nothing stands in it. */
    record Blank<R>() implements Parsed<R> {}

    /**
     * It can be taken.
     *
     * @param remarks what is left out of it
     */
    record Ready<R>(R row, List<Remark> remarks) implements Parsed<R> {
        public Ready {
            remarks = List.copyOf(remarks);
        }
    }

    /** It cannot. */
    record Refused<R>(List<Remark> remarks) implements Parsed<R> {
        public Refused {
            remarks = List.copyOf(remarks);
        }
    }
}
