package kembali.capture.campaign;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import kembali.campaign.ClickIdShape;
import kembali.campaign.LinkRepair;
import kembali.campaign.LinkValues;
import kembali.campaign.Unfilled;
import kembali.capture.link.VisitReader;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.intake.CampaignClicked;
import kembali.visitor.ClickParameter;
import kembali.visitor.QueryString;

/**
 * The parameters of a campaign link that was opened, as campaign and visit read them.
 *
 * @param values by the campaign's own rules
 * @param opened the same for everything that is read of any visit
 */
record LinkOpened(LinkValues values, VisitReader.Opened opened) {
    /** @param base scheme and host of the link */
    static LinkOpened read(Campaigns.Ready ready, LinkRepair.Repaired link, String base, Instant now) {
        LinkValues values = ready.reader().read(link);
        var keys = new HashMap<>(values.keys());
        ClickIds further = ClickIds.NONE;
        for (var id : values.clickIds().entrySet()) {
            if (ClickParameter.named(id.getKey()) != null) {
                // One that came under another key is read like one that came under its own.
                keys.put(id.getKey().toLowerCase(Locale.ROOT), id.getValue());
            } else {
                boolean strange = !ClickIdShape.isPlausible(id.getKey(), id.getValue());
                further = further.with(id.getKey(), new ClickId(id.getValue(), now.toEpochMilli(), false, strange));
            }
        }
        return new LinkOpened(values, new VisitReader.Opened(base, QueryString.of(keys), further));
    }

    /** What the click keeps of it. */
    CampaignClicked.Said said() {
        Map<String, String> parameters = new LinkedHashMap<>();
        values.keys().forEach((key, value) -> {
            boolean keptElsewhere = value.equals(values.slot(key))
                    || values.clickIds().keySet().stream().anyMatch(key::equalsIgnoreCase);
            if (!keptElsewhere) {
                parameters.put(key, value);
            }
        });
        Map<String, String> unfilled = new LinkedHashMap<>();
        for (Unfilled u : values.unfilled()) {
            unfilled.putIfAbsent(u.key(), u.text());
        }
        return new CampaignClicked.Said(
                values.slots(),
                parameters,
                unfilled,
                values.repeated(),
                values.repairs().stream().map(r -> r.code()).sorted().toList());
    }
}
