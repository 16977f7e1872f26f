package kembali.demo.sample;

import java.util.Map;

/** How a lead comes to be. */
public sealed interface Beginning {
    /** By a tap on a rotator link; the visits of the story say which. */
    record Tapped() implements Beginning {}

    /**
     * Sent to the API by a form, a call centre or an import.
     *
     * @param lead the body, members as the API names them
     * @param click whether it shows an ad click of the person's own
     * @param known whether anything in it can be matched to a person
     * @param denied whether it says that consent was refused
     * @param how which request carries it
     */
    record Submitted(Map<String, Object> lead, boolean click, boolean known, boolean denied, How how)
            implements Beginning {
        public Submitted {
            lead = Map.copyOf(lead);
        }
    }

    /** The request a submitted lead travels in. */
    enum How {
        /** One {@code POST /leads}. */
        ALONE,
        /** The same, sent a second time with the same idempotency key, as a client does after a timeout. */
        ALONE_TWICE,
        /** One row of {@code POST /leads/bulk}. */
        BULK
    }
}
