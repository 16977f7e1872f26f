package kembali.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.capture.campaign.Campaign;
import kembali.visitor.AdFields;
import kembali.visitor.Click;
import kembali.visitor.Utm;
import org.jspecify.annotations.Nullable;

/**
 * One click on a campaign link.
 *
 * @param campaignId null when the click was imported without one
 * @param destinationId where the person was sent; null when nowhere
 * @param visitorCode of the person
 * @param leadId null while the person is no lead
 * @param clickIds by name
 * @param slots slot to value
 * @param parameters further query keys to value
 * @param unfilled query keys that came without a value, to what stood there
 * @param repeated query keys that came more than once
 * @param repairs how the link had to be mended
 */
public record ClickView(
        String subid,
        Instant at,
        @Nullable String campaignId,
        @Nullable String campaignName,
        @Nullable String destinationId,
        @Nullable String destinationName,
        String visitorCode,
        @Nullable String leadId,
        @Nullable String url,
        @Nullable String referrer,
        @Nullable String ip,
        @Nullable String country,
        @Nullable String city,
        @Nullable String userAgent,
        @Nullable String language,
        Map<String, ClickIdView> clickIds,
        Utm utm,
        AdFields ad,
        Map<String, String> slots,
        Map<String, String> parameters,
        Map<String, String> unfilled,
        List<String> repeated,
        List<String> repairs,
        boolean flagged) {
    /**
     * A click id.
     *
     * @param firstSeenAt when this value was seen first: before the click where the visitor brought it earlier
     * @param shared it came with somebody else first, so the link was copied; never credited
     * @param suspicious it does not look like an id of its kind
     */
    public record ClickIdView(String value, Instant firstSeenAt, boolean shared, boolean suspicious) {}

    /** @param campaign null when it is gone or the click has none */
    static ClickView of(Click c, @Nullable Campaign campaign, String visitorCode, @Nullable String leadId) {
        Click.Content in = c.content();
        var ids = new LinkedHashMap<String, ClickIdView>();
        in.clickIds()
                .byName()
                .forEach((name, id) -> ids.put(
                        name,
                        new ClickIdView(
                                id.value(), Instant.ofEpochMilli(id.firstSeenMs()), id.shared(), id.suspicious())));
        Campaign.Target target = campaign == null ? null : campaign.doc().destination(in.destinationId());
        var place = in.web().place();
        return new ClickView(
                c.subid(),
                c.at(),
                c.campaignId(),
                campaign == null ? null : campaign.name(),
                in.destinationId(),
                target == null ? null : target.name(),
                visitorCode,
                leadId,
                in.web().pageUrl(),
                in.web().referrer(),
                in.web().ip(),
                place == null ? null : place.countryCode(),
                place == null ? null : place.city(),
                in.web().userAgent(),
                in.language(),
                ids,
                in.utm(),
                in.ad(),
                in.slots(),
                in.parameters(),
                in.unfilled(),
                in.repeated(),
                in.repairs(),
                in.flagged());
    }
}
