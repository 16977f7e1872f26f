package kembali.platform.meta;

import java.util.List;
import kembali.platform.UrlTemplate;
import kembali.platform.UrlTemplate.Macro;
import org.jspecify.annotations.Nullable;

/** What to enter as URL parameters in Meta's ads. */
final class MetaUrlTemplate {
    private static final String PARAMETERS = "utm_source=meta&utm_medium=paid"
            + "&utm_campaign={{campaign.name}}&utm_term={{adset.name}}&utm_content={{ad.name}}"
            + "&campaign_id={{campaign.id}}&adset_id={{adset.id}}&ad_id={{ad.id}}"
            + "&campaign_name={{campaign.name}}&adset_name={{adset.name}}&ad_name={{ad.name}}"
            + "&site_source_name={{site_source_name}}&ad_meta={{placement}}&ad_account_id=";

    private static final String PLACEHOLDER = "YOUR_AD_ACCOUNT_ID";

    private static final List<Macro> MACROS = List.of(
            new Macro("{{campaign.id}}", "The campaign's id, which never changes.", "120210000000000001"),
            new Macro("{{campaign.name}}", "The campaign's name when it was first published.", "Eid_Promo"),
            new Macro("{{adset.id}}", "The ad set's id, which never changes.", "120210000000000002"),
            new Macro("{{adset.name}}", "The ad set's name when it was first published.", "Java_Bali_25-50"),
            new Macro("{{ad.id}}", "The ad's id, which never changes.", "120210000000000003"),
            new Macro("{{ad.name}}", "The ad's name when it was first published.", "Testimonial_Video_1"),
            new Macro("{{placement}}", "Where the ad was shown.", "Instagram_Stories"),
            new Macro(
                    "{{site_source_name}}",
                    "On which of Meta's services: fb Facebook, ig Instagram, msg Messenger, an Audience Network.",
                    "ig"));

    private MetaUrlTemplate() {}

    /** @param adAccount null leaves a word to be replaced */
    static UrlTemplate of(@Nullable String adAccount) {
        String account = adAccount == null
                ? "Replace " + PLACEHOLDER + " with your ad account's number, without act_; or enter it in the pixel's"
                        + " settings, and it stands here."
                : "The ad account is the one in the pixel's settings; other ad accounts need their own number here.";
        return new UrlTemplate(
                PARAMETERS + (adAccount == null ? PLACEHOLDER : adAccount),
                "Ads Manager, the ad, Tracking, URL parameters.",
                MACROS,
                List.of(
                        "Enter it without a question mark: Meta puts one in front itself.",
                        "Never add fbclid={fbclid}, nor any other fbclid: Meta adds the real click id by itself, and with"
                                + " a second one the click is lost and conversions cannot be matched.",
                        "Names stay as they were when the ad was first published, even after you rename it; count by the"
                                + " ids.",
                        account,
                        "A click-to-WhatsApp ad opens a chat and no page, so there it has no effect; the chat brings the"
                                + " ad and the click id with its first message."));
    }
}
