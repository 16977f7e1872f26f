package kembali.campaign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kembali.visitor.ClickParameter;

/** Query keys that are captured on every click, whatever a campaign's parameters say. */
public final class AutomaticKeys {
    /** Lower-case key to the click id's name as its platform spells it. */
    public static final Map<String, String> CLICK_IDS;

    /** Where the click came from: UTM, and the ids and names of the ad. */
    public static final Set<String> ATTRIBUTION = Set.of(
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_term",
            "utm_content",
            "utm_id",
            "campaign_id",
            "adset_id",
            "ad_id",
            "ad_group_id",
            "ad_account_id",
            "campaign_name",
            "adset_name",
            "ad_group_name",
            "ad_name",
            "placement",
            "site_source_name",
            "ad_meta");

    static {
        var ids = new LinkedHashMap<String, String>();
        List<String> names = new ArrayList<>();
        ClickParameter.ALL.forEach(p -> names.add(p.name()));
        names.add("ctwa_clid"); // never in a link of Meta's own, but integrators pass it on
        names.forEach(name -> ids.put(name.toLowerCase(Locale.ROOT), name));
        CLICK_IDS = Map.copyOf(ids);
    }

    private AutomaticKeys() {}
}
