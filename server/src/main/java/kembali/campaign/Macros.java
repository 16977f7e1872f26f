package kembali.campaign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The macros of destination URLs and of requests to sources, {@code {subid}}, and what they become. */
public final class Macros {
    /**
     * One macro.
     *
     * @param name without braces, as {@link MacroValues#value} is asked for it
     * @param otherNames that mean the same
     * @param argument what may stand after a colon; null when nothing may
     * @param meaning what it becomes
     */
    public record Macro(
            String name, List<String> otherNames, @Nullable String argument, String meaning) {}

    public static final String STATUS = "status";
    public static final String DATE = "date";
    public static final String KEYWORD = "keyword";
    public static final String DESTINATION = "destination";
    public static final String OFFER = "offer";

    /** Read files of the server in the tracker it comes from: a hole. */
    static final String FROM_FILE = "from_file";

    /** All but {@code sub_id_1} to {@code sub_id_30} and the query keys of the campaign. */
    public static final List<Macro> ALL = List.of(
            new Macro("subid", List.of("click_id", "clickid"), null, "our click id"),
            macro("visitor_code", "the visitor's code, such as ABC2345"),
            macro("external_id", "the source's own click id, from the click"),
            macro("tid", "transaction id of the conversion"),
            new Macro("revenue", List.of("payout"), null, "amount of the conversion"),
            macro("conversion_revenue", "amount of the conversion"),
            macro("cost", "cost of the click"),
            macro("currency", "currency of the amount or cost"),
            new Macro(
                    STATUS,
                    List.of(),
                    "words: lead=reg sale=dep",
                    "status of the conversion, in the words after the colon"),
            macro("original_status", "the word the network sent"),
            macro("previous_status", "status before"),
            macro("lead_status", "status of the lead"),
            macro("lead_id", "our id of the lead"),
            macro("event_id", "our id of the event"),
            macro("event_time", "when it happened, Unix seconds"),
            macro("event_time_iso", "when it happened, ISO 8601 in UTC"),
            macro("reason", "why it was rejected"),
            new Macro(OFFER, List.of(), "id of an offer", "address of the offer"),
            macro("offer_id", "id of the offer"),
            macro("landing_id", "id of the landing"),
            macro("campaign_name", "name of the campaign"),
            macro("ad_campaign_id", "campaign of the source, id or name"),
            macro("creative_id", "ad or banner of the source"),
            macro("source", "site or publisher"),
            new Macro(KEYWORD, List.of(), "charset: windows-1251", "keyword or search phrase"),
            macro("charset", "charset of the keyword"),
            macro("se", "search engine"),
            macro("se_referrer", "referrer of the search engine"),
            macro(DESTINATION, "address of the destination"),
            macro("current_domain", "host name of the link that was clicked"),
            macro("ip", "IP address of the click"),
            macro("city", "city by IP address"),
            macro("isp", "internet provider by IP address"),
            macro("language", "language of the browser"),
            macro("browser", "browser"),
            macro("browser_version", "version of the browser"),
            macro("os_version", "version of the operating system"),
            macro("device_model", "model of the device"),
            new Macro("device_type", List.of(), "language", "mobile, tablet or desktop"),
            new Macro("connection_type", List.of(), "language", "wifi or cellular"),
            macro("is_bot", "1 for a machine, else 0"),
            macro("is_using_proxy", "1 behind a proxy, else 0"),
            new Macro(
                    DATE,
                    List.of(),
                    "letters of PHP, then a time zone: Y-m-d H:i:s,Asia/Jakarta",
                    "the moment; UTC unless told"));

    private static final Map<String, Macro> BY_NAME;

    static {
        var byName = new HashMap<String, Macro>();
        var all = new ArrayList<>(ALL);
        for (int i = 1; i <= Slots.SUB_IDS; i++) {
            all.add(macro(Slots.subId(i), "free slot " + i));
        }
        for (Macro m : all) {
            byName.put(m.name(), m);
            m.otherNames().forEach(other -> byName.put(other, m));
        }
        BY_NAME = Map.copyOf(byName);
    }

    private Macros() {}

    private static Macro macro(String name, String meaning) {
        return new Macro(name, List.of(), null, meaning);
    }

    /** The macro of that name, case ignored; null when there is none. */
    public static @Nullable Macro named(String name) {
        return BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }
}
