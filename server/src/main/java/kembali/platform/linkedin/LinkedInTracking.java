package kembali.platform.linkedin;

import java.util.List;
import kembali.platform.MatchWeight;
import kembali.platform.UrlTemplate;
import kembali.platform.UrlTemplate.Macro;

/** How to learn more about visitors from LinkedIn: what to enter in the ads, and which identifiers help most. */
final class LinkedInTracking {
    static final List<MatchWeight> WEIGHTS = List.of(
            new MatchWeight(
                    "LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID",
                    8,
                    "Switch on enhanced conversion tracking for the account's Insight Tag in Campaign Manager; LinkedIn then"
                            + " adds li_fat_id to the ads' links. Lead visitors through a tracked link."),
            new MatchWeight("lead", 8, "Use LinkedIn's lead forms and pass on their answer as linkedinLeadId."),
            new MatchWeight("SHA256_EMAIL", 6, "Ask for an e-mail address and record it on the lead."),
            new MatchWeight("firstName", 2, "Record first and last name; one of the two alone is not sent."),
            new MatchWeight("PLAINTEXT_IP_ADDRESS", 1, "Lead visitors through a tracked link, reached over IPv4."),
            new MatchWeight("companyName", 1, "Record the company on the lead, together with the whole name."),
            new MatchWeight("externalIds", 1, "Nothing to do: our id of the lead is always sent."));

    private static final String ACCOUNT_MACRO = "{{ACCOUNT_ID}}";

    private LinkedInTracking() {}

    /** @param adAccountId digits; empty leaves it to LinkedIn to fill in */
    static UrlTemplate template(String adAccountId) {
        return new UrlTemplate(
                "utm_source=linkedin&utm_medium=paid&utm_campaign={{CAMPAIGN_NAME}}&campaign_id={{CAMPAIGN_ID}}"
                        + "&ad_id={{CREATIVE_ID}}&ad_account_id="
                        + (adAccountId.isEmpty() ? ACCOUNT_MACRO : adAccountId),
                "Campaign Manager, the campaign, URL tracking: dynamic parameters.",
                List.of(
                        new Macro("{{CAMPAIGN_ID}}", "id of the campaign", "345678901"),
                        new Macro("{{CAMPAIGN_NAME}}", "name of the campaign", "Eid leads"),
                        new Macro("{{CREATIVE_ID}}", "id of the ad", "567890123"),
                        new Macro(ACCOUNT_MACRO, "id of the ad account", "512345678")),
                List.of(
                        "LinkedIn adds li_fat_id by itself once enhanced conversion tracking is on for the Insight Tag;"
                                + " do not enter it.",
                        "A parameter that stands in the ad's own address as well arrives twice: enter each in one place only.",
                        "Only CAMPAIGN_ID is confirmed by LinkedIn's documentation; check one click before relying on the"
                                + " others."));
    }
}
