package kembali.visitor;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.WebContext;
import org.jspecify.annotations.Nullable;

/**
 * One click on a campaign link, as postbacks and diagnoses look it up.
 *
 * @param subid the id that travels to the destination: lower case, at most {@link #MAX_SUBID} characters; other trackers'
 *     ids keep their form when clicks are imported
 * @param campaignId null when the click was imported without a campaign of ours
 * @param at when it happened
 */
public record Click(
        int workspaceId, String subid, @Nullable String campaignId, long visitorNo, Instant at, Content content) {
    /** Longest id of a click. */
    public static final int MAX_SUBID = 64;

    public Click {
        if (subid.isEmpty() || subid.length() > MAX_SUBID || !subid.equals(subid.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("a click's id is lower case and has 1 to 64 characters");
        }
    }

    /** The same, of which these ids are known as well. */
    public Click withIds(ClickIds clickIds, BrowserIds browser) {
        return new Click(
                workspaceId,
                subid,
                campaignId,
                visitorNo,
                at,
                new Content(
                        clickIds,
                        browser,
                        content.web,
                        content.utm,
                        content.ad,
                        content.slots,
                        content.parameters,
                        content.unfilled,
                        content.repeated,
                        content.repairs,
                        content.destinationId,
                        content.language,
                        content.flagged));
    }

    /**
     * What the click told. Stored sealed.
     *
     * @param clickIds the ids this click brought, or the visitor had from the same platform before it; a copied link's are
     *     marked as shared
     * @param browser cookies of tracking scripts the browser sent along
     * @param web the link as it was opened, what was before it, address, browser and place: of this click, for good
     * @param utm UTM parameters
     * @param ad the ad's ids and names
     * @param slots slot ({@code keyword}, {@code external_id}, {@code sub_id_1}, …) to value
     * @param parameters every further filled parameter, by its lower-case key
     * @param unfilled parameters that arrived as bare macros or empty click ids, to what stood there
     * @param repeated keys that came more than once with different values
     * @param repairs codes of how the link had to be mended
     * @param destinationId where the person was sent; null when nowhere
     * @param language what the browser prefers
     * @param flagged more clicks than people make came from that address
     */
    public record Content(
            ClickIds clickIds,
            BrowserIds browser,
            WebContext web,
            Utm utm,
            AdFields ad,
            Map<String, String> slots,
            Map<String, String> parameters,
            Map<String, String> unfilled,
            List<String> repeated,
            List<String> repairs,
            @Nullable String destinationId,
            @Nullable String language,
            boolean flagged) {
        public Content {
            slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
            unfilled = Collections.unmodifiableMap(new LinkedHashMap<>(unfilled));
            repeated = List.copyOf(repeated);
            repairs = List.copyOf(repairs);
        }
    }
}
