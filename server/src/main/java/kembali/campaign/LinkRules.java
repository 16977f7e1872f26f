package kembali.campaign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kembali.support.FieldError;

/**
 * From which query keys a campaign's clicks are read.
 *
 * @param parameters the campaign's own
 * @param aliases further query keys of a slot, for the whole installation: {@code creative_id} to {@code [banner, bid]}
 */
public record LinkRules(List<CampaignParameter> parameters, Map<String, List<String>> aliases) {
    /** Most parameters of one campaign. */
    public static final int MAX_PARAMETERS = 64;

    public static final LinkRules NONE = new LinkRules(List.of(), Map.of());

    public LinkRules {
        parameters = List.copyOf(parameters);
        aliases = Map.copyOf(aliases);
    }

    /** What is wrong with these rules; empty when nothing is. Fields are {@code parameters[2].key} and {@code aliases.x}. */
    public List<FieldError> faults() {
        var faults = new ArrayList<FieldError>();
        if (parameters.size() > MAX_PARAMETERS) {
            faults.add(new FieldError(
                    "parameters", "has " + parameters.size() + " parameters; at most " + MAX_PARAMETERS + " fit."));
        }
        Set<String> keys = new HashSet<>();
        Set<String> slots = new HashSet<>();
        for (int i = 0; i < parameters.size(); i++) {
            CampaignParameter p = parameters.get(i);
            String at = "parameters[" + i + "].";
            if (p.key().isEmpty() || p.key().length() > 64 || !isKey(p.key())) {
                faults.add(new FieldError(
                        at + "key",
                        "is no query key; use letters, digits, dots, dashes and underscores," + " such as ad_id."));
            } else if (!keys.add(p.key())) {
                faults.add(
                        new FieldError(at + "key", "\"" + p.key() + "\" is read by two parameters; keep one of them."));
            }
            String slot = p.slot();
            if (slot != null) {
                if (!Slots.ALL.contains(slot)) {
                    faults.add(new FieldError(
                            at + "slot",
                            "is none of keyword, ad_campaign_id, creative_id, external_id,"
                                    + " source, cost, currency, sub_id_1 to sub_id_30."));
                } else if (Slots.FIXED.contains(slot) && !p.key().equals(slot)) {
                    faults.add(new FieldError(at + "key", "The query key of " + slot + " cannot be another."));
                } else if (!slots.add(slot)) {
                    faults.add(new FieldError(
                            at + "slot", "\"" + slot + "\" is filled by two parameters; use another slot."));
                }
            }
            String clickId = p.clickId();
            if (clickId != null && !AutomaticKeys.CLICK_IDS.containsKey(clickId.toLowerCase(Locale.ROOT))) {
                faults.add(new FieldError(at + "clickId", "is no click id we know, such as fbclid."));
            }
        }
        aliases.keySet().stream()
                .filter(slot -> !Slots.ALL.contains(slot) || Slots.FIXED.contains(slot))
                .sorted()
                .forEach(slot ->
                        faults.add(new FieldError("aliases." + slot, "is no slot that can have further keys.")));
        return faults;
    }

    private static boolean isKey(String key) {
        return key.chars()
                .allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.'));
    }

    /** A slot that a key fills, and how far back it stands: 0 is the campaign's own key, then the slot's name, … */
    record Filling(String slot, int rank) {}

    /** By lower-case query key, which slots it fills. */
    Map<String, List<Filling>> fillings() {
        Map<String, List<Filling>> byKey = new HashMap<>();
        for (CampaignParameter p : parameters) {
            if (p.slot() != null) {
                add(byKey, p.key(), p.slot(), 0);
            }
        }
        for (String slot : Slots.ALL) {
            add(byKey, slot, slot, 1);
        }
        aliases.forEach((slot, keys) -> keys.forEach(key -> add(byKey, key.toLowerCase(Locale.ROOT), slot, 2)));
        Slots.SYNONYMS.forEach((slot, keys) -> keys.forEach(key -> add(byKey, key, slot, 3)));
        return byKey;
    }

    private static void add(Map<String, List<Filling>> byKey, String key, String slot, int rank) {
        List<Filling> there = byKey.computeIfAbsent(key, k -> new ArrayList<>(1));
        if (there.stream().noneMatch(f -> f.slot().equals(slot))) {
            there.add(new Filling(slot, rank));
        }
    }
}
