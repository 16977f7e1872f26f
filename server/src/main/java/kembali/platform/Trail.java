package kembali.platform;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;

/**
 * The way of an event through links and networks: the click on a campaign link it goes back to, and the conversion a
 * postback reported. What macros of outgoing postbacks are filled from.
 *
 * @param subid the click's id
 * @param campaignId the campaign clicked; null for a click without one
 * @param campaignName its name when the decision was made
 * @param clickedAt when; null without a click
 * @param slots of the click, overlaid by those the postback gave the conversion: {@code external_id}, {@code sub_id_1}, …
 * @param parameters further parameters of the click, by lower-case key
 * @param conversion null when no postback reported it
 */
public record Trail(
        @Nullable String subid,
        @Nullable String campaignId,
        @Nullable String campaignName,
        @Nullable Instant clickedAt,
        Map<String, String> slots,
        Map<String, String> parameters,
        @Nullable Conversion conversion) {
    public Trail {
        slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * A conversion in the state it reached.
     *
     * @param id of the row, the same in all its states
     * @param status {@code sale}, {@code rejected}, …: the conversion's own status, not the lead's
     * @param previousStatus null for a new one
     * @param originalStatus the network's word
     * @param transaction the network's id; null when there is none, also when we made one up
     * @param reason why it was rejected, as the network said
     * @param payout what it is worth; null when nobody said
     */
    public record Conversion(
            String id,
            String status,
            @Nullable String previousStatus,
            @Nullable String originalStatus,
            @Nullable String transaction,
            @Nullable String reason,
            @Nullable Money payout) {}
}
