package kembali.demo.sample;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a lead comes to be. */
public sealed interface Beginning {
    /** By a tap on a rotator link; the visits of the story say which. */
    record Tapped() implements Beginning {}

    /**
     * Sent to the API by a form, a call centre or an import.
     *
     * @param lead the body, members as the API names them
     * @param person who it is, as far as the body says it in a way that can be read
     * @param clicks whose ads it shows a click on, of the person's own
     * @param tags whose tag it names the browser's id of: Google's client id, TikTok's {@code ttp}
     * @param chat the chat it is; null for another way of coming
     * @param seen whether it tells page, address and browser
     * @param denied whether it says that consent was refused
     * @param how which request carries it
     */
    record Submitted(
            Map<String, Object> lead,
            Person person,
            Set<Network> clicks,
            Set<Network> tags,
            @Nullable Chat chat,
            boolean seen,
            boolean denied,
            How how)
            implements Beginning {
        public Submitted {
            lead = Map.copyOf(lead);
            clicks = Set.copyOf(clicks);
            tags = Set.copyOf(tags);
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
