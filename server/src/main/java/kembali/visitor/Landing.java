package kembali.visitor;

import java.time.Instant;
import java.util.Map;
import kembali.identity.ClickIds;
import org.jspecify.annotations.Nullable;

/**
 * What the address of one visit tells: the URL that was opened and the page before it.
 *
 * @param clickIds the click ids of the URL, and a {@code fbclid} of the referrer where the URL has none
 * @param helpers companions of click ids ({@code gad_source}, …), by name
 * @param url the page or link that was opened; null when nobody said
 * @param referrer the page before it as the browser said, also an own one
 * @param externalHost host of the referrer when it is none of the own hosts, else null
 * @param taggedClick whether the URL itself, not only the referrer, carried a click id
 */
public record Landing(
        ClickIds clickIds,
        Map<String, String> helpers,
        Utm utm,
        AdFields ad,
        @Nullable String url,
        @Nullable String referrer,
        @Nullable String externalHost,
        boolean taggedClick,
        Instant at) {
    public Landing {
        helpers = Map.copyOf(helpers);
    }

    /**
     * Whether this arrival counts as a touch: it brought a click id, any UTM, or came from somebody
     * else's page. A {@code fbclid} that only an own page before it had is the click already counted.
     */
    public boolean isTouch() {
        return taggedClick || !utm.isEmpty() || externalHost != null;
    }

    /** This arrival with its click ids as the store knows them: times of first sight, shared ids marked. */
    public Landing withClickIds(ClickIds known) {
        return new Landing(known, helpers, utm, ad, url, referrer, externalHost, taggedClick, at);
    }

    /** What this arrival is credited to; direct, with no platform, when it is no touch. */
    public Touch touch() {
        var source = isTouch() ? TouchSource.of(clickIds, utm, ad, externalHost) : TouchSource.DIRECT;
        return new Touch(source.platform(), source.channel(), utm, ad, url, externalHost == null ? null : referrer, at);
    }
}
