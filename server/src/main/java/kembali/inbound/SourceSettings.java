package kembali.inbound;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a source said about reading it.
 *
 * @param defaultCountry ISO 3166-1 alpha-2 of the workspace: reads local phone numbers
 * @param businessNumber E.164 number the source belongs to, for providers whose bodies do not say it
 * @param fieldMap our field ({@link LeadFields}) to a dotted path or JSON pointer of theirs; empty maps by name
 * @param statusMap their word, lower case, to one of the workspace's statuses
 */
public record SourceSettings(
        String defaultCountry,
        @Nullable String businessNumber,
        Map<String, String> fieldMap,
        Map<String, String> statusMap) {
    public SourceSettings {
        fieldMap = Map.copyOf(fieldMap);
        statusMap = Map.copyOf(statusMap);
    }
}
