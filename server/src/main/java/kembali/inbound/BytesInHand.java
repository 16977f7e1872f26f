package kembali.inbound;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of requests under way is in memory, so that many large ones at once are asked to come again instead of
 * ending the server. A request takes several times its size on its way to the disk.
 */
public final class BytesInHand {
    private static final long FEWEST = 8 << 20;

    private final long most;
    private final AtomicLong now = new AtomicLong();

    public BytesInHand(long most) {
        this.most = Math.max(FEWEST, most);
    }

    /** One request's part. */
    public final class Share implements AutoCloseable {
        private long mine;
        private boolean closed;

        /** Adds to it; false when there is no room. */
        public synchronized boolean add(int bytes) {
            if (closed || now.addAndGet(bytes) > most) {
                if (!closed) {
                    now.addAndGet(-bytes);
                }
                return false;
            }
            mine += bytes;
            return true;
        }

        /** Gives it back, once. */
        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                now.addAndGet(-mine);
            }
        }
    }

    /** A new request's part. */
    public Share share() {
        return new Share();
    }

    long now() {
        return now.get();
    }
}
