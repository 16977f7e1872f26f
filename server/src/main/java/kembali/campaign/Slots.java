package kembali.campaign;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The places in which a click's parameters are kept, whatever their query keys are called. Trackers share these names, so
 * links and templates move between them.
 */
public final class Slots {
    public static final String KEYWORD = "keyword";

    /** Campaign of the source, id or name; not ours. */
    public static final String AD_CAMPAIGN_ID = "ad_campaign_id";

    public static final String CREATIVE_ID = "creative_id";

    /** The source's own click id, which goes back to it with a conversion. */
    public static final String EXTERNAL_ID = "external_id";

    public static final String SOURCE = "source";
    public static final String COST = "cost";
    public static final String CURRENCY = "currency";

    /** How many free slots there are, {@code sub_id_1} to {@code sub_id_30}. */
    public static final int SUB_IDS = 30;

    /** All of them. */
    public static final Set<String> ALL;

    /** Those whose query key cannot be another than their name. */
    public static final Set<String> FIXED = Set.of(CURRENCY, "charset", "se", "se_referrer");

    /** Query keys of older links, by slot. */
    static final Map<String, List<String>> SYNONYMS = Map.of(
            KEYWORD,
            List.of("keywords", "tds-key", "utm_term"),
            SOURCE,
            List.of("utm_source"),
            "se_referrer",
            List.of("seoref"));

    static {
        var all = new ArrayList<>(List.of(
                KEYWORD,
                AD_CAMPAIGN_ID,
                CREATIVE_ID,
                EXTERNAL_ID,
                SOURCE,
                COST,
                CURRENCY,
                "charset",
                "se",
                "se_referrer"));
        for (int i = 1; i <= SUB_IDS; i++) {
            all.add(subId(i));
        }
        ALL = Collections.unmodifiableSet(new LinkedHashSet<>(all));
    }

    private Slots() {}

    /** @param number 1 to {@link #SUB_IDS} */
    public static String subId(int number) {
        return "sub_id_" + number;
    }
}
