package kembali.sandbox.google.ads;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kembali.sandbox.Json;
import kembali.sandbox.google.GoogleAccounts;
import org.jspecify.annotations.Nullable;

/** Answers queries for conversion actions and for the customer; no other resource is known. */
final class AdsSearch {
    private static final Pattern QUERY = Pattern.compile(
            "\\s*SELECT\\s+(.+?)\\s+FROM\\s+(\\w+)(?:\\s+WHERE\\s+(.+?))?(?:\\s+(?:ORDER\\s+BY|LIMIT|PARAMETERS)\\s.*)?\\s*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern CONDITION = Pattern.compile("([\\w.]+)\\s*(=|!=)\\s*['\"]?([^'\"]*)['\"]?");
    private static final int RENAMED_SINCE = 26;

    /** A query that cannot be answered. */
    static final class BadQuery extends Exception {
        private static final long serialVersionUID = 1;

        private final String code;

        BadQuery(String code, String message) {
            super(message);
            this.code = code;
        }

        AdsError error() {
            return AdsError.request("queryError", code, String.valueOf(getMessage()));
        }
    }

    private final GoogleAccounts accounts;

    AdsSearch(GoogleAccounts accounts) {
        this.accounts = accounts;
    }

    /** The rows of a query, each with the fields asked for. */
    ObjectNode answer(String query, String customerId, int version) throws BadQuery {
        Matcher parts = QUERY.matcher(query);
        if (!parts.matches()) {
            throw new BadQuery("UNEXPECTED_INPUT", "The query cannot be read.");
        }
        List<String> fields = List.of(parts.group(1).strip().split("\\s*,\\s*"));
        String resource = parts.group(2);
        Map<String, Object> sample = switch (resource) {
            case "conversion_action" -> action(GoogleAccounts.Action.usual("1"), customerId);
            case "customer" -> customer(customerId, version);
            default ->
                throw new BadQuery(
                        "BAD_RESOURCE_TYPE_IN_FROM_CLAUSE", "This sandbox knows conversion_action and customer.");
        };
        for (String field : fields) {
            if (!sample.containsKey(field) && !renamed(field, version)) {
                throw new BadQuery("UNRECOGNIZED_FIELD", "Unrecognized field in the query: '" + field + "'.");
            }
        }
        List<Map<String, Object>> rows = resource.equals("customer")
                ? List.of(sample)
                : filtered(actions(customerId), parts.group(3), customerId);
        ObjectNode answer = Json.MAPPER.createObjectNode();
        ArrayNode results = Json.MAPPER.createArrayNode();
        rows.forEach(row -> results.add(row(row, fields, resource)));
        if (!results.isEmpty()) {
            answer.set("results", results);
        }
        List<String> mask = fields.stream().map(AdsSearch::camel).toList();
        return answer.put("fieldMask", String.join(",", mask));
    }

    private List<Map<String, Object>> actions(String customerId) {
        Collection<GoogleAccounts.Action> told = accounts.actions();
        List<Map<String, Object>> rows = new ArrayList<>();
        told.forEach(each -> rows.add(action(each, customerId)));
        if (rows.isEmpty()) {
            rows.add(action(GoogleAccounts.Action.usual("987654321"), customerId));
        }
        return rows;
    }

    private List<Map<String, Object>> filtered(
            List<Map<String, Object>> rows, @Nullable String where, String customerId) throws BadQuery {
        if (where == null) {
            return rows;
        }
        List<Map<String, Object>> found = rows;
        for (String each : where.split("(?i)\\s+AND\\s+")) {
            Matcher condition = CONDITION.matcher(each.strip());
            if (!condition.matches()) {
                throw new BadQuery("UNEXPECTED_INPUT", "This sandbox reads conditions with = and != only.");
            }
            String field = condition.group(1);
            String value = condition.group(3);
            boolean equal = condition.group(2).equals("=");
            if (field.equals("conversion_action.id") && equal) {
                // Any id exists unless told otherwise, so it is looked up rather than filtered for.
                GoogleAccounts.Action action = accounts.action(value);
                found = action == null ? List.of() : List.of(action(action, customerId));
            } else {
                found = found.stream()
                        .filter(row -> value.equals(row.get(field)) == equal)
                        .toList();
            }
        }
        return found;
    }

    private static Map<String, Object> action(GoogleAccounts.Action action, String customerId) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("conversion_action.resource_name", "customers/" + customerId + "/conversionActions/" + action.id());
        row.put("conversion_action.id", action.id());
        row.put("conversion_action.name", action.name());
        row.put("conversion_action.type", action.type());
        row.put("conversion_action.status", action.status());
        row.put("conversion_action.counting_type", action.onePerClick() ? "ONE_PER_CLICK" : "MANY_PER_CLICK");
        row.put("conversion_action.category", "DEFAULT");
        row.put("conversion_action.owner_customer", "customers/" + customerId);
        return row;
    }

    private Map<String, Object> customer(String id, int version) {
        GoogleAccounts.Account account = accounts.account(id);
        String setting = "customer.conversion_tracking_setting.";
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("customer.resource_name", "customers/" + id);
        row.put("customer.id", id);
        row.put("customer.descriptive_name", "Sandbox account " + id);
        row.put("customer.currency_code", account.currency());
        row.put("customer.time_zone", account.timeZone());
        row.put("customer.manager", false);
        row.put("customer.status", account.enabled() ? "ENABLED" : "CANCELED");
        row.put(setting + "google_ads_conversion_customer", "customers/" + account.conversionCustomer());
        row.put(setting + "accepted_customer_data_terms", account.terms());
        if (version < RENAMED_SINCE) {
            row.put(setting + "enhanced_conversions_for_leads_enabled", account.enhancedLeads());
        }
        return row;
    }

    /** Fields that exist under another name in some version; asked for, they are absent. */
    private static boolean renamed(String field, int version) {
        boolean old = field.endsWith(".enhanced_conversions_for_leads_enabled");
        boolean current = field.matches("customer\\.(effective_)?enablement_setting(\\..*)?");
        return version >= RENAMED_SINCE && (old || current);
    }

    private static ObjectNode row(Map<String, Object> row, List<String> fields, String resource) {
        ObjectNode result = Json.MAPPER.createObjectNode();
        List<String> wanted = new ArrayList<>(List.of(resource + ".resource_name"));
        wanted.addAll(fields);
        for (String field : wanted) {
            Object value = row.get(field);
            if (value == null) {
                continue;
            }
            String[] steps = camel(field).split("\\.");
            ObjectNode at = result;
            for (int i = 0; i < steps.length - 1; i++) {
                at = at.withObjectProperty(steps[i]);
            }
            at.set(steps[steps.length - 1], Json.MAPPER.valueToTree(value));
        }
        return result;
    }

    /** {@code conversion_action.id} as {@code conversionAction.id}. */
    private static String camel(String snake) {
        return Pattern.compile("_(\\w)")
                .matcher(snake)
                .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }
}
