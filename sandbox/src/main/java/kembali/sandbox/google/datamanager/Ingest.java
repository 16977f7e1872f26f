package kembali.sandbox.google.datamanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kembali.sandbox.Arrival;
import kembali.sandbox.Call;
import kembali.sandbox.Json;
import kembali.sandbox.Warning;
import kembali.sandbox.google.GoogleAccounts;
import kembali.sandbox.google.GoogleKnown;
import org.jspecify.annotations.Nullable;

/** An ingest request under examination. */
final class Ingest {
    private static final int MOST_EVENTS = 2_000;
    /** Transaction ids remembered; later ones are never found to be duplicates. */
    private static final int REMEMBERED = 1_000_000;

    private final ObjectNode request;
    private final Call call;
    private final Duration tolerance;
    private final GoogleKnown known;
    private final GoogleAccounts accounts;
    private final Violations violations;
    private final List<EventRules> events = new ArrayList<>();
    private final List<IdentifierRules> identifiers = new ArrayList<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Map<JsonNode, List<String>> failures = new LinkedHashMap<>();
    private final Map<JsonNode, Integer> records = new LinkedHashMap<>();

    Ingest(
            ObjectNode request,
            Call call,
            Duration tolerance,
            GoogleKnown known,
            GoogleAccounts accounts,
            Violations violations) {
        this.request = request;
        this.call = call;
        this.tolerance = tolerance;
        this.known = known;
        this.accounts = accounts;
        this.violations = violations;
    }

    boolean validateOnly() {
        return request.path("validateOnly").asBoolean();
    }

    /** Google writes the list twice: {@code events[0].x} becomes {@code events.events[0].x}. */
    static String place(String path) {
        return path.startsWith("events[") ? "events." + path : path;
    }

    /** Checks all of it; what is wrong goes to the violations. */
    void check() {
        JsonNode destinations = request.path("destinations");
        new DestinationRules(accounts, violations).check(destinations);
        JsonNode sent = request.path("events");
        if (sent.isEmpty()) {
            violations.add("events", "REQUIRED_FIELD_MISSING", "Required field is missing.");
        }
        if (sent.size() > MOST_EVENTS) {
            violations.add("events", "TOO_MANY_EVENTS", "At most 2,000 events are allowed.");
        }
        String encoding = request.path("encoding").asText();
        boolean userData = false;
        for (int i = 0; i < sent.size(); i++) {
            JsonNode event = sent.get(i);
            String path = "events.events[" + i + "]";
            EventRules rules = new EventRules(event, path, destinationsOf(event, path), validateOnly(), violations);
            rules.check(call.receivedAt(), tolerance);
            events.add(rules);
            IdentifierRules hashes = new IdentifierRules(encoding, known, violations);
            hashes.check(event.path("userData").path("userIdentifiers"), path + ".user_data.user_identifiers");
            identifiers.add(hashes);
            userData |= event.has("userData");
        }
        if (userData && encoding.isEmpty()) {
            violations.add("encoding", "REQUIRED_FIELD_MISSING", "Required field is missing.");
        }
        if (userData) {
            leads(destinations);
        }
    }

    private void leads(JsonNode destinations) {
        for (int i = 0; i < destinations.size(); i++) {
            if (!EventRules.isOf(destinations.get(i), DestinationRules.ADS)) {
                continue;
            }
            GoogleAccounts.Account account = accounts.account(destinations
                    .get(i)
                    .path("operatingAccount")
                    .path("accountId")
                    .asText());
            String path = "destinations[" + i + "].operating_account";
            if (!account.enhancedLeads()) {
                violations.add(
                        path,
                        "DESTINATION_ACCOUNT_NOT_ENABLED_ENHANCED_CONVERSIONS_FOR_LEADS",
                        "Enhanced conversions for leads are switched off.");
            } else if (!account.terms()) {
                violations.add(
                        path,
                        "DESTINATION_ACCOUNT_ENHANCED_CONVERSIONS_TERMS_NOT_SIGNED",
                        "The terms for enhanced conversions are not signed.");
            }
        }
    }

    private List<JsonNode> destinationsOf(JsonNode event, String path) {
        List<JsonNode> all = new ArrayList<>();
        request.path("destinations").forEach(all::add);
        JsonNode references = event.path("destinationReferences");
        if (references.isEmpty()) {
            return all;
        }
        List<JsonNode> chosen = new ArrayList<>();
        for (int i = 0; i < references.size(); i++) {
            String wanted = references.get(i).asText();
            List<JsonNode> found = all.stream()
                    .filter(each -> each.path("reference").asText().equals(wanted))
                    .toList();
            if (found.isEmpty()) {
                violations.add(
                        path + ".destination_references[" + i + "]",
                        "INVALID_DESTINATION",
                        "No destination " + wanted + ".");
            }
            chosen.addAll(found);
        }
        return chosen;
    }

    /** Warnings of the answer: custom variables nobody enabled. */
    ArrayNode fieldWarnings() {
        ArrayNode warnings = Json.MAPPER.createArrayNode();
        for (EventRules each : events) {
            JsonNode variables = each.event().path("customVariables");
            for (int i = 0; i < variables.size(); i++) {
                if (!accounts.enabledVariable(variables.get(i).path("variable").asText())) {
                    warnings.addObject()
                            .put("field", each.path() + ".custom_variables[" + i + "]")
                            .put("reason", "WARNING_REASON_CUSTOM_VARIABLE_NOT_ENABLED")
                            .put("description", "The custom variable is not enabled and was ignored.");
                }
            }
        }
        return warnings;
    }

    /**
     * Takes the events in and foresees what processing will make of them.
     *
     * @param seen transaction ids taken before, by destination; those of this request are added
     */
    void process(Set<String> seen) {
        List<byte[]> raw = Json.slices(call.body(), "events");
        for (int i = 0; i < events.size(); i++) {
            EventRules rules = events.get(i);
            for (JsonNode destination : rules.destinations()) {
                String actionId = destination.path("productDestinationId").asText();
                String failure = failure(rules, actionId, seen);
                failures.computeIfAbsent(destination, none -> new ArrayList<>());
                records.merge(destination, 1, Integer::sum);
                if (failure != null) {
                    failures.get(destination).add(failure);
                }
                arrivals.add(arrival(rules, identifiers.get(i), actionId, failure, raw.get(i)));
            }
        }
    }

    private @Nullable String failure(EventRules rules, String actionId, Set<String> seen) {
        String failure = rules.failure(actionId, adUserData(rules), accounts, call.receivedAt());
        if (failure != null) {
            return failure;
        }
        String transaction = rules.transactionId();
        JsonNode gclid = rules.event().path("adIdentifiers").path("gclid");
        if (!transaction.isEmpty() && !remember(seen, actionId + " t " + transaction)) {
            return "PROCESSING_ERROR_REASON_DUPLICATE_TRANSACTION_ID";
        }
        String click = actionId + " g " + gclid.asText() + " " + rules.eventTime(call.receivedAt());
        return transaction.isEmpty() && !gclid.isMissingNode() && !remember(seen, click)
                ? "PROCESSING_ERROR_REASON_DUPLICATE_GCLID"
                : null;
    }

    private static boolean remember(Set<String> seen, String key) {
        return seen.size() >= REMEMBERED ? !seen.contains(key) : seen.add(key);
    }

    /** What was consented to, by the event or else by the request. */
    private String adUserData(EventRules rules) {
        JsonNode own = rules.event().path("consent").path("adUserData");
        return own.isMissingNode() ? request.path("consent").path("adUserData").asText() : own.asText();
    }

    private Arrival arrival(
            EventRules rules, IdentifierRules hashes, String actionId, @Nullable String failure, byte[] raw) {
        JsonNode event = rules.event();
        List<String> keys = new ArrayList<>(rules.clickIds());
        keys.addAll(hashes.keys());
        List<Warning> warnings = new ArrayList<>(rules.warnings());
        warnings.addAll(hashes.warnings());
        if (failure != null) {
            String word =
                    failure.replaceFirst("^PROCESSING_ERROR_(REASON_)?", "").toLowerCase(Locale.ROOT);
            warnings.add(new Warning(word, "processing will say " + failure));
        }
        JsonNode value = event.path("conversionValue");
        String transaction = rules.transactionId();
        return new Arrival(
                actionId,
                word(event),
                transaction.isEmpty() ? null : transaction,
                rules.eventTime(call.receivedAt()),
                value.isNumber() ? value.decimalValue() : null,
                event.path("currency").textValue(),
                event.path("eventSource").textValue(),
                keys,
                hashes.recognised(),
                warnings,
                null,
                raw);
    }

    /** Conversions have no name of their own; the action says what they are. */
    private static String word(JsonNode event) {
        return event.path("eventName").asText("conversion");
    }

    /** Name of the first event, for the ledger. */
    @Nullable String eventWord() {
        return events.isEmpty() ? null : word(events.getFirst().event());
    }

    List<Arrival> arrivals() {
        return arrivals;
    }

    /** What each destination gets. */
    List<Processing.Share> shares() {
        List<Processing.Share> shares = new ArrayList<>();
        failures.forEach((destination, why) ->
                shares.add(new Processing.Share(destination, why, records.getOrDefault(destination, 0))));
        return shares;
    }
}
