package kembali.postback;

import java.util.Locale;

/** What came of reading a request. */
public sealed interface Reading {
    /** A postback. */
    record Read(Postback postback) implements Reading {}

    /** Not one; nothing is booked. */
    record Refused(Why why) implements Reading {}

    /** Why a request is no postback. */
    enum Why {
        /** HEAD, OPTIONS, …: answered without effect. */
        NO_EFFECT(200, ""),
        NO_PARAMETERS(400, "missing parameters"),
        /** Neither query nor body could be read. */
        UNREADABLE_BODY(400, "unreadable body"),
        URL_TOO_LONG(414, "address too long"),
        BODY_TOO_LARGE(413, "body too large"),
        TOO_MANY_ROWS(413, "too many rows");

        private final int httpStatus;
        private final String text;

        Why(int httpStatus, String text) {
            this.httpStatus = httpStatus;
            this.text = text;
        }

        public int httpStatus() {
            return httpStatus;
        }

        /** What the caller is told. */
        public String text() {
            return text;
        }

        /** The word in the log of received postbacks. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What came of reading a batch. */
    sealed interface Batch {
        /**
         * Its rows, in their order; each stands for itself.
         *
         * @param rows read as they are asked for
         */
        record Rows(int count, Iterable<Row> rows) implements Batch {}

        /** @param text the row's own JSON; empty for one that is no object */
        record Row(Reading reading, String text) {}

        /** Refused as a whole: no row was booked. */
        record Refused(Why why) implements Batch {}
    }
}
