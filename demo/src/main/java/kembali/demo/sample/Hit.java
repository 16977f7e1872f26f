package kembali.demo.sample;

import java.util.Map;
import java.util.Set;
import kembali.demo.sample.Visit.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * What the tracker on the shop's pages tells: one request to {@code /t}.
 *
 * @param eventId the hit's own
 * @param name of an event; null for another kind
 * @param page its address, with the query of the ad where one led there
 * @param referrer the page before; null when nobody says
 * @param headers of the browser, cookies excepted
 * @param cookies those of the advertising tags, as the page sees them
 * @param evidence what the hit brings that shows an ad click, by whose ad
 * @param tags whose tag has left in the browser what it calls it
 * @param cookieless whether the browser sends other sites no cookies, so that the page names its visitor by their code
 * @param refuses whether the person said no to the consent banner of the page
 * @param person who the page says it is; null when it does not
 * @param times how often the browser sends it: a second time when it did not hear the answer
 */
public record Hit(
        Kind kind,
        String eventId,
        @Nullable String name,
        String page,
        @Nullable String referrer,
        Map<String, String> headers,
        Map<String, String> cookies,
        Map<Network, Evidence> evidence,
        Set<Network> tags,
        boolean cookieless,
        boolean refuses,
        @Nullable Person person,
        int times) {
    /** What it is about, in the tracker's words. */
    public enum Kind {
        PAGEVIEW,
        EVENT,
        IDENTIFY
    }

    public Hit {
        headers = Map.copyOf(headers);
        cookies = Map.copyOf(cookies);
        evidence = Map.copyOf(evidence);
        tags = Set.copyOf(tags);
    }
}
