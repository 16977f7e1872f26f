package kembali.demo.platform;

import java.util.Map;
import java.util.Set;
import kembali.demo.sample.Chat;
import kembali.demo.sample.Network;
import kembali.demo.sample.Person;
import kembali.demo.sample.Step.Treatment;
import org.jspecify.annotations.Nullable;

/**
 * What is known when a lead reaches a status.
 *
 * @param event the platform's name of it
 * @param daysAgo when it happened; 0 is now
 * @param clicks by network; none for those left out
 * @param tags whose tag's id of the browser is known: Google's client id, TikTok's {@code ttp}
 * @param chat the chat an ad opened; null for all other leads
 * @param seen whether page, address and browser are known
 * @param person as far as written down
 * @param worth whether it has a value
 * @param treatment what a platform does to this one event
 */
public record Facts(
        String event,
        int daysAgo,
        Map<Network, Click> clicks,
        Set<Network> tags,
        @Nullable Chat chat,
        boolean seen,
        Person person,
        boolean worth,
        @Nullable Treatment treatment) {
    /** A click on an ad. */
    public enum Click {
        OWN,
        /** Of the person's own, but too long ago to count (90 days). */
        OLD
    }

    public Facts {
        clicks = Map.copyOf(clicks);
        tags = Set.copyOf(tags);
    }

    boolean clicked(Network network) {
        return clicks.get(network) == Click.OWN;
    }

    /** Whether something of the person can be hashed that platforms match by. */
    boolean reachable() {
        return person.phoneDigits() != null || person.email() != null;
    }
}
