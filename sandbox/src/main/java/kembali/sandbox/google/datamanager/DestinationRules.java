package kembali.sandbox.google.datamanager;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import kembali.sandbox.google.GoogleAccounts;

/** Rules for where events go. */
final class DestinationRules {
    static final String ADS = "GOOGLE_ADS";
    static final String ANALYTICS = "GOOGLE_ANALYTICS_PROPERTY";

    private static final int MOST = 10;

    private final GoogleAccounts accounts;
    private final Violations violations;

    DestinationRules(GoogleAccounts accounts, Violations violations) {
        this.accounts = accounts;
        this.violations = violations;
    }

    void check(JsonNode destinations) {
        if (destinations.isEmpty()) {
            missing("destinations");
        }
        if (destinations.size() > MOST) {
            violations.add("destinations", "TOO_MANY_DESTINATIONS", "At most 10 destinations are allowed.");
        }
        Set<String> references = new HashSet<>();
        for (int i = 0; i < destinations.size(); i++) {
            JsonNode destination = destinations.get(i);
            String path = "destinations[" + i + "]";
            String reference = destination.path("reference").asText();
            if (reference.isEmpty() && destinations.size() > 1) {
                missing(path + ".reference");
            } else if (!reference.isEmpty() && !references.add(reference)) {
                violations.add(
                        path + ".reference", "DUPLICATE_DESTINATION_REFERENCE", "Two destinations share a reference.");
            }
            check(destination, path);
        }
    }

    private void check(JsonNode destination, String path) {
        account(destination.path("operatingAccount"), path + ".operating_account", true);
        account(destination.path("loginAccount"), path + ".login_account", false);
        if (destination.has("linkedAccount")) {
            violations.add(
                    path + ".linked_account",
                    "LINKED_ACCOUNT_ONLY_ALLOWED_WITH_DATA_PARTNER_LOGIN_ACCOUNT",
                    "Only data partners may use a linked account.");
        }
        String type = destination.path("operatingAccount").path("accountType").asText();
        String id = destination.path("productDestinationId").asText();
        String field = path + ".product_destination_id";
        if (id.isEmpty()) {
            missing(field);
        } else if (type.equals(ADS)) {
            action(destination, path, id, field);
        } else if (type.equals(ANALYTICS)) {
            if (!id.matches("G-[A-Z0-9]{4,}")) {
                violations.add(field, "INVALID_DESTINATION", "A measurement id such as G-XXXX is wanted.");
            }
        } else if (!type.isEmpty()) {
            violations.add(
                    path + ".operating_account.account_type",
                    "DESTINATION_ACCOUNT_TYPE_MISMATCH",
                    "Conversions go to GOOGLE_ADS or GOOGLE_ANALYTICS_PROPERTY.");
        }
    }

    private void action(JsonNode destination, String path, String id, String field) {
        GoogleAccounts.Action action = accounts.action(id);
        if (action == null || !action.enabled()) {
            violations.add(field, "INVALID_CONVERSION_ACTION_ID", "Conversion action ID is not valid.");
        } else if (!action.takesUploads()) {
            violations.add(field, "INVALID_CONVERSION_ACTION_TYPE", "The conversion action type is not valid.");
        }
        GoogleAccounts.Account account = accounts.account(
                destination.path("operatingAccount").path("accountId").asText());
        String login = destination.path("loginAccount").path("accountId").asText();
        if (account.manager() != null && !account.manager().equals(login)) {
            violations.add(
                    path + ".login_account",
                    "OPERATING_ACCOUNT_LOGIN_ACCOUNT_MISMATCH",
                    "The login account has no access to the operating account.");
        }
    }

    private void account(JsonNode account, String path, boolean required) {
        if (account.isMissingNode()) {
            if (required) {
                missing(path);
            }
            return;
        }
        if (!account.has("accountType")) {
            missing(path + ".account_type");
        }
        String id = account.path("accountId").asText();
        if (id.isEmpty()) {
            missing(path + ".account_id");
        } else if (!id.matches("\\d{1,20}")) {
            violations.add(path + ".account_id", "INVALID_NUMBER_FORMAT", "Account ids are digits only.");
        }
    }

    private void missing(String field) {
        violations.add(field, "REQUIRED_FIELD_MISSING", "Required field is missing.");
    }
}
