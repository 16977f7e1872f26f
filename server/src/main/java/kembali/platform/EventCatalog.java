package kembali.platform;

import java.util.List;
import java.util.Map;

/**
 * The events a platform knows.
 *
 * @param events in the order to offer them
 * @param columns one per mapping column this platform has, by the key used in the conversion settings ({@code meta}, {@code metaMessaging})
 */
public record EventCatalog(List<Event> events, List<Column> columns) {
    public EventCatalog {
        events = List.copyOf(events);
        columns = List.copyOf(columns);
    }

    /**
     * One event.
     *
     * @param name exactly as the platform spells it
     * @param description what it means to the platform
     * @param note an oddity worth knowing; empty when there is none
     */
    public record Event(String name, String description, String note) {}

    /**
     * One column of the mapping.
     *
     * @param key its name in the conversion settings
     * @param label its name on screen
     * @param perStatus true when the column holds an account's own ids and each status counts by itself; otherwise two
     *     statuses that mean the same event are one conversion
     * @param defaults presets by name ({@code sales}), each status to event name; a status left out sends nothing
     */
    public record Column(String key, String label, boolean perStatus, Map<String, Map<String, String>> defaults) {
        public Column {
            defaults = Map.copyOf(defaults);
        }
    }
}
