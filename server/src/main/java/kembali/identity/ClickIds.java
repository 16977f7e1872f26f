package kembali.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The click identifiers known of one visitor, by the name the platform gives them
 * ({@code fbclid}, {@code gclid}, {@code ttclid}, {@code li_fat_id}, {@code ctwa_clid}, …).
 *
 * <p>Values are opaque and case-sensitive and kept exactly as received after one percent-decoding.
 *
 * @param byName the ids, in the order they were first seen
 */
public record ClickIds(Map<String, ClickId> byName) {
    public static final String FBCLID = "fbclid";
    public static final String CTWA_CLID = "ctwa_clid";
    public static final String GCLID = "gclid";
    public static final String GBRAID = "gbraid";
    public static final String WBRAID = "wbraid";
    public static final String TTCLID = "ttclid";
    public static final String LI_FAT_ID = "li_fat_id";
    public static final String META_LEAD_ID = "meta_lead_id";
    public static final String TIKTOK_LEAD_ID = "tiktok_lead_id";
    public static final String LINKEDIN_LEAD_ID = "linkedin_lead_id";

    public static final ClickIds NONE = new ClickIds(Map.of());

    public ClickIds {
        byName = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** Whether an id of that name comes from a click; a form inside the platform's own app leaves a lead id instead. */
    public static boolean isClick(String name) {
        return !name.equals(META_LEAD_ID) && !name.equals(TIKTOK_LEAD_ID) && !name.equals(LINKEDIN_LEAD_ID);
    }

    /** The id of that name, or null when this visitor has none. */
    public @Nullable ClickId get(String name) {
        return byName.get(name);
    }

    /** The value of the id of that name if it may be attributed to this visitor, else null. */
    public @Nullable String value(String name) {
        ClickId id = byName.get(name);
        return id == null || id.shared() ? null : id.value();
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** These ids with {@code id} added or replaced. */
    public ClickIds with(String name, ClickId id) {
        var all = new LinkedHashMap<>(byName);
        all.put(name, id);
        return new ClickIds(all);
    }

    /**
     * One click id.
     *
     * @param value as received after one percent-decoding
     * @param firstSeenMs when this value was first seen, epoch milliseconds; {@code fbc} and the upload windows need it
     * @param shared true when the same value first arrived from another visitor (a copied link): never attributed, never sent
     * @param suspicious true when the value does not look like an id of its kind; kept and sent all the same
     */
    public record ClickId(String value, long firstSeenMs, boolean shared, boolean suspicious) {
        public static ClickId of(String value, long firstSeenMs) {
            return new ClickId(value, firstSeenMs, false, false);
        }
    }
}
