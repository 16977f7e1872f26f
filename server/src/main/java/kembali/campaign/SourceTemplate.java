package kembali.campaign;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign begins with for one source of traffic: the parameters its links carry, in the source's macros.
 *
 * @param key {@code meta}, {@code google}, {@code tiktok}, {@code linkedin}, {@code generic}, {@code app}
 * @param title as people read it
 * @param parameters of the campaign, to be changed freely
 * @param appended click ids the source adds to every link by itself: read, and never written into a link, because what
 *     stands there would arrive literally beside the real one
 * @param where the link and its parameters are entered
 * @param notes what goes wrong easily
 */
public record SourceTemplate(
        String key,
        String title,
        List<CampaignParameter> parameters,
        Set<String> appended,
        String where,
        List<String> notes) {
    /** All of them. Sources: the platforms' documentation, as the URL templates of the ads. */
    public static final List<SourceTemplate> ALL = List.of(meta(), google(), tiktok(), linkedin(), generic(), app());

    public SourceTemplate {
        parameters = List.copyOf(parameters);
        appended = Set.copyOf(appended);
        notes = List.copyOf(notes);
    }

    /** The template of that key, or null. */
    public static @Nullable SourceTemplate named(String key) {
        return ALL.stream().filter(t -> t.key().equals(key)).findFirst().orElse(null);
    }

    private static CampaignParameter p(String name, String key, String token, @Nullable String slot) {
        return CampaignParameter.of(name, key, token, slot);
    }

    private static SourceTemplate meta() {
        return new SourceTemplate(
                "meta",
                "Meta (Facebook, Instagram)",
                List.of(
                        p("Click id", "fbclid", "{fbclid}", Slots.EXTERNAL_ID),
                        p("Source", "utm_source", "meta", Slots.SOURCE),
                        p("Medium", "utm_medium", "paid", null),
                        p("Campaign name", "utm_campaign", "{{campaign.name}}", null),
                        p("Ad set name", "utm_term", "{{adset.name}}", null),
                        p("Ad name", "utm_content", "{{ad.name}}", null),
                        p("Campaign", "campaign_id", "{{campaign.id}}", Slots.AD_CAMPAIGN_ID),
                        p("Ad", "ad_id", "{{ad.id}}", Slots.CREATIVE_ID),
                        p("Ad set", "adset_id", "{{adset.id}}", "sub_id_1"),
                        p("Campaign name", "campaign_name", "{{campaign.name}}", "sub_id_2"),
                        p("Ad set name", "adset_name", "{{adset.name}}", "sub_id_3"),
                        p("Ad name", "ad_name", "{{ad.name}}", "sub_id_4"),
                        p("Placement", "ad_meta", "{{placement}}", "sub_id_5"),
                        p("App", "site_source_name", "{{site_source_name}}", "sub_id_6")),
                Set.of("fbclid"),
                "Ads Manager, the ad: the address into Website URL, the parameters into URL parameters, without a question"
                        + " mark.",
                List.of(
                        "Meta adds fbclid by itself. Do not enter fbclid={fbclid} in URL parameters: it would arrive literally,"
                                + " beside the real one.",
                        "Names are those at first publishing; ids never change."));
    }

    private static SourceTemplate google() {
        return new SourceTemplate(
                "google",
                "Google Ads",
                List.of(
                        p("Click id", "gclid", "{gclid}", Slots.EXTERNAL_ID),
                        p("Source", "utm_source", "google", Slots.SOURCE),
                        p("Medium", "utm_medium", "cpc", null),
                        p("Campaign", "campaign_id", "{campaignid}", Slots.AD_CAMPAIGN_ID),
                        p("Ad", "ad_id", "{creative}", Slots.CREATIVE_ID),
                        p("Keyword", "keyword", "{keyword}", Slots.KEYWORD),
                        p("Ad group", "ad_group_id", "{adgroupid}", "sub_id_1"),
                        p("Match type", "match_type", "{matchtype}", "sub_id_2"),
                        p("Network", "network", "{network}", "sub_id_3"),
                        p("Device", "device", "{device}", "sub_id_4"),
                        p("Placement", "placement", "{placement}", "sub_id_5"),
                        p("Audience", "target_id", "{targetid}", "sub_id_6"),
                        p("Place", "loc", "{loc_physical_ms}", "sub_id_7")),
                Set.of("gclid", "gbraid", "wbraid"),
                "Google Ads: the address as Final URL, the parameters as Final URL suffix.",
                List.of(
                        "Leave auto-tagging on: Google then adds gclid, gbraid or wbraid by itself.",
                        "There is no macro for the campaign's name; use a custom parameter such as {_campaign}."));
    }

    private static SourceTemplate tiktok() {
        return new SourceTemplate(
                "tiktok",
                "TikTok",
                List.of(
                        p("Click id", "ttclid", "__CLICKID__", Slots.EXTERNAL_ID),
                        p("Source", "utm_source", "tiktok", Slots.SOURCE),
                        p("Medium", "utm_medium", "paid", null),
                        p("Campaign name", "utm_campaign", "__CAMPAIGN_NAME__", null),
                        p("Ad group name", "utm_term", "__AID_NAME__", null),
                        p("Ad name", "utm_content", "__CID_NAME__", null),
                        p("Campaign", "campaign_id", "__CAMPAIGN_ID__", Slots.AD_CAMPAIGN_ID),
                        p("Ad", "ad_id", "__CID__", Slots.CREATIVE_ID),
                        p("Ad group", "ad_group_id", "__AID__", "sub_id_1"),
                        p("Campaign name", "campaign_name", "__CAMPAIGN_NAME__", "sub_id_2"),
                        p("Ad group name", "ad_group_name", "__AID_NAME__", "sub_id_3"),
                        p("Ad name", "ad_name", "__CID_NAME__", "sub_id_4")),
                Set.of(),
                "TikTok Ads Manager, the ad: the address with its parameters as URL.",
                List.of("Two underscores stand on each side of a macro; with one it stays as it is."));
    }

    private static SourceTemplate linkedin() {
        return new SourceTemplate(
                "linkedin",
                "LinkedIn",
                List.of(
                        p("Click id", "li_fat_id", "{li_fat_id}", Slots.EXTERNAL_ID),
                        p("Source", "utm_source", "linkedin", Slots.SOURCE),
                        p("Medium", "utm_medium", "paid", null),
                        p("Campaign name", "utm_campaign", "{{CAMPAIGN_NAME}}", null),
                        p("Campaign", "campaign_id", "{{CAMPAIGN_ID}}", Slots.AD_CAMPAIGN_ID),
                        p("Ad", "ad_id", "{{CREATIVE_ID}}", Slots.CREATIVE_ID)),
                Set.of("li_fat_id"),
                "Campaign Manager, the campaign, URL tracking: dynamic parameters.",
                List.of(
                        "LinkedIn adds li_fat_id by itself once enhanced conversion tracking is on.",
                        "A parameter that stands in the ad's own address as well arrives twice: enter each in one place only."));
    }

    private static SourceTemplate generic() {
        return new SourceTemplate(
                "generic",
                "Another source",
                List.of(
                        p("Click id", "external_id", "{clickid}", Slots.EXTERNAL_ID),
                        p("Campaign", "ad_campaign_id", "{campaignid}", Slots.AD_CAMPAIGN_ID),
                        p("Creative", "creative_id", "{creativeid}", Slots.CREATIVE_ID),
                        p("Site", "source", "{zoneid}", Slots.SOURCE),
                        p("Keyword", "keyword", "{keyword}", Slots.KEYWORD),
                        p("Cost", "cost", "{cost}", Slots.COST)),
                Set.of(),
                "The source's form for the target address.",
                List.of("Replace what is in braces by the source's own macros; every source has its own."));
    }

    private static SourceTemplate app() {
        return new SourceTemplate(
                "app",
                "Meta through an app",
                List.of(
                        new CampaignParameter("Click id", "sub1", "{fbclid}", "sub_id_1", "fbclid"),
                        p("Campaign", "sub2", "{campaign_id}", Slots.AD_CAMPAIGN_ID),
                        p("Ad", "sub3", "{ad_id}", Slots.CREATIVE_ID),
                        p("App", "source", "{app}", Slots.SOURCE)),
                Set.of(),
                "The app's own settings: the address it opens.",
                List.of(
                        "The app received fbclid from the ad and has to write its value where {fbclid} stands.",
                        "The parameter sub1 says that its value is the fbclid; without that it is a free slot."));
    }
}
