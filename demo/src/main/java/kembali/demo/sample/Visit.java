package kembali.demo.sample;

import java.util.Map;
import java.util.Set;

/**
 * One tap on a rotator link.
 *
 * @param rotator slug
 * @param query of the link, encoded, without {@code ?}
 * @param headers of the browser, cookies excepted
 * @param cookies that other tags left in this browser before the tap
 * @param evidence what the tap brings that shows an ad click, by whose ad; nothing of those left out
 * @param tags whose tag has left in this browser what it calls it: Google's {@code _ga}, TikTok's {@code _ttp}
 * @param wave visits of wave 1 come after all of wave 0
 */
public record Visit(
        String rotator,
        String query,
        Map<String, String> headers,
        Map<String, String> cookies,
        Map<Network, Evidence> evidence,
        Set<Network> tags,
        int wave) {
    /** What a tap brings that shows an ad click. */
    public enum Evidence {
        /** Nothing. */
        NONE,
        /** A click id of this person's own, in the link. */
        AD,
        /** No click id in the link, but the cookie of an earlier click. */
        COOKIE,
        /** The cookie of a click too old to count (90 days). */
        OLD_COOKIE,
        /** Somebody else's click id: the link was copied. */
        COPIED
    }

    public Visit {
        headers = Map.copyOf(headers);
        cookies = Map.copyOf(cookies);
        evidence = Map.copyOf(evidence);
        tags = Set.copyOf(tags);
    }

    /** What it shows of a click on an ad of that network. */
    public Evidence of(Network network) {
        return evidence.getOrDefault(network, Evidence.NONE);
    }

    /** The path with the query, as it is requested. */
    public String target() {
        return "/wa/" + rotator + (query.isEmpty() ? "" : "?" + query);
    }
}
