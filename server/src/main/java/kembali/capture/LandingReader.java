package kembali.capture;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.visitor.AdFields;
import kembali.visitor.ClickParameter;
import kembali.visitor.Landing;
import kembali.visitor.QueryString;
import kembali.visitor.Utm;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the address of a visit tells: click ids, UTM and ad fields of the opened URL, and the
 * page before it. One reader serves a workspace; it keeps nothing between calls.
 */
public final class LandingReader {
    private static final String FBCLID = "fbclid";

    private final Set<String> ownHosts;

    /**
     * @param ownHosts hosts between which a link is no arrival ({@code shop.example}); each covers its
     *     subdomains. The host of the opened URL always counts as own.
     */
    public LandingReader(Collection<String> ownHosts) {
        this.ownHosts = ownHosts.stream()
                .map(host -> UrlHost.withoutWww(host.strip().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Reads a visit of {@code url}, whose query has not been parsed yet. */
    public Landing read(String url, @Nullable String referrer, Instant at) {
        return read(QueryString.ofUrl(url), url, referrer, at);
    }

    /**
     * @param query the query of {@code url}
     * @param url the page or link that was opened; null when nobody said
     * @param referrer the page before it, null or empty when the browser did not say
     */
    public Landing read(QueryString query, @Nullable String url, @Nullable String referrer, Instant at) {
        String before = referrer == null || referrer.isBlank() ? null : referrer;
        String beforeHost = UrlHost.of(before);
        String externalHost = beforeHost == null || isOwn(beforeHost, UrlHost.of(url)) ? null : beforeHost;

        ClickIds ids = clickIds(query, at);
        boolean taggedClick = !ids.isEmpty();
        if (ids.get(FBCLID) == null && before != null && before.regionMatches(true, 0, "http", 0, 4)) {
            ids = withFbclid(ids, QueryString.ofUrl(before), at);
        }
        return new Landing(
                ids, helpers(query), utm(query), adFields(query), url, before, externalHost, taggedClick, at);
    }

    private boolean isOwn(String host, @Nullable String openedHost) {
        if (openedHost != null && UrlHost.withoutWww(openedHost).equals(UrlHost.withoutWww(host))) {
            return true;
        }
        int from = 0;
        do {
            if (ownHosts.contains(host.substring(from))) {
                return true;
            }
            from = host.indexOf('.', from) + 1;
        } while (from > 0);
        return false;
    }

    private static ClickIds clickIds(QueryString query, Instant at) {
        Map<String, ClickId> found = null;
        for (Known known : Known.ALL) {
            String value = query.get(known.lowerCaseName());
            if (value != null && value.length() <= ClickParameter.MAX_LENGTH) {
                found = found == null ? new LinkedHashMap<>() : found;
                found.put(known.parameter().name(), clickId(known.parameter(), value, at.toEpochMilli()));
            }
        }
        return found == null ? ClickIds.NONE : new ClickIds(found);
    }

    private static ClickIds withFbclid(ClickIds ids, QueryString referrerQuery, Instant at) {
        String value = referrerQuery.get(FBCLID);
        ClickParameter parameter = ClickParameter.named(FBCLID);
        return value == null || parameter == null || value.length() > ClickParameter.MAX_LENGTH
                ? ids
                : ids.with(FBCLID, clickId(parameter, value, at.toEpochMilli()));
    }

    static ClickId clickId(ClickParameter parameter, String value, long firstSeenMs) {
        return new ClickId(value, firstSeenMs, false, parameter.isSuspicious(value));
    }

    private static Map<String, String> helpers(QueryString query) {
        Map<String, String> helpers = null;
        for (String name : ClickParameter.HELPERS) {
            String value = cut(query.get(name));
            if (value != null) {
                helpers = helpers == null ? new LinkedHashMap<>() : helpers;
                helpers.put(name, value);
            }
        }
        return helpers == null ? Map.of() : helpers;
    }

    private static Utm utm(QueryString query) {
        return new Utm(
                cut(query.get("utm_source")),
                cut(query.get("utm_medium")),
                cut(query.get("utm_campaign")),
                cut(query.get("utm_term")),
                cut(query.get("utm_content")),
                cut(query.get("utm_id")),
                cut(query.get("utm_source_platform")),
                cut(query.get("utm_creative_format")),
                cut(query.get("utm_marketing_tactic")));
    }

    /** The names are those of the templates we hand out, and the ones advertisers write instead. */
    private static AdFields adFields(QueryString query) {
        return new AdFields(
                cut(query.get("platform")),
                cut(query.get("ad_account_id")),
                cut(query.get("campaign_id")),
                cut(query.get("campaign_name")),
                cut(query.first("adset_id", "ad_group_id", "adgroup_id")),
                cut(query.first("adset_name", "ad_group_name", "adgroup_name")),
                cut(query.first("ad_id", "creative_id")),
                cut(query.get("ad_name")),
                cut(query.first("placement", "ad_meta")),
                cut(query.first("site_source", "site_source_name")),
                cut(query.get("keyword")),
                cut(query.first("match_type", "matchtype")),
                cut(query.get("network")),
                cut(query.get("device")));
    }

    private static @Nullable String cut(@Nullable String value) {
        if (value == null || value.length() <= Utm.MAX_LENGTH) {
            return value;
        }
        boolean insidePair = Character.isHighSurrogate(value.charAt(Utm.MAX_LENGTH - 1));
        return value.substring(0, insidePair ? Utm.MAX_LENGTH - 1 : Utm.MAX_LENGTH);
    }

    private record Known(String lowerCaseName, ClickParameter parameter) {
        static final java.util.List<Known> ALL = ClickParameter.ALL.stream()
                .map(parameter -> new Known(parameter.lowerCaseName(), parameter))
                .toList();
    }
}
