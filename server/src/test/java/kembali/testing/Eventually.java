package kembali.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Waits for what other threads bring about, and never for longer than a test may take. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(2);

    private Eventually() {}

    /** Returns as soon as the assertion holds; after the patience ends it fails as the assertion does. */
    public static void eventually(ThrowingCallable assertion) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                assertion.call();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** True as soon as the condition holds; false when it did not within that time. */
    public static boolean within(Duration time, BooleanSupplier condition) {
        long end = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    /** Watches for that long that the assertion never fails. */
    public static void throughout(Duration time, ThrowingCallable assertion) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            try {
                assertion.call();
            } catch (AssertionError e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
