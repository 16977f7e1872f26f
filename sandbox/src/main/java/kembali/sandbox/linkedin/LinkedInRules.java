package kembali.sandbox.linkedin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import kembali.sandbox.Json;
import org.jspecify.annotations.Nullable;

/**
 * Conversion rules somebody made known. While there is none, every id is taken for a rule that takes events and the list
 * of rules is closed, as it may be to a token of Campaign Manager; as soon as there is one, other ids lead nowhere.
 */
final class LinkedInRules {
    static final String METHOD = "CONVERSIONS_API";
    static final String UNKNOWN_TYPE = "CONVERSION";

    private static final int MAX_RULES = 10_000;

    /**
     * A rule.
     *
     * @param account digits of its ad account; empty belongs to every account
     */
    record Rule(String id, String name, String type, boolean enabled, String method, String account) {
        ObjectNode json(String ofAccount) {
            ObjectNode json = Json.MAPPER.createObjectNode();
            json.put("id", Long.parseLong(id));
            json.put("name", name);
            json.put("account", "urn:li:sponsoredAccount:" + ofAccount);
            json.put("type", type);
            json.put("enabled", enabled);
            json.put("conversionMethod", method);
            json.put("attributionType", "LAST_TOUCH_BY_CAMPAIGN");
            json.put("postClickAttributionWindowSize", 30);
            json.put("viewThroughAttributionWindowSize", 7);
            return json;
        }

        boolean isOf(String anAccount) {
            return account.isEmpty() || account.equals(anAccount);
        }
    }

    private final Map<String, Rule> known = new ConcurrentSkipListMap<>();

    boolean closed() {
        return known.isEmpty();
    }

    void forget() {
        known.clear();
    }

    /** The rule of that id; null when it leads nowhere. */
    @Nullable Rule get(String id) {
        return known.isEmpty() ? new Rule(id, "Rule " + id, UNKNOWN_TYPE, true, METHOD, "") : known.get(id);
    }

    List<Rule> of(String account) {
        return known.values().stream().filter(rule -> rule.isOf(account)).toList();
    }

    List<String> accounts() {
        return known.values().stream()
                .map(Rule::account)
                .filter(account -> !account.isEmpty())
                .distinct()
                .toList();
    }

    /**
     * Learns rules.
     *
     * @param instructions with {@code conversionRules}, an array of objects with {@code id} and, if wanted, {@code name}, {@code type}, {@code enabled},
     *     {@code conversionMethod}, {@code account}
     * @return how many
     * @throws IllegalArgumentException when the shape is wrong
     */
    int learn(JsonNode instructions) {
        JsonNode rules = instructions.path("conversionRules");
        if (instructions.size() != 1 || !rules.isArray() || known.size() + rules.size() > MAX_RULES) {
            throw new IllegalArgumentException(
                    "send conversionRules, an array of at most " + MAX_RULES + " objects, and nothing else");
        }
        for (JsonNode each : rules) {
            String id = each.path("id").asText();
            String account = each.path("account").asText("");
            if (!id.matches("[1-9]\\d{0,17}") || !account.matches("\\d{0,19}")) {
                throw new IllegalArgumentException(
                        "a conversion rule is an object such as {\"id\":\"104012\",\"type\":\"PURCHASE\",\"account\":\"512345678\"}");
            }
            known.put(
                    id,
                    new Rule(
                            id,
                            each.path("name").asText("Rule " + id),
                            each.path("type").asText("OTHER"),
                            each.path("enabled").asBoolean(true),
                            each.path("conversionMethod").asText(METHOD),
                            account));
        }
        return rules.size();
    }
}
