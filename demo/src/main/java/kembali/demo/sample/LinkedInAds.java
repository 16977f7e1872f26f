package kembali.demo.sample;

import java.util.LinkedHashMap;
import java.util.List;

/** LinkedIn ads and the query their links arrive with: LinkedIn's dynamic parameters filled, and the id it appends. */
final class LinkedInAds {
    private record Ad(String creativeId, String campaignId, String campaign) {}

    /** The shop's ad account, for which its conversion rules are made. */
    static final String ACCOUNT = "512345678";

    private static final List<Ad> ALL = List.of(
            new Ad("701234567", "402233441", "Seragam kantor: HRD Jabodetabek"),
            new Ad("701234568", "402233441", "Seragam kantor: HRD Jabodetabek"),
            new Ad("701234999", "402233777", "Hampers batik: procurement"));

    private LinkedInAds() {}

    /** A click id: four groups, as LinkedIn's samples show it. */
    static String liFatId(int no) {
        return Seed.hex("li 1", no, 8) + "-" + Seed.hex("li 2", no, 4) + "-" + Seed.hex("li 3", no, 4) + "-"
                + Seed.hex("li 4", no, 12);
    }

    /** The query of an ad link after a tap on it. */
    static String query(int no) {
        Ad ad = Seed.one(ALL, "linkedin ad", no);
        var q = new LinkedHashMap<String, String>();
        q.put("utm_source", "linkedin");
        q.put("utm_medium", "paid");
        q.put("utm_campaign", ad.campaign());
        q.put("campaign_id", ad.campaignId());
        q.put("ad_id", ad.creativeId());
        q.put("ad_account_id", ACCOUNT);
        q.put("li_fat_id", liFatId(no));
        return Links.encoded(q);
    }
}
