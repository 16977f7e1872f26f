package kembali.demo.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Google ads, the query their links arrive with (auto-tagging, and a suffix with Google's parameters filled), and the cookies
 * Google's tag leaves in the browsers of people who look at the shop.
 */
final class GoogleAds {
    /** The stream of the shop's web site: the measurement id without {@code G-}. */
    static final String STREAM = "BAT1KAYU01";

    private record Ad(String campaignId, String groupId, String id, String keyword, String matchType, String network) {}

    private static final String ACCOUNT = "1234567890";
    private static final List<String> PLACES = List.of("1007743", "1007752", "9072593");

    private static final List<Ad> ALL = List.of(
            new Ad("21876543210", "171234567001", "735112233001", "batik tulis asli", "p", "g"),
            new Ad("21876543210", "171234567001", "735112233002", "kemeja batik pria", "b", "g"),
            new Ad("21876543987", "171234567044", "735112233107", "seragam batik kantor", "e", "s"),
            new Ad("22012345678", "", "", "", "", "x"));

    private GoogleAds() {}

    /**
     * The click ids of one click: mostly a {@code gclid}, sometimes with a {@code gbraid}; on iPhones that ask not to be
     * tracked only a {@code wbraid} or {@code gbraid}.
     */
    static Map<String, String> clickIds(int no) {
        var ids = new LinkedHashMap<String, String>();
        switch (Seed.number("google click", no, 8)) {
            case 0 -> ids.put("wbraid", "CkQKCQ" + Seed.opaque("wbraid", no, 84));
            case 1 -> ids.put("gbraid", gbraid(no));
            case 2, 3 -> {
                ids.put("gbraid", gbraid(no));
                ids.put("gclid", gclid(no));
            }
            default -> ids.put("gclid", gclid(no));
        }
        return ids;
    }

    static String gclid(int no) {
        return "CjwKCAiA" + Seed.opaque("gclid", no, 70) + "BoC" + Seed.opaque("gclid end", no, 4) + "QAvD_BwE";
    }

    private static String gbraid(int no) {
        return "0AAAAA" + Seed.opaque("gbraid", no, 38);
    }

    /** The query of an ad link after a click on it. */
    static String query(int no) {
        Ad ad = Seed.one(ALL, "google ad", no);
        var q = new LinkedHashMap<String, String>();
        q.put("utm_source", "google");
        q.put("utm_medium", "cpc");
        q.put("utm_campaign", ad.campaignId());
        q.put("utm_term", ad.keyword());
        q.put("utm_content", ad.id());
        q.put("campaign_id", ad.campaignId());
        q.put("ad_group_id", ad.groupId());
        q.put("ad_id", ad.id());
        q.put("keyword", ad.keyword());
        q.put("match_type", ad.matchType());
        q.put("network", ad.network());
        q.put("device", no % 5 == 0 ? "c" : "m");
        q.put("placement", "");
        q.put("target_id", "");
        q.put("loc", Seed.one(PLACES, "google place", no));
        q.put("ad_account_id", ACCOUNT);
        q.put("gad_source", "1");
        q.put("gad_campaignid", ad.campaignId());
        q.putAll(clickIds(no));
        return Links.encoded(q);
    }

    /** The cookie in which Google's tag remembers the click of an earlier visit. */
    static String remembered(int no, Instant clicked) {
        return "GCL." + clicked.getEpochSecond() + "." + gclid(no);
    }

    /** What a browser is called by Google Analytics. */
    static String clientId(int no, Instant now) {
        return Seed.digits("ga", no, 10) + "."
                + now.minus(Duration.ofHours(3L + no % 900)).getEpochSecond();
    }

    static String sessionId(int no, Instant now) {
        return Long.toString(now.minus(Duration.ofMinutes(4L + no % 55)).getEpochSecond());
    }

    /** {@code _ga} with the client, {@code _ga_<stream>} with the session, in the older form or the one of 2025. */
    static Map<String, String> analyticsCookies(int no, Instant now) {
        String session = sessionId(no, now);
        long last = Long.parseLong(session) + 40;
        int visits = 1 + no % 6;
        return Map.of(
                "_ga",
                "GA1." + (1 + no % 2) + "." + clientId(no, now),
                "_ga_" + STREAM,
                no % 4 == 0
                        ? "GS1.1." + session + "." + visits + ".1." + last + ".20.0.0"
                        : "GS2.1.s" + session + "$o" + visits + "$g1$t" + last + "$j20$l0$h0");
    }
}
