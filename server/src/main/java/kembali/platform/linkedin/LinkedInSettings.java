package kembali.platform.linkedin;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import kembali.platform.ApiVersion;
import kembali.platform.EnteredValues;
import kembali.platform.SettingsForm;
import kembali.platform.SettingsForm.Field;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * What the advertiser enters for a LinkedIn pixel.
 *
 * @param adAccountId digits; empty only for a pixel saved half done
 * @param conversionIds digits of the conversion rule by category, in the alphabet's order; every id once
 * @param hashNames sends first and last name hashed instead of in clear
 * @param apiVersion {@code 202609}
 * @param accessToken empty when none is given
 * @param grant what a fresh token is fetched with; null when none can be
 */
record LinkedInSettings(
        String adAccountId,
        Map<String, String> conversionIds,
        boolean hashNames,
        String apiVersion,
        String accessToken,
        @Nullable Grant grant) {
    static final String CONVERSION_URN = "urn:lla:llaPartnerConversion:";
    static final String ACCOUNT_URN = "urn:li:sponsoredAccount:";

    private static final Pattern ID = Pattern.compile("[1-9]\\d{0,18}");
    private static final Pattern VERSION = Pattern.compile("20\\d{2}(0[1-9]|1[0-2])");

    private static final String TEXT = "text";
    private static final String ACCOUNT = "adAccountId";
    private static final String IDS = "conversionIds";
    private static final String HASH_NAMES = "hashNames";
    private static final String VERSION_FIELD = "apiVersion";
    private static final String ACCESS_TOKEN = "accessToken";
    private static final List<String> GRANT = List.of("refreshToken", "clientId", "clientSecret");

    private static final Field HASH_NAMES_FIELD = new Field(
            HASH_NAMES,
            "Send names hashed",
            "boolean",
            false,
            "false",
            "LinkedIn takes first and last name in clear or hashed. Needs version " + LinkedInCatalog.HASHED_NAMES_SINCE
                    + " or later.",
            List.of());

    static final SettingsForm FORM = new SettingsForm(
            List.of(
                    new Field(
                            ACCOUNT,
                            "Ad account ID",
                            TEXT,
                            true,
                            "512345678",
                            "Campaign Manager: the number beside the account's name, also in the address after /accounts/.",
                            List.of()),
                    new Field(
                            IDS,
                            "Conversion IDs",
                            "map",
                            true,
                            "{\"LEAD\":\"104012\",\"PURCHASE\":\"104013\"}",
                            "One conversion rule for each category of the mapping. Campaign Manager, Analyze, Conversion"
                                    + " tracking, the conversion (its source must be Conversions API): the number in its"
                                    + " address. One id serves one category.",
                            List.of()),
                    HASH_NAMES_FIELD,
                    new Field(
                            VERSION_FIELD,
                            "LinkedIn version",
                            TEXT,
                            false,
                            LinkedInCatalog.API_VERSION,
                            "Leave empty to use the version this server was built for. LinkedIn ends every version after"
                                    + " about a year.",
                            List.of())),
            List.of(
                    new Field(
                            ACCESS_TOKEN,
                            "Access token",
                            TEXT,
                            true,
                            "AQXExampleAccessTokenOnly0123456789",
                            "Campaign Manager, Data, Signals manager, Direct API, Generate access token: it does not expire"
                                    + " and needs no app. Or the token of an app with the scopes rw_conversions and r_ads. May"
                                    + " stay empty when the three fields below are filled.",
                            List.of()),
                    new Field(
                            "refreshToken",
                            "Refresh token",
                            TEXT,
                            false,
                            "AQYExampleRefreshTokenOnly0123456789",
                            "Only for a token of an app: the access token ends after 60 days and is renewed with this one.",
                            List.of()),
                    new Field(
                            "clientId",
                            "Client ID",
                            TEXT,
                            false,
                            "86exampleclient",
                            "Only with a refresh token: developer portal, the app, Auth.",
                            List.of()),
                    new Field(
                            "clientSecret",
                            "Client secret",
                            TEXT,
                            false,
                            "WPL_AP1.ExampleSecretOnly",
                            "Only with a refresh token: developer portal, the app, Auth.",
                            List.of())));

    LinkedInSettings {
        conversionIds = Map.copyOf(conversionIds);
    }

    /** What fetches a fresh access token. */
    record Grant(String refreshToken, String clientId, String clientSecret) {
        @Override
        public String toString() {
            return "Grant[***]";
        }
    }

    /** Opens values that passed {@link #check}; a missing one becomes empty and its events are skipped. */
    static LinkedInSettings of(Map<String, Object> settings, Map<String, String> credentials) {
        String account = bare(settings.get(ACCOUNT), ACCOUNT_URN);
        String version = bare(settings.get(VERSION_FIELD), "");
        Map<String, String> ids = new HashMap<>();
        entries(settings.get(IDS)).forEach((category, value) -> {
            String id = bare(value, CONVERSION_URN);
            if (id != null && !id.isEmpty()) {
                ids.put(category, id);
            }
        });
        List<String> grant = GRANT.stream()
                .map(name -> credentials.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .toList();
        return new LinkedInSettings(
                account == null ? "" : account,
                ids,
                Boolean.TRUE.equals(settings.get(HASH_NAMES)),
                version == null || version.isEmpty() ? LinkedInCatalog.API_VERSION : version,
                credentials.getOrDefault(ACCESS_TOKEN, ""),
                grant.size() == GRANT.size() ? new Grant(grant.get(0), grant.get(1), grant.get(2)) : null);
    }

    static List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials) {
        List<FieldError> errors = new ArrayList<>();
        EnteredValues.refuseUnknown("LinkedIn", FORM, settings, credentials, errors);
        EnteredValues.add(errors, "settings." + ACCOUNT, accountComplaint(settings.get(ACCOUNT)));
        checkIds(settings.get(IDS), errors);
        Object version = settings.get(VERSION_FIELD);
        String versionComplaint = versionComplaint(version);
        EnteredValues.add(errors, "settings." + VERSION_FIELD, versionComplaint);
        EnteredValues.add(
                errors,
                "settings." + HASH_NAMES,
                hashNamesComplaint(settings.get(HASH_NAMES), versionComplaint == null ? version : null));
        checkCredentials(credentials, errors);
        return List.copyOf(errors);
    }

    boolean complete() {
        return !conversionIds.isEmpty() && (!accessToken.isEmpty() || grant != null);
    }

    /** Everything that must not reach a log. */
    List<String> secrets() {
        List<String> secrets = new ArrayList<>(List.of(accessToken));
        if (grant != null) {
            secrets.addAll(List.of(grant.refreshToken, grant.clientSecret, grant.clientId));
        }
        return secrets;
    }

    @Override
    public String toString() {
        return "LinkedInSettings[adAccountId=" + adAccountId + ", conversionIds=" + new TreeMap<>(conversionIds)
                + ", hashNames=" + hashNames + ", apiVersion=" + apiVersion + ", accessToken="
                + (accessToken.isEmpty() ? "missing" : "set") + ", grant=" + (grant == null ? "missing" : "set") + "]";
    }

    private static @Nullable String accountComplaint(@Nullable Object value) {
        String example = ", for example 512345678.";
        if (value == null || "".equals(value)) {
            return "The ad account ID is missing. It is a number" + example;
        }
        String id = bare(value, ACCOUNT_URN);
        return id != null && ID.matcher(id).matches()
                ? null
                : "The ad account ID has only digits, at most 19, without spaces" + example;
    }

    private static void checkIds(@Nullable Object value, List<FieldError> errors) {
        String field = "settings." + IDS;
        String example = ", for example {\"LEAD\":\"104012\",\"PURCHASE\":\"104013\"}.";
        if (value == null || "".equals(value)) {
            EnteredValues.add(errors, field, "The conversion IDs are missing. Enter one for each category" + example);
            return;
        }
        if (!(value instanceof Map)) {
            EnteredValues.add(errors, field, "The conversion IDs must be an object of category to id" + example);
            return;
        }
        Map<String, Object> entries = entries(value);
        if (entries.isEmpty()) {
            EnteredValues.add(errors, field, "There is no conversion ID. Enter at least one" + example);
            return;
        }
        Map<String, String> categoryById = new HashMap<>();
        entries.forEach((category, entered) -> {
            String id = bare(entered, CONVERSION_URN);
            String complaint = LinkedInCatalog.complaint(category);
            if (complaint == null && (id == null || !ID.matcher(id).matches())) {
                complaint = "The conversion ID of " + category
                        + " has only digits, at most 19, or is a whole URN, for example" + " 104012 or "
                        + CONVERSION_URN + "104012.";
            }
            String other = complaint == null && id != null ? categoryById.putIfAbsent(id, category) : null;
            if (other != null) {
                complaint = "The conversion ID " + id + " already serves " + other
                        + "; one id serves one category. Enter for "
                        + category + " the id of a rule of its own, for example 104013, or map the status to " + other
                        + ".";
            }
            EnteredValues.add(errors, field + "." + category, complaint);
        });
    }

    /** The entries that say something, in the alphabet's order so that complaints come in one order. */
    private static Map<String, Object> entries(@Nullable Object value) {
        Map<String, Object> entries = new TreeMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entered) -> {
                // An emptied field of a form is no id.
                if (key instanceof String category && entered != null && !"".equals(entered)) {
                    entries.put(category, entered);
                }
            });
        }
        return entries;
    }

    private static @Nullable String versionComplaint(@Nullable Object value) {
        if (value == null || "".equals(value)) {
            return null;
        }
        String version = bare(value, "");
        String example = ", for example " + LinkedInCatalog.API_VERSION + ".";
        if (version == null || !VERSION.matcher(version).matches()) {
            return "A LinkedIn version is a year and a month without anything between" + example;
        }
        if (version.equals("202512")) {
            return "LinkedIn never had a version 202512. Leave the field empty, or use a living one" + example;
        }
        LocalDate end = LinkedInCatalog.version(version).endsOn();
        ApiVersion oldest = LinkedInCatalog.VERSIONS.getFirst();
        boolean ended = end == null ? version.compareTo(oldest.version()) < 0 : !end.isAfter(LinkedInCatalog.READ_ON);
        return ended
                ? "LinkedIn ended " + version + (end == null ? "" : " on " + end)
                        + ". Leave the field empty, or use a living version" + example
                : null;
    }

    /** @param version the entered version when it is a right one, else null */
    private static @Nullable String hashNamesComplaint(@Nullable Object value, @Nullable Object version) {
        String complaint = EnteredValues.booleanComplaint(HASH_NAMES_FIELD, value);
        if (complaint != null) {
            return complaint;
        }
        String entered = version == null ? "" : bare(version, "");
        boolean tooOld =
                entered != null && !entered.isEmpty() && entered.compareTo(LinkedInCatalog.HASHED_NAMES_SINCE) < 0;
        return Boolean.TRUE.equals(value) && tooOld
                ? "Hashed names need version " + LinkedInCatalog.HASHED_NAMES_SINCE + " or later, but apiVersion is "
                        + entered + ". Enter false, or for apiVersion for example " + LinkedInCatalog.API_VERSION + "."
                : null;
    }

    private static void checkCredentials(Map<String, String> credentials, List<FieldError> errors) {
        boolean renewable = GRANT.stream().anyMatch(name -> isFilled(credentials.get(name)));
        for (Field field : FORM.credentials()) {
            String value = credentials.get(field.name());
            String name = "credentials." + field.name();
            if (isFilled(value)) {
                EnteredValues.add(errors, name, secretComplaint(field, value));
            } else if (field.name().equals(ACCESS_TOKEN) && !renewable) {
                EnteredValues.add(
                        errors, name, "The access token is missing. A right one looks like " + field.example() + ".");
            } else if (GRANT.contains(field.name()) && renewable) {
                EnteredValues.add(
                        errors,
                        name,
                        "The " + field.label() + " is missing: refresh token, client id and client secret work only"
                                + " together. A right one looks like " + field.example() + ".");
            }
        }
    }

    private static boolean isFilled(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    private static @Nullable String secretComplaint(Field field, @Nullable String secret) {
        String text = secret == null ? "" : secret;
        if (text.isBlank()) {
            return "The " + field.label() + " is blank. A right one looks like " + field.example() + ".";
        }
        return EnteredValues.tokenComplaint(field.label(), "none", field.example(), text);
    }

    /** The text of an id, without the URN around it. */
    private static @Nullable String bare(@Nullable Object value, String urn) {
        String text = EnteredValues.idText(value);
        return text != null && text.startsWith(urn) ? text.substring(urn.length()) : text;
    }
}
