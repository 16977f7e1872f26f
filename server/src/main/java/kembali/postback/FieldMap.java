package kembali.postback;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * Where a source's own requests have our fields: a parameter, or the dotted path of a member of its JSON, such as
 * {@code data.purchase.transaction} or {@code items.0.price}. What is mapped goes before the usual parameters.
 *
 * @param fields by field
 * @param slots by number, 1 to 30
 * @param clickIds by the click id's name
 */
public record FieldMap(Map<Field, String> fields, Map<Integer, String> slots, Map<String, String> clickIds) {
    public static final FieldMap NONE = new FieldMap(Map.of(), Map.of(), Map.of());

    /** Longest path, in characters. */
    public static final int MAX_PATH = 200;

    public FieldMap {
        fields = Map.copyOf(fields);
        slots = Map.copyOf(slots);
        clickIds = Map.copyOf(clickIds);
    }

    /** What is wrong with a field map as people write it, {@code {our field: path}}; empty when nothing is. */
    public static List<FieldError> faults(Map<String, String> written) {
        var faults = new ArrayList<FieldError>();
        written.forEach((name, path) -> {
            if (Field.named(name) == null && slot(name) == 0 && clickId(name) == null) {
                faults.add(new FieldError(
                        "fieldMap." + name,
                        "is no field of a postback; there are " + String.join(", ", names())
                                + ", sub_id_1 to sub_id_30 and the click ids such as fbclid."));
            } else if (path.isBlank() || path.length() > MAX_PATH) {
                faults.add(new FieldError(
                        "fieldMap." + name, "names no parameter or path, such as data.purchase.transaction."));
            }
        });
        return faults;
    }

    /** Reads a field map without faults; what has one is left out. */
    public static FieldMap of(Map<String, String> written) {
        var fields = new EnumMap<Field, String>(Field.class);
        var slots = new HashMap<Integer, String>();
        var clickIds = new HashMap<String, String>();
        written.forEach((name, path) -> {
            if (path.isBlank() || path.length() > MAX_PATH) {
                return;
            }
            Field field = Field.named(name);
            int slot = slot(name);
            String clickId = clickId(name);
            String key = Parameters.normal(path);
            if (field != null) {
                fields.put(field, key);
            } else if (slot > 0) {
                slots.put(slot, key);
            } else if (clickId != null) {
                clickIds.put(clickId, key);
            }
        });
        return new FieldMap(fields, slots, clickIds);
    }

    private static List<String> names() {
        return Arrays.stream(Field.values()).map(Field::code).toList();
    }

    private static @Nullable String clickId(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Postback.CLICK_IDS.contains(lower) ? lower : null;
    }

    /** The number of {@code sub_id_7} or {@code sub7}, 1 to 30; 0 when the key names no slot. */
    static int slot(String key) {
        int from = key.startsWith("sub_id_") ? 7 : key.startsWith("sub") ? 3 : -1;
        int digits = key.length() - from;
        if (from < 0 || digits < 1 || digits > 2 || key.charAt(from) == '0') {
            return 0;
        }
        int number = 0;
        for (int i = from; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            number = 10 * number + (c - '0');
        }
        return number <= 30 ? number : 0;
    }
}
