package kembali.platform.googleads;

import java.util.List;
import kembali.platform.UrlTemplate;
import kembali.platform.UrlTemplate.Macro;

/** What to enter as Final URL suffix in Google Ads, with ValueTrack parameters. Source: docs/platforms/google-ads.md. */
final class GoogleAdsTemplate {
    private GoogleAdsTemplate() {}

    private static final List<Macro> MACROS = List.of(
            new Macro("{campaignid}", "The campaign's number. There is none for its name.", "21345678901"),
            new Macro("{adgroupid}", "The ad group's number.", "165432109876"),
            new Macro("{creative}", "The ad's number.", "702345678901"),
            new Macro("{keyword}", "The keyword that matched; empty where there are none.", "batik tulis"),
            new Macro("{matchtype}", "How it matched: e exact, p phrase, b broad.", "p"),
            new Macro("{network}", "Where the ad was shown: g search, s partners, d display, ytv YouTube.", "g"),
            new Macro("{device}", "m phone, t tablet, c computer.", "m"),
            new Macro("{placement}", "The site or app of a display ad.", "example.com"),
            new Macro("{targetid}", "The keyword, audience or list that led to the ad.", "kwd-123456789"),
            new Macro("{loc_physical_ms}", "Google's number of the place the person was at.", "1007715"));

    private static final List<String> NOTES = List.of(
            "Leave auto-tagging on: Google then adds gclid, gbraid or wbraid by itself. Do not enter them here.",
            "This is the Final URL suffix. A tracking template is for trackers that redirect, and must hold {lpurl}, or the"
                    + " landing page breaks.",
            "For campaign names use a custom parameter such as {_campaign}, set for each campaign.");

    static UrlTemplate of(String accountId) {
        return new UrlTemplate(
                "utm_source=google&utm_medium=cpc&utm_campaign={campaignid}&utm_term={keyword}&utm_content={creative}"
                        + "&campaign_id={campaignid}&ad_group_id={adgroupid}&ad_id={creative}&keyword={keyword}"
                        + "&match_type={matchtype}&network={network}&device={device}&placement={placement}"
                        + "&target_id={targetid}&loc={loc_physical_ms}&ad_account_id="
                        + (accountId.isEmpty() ? "YOUR_CUSTOMER_ID" : accountId),
                "Google Ads, Admin, Account settings, Tracking, Final URL suffix (or the same field of one campaign).",
                MACROS,
                NOTES);
    }
}
