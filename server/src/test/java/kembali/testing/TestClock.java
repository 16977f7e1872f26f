package kembali.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The system's clock, which a test may put forward. Whole milliseconds, as the database keeps them. */
public final class TestClock implements InstantSource {
    private final AtomicLong aheadMs = new AtomicLong();

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(System.currentTimeMillis() + aheadMs.get());
    }

    public void forward(Duration time) {
        aheadMs.addAndGet(time.toMillis());
    }
}
