package kembali.api;

import java.util.List;
import kembali.capture.campaign.Campaign;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A campaign as people send it. */
public record CampaignInput(
        @Nullable @Schema(description = "Its name in the link: 2 to 64 letters, digits, - or _", examples = "eid-promo")
        String alias,

        @Nullable String name,

        @Nullable @Schema(
                description = "Where it leads, with macros, for a campaign with one destination",
                examples = "https://shop.example/promo?subid={subid}&kmb_v={visitor_code}")
        String destinationUrl,

        @Nullable @Schema(description = "Where it leads, for a campaign with several; instead of destinationUrl")
        List<DestinationInput> destinations,

        @Nullable @Schema(description = "Key of a source template; its parameters are taken where none are given")
        String source,

        @Nullable List<ParameterInput> parameters,

        @Nullable @Schema(description = "The one host that answers it; null for the server's and those of the workspace")
        String domain,

        @Nullable @Schema(description = "Names the campaign in scripts; made when left out, to be kept when you move here")
        String token,

        @Nullable @Schema(description = "false answers as if there were no such link")
        Boolean active,

        @Nullable @Schema(description = "More clicks a minute from one address are flagged")
        Integer clicksPerMinute) {
    static final CampaignInput NOTHING = new CampaignInput(null, null, null, null, null, null, null, null, null, null);

    /** One place it leads to. */
    public record DestinationInput(
            @Nullable @Schema(description = "Of a destination there already is; a new one is given an id")
            String id,

            @Nullable String name,
            @Nullable String url,

            @Nullable @Schema(description = "Its share of visitors beside the others', 0 to 1,000", defaultValue = "1")
            Integer weight) {}

    /** One parameter of its links. */
    public record ParameterInput(
            @Nullable @Schema(description = "Label in reports", examples = "Ad")
            String name,

            @Nullable @Schema(description = "Query key that is read", examples = "ad_id")
            String key,

            @Nullable @Schema(description = "What stands in the link for the source", examples = "{{ad.id}}")
            String token,

            @Nullable @Schema(description = "keyword, external_id, …, sub_id_1 to sub_id_30", examples = "creative_id")
            String slot,

            @Nullable @Schema(description = "The click id this value is, where its key does not say so", examples = "fbclid")
            String clickId) {}

    /** A stored campaign as one would send it. */
    static CampaignInput of(Campaign c) {
        Campaign.Doc d = c.doc();
        return new CampaignInput(
                c.alias(),
                c.name(),
                null,
                d.destinations().stream()
                        .map(t -> new DestinationInput(t.id(), t.name(), t.url(), t.weight()))
                        .toList(),
                d.source(),
                d.parameters().stream()
                        .map(p -> new ParameterInput(p.name(), p.key(), p.token(), p.slot(), p.clickId()))
                        .toList(),
                c.domain(),
                c.token(),
                d.active(),
                d.clicksPerMinute());
    }
}
