package kembali.platform.tiktok;

import java.util.List;
import kembali.platform.MatchWeight;
import kembali.platform.UrlTemplate;
import kembali.platform.UrlTemplate.Macro;

/** What to enter behind the landing page's address in TikTok ads, and what helps TikTok to recognise a person. */
final class TikTokTemplate {
    private TikTokTemplate() {}

    /** Our own judgement: the click id is the click itself; without it TikTok needs a hashed e-mail or phone. */
    static final List<MatchWeight> WEIGHTS = List.of(
            new MatchWeight(
                    "ttclid",
                    6,
                    "Bring people through a tracked link: TikTok adds the click id to the address by itself."),
            new MatchWeight("lead_id", 6, "Comes with leads of TikTok's instant forms."),
            new MatchWeight("email", 4, "Ask for the e-mail address."),
            new MatchWeight("phone", 4, "Keep the phone number the person writes from."),
            new MatchWeight("ttp", 2, "Let the TikTok pixel run on the page people come from."),
            new MatchWeight("external_id", 1, "Is sent by itself."),
            new MatchWeight("ip", 1, "Comes with visits through a tracked link."),
            new MatchWeight("user_agent", 1, "Comes with visits through a tracked link."));

    private static final List<Macro> MACROS = List.of(
            new Macro("__CAMPAIGN_NAME__", "The campaign's name.", "Promo Lebaran"),
            new Macro("__CAMPAIGN_ID__", "The campaign's number.", "1790000000000001"),
            new Macro("__AID_NAME__", "The ad group's name.", "Jawa 25-45"),
            new Macro("__AID__", "The ad group's number.", "1790000000000002"),
            new Macro("__CID_NAME__", "The ad's name.", "Video testimoni"),
            new Macro("__CID__", "The ad's number.", "1790000000000003"),
            new Macro("__CLICKID__", "The click id, the same that TikTok adds as ttclid.", "E.C.P.CrADexample"));

    private static final List<String> NOTES = List.of(
            "Put it behind the landing page's address after one question mark; a second question mark spoils both.",
            "Two underscores on each side: with a single one TikTok leaves the macro as it is.",
            "A macro that arrives unfilled, such as in a preview, is not taken for an id.");

    static UrlTemplate of() {
        return new UrlTemplate(
                "utm_source=tiktok&utm_medium=paid&utm_campaign=__CAMPAIGN_NAME__&utm_term=__AID_NAME__"
                        + "&utm_content=__CID_NAME__&campaign_id=__CAMPAIGN_ID__&campaign_name=__CAMPAIGN_NAME__"
                        + "&ad_group_name=__AID_NAME__&ad_name=__CID_NAME__&ad_group_id=__AID__&ad_id=__CID__"
                        + "&ttclid=__CLICKID__&ad_account_id=YOUR_AD_ACCOUNT_ID",
                "TikTok Ads Manager, the ad, Destination page: behind the address after one question mark.",
                MACROS,
                NOTES);
    }
}
