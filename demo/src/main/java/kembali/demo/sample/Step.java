package kembali.demo.sample;

import org.jspecify.annotations.Nullable;

/**
 * What CS does with one lead. Later kinds of evidence (chat messages, postbacks of a shop system)
 * become further kinds here: a step says what happens, and each switch over steps must then say how
 * it is done and what it leads to.
 */
public sealed interface Step {
    /** Writes down who the person is. */
    record Describe(Person person) implements Step {}

    /** Another system writes the same person again, found by the phone in another spelling. */
    record Upsert(Person person) implements Step {}

    /** The person refuses the use of their data for advertising. */
    record Deny() implements Step {}

    /**
     * A status is reached. Money in plain digits, IDR.
     *
     * @param repeat says that this is a further purchase
     * @param daysAgo when it happened; 0 is now
     * @param atOnce how many people say so at the same moment
     */
    record Reach(
            String status,
            @Nullable String estimated,
            @Nullable String actual,
            @Nullable String orderId,
            boolean repeat,
            int daysAgo,
            int atOnce)
            implements Step {
        static Reach of(String status) {
            return new Reach(status, null, null, null, false, 0, 1);
        }

        static Reach worth(String status, String estimated) {
            return new Reach(status, estimated, null, null, false, 0, 1);
        }

        static Reach won(@Nullable String actual, @Nullable String orderId) {
            return new Reach("won", null, actual, orderId, false, 0, 1);
        }

        Reach again() {
            return new Reach(status, estimated, actual, orderId, true, daysAgo, atOnce);
        }

        Reach ago(int days) {
            return new Reach(status, estimated, actual, orderId, repeat, days, atOnce);
        }

        Reach times(int people) {
            return new Reach(status, estimated, actual, orderId, repeat, daysAgo, people);
        }
    }

    /** A status reached while a platform treats exactly this event of its first pixel in a special way. */
    record Singled(Reach reach, Treatment treatment) implements Step {}

    /** What a platform does to one event. */
    enum Treatment {
        META_COMPLAINS,
        META_REFUSES,
        GA4_LOSES_THE_ANSWER,
        GOOGLE_ADS_REFUSES_LATER,
        GOOGLE_ADS_LOSES_THE_ANSWER,
        TIKTOK_TAKES_A_PART,
        LINKEDIN_LOSES_THE_ANSWER
    }
}
