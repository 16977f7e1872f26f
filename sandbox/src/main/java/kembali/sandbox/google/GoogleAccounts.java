package kembali.sandbox.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import kembali.sandbox.Json;
import org.jspecify.annotations.Nullable;

/**
 * The Google Ads accounts, conversion actions, custom variables and clicks the sandbox pretends to
 * know. Unless told otherwise any account of digits exists and is allowlisted, and any action of
 * digits that does not begin with a zero is an enabled import from clicks.
 */
public final class GoogleAccounts {
    /**
     * A conversion action.
     *
     * @param type {@code UPLOAD_CLICKS} takes uploads, others such as {@code WEBPAGE} do not
     * @param status {@code ENABLED}, {@code REMOVED} or {@code HIDDEN}
     * @param onePerClick true when it counts one conversion for each click
     * @param created when it was made, or null for long ago
     */
    public record Action(
            String id,
            String name,
            String type,
            String status,
            boolean onePerClick,
            @Nullable Instant created) {
        /** What an action is that nobody told of. */
        public static Action usual(String id) {
            return new Action(id, "Sandbox action " + id, "UPLOAD_CLICKS", "ENABLED", false, null);
        }

        /** Whether uploads may go to it. */
        public boolean takesUploads() {
            return type.equals("UPLOAD_CLICKS");
        }

        /** Whether it is in use. */
        public boolean enabled() {
            return status.equals("ENABLED");
        }
    }

    /**
     * An account.
     *
     * @param allowlisted whether it may upload by the Google Ads API
     * @param enhancedLeads whether enhanced conversions for leads are switched on
     * @param terms whether the customer data terms are signed
     * @param enabled false for a cancelled account
     * @param conversionCustomer the account conversions belong to; another one under cross-account tracking
     * @param manager the manager account one must log in through, or null for direct access
     */
    public record Account(
            String id,
            boolean allowlisted,
            boolean enhancedLeads,
            boolean terms,
            boolean enabled,
            String conversionCustomer,
            @Nullable String manager,
            String currency,
            String timeZone) {
        static Account usual(String id) {
            return new Account(id, true, true, true, true, id, null, "IDR", "Asia/Jakarta");
        }
    }

    private static final int MAX = 10_000;
    private static final Set<String> LISTS = Set.of("actions", "accounts", "clicks", "customVariables");

    private final Map<String, Action> actions = new ConcurrentSkipListMap<>();
    private final Map<String, Account> accounts = new ConcurrentSkipListMap<>();
    private final Map<String, Instant> clicks = new ConcurrentHashMap<>();
    private final Set<String> customVariables = ConcurrentHashMap.newKeySet();

    /** An action by its id, or null when there is none. */
    public @Nullable Action action(String id) {
        Action told = actions.get(id);
        return told != null || !id.matches("[1-9]\\d{0,19}") ? told : Action.usual(id);
    }

    /** Actions told of. */
    public Collection<Action> actions() {
        return List.copyOf(actions.values());
    }

    /** An account by its id; digits only. */
    public Account account(String id) {
        Account told = accounts.get(id);
        return told == null ? Account.usual(id) : told;
    }

    /** Accounts told of, or one for show. */
    public Collection<Account> accounts() {
        return accounts.isEmpty() ? List.of(Account.usual("1234567890")) : List.copyOf(accounts.values());
    }

    /** When a click happened, or null when nobody said. */
    public @Nullable Instant click(String clickId) {
        return clicks.get(clickId);
    }

    /** Whether a custom variable, by name or id, is enabled. */
    public boolean enabledVariable(String nameOrId) {
        return customVariables.contains(nameOrId);
    }

    /**
     * Takes instructions.
     *
     * @param told {@code {"actions":[{"id":…,"type":…}],"accounts":[{"id":…}],"clicks":{"Cj0…":"2026-…Z"},
     *     "customVariables":["…"]}}, all optional
     * @throws IllegalArgumentException with a sentence for the caller
     */
    public ObjectNode instruct(ObjectNode told) {
        told.fieldNames().forEachRemaining(name -> {
            if (!LISTS.contains(name)) {
                throw new IllegalArgumentException("unknown instruction " + name + "; known are " + LISTS);
            }
        });
        if (actions.size() + accounts.size() + clicks.size() + customVariables.size() >= MAX) {
            throw new IllegalArgumentException("at most " + MAX + " instructions are kept");
        }
        told.path("actions").forEach(this::action);
        told.path("accounts").forEach(this::account);
        told.path("customVariables").forEach(name -> customVariables.add(name.asText()));
        told.path("clicks").properties().forEach(click -> {
            try {
                clicks.put(click.getKey(), Instant.parse(click.getValue().asText()));
            } catch (DateTimeParseException wrong) {
                throw new IllegalArgumentException(
                        "click " + click.getKey() + " needs a time such as 2026-11-20T03:04:05Z");
            }
        });
        ObjectNode answer = Json.MAPPER.createObjectNode();
        return answer.put("actions", actions.size())
                .put("accounts", accounts.size())
                .put("clicks", clicks.size())
                .put("customVariables", customVariables.size());
    }

    /** Forgets all instructions. */
    public void reset() {
        actions.clear();
        accounts.clear();
        clicks.clear();
        customVariables.clear();
    }

    private void action(JsonNode told) {
        String id = id(told, "action");
        Action usual = Action.usual(id);
        String created = text(told, "created", null);
        try {
            actions.put(
                    id,
                    new Action(
                            id,
                            String.valueOf(text(told, "name", usual.name())),
                            String.valueOf(text(told, "type", usual.type())),
                            String.valueOf(text(told, "status", usual.status())),
                            told.path("onePerClick").asBoolean(false),
                            created == null ? null : Instant.parse(created)));
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException("created needs a time such as 2026-11-20T03:04:05Z");
        }
    }

    private void account(JsonNode told) {
        String id = id(told, "account");
        Account usual = Account.usual(id);
        accounts.put(
                id,
                new Account(
                        id,
                        told.path("allowlisted").asBoolean(true),
                        told.path("enhancedLeads").asBoolean(true),
                        told.path("terms").asBoolean(true),
                        told.path("enabled").asBoolean(true),
                        String.valueOf(text(told, "conversionCustomer", id)),
                        text(told, "manager", null),
                        String.valueOf(text(told, "currency", usual.currency())),
                        String.valueOf(text(told, "timeZone", usual.timeZone()))));
    }

    private static String id(JsonNode told, String what) {
        String id = told.path("id").asText();
        if (!id.matches("\\d{1,20}")) {
            throw new IllegalArgumentException("every " + what + " needs an id of digits");
        }
        return id;
    }

    private static @Nullable String text(JsonNode told, String name, @Nullable String otherwise) {
        JsonNode value = told.get(name);
        return value == null || value.isNull() ? otherwise : value.asText();
    }
}
