package kembali.conversion;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kembali.lead.LeadStatus;
import kembali.platform.EventCatalog;
import kembali.platform.Platform;
import kembali.platform.Platforms;
import kembali.platform.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * How a workspace reports its leads.
 *
 * @param mapping by status, then by mapping column ({@code meta}, {@code metaMessaging}, …); null sends nothing
 * @param values by status: where the event's value comes from; a status left out has none
 * @param modalTriggerStatuses statuses at which people are asked for the value
 * @param customEvents names of the workspace's own, by platform
 */
public record ConversionSettings(
        Strategy strategy,
        Map<String, Map<String, @Nullable String>> mapping,
        Map<String, ValueRule> values,
        List<String> modalTriggerStatuses,
        Map<String, List<String>> customEvents,
        WhenUnknown consentWhenUnknown) {
    public ConversionSettings {
        mapping = Collections.unmodifiableMap(mapping);
        values = Map.copyOf(values);
        modalTriggerStatuses = List.copyOf(modalTriggerStatuses);
        customEvents = Map.copyOf(customEvents);
    }

    /** What to do when a person has said nothing about consent. */
    public enum WhenUnknown {
        ALLOW,
        DENY,
        /** Deny where people have to be asked first, and allow elsewhere, also where nobody knows the country. */
        DENY_IN_EEA
    }

    /** Where an event's value comes from. */
    public enum ValueKind {
        /** What was really paid, else the estimate, else the fixed amount if one is given. */
        ACTUAL,
        /** The estimate, else the fixed amount if one is given. */
        ESTIMATED,
        /** Always the fixed amount. */
        FIXED,
        /** No value. */
        NONE
    }

    /**
     * The value of one status.
     *
     * @param amount the fixed amount, or the last resort of the other kinds
     * @param currency of {@code amount}; null means the workspace's
     */
    public record ValueRule(
            ValueKind kind,
            @Nullable BigDecimal amount,
            @Nullable String currency) {}

    /**
     * These settings with every mapping column filled in.
     *
     * @param defaults by status, what a column becomes that nothing is said about; what is left out of it too sends nothing
     */
    ConversionSettings withEveryColumn(List<String> columns, Function<String, Map<String, @Nullable String>> defaults) {
        var filled = new LinkedHashMap<String, Map<String, @Nullable String>>();
        mapping.forEach((status, said) -> {
            var all = new LinkedHashMap<>(said);
            columns.forEach(c -> {
                if (!all.containsKey(c)) {
                    all.put(c, defaults.apply(status).get(c));
                }
            });
            filled.put(status, all);
        });
        return new ConversionSettings(strategy, filled, values, modalTriggerStatuses, customEvents, consentWhenUnknown);
    }

    /** The mapping of that preset ({@code sales}, {@code subscription}, {@code affiliate}) for every platform of this build. */
    public static Map<String, Map<String, @Nullable String>> preset(Platforms platforms, String preset) {
        var mapping = new LinkedHashMap<String, Map<String, @Nullable String>>();
        LeadStatus.SALES.forEach(status -> mapping.put(status, new LinkedHashMap<>()));
        for (Platform p : platforms.list()) {
            for (EventCatalog.Column column : p.catalog().columns()) {
                Map<String, String> defaults = column.defaults().getOrDefault(preset, Map.of());
                defaults.keySet().forEach(status -> mapping.computeIfAbsent(status, s -> new LinkedHashMap<>()));
                mapping.forEach((status, columns) -> columns.put(column.key(), defaults.get(status)));
            }
        }
        mapping.values().removeIf(columns -> columns.values().stream().allMatch(java.util.Objects::isNull));
        return mapping;
    }

    /** What a new workspace starts with: the sales mapping, strict, the actual value of a sale. */
    public static ConversionSettings initial(Platforms platforms) {
        return new ConversionSettings(
                Strategy.STRICT,
                preset(platforms, "sales"),
                Map.of(LeadStatus.WON, new ValueRule(ValueKind.ACTUAL, null, null)),
                List.of(LeadStatus.WON),
                Map.of(),
                WhenUnknown.ALLOW);
    }
}
