package kembali.campaign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kembali.campaign.LinkRepair.Repaired;
import kembali.campaign.LinkRules.Filling;
import kembali.visitor.ClickParameter;
import kembali.visitor.QueryString;
import kembali.visitor.Utm;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a click by one campaign's rules, prepared once. A value nobody filled in counts as absent; of a
 * repeated key the last filled value counts. A slot takes its value from the campaign's own key, else from the key with its
 * name, else from the installation's aliases, else from the names of older links.
 */
public final class LinkReader {
    /** Keys besides slots, click ids and attribution that are kept of one click. */
    public static final int MAX_FURTHER = 64;

    /** Characters of names and values of those. */
    public static final int MAX_FURTHER_LENGTH = 4_096;

    private final Map<String, List<Filling>> fillings;
    private final Map<String, String> declared;

    public LinkReader(LinkRules rules) {
        this.fillings = rules.fillings();
        this.declared = new HashMap<>();
        for (CampaignParameter p : rules.parameters()) {
            String clickId = p.clickId() == null
                    ? null
                    : AutomaticKeys.CLICK_IDS.get(p.clickId().toLowerCase(Locale.ROOT));
            if (clickId != null) {
                declared.put(p.key(), clickId);
            }
        }
    }

    /** Reads a query that was mended before, as {@link LinkRepair#repair} gives it. */
    public LinkValues read(Repaired link) {
        var reading = new Reading();
        String query = link.query();
        int end = query.length();
        if (end > QueryString.MAX_LENGTH) {
            // Never inside a parameter: half a click id is worse than none.
            end = Math.max(query.lastIndexOf('&', QueryString.MAX_LENGTH), 0);
            reading.truncated = true;
        }
        boolean all = QueryString.readPairs(query, 0, end, QueryString.MAX_PARAMETERS, reading::take);
        reading.truncated |= !all;
        return reading.values(link.repairs());
    }

    /** Mends and reads a query as it arrived. */
    public LinkValues read(@Nullable String rawQuery) {
        return read(LinkRepair.repairQuery(rawQuery));
    }

    private final class Reading {
        private final Map<String, String> filled = new LinkedHashMap<>();
        private final List<Unfilled> unfilled = new ArrayList<>(0);
        private final Set<String> repeated = new HashSet<>(0);
        private boolean truncated;
        private int further;
        private int furtherLength;

        void take(String key, String value) {
            String clickId = AutomaticKeys.CLICK_IDS.getOrDefault(key, declared.get(key));
            boolean id = clickId != null;
            if (value.isBlank()) {
                if (id) {
                    unfilled.add(new Unfilled(key, ""));
                }
                return;
            }
            if (id ? Unfilled.isUnfilledId(key, value) : Unfilled.isOne(key, value)) {
                unfilled.add(new Unfilled(key, value));
                return;
            }
            boolean whole = id || key.equals(Slots.EXTERNAL_ID) || fills(key, Slots.EXTERNAL_ID);
            if (value.length() > ClickParameter.MAX_LENGTH || (!whole && value.length() > Utm.MAX_LENGTH)) {
                truncated = true;
                if (whole) {
                    return; // half an id recognises nobody
                }
            }
            if (isFurther(key, id) && !hasRoom(key, value)) {
                truncated = true;
                return;
            }
            String before = filled.put(key, whole ? value : cut(value));
            if (before != null && !before.equals(value)) {
                repeated.add(key);
            }
        }

        private boolean fills(String key, String slot) {
            for (Filling f : fillings.getOrDefault(key, List.of())) {
                if (f.slot().equals(slot)) {
                    return true;
                }
            }
            return false;
        }

        private boolean isFurther(String key, boolean id) {
            return !id && !fillings.containsKey(key) && !AutomaticKeys.ATTRIBUTION.contains(key);
        }

        private boolean hasRoom(String key, String value) {
            if (!filled.containsKey(key)) {
                further++;
            }
            furtherLength += key.length() + value.length();
            return further <= MAX_FURTHER && furtherLength <= MAX_FURTHER_LENGTH;
        }

        LinkValues values(Set<Repair> repairs) {
            Map<String, String> slots = new LinkedHashMap<>();
            Map<String, Integer> ranks = new HashMap<>();
            Map<String, String> clickIds = new LinkedHashMap<>();
            Map<String, String> attribution = new LinkedHashMap<>();
            filled.forEach((key, value) -> {
                for (Filling f : fillings.getOrDefault(key, List.of())) {
                    Integer rank = ranks.get(f.slot());
                    if (rank == null || f.rank() < rank) {
                        ranks.put(f.slot(), f.rank());
                        slots.put(f.slot(), value);
                    }
                }
                String own = AutomaticKeys.CLICK_IDS.get(key);
                if (own != null) {
                    clickIds.put(own, value);
                }
                if (AutomaticKeys.ATTRIBUTION.contains(key)) {
                    attribution.put(key, value);
                }
            });
            declared.forEach((key, name) -> {
                String value = filled.get(key);
                if (value != null) {
                    clickIds.putIfAbsent(name, value);
                }
            });
            return new LinkValues(
                    slots,
                    clickIds,
                    attribution,
                    filled,
                    unfilled,
                    repeated.stream().sorted().toList(),
                    repairs,
                    truncated);
        }
    }

    private static String cut(String value) {
        if (value.length() <= Utm.MAX_LENGTH) {
            return value;
        }
        boolean insidePair = Character.isHighSurrogate(value.charAt(Utm.MAX_LENGTH - 1));
        return value.substring(0, insidePair ? Utm.MAX_LENGTH - 1 : Utm.MAX_LENGTH);
    }
}
