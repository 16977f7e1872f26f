package kembali.campaign;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the parameters of one click on a campaign link said.
 *
 * @param slots slot to value; slots without a value are missing
 * @param clickIds click id, as its platform spells it, to value: those that came under their own key and those a parameter
 *     declared
 * @param attribution UTM and the ad's ids and names, by key
 * @param keys every filled query key, lower case, to its value, the slots' and click ids' included: what macros such as
 *     {@code {ad_id}} are filled from
 * @param unfilled values nobody filled in; an empty click id counts as one
 * @param repeated keys that came more than once with different values
 * @param repairs how the link had to be mended
 * @param truncated whether something was left out for its size
 */
public record LinkValues(
        Map<String, String> slots,
        Map<String, String> clickIds,
        Map<String, String> attribution,
        Map<String, String> keys,
        List<Unfilled> unfilled,
        List<String> repeated,
        Set<Repair> repairs,
        boolean truncated) {
    public LinkValues {
        slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
        clickIds = Collections.unmodifiableMap(new LinkedHashMap<>(clickIds));
        attribution = Collections.unmodifiableMap(new LinkedHashMap<>(attribution));
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        unfilled = List.copyOf(unfilled);
        repeated = List.copyOf(repeated);
        repairs = repairs.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(repairs));
    }

    /** The value of a slot, or null. */
    public @Nullable String slot(String name) {
        return slots.get(name);
    }
}
