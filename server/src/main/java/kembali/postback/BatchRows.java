package kembali.postback;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a batch, an array of JSON or one object a line. Only one of them is in memory beside the body: a tree of all
 * would take ten times its length.
 */
final class BatchRows {
    /** More rows than a batch may have. */
    static final class TooManyRowsException extends Exception {
        private static final long serialVersionUID = 1L;

        TooManyRowsException() {
            super(null, null, false, false);
        }
    }

    /** After an element the next one follows. */
    private static final ObjectReader ELEMENT =
            PostbackBody.JSON.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** One row after the other; null for a row that is no object. */
    interface Rows {
        boolean hasNext();

        @Nullable JsonNode next();
    }

    private final byte[] body;
    private final int from;
    private final boolean array;
    private final int count;

    private BatchRows(byte[] body, int from, boolean array, int count) {
        this.body = body;
        this.from = from;
        this.array = array;
        this.count = count;
    }

    /** Null when the body is neither, or breaks off within an array, or holds no object at all. */
    static @Nullable BatchRows of(byte[] body, int most) throws TooManyRowsException {
        int from = start(body);
        boolean array = from < body.length && body[from] == '[';
        int count = array ? countElements(body, from, most) : countLines(body, from, most);
        return count < 0 ? null : new BatchRows(body, from, array, count);
    }

    int count() {
        return count;
    }

    Rows rows() {
        return array ? new Elements() : new Lines(body, from);
    }

    /** Behind a byte order mark and space. */
    private static int start(byte[] body) {
        int i = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF ? 3 : 0;
        while (i < body.length && (body[i] == ' ' || body[i] == '\n' || body[i] == '\r' || body[i] == '\t')) {
            i++;
        }
        return i;
    }

    private static int countElements(byte[] body, int from, int most) throws TooManyRowsException {
        try (JsonParser p = PostbackBody.JSON.getFactory().createParser(body, from, body.length - from)) {
            p.nextToken();
            int count = 0;
            for (JsonToken t = p.nextToken(); t != JsonToken.END_ARRAY; t = p.nextToken()) {
                if (t == null) {
                    return -1;
                }
                if (++count > most) {
                    throw new TooManyRowsException();
                }
                p.skipChildren();
            }
            return p.nextToken() == null ? count : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private static int countLines(byte[] body, int from, int most) throws TooManyRowsException {
        var lines = new Lines(body, from);
        boolean any = false;
        int count = 0;
        while (lines.hasNext()) {
            if (++count > most) {
                throw new TooManyRowsException();
            }
            if (any) {
                lines.skip();
            } else {
                any = lines.next() != null;
            }
        }
        return any || count == 0 && from == body.length ? count : -1;
    }

    private static @Nullable JsonNode object(@Nullable JsonNode row) {
        return row != null && row.isObject() ? row : null;
    }

    private static final class Lines implements Rows {
        private final byte[] body;
        private int start;
        private int end;

        Lines(byte[] body, int from) {
            this.body = body;
            this.end = from - 1;
            advance();
        }

        /** To the next line that is not blank. */
        private void advance() {
            do {
                start = end + 1;
                end = start;
                while (end < body.length && body[end] != '\n') {
                    end++;
                }
            } while (start < body.length && isBlank());
        }

        private boolean isBlank() {
            for (int i = start; i < end; i++) {
                if (body[i] != ' ' && body[i] != '\r' && body[i] != '\t') {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean hasNext() {
            return start < body.length;
        }

        void skip() {
            advance();
        }

        @Override
        public @Nullable JsonNode next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int from = start;
            int length = end - start;
            advance();
            try {
                return object(PostbackBody.JSON.readTree(body, from, length));
            } catch (IOException e) {
                return null;
            }
        }
    }

    /** The array was read through once already, so nothing in it is unreadable. */
    private final class Elements implements Rows {
        private final JsonParser parser;
        private JsonToken token;

        Elements() {
            try {
                parser = PostbackBody.JSON.getFactory().createParser(body, from, body.length - from);
                parser.nextToken();
                token = parser.nextToken();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean hasNext() {
            return token != JsonToken.END_ARRAY;
        }

        @Override
        public @Nullable JsonNode next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            try {
                JsonNode row = object(ELEMENT.readTree(parser));
                token = parser.nextToken();
                return row;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The rows as something else. */
    static <T> Iterator<T> mapped(Rows rows, java.util.function.Function<@Nullable JsonNode, T> map) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public T next() {
                return map.apply(rows.next());
            }
        };
    }
}
