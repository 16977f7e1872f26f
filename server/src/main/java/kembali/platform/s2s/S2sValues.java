package kembali.platform.s2s;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import kembali.campaign.AutomaticKeys;
import kembali.campaign.MacroValues;
import kembali.campaign.Slots;
import kembali.platform.ConversionEvent;
import kembali.platform.JsonText;
import kembali.platform.Trail;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;

/**
 * What the macros of one postback become, as it waits to be sent.
 *
 * @param at what {@code {date:…}} shows
 */
record S2sValues(Instant at, Map<String, String> byName) {
    /** Kept only where the template asks for them: they are about the person and not about the conversion. */
    private static final Set<String> ON_DEMAND = Set.of("ip", "city");

    S2sValues {
        byName = Map.copyOf(byName);
    }

    /** @param asked names of the macros in the templates */
    static S2sValues of(ConversionEvent event, Set<String> asked) {
        Map<String, String> values = new LinkedHashMap<>();
        Trail trail = event.trail();
        if (trail != null) {
            Slots.ALL.forEach(slot -> put(values, slot, trail.slots().get(slot)));
            put(values, "subid", trail.subid());
            put(values, "campaign_name", trail.campaignName());
        }
        put(values, "visitor_code", event.code());
        put(values, "status", event.name());
        put(values, "lead_status", event.status());
        put(values, "lead_id", event.leadId());
        put(values, "event_id", event.eventId());
        put(values, "event_time", Long.toString(event.occurredAt().getEpochSecond()));
        put(values, "event_time_iso", event.occurredAt().toString());
        put(values, "tid", event.orderId());
        putMoney(values, payout(event));
        Trail.Conversion conversion = trail == null ? null : trail.conversion();
        if (conversion != null) {
            put(values, "tid", conversion.transaction());
            put(values, "previous_status", conversion.previousStatus());
            put(values, "original_status", conversion.originalStatus());
            put(values, "reason", conversion.reason());
        }
        for (String name : asked) {
            if (ON_DEMAND.contains(name)) {
                put(values, name, ofVisit(event, name));
            } else if (!values.containsKey(name) && !S2sTemplates.FILLED.contains(name)) {
                put(values, name, parameter(event, name));
            }
        }
        return new S2sValues(event.occurredAt(), values);
    }

    /** What the conversion is worth to the buyer; null when nobody said. */
    static @Nullable Money payout(ConversionEvent event) {
        Trail.Conversion conversion =
                event.trail() == null ? null : event.trail().conversion();
        return conversion == null ? event.value() : conversion.payout();
    }

    private static void putMoney(Map<String, String> values, @Nullable Money payout) {
        if (payout != null) {
            values.put("revenue", payout.plainAmount());
            values.put("conversion_revenue", payout.plainAmount());
            values.put("currency", payout.currency());
        }
    }

    private static @Nullable String ofVisit(ConversionEvent event, String name) {
        if (name.equals("ip")) {
            return event.web().ip();
        }
        return event.web().place() == null ? null : event.web().place().city();
    }

    /** Any further key of the click: a parameter of the campaign, or a click id. */
    private static @Nullable String parameter(ConversionEvent event, String name) {
        Trail trail = event.trail();
        String said = trail == null ? null : trail.parameters().get(name);
        String clickId = AutomaticKeys.CLICK_IDS.get(name);
        return said != null || clickId == null ? said : event.clicks().value(clickId);
    }

    private static void put(Map<String, String> values, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            values.put(name, value);
        }
    }

    /** Whether the source can tell by its own click id which click this was. */
    boolean knowsExternalId() {
        return byName.containsKey(Slots.EXTERNAL_ID);
    }

    /** @param secret of the target, or what stands for it in a log */
    MacroValues with(String secret) {
        Map<String, String> all = new HashMap<>(byName);
        all.put(S2sTemplates.SECRET, secret);
        return MacroValues.of(all, at);
    }

    String json() {
        StringBuilder out = new StringBuilder(512).append("{\"at\":");
        JsonText.string(out, at.toString()).append(",\"values\":{");
        String comma = "";
        for (Map.Entry<String, String> value :
                byName.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
            JsonText.string(out.append(comma), value.getKey()).append(':');
            JsonText.string(out, value.getValue());
            comma = ",";
        }
        return out.append("}}").toString();
    }

    /** What {@link #json} wrote. */
    static S2sValues parse(String json) {
        JsonNode stored = S2sJson.read(json);
        Map<String, String> values = new LinkedHashMap<>();
        if (stored == null) {
            return new S2sValues(Instant.EPOCH, values);
        }
        stored.path("values")
                .properties()
                .forEach(v -> values.put(v.getKey(), v.getValue().asText()));
        JsonNode at = stored.path("at");
        return new S2sValues(at.isTextual() ? Instant.parse(at.asText()) : Instant.EPOCH, values);
    }
}
