package kembali.platform;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether and when the same bytes can end better. */
public sealed interface Retry {
    Retry NEVER = new Never();
    Retry AFTER_FIX = new AfterFix();

    /** This event can never succeed. */
    record Never() implements Retry {}

    /**
     * The platform or the network had a bad moment.
     *
     * @param maxTries give up after this many attempts; 0 means until the event expires
     * @param after at least this long, for this event alone: the rest of the queue goes on; null for the platform's usual
     *     delays
     */
    record Later(int maxTries, @Nullable Duration after) implements Retry {
        public static final Later UNTIL_EXPIRY = new Later(0);

        public Later(int maxTries) {
            this(maxTries, null);
        }
    }

    /** Settings, token or permission are wrong: the whole pixel waits until someone mends it. */
    record AfterFix() implements Retry {}

    /**
     * The whole pixel must be quiet for a while.
     *
     * @param pause how long the platform asked for; null when it did not say
     */
    record Throttled(@Nullable Duration pause) implements Retry {}
}
