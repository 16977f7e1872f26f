package kembali.demo.sample;

import java.util.LinkedHashMap;
import java.util.List;

/**
 * Meta ads and the query their links arrive with: Meta's URL parameters with the macros
 * filled, and the {@code fbclid} Meta appends.
 */
final class MetaAds {
    private record Ad(String id, String name, String adsetId, String adset, String campaignId, String campaign) {}

    private record Place(String site, String placement) {}

    private static final String ACCOUNT = "701100228899331";

    private static final List<Ad> ALL = List.of(
            ad(1, "Video kain tulis", 1, "Jabodetabek 25-44", 1, "Batik Lebaran 2026"),
            ad(2, "Carousel kemeja", 1, "Jabodetabek 25-44", 1, "Batik Lebaran 2026"),
            ad(3, "Testimoni Bu Ratna", 2, "Lookalike pembeli 1%", 1, "Batik Lebaran 2026"),
            ad(4, "Katalog seragam kantor", 3, "HRD & purchasing", 2, "Seragam kantor Q4"),
            ad(5, "Hitung harga grosir", 3, "HRD & purchasing", 2, "Seragam kantor Q4"),
            ad(6, "Retargeting 14 hari", 4, "Pengunjung toko", 3, "Retargeting: keranjang"));

    private static final List<Place> PLACES = List.of(
            new Place("ig", "Instagram_Stories"),
            new Place("ig", "Instagram_Reels"),
            new Place("ig", "Instagram_Feed"),
            new Place("fb", "Facebook_Mobile_Feed"),
            new Place("fb", "Facebook_Mobile_Reels"),
            new Place("fb", "Facebook_Stories"));

    private MetaAds() {}

    private static Ad ad(int ad, String name, int adset, String adsetName, int campaign, String campaignName) {
        return new Ad(
                "1202263058548" + (10720 + ad),
                name,
                "1202263058547" + (10410 + adset),
                adsetName,
                "1202263058546" + (10110 + campaign),
                campaignName);
    }

    /** A click id in the form Meta gives today. */
    static String fbclid(int no) {
        return "IwZXh0bgNhZW0BMABhZGlkAasX" + Seed.opaque("adid", no, 7) + "BHn" + Seed.opaque("click", no, 58)
                + "_aem_" + Seed.opaque("aem", no, 22);
    }

    /** The query of an ad link after a tap on it. */
    static String query(int no, String fbclid) {
        Ad ad = Seed.one(ALL, "ad", no);
        Place place = Seed.one(PLACES, "place", no);
        var q = new LinkedHashMap<String, String>();
        q.put("utm_source", "meta");
        q.put("utm_medium", "paid");
        q.put("utm_campaign", ad.campaign());
        q.put("utm_term", ad.adset());
        q.put("utm_content", ad.name());
        q.put("campaign_id", ad.campaignId());
        q.put("adset_id", ad.adsetId());
        q.put("ad_id", ad.id());
        q.put("campaign_name", ad.campaign());
        q.put("adset_name", ad.adset());
        q.put("ad_name", ad.name());
        q.put("site_source_name", place.site());
        q.put("ad_meta", place.placement());
        q.put("ad_account_id", ACCOUNT);
        q.put("fbclid", fbclid);
        return Links.encoded(q);
    }
}
