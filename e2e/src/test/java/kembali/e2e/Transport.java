package kembali.e2e;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way into one platform, as the contract suite must know it. Another platform is one more of these in {@link Transports#ALL}.
 * An id is what the platform calls the pixel, and the sandbox with it.
 */
interface Transport {
    /** The platform in Kembali's word. */
    String platform();

    /** The interface in the sandbox's word. */
    String word();

    /** The id of the {@code n}th pixel, from 1. */
    String id(int n);

    /** Right settings of a pixel, a JSON object. */
    String settings(String id);

    /** Right credentials of a pixel, a JSON object. */
    String credentials(String id);

    /** A click that no other lead has and the strict strategy is content with: members of a lead's {@code click}. */
    String click(int n);

    /** What stands as event in the sync log when {@code won} is reported. */
    String event(String id);

    /** Reason code for a lead of whom only a name is known. */
    String whenNobodyIsRecognised();

    /** The oldest event that is sent. */
    Duration maxAge();

    /** Members of a fault that refuses one event for good. */
    String refusal();

    /**
     * A click that passes our checks and that the platform refuses in a batch: members of a lead's {@code click}. Null where
     * only {@link #refusal} does it.
     */
    default @Nullable String badClick() {
        return null;
    }

    /** Ways to be set up wrongly that the platform tells; none where it tells nothing. */
    default List<Wrong> wrongs(String id) {
        return List.of();
    }

    /** What Test Connection says when all is well. */
    default String connected() {
        return "connected";
    }

    /** Members of a fault that refuses one event of a batch of 13 for good. */
    default String refusalOfOneInABatch() {
        return refusal() + ",\"index\":3,\"count\":1";
    }

    /** Whether a throttling answer says how long to wait; false where the wait is ours to choose. */
    default boolean saysHowLongToWait() {
        return true;
    }

    /** The HTTP status of an answer that says the platform is down. */
    default String whenDown() {
        return "5xx";
    }

    /** How an amount stands in a request. */
    default String amount(String plain) {
        return "alue\":" + plain;
    }

    /** Whether a 2xx with nonsense in it is found out; false where the platform's answers are empty anyway. */
    default boolean readsAnswers() {
        return true;
    }

    /** Whether a twin counts in the sandbox's list of arrivals; false where it is refused as one. */
    default boolean storesTwins() {
        return true;
    }

    /** Whether a preview can ask the platform what it thinks of the event. */
    default boolean rehearses() {
        return false;
    }

    /**
     * One way to be set up wrongly.
     *
     * @param settings wrong ones; null for the right ones
     * @param credentials wrong ones; null for the right ones
     * @param code why the pixel is parked
     */
    record Wrong(@Nullable String settings, @Nullable String credentials, String code) {
        static Wrong settings(String settings, String code) {
            return new Wrong(settings, null, code);
        }

        static Wrong credentials(String credentials, String code) {
            return new Wrong(null, credentials, code);
        }
    }
}
