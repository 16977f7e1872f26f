package kembali.demo.sample;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Queries of links. */
final class Links {
    private Links() {}

    /** The query of an ad link after a tap on it, by whose ad; another number is another tap. */
    static String ofAd(Network network, int no) {
        return switch (network) {
            case META -> MetaAds.query(no, MetaAds.fbclid(no));
            case GOOGLE -> GoogleAds.query(no);
            case TIKTOK -> TikTokAds.query(no);
            case LINKEDIN -> LinkedInAds.query(no);
        };
    }

    /** The query of a link nobody paid for; empty for a link typed or sent by a friend. */
    static String unpaid(int no) {
        return switch (Seed.number("unpaid", no, 4)) {
            case 0 -> encoded(Map.of("utm_source", "instagram"));
            case 1 -> encoded(Map.of("utm_source", "newsletter"));
            default -> "";
        };
    }

    static String encoded(Map<String, String> query) {
        return query.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
