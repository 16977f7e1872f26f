package kembali.demo.sample;

import java.util.LinkedHashMap;
import java.util.List;

/**
 * TikTok ads, the query their links arrive with (TikTok's macros filled, {@code __CLICKID__} among them), and the cookies
 * TikTok's pixel leaves in the browsers of people who look at the shop.
 */
final class TikTokAds {
    private record Ad(String id, String name, String groupId, String group, String campaignId, String campaign) {}

    private static final String ACCOUNT = "7411223344556677889";

    private static final List<Ad> ALL = List.of(
            ad(1, "Spark: proses canting", 1, "Minat fashion 18-34", 1, "Batik Lebaran 2026"),
            ad(2, "Unboxing kemeja", 1, "Minat fashion 18-34", 1, "Batik Lebaran 2026"),
            ad(3, "Outfit kantor Jumat", 2, "Serupa pembeli", 1, "Batik Lebaran 2026"),
            ad(4, "Seragam panitia", 3, "Panitia acara", 2, "Seragam acara"));

    private TikTokAds() {}

    private static Ad ad(int ad, String name, int group, String groupName, int campaign, String campaignName) {
        return new Ad(
                "18301122334455" + (100 + ad),
                name,
                "18301122334444" + (200 + group),
                groupName,
                "18301122334433" + (300 + campaign),
                campaignName);
    }

    /** A click id in the form TikTok gives today. */
    static String ttclid(int no) {
        return "E.C.P." + Seed.opaque("ttclid", no, 180);
    }

    /** Cookie {@code _ttp}: what a browser is called by TikTok's pixel. */
    static String ttp(int no) {
        return "2" + Seed.opaque("ttp", no, 26);
    }

    /** The query of an ad link after a tap on it. */
    static String query(int no) {
        Ad ad = Seed.one(ALL, "tiktok ad", no);
        var q = new LinkedHashMap<String, String>();
        q.put("utm_source", "tiktok");
        q.put("utm_medium", "paid");
        q.put("utm_campaign", ad.campaign());
        q.put("utm_term", ad.group());
        q.put("utm_content", ad.name());
        q.put("campaign_id", ad.campaignId());
        q.put("campaign_name", ad.campaign());
        q.put("ad_group_name", ad.group());
        q.put("ad_name", ad.name());
        q.put("ad_group_id", ad.groupId());
        q.put("ad_id", ad.id());
        q.put("ttclid", ttclid(no));
        q.put("ad_account_id", ACCOUNT);
        return Links.encoded(q);
    }
}
