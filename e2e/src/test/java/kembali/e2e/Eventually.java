package kembali.e2e;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what happens by itself, no longer than it takes. */
final class Eventually {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

    /** Something asserted. */
    interface Assertion {
        void check() throws Exception;
    }

    private Eventually() {}

    /** Looks again and again until the assertion holds; after 20 seconds its failure is the test's. */
    static void eventually(Assertion assertion) {
        eventually(PATIENCE, assertion);
    }

    static void eventually(Duration patience, Assertion assertion) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                assertion.check();
                return;
            } catch (AssertionError failure) {
                if (System.nanoTime() > end) {
                    throw failure;
                }
            } catch (Exception broken) {
                throw new AssertionError("looking failed: " + broken, broken);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
