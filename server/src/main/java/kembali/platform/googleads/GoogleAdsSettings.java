package kembali.platform.googleads;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import kembali.platform.EnteredValues;
import kembali.platform.SettingsForm.Field;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * What the advertiser enters for a Google Ads pixel.
 *
 * @param customerId ten digits, the account that owns the conversion action. Empty only for a pixel saved half done
 * @param loginCustomerId ten digits of the manager account the access goes through; null for direct access
 * @param actionId digits; the conversion action of every status without one of its own. Empty only for a pixel saved half done
 * @param actionStatuses the statuses {@code actionId} serves; empty for all
 * @param adsApi true for the older upload instead of Data Manager
 * @param enhancedConversions whether hashed e-mail and phone are sent
 * @param eventSource in Data Manager's words: {@code WEB}
 * @param sendBraidWithGclid whether a {@code gbraid} goes along with a {@code gclid}
 * @param apiVersion of the Google Ads API: {@code v26}
 * @param developerToken secret; null when none was entered
 */
record GoogleAdsSettings(
        String customerId,
        @Nullable String loginCustomerId,
        String actionId,
        Set<String> actionStatuses,
        boolean adsApi,
        boolean enhancedConversions,
        String eventSource,
        boolean sendBraidWithGclid,
        String apiVersion,
        @Nullable String developerToken,
        GoogleGrant grant) {
    static final String DATA_MANAGER = "data_manager";
    static final String ADS_API = "ads_api";

    private static final Pattern CUSTOMER_ID = Pattern.compile("[0-9]{10}");
    private static final Pattern STATUS = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final int LONGEST_CREDENTIAL = 4096;
    private static final List<String> OAUTH = List.of("refreshToken", "clientId", "clientSecret");

    GoogleAdsSettings {
        actionStatuses = Set.copyOf(actionStatuses);
    }

    /** Opens values that passed {@link #check}; a missing one becomes empty and its events are skipped. */
    static GoogleAdsSettings of(Map<String, Object> settings, Map<String, String> credentials) {
        String customerId = customerId(settings.get("customerId"));
        String actionId = idText(settings.get("actionId"));
        String version = idText(settings.get("apiVersion"));
        String source = idText(settings.get("eventSource"));
        return new GoogleAdsSettings(
                customerId == null ? "" : customerId,
                customerId(settings.get("loginCustomerId")),
                actionId == null ? "" : emptyIfNull(GoogleAdsCatalog.actionId(actionId)),
                statuses(settings.get("actionStatuses")),
                ADS_API.equals(settings.get("transport")),
                !Boolean.FALSE.equals(settings.get("enhancedConversions")),
                source == null ? "WEB" : source,
                Boolean.TRUE.equals(settings.get("sendBraidWithGclid")),
                version == null ? GoogleAdsCatalog.ADS_API_VERSION : version,
                GoogleGrant.filled(credentials.get("developerToken")),
                GoogleGrant.of(credentials));
    }

    static List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials) {
        List<FieldError> errors = new ArrayList<>();
        EnteredValues.refuseUnknown("Google Ads", GoogleAdsForm.FORM, settings, credentials, errors);
        for (Field field : GoogleAdsForm.FORM.settings()) {
            String complaint = settingComplaint(field, settings);
            EnteredValues.add(errors, "settings." + field.name(), complaint);
        }
        credentials(credentials, errors);
        return List.copyOf(errors);
    }

    boolean complete() {
        return !customerId.isEmpty() && !actionId.isEmpty() && !(grant instanceof GoogleGrant.Missing);
    }

    /** The Action ID of a status the mapping says nothing about, or null. */
    @Nullable String defaultActionId(String status) {
        if (actionId.isEmpty() || status.equals(GoogleAdsEncoder.LOST) || status.equals(GoogleAdsEncoder.PAGE_VIEW)) {
            return null;
        }
        return actionStatuses.isEmpty() || actionStatuses.contains(status) ? actionId : null;
    }

    /** Everything that must not appear in a log or message. */
    List<String> secrets() {
        List<String> secrets = new ArrayList<>(grant.secrets());
        if (developerToken != null) {
            secrets.add(developerToken);
        }
        return secrets;
    }

    @Override
    public String toString() {
        return "GoogleAdsSettings[customerId=" + customerId + ", actionId=" + actionId + ", transport="
                + (adsApi ? ADS_API + " " + apiVersion : DATA_MANAGER) + ", grant=" + grant + "]";
    }

    private static @Nullable String settingComplaint(Field field, Map<String, Object> settings) {
        Object value = settings.get(field.name());
        boolean empty = value == null || "".equals(value);
        return switch (field.name()) {
            case "customerId", "loginCustomerId" -> customerComplaint(field, value, empty);
            case "actionId" -> actionComplaint(value, empty);
            case "actionStatuses" -> empty ? null : statusesComplaint(value);
            case "transport", "eventSource" ->
                empty || field.choices().contains(value)
                        ? null
                        : "The " + field.label() + " is one of " + String.join(", ", field.choices()) + ".";
            case "adsApiAllowlisted" -> allowlistComplaint(settings);
            case "enhancedConversions", "sendBraidWithGclid" -> EnteredValues.booleanComplaint(field, value);
            case "apiVersion" -> empty ? null : GoogleAdsCatalog.versionComplaint(String.valueOf(value));
            default -> throw new IllegalStateException("no check for " + field.name());
        };
    }

    private static @Nullable String customerComplaint(Field field, @Nullable Object value, boolean empty) {
        if (empty) {
            return field.required()
                    ? "The " + field.label() + " is missing. It has ten digits, for example " + field.example() + "."
                    : null;
        }
        return customerId(value) != null
                ? null
                : "The " + field.label() + " has ten digits, with or without dashes, for example " + field.example()
                        + ".";
    }

    private static @Nullable String actionComplaint(@Nullable Object value, boolean empty) {
        if (empty) {
            return GoogleAdsCatalog.actionIdComplaint("");
        }
        String text = idText(value);
        if (text == null) {
            return "The Action ID must be a text of digits, for example 987654321.";
        }
        return GoogleAdsCatalog.actionId(text) != null ? null : GoogleAdsCatalog.actionIdComplaint(text);
    }

    private static @Nullable String statusesComplaint(@Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            return "actionStatuses is a list of statuses, for example [\"won\"].";
        }
        for (Object status : list) {
            if (!(status instanceof String s) || !STATUS.matcher(s).matches()) {
                return "Each of actionStatuses is a status in lower case, for example won.";
            }
            if (s.equals(GoogleAdsEncoder.LOST)) {
                return "lost is never reported to Google Ads, which would count it as a conversion. List others, for"
                        + " example won.";
            }
        }
        return null;
    }

    private static @Nullable String allowlistComplaint(Map<String, Object> settings) {
        Object value = settings.get("adsApiAllowlisted");
        if (value != null && !(value instanceof Boolean)) {
            return "adsApiAllowlisted must be true or false, for example false.";
        }
        return ADS_API.equals(settings.get("transport")) && !Boolean.TRUE.equals(value)
                ? "Google closed this upload to newcomers on 2026-06-15; it works only for Cloud projects that uploaded click"
                        + " conversions between December 2025 and May 2026. If yours did, set adsApiAllowlisted to true;"
                        + " otherwise set transport to data_manager (the Data Manager API), which needs no allowlist."
                : null;
    }

    /** Never repeats a secret: the answer may be logged. */
    private static void credentials(Map<String, String> credentials, List<FieldError> errors) {
        List<String> given = OAUTH.stream()
                .filter(name -> GoogleGrant.filled(credentials.get(name)) != null)
                .toList();
        String keyFile = GoogleGrant.filled(credentials.get("serviceAccountJson"));
        if (keyFile != null) {
            if (ServiceAccountKey.parse(keyFile) instanceof ServiceAccountKey.Parsed.Wrong wrong) {
                errors.add(new FieldError("credentials.serviceAccountJson", wrong.complaint()));
            }
            for (String name : given) {
                errors.add(new FieldError(
                        "credentials." + name,
                        "There is a service account key already. Empty this field, or serviceAccountJson: one of the two is"
                                + " used, for example the key alone."));
            }
        } else {
            for (String name : OAUTH) {
                if (!given.contains(name)) {
                    errors.add(new FieldError("credentials." + name, missing(name, given)));
                } else {
                    plain(name, credentials, errors);
                }
            }
        }
        if (GoogleGrant.filled(credentials.get("developerToken")) != null) {
            plain("developerToken", credentials, errors);
        }
    }

    private static String missing(String name, List<String> given) {
        String example = " A right one looks like " + credential(name).example() + ".";
        return given.isEmpty()
                ? "Without access nothing can be sent: enter refreshToken, clientId and clientSecret, or"
                        + " serviceAccountJson." + example
                : "refreshToken, clientId and clientSecret belong together, and " + name + " is missing." + example;
    }

    private static void plain(String name, Map<String, String> credentials, List<FieldError> errors) {
        String value = credentials.getOrDefault(name, "").strip();
        String example = " A right one looks like " + credential(name).example() + ".";
        String fault = null;
        if (value.length() > LONGEST_CREDENTIAL) {
            fault = "is longer than " + LONGEST_CREDENTIAL + " characters, so something else was pasted.";
        } else if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            fault = "holds a space, a line break or another character no " + name + " has. Copy it again.";
        } else if (name.equals("refreshToken") && value.startsWith("ya29.")) {
            fault = "is an access token, which dies within the hour. Enter the refresh token of the same answer.";
        } else if (name.equals("refreshToken") && value.startsWith("4/")) {
            fault = "is an authorisation code. Exchange it for a refresh token and enter that.";
        } else if (name.equals("clientId") && value.indexOf('@') >= 0) {
            fault =
                    "is an e-mail address. The client ID ends in .apps.googleusercontent.com; for a service account enter"
                            + " its key file as serviceAccountJson.";
        }
        if (fault != null) {
            errors.add(new FieldError("credentials." + name, "The " + name + " " + fault + example));
        }
    }

    private static Field credential(String name) {
        return GoogleAdsForm.FORM.credentials().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable String customerId(@Nullable Object value) {
        String text = idText(value);
        if (text == null) {
            return null;
        }
        String digits = text.replace("-", "");
        return CUSTOMER_ID.matcher(digits).matches() ? digits : null;
    }

    private static Set<String> statuses(@Nullable Object value) {
        Set<String> statuses = new java.util.TreeSet<>();
        if (value instanceof List<?> list) {
            for (Object status : list) {
                if (status instanceof String s) {
                    statuses.add(s);
                }
            }
        }
        return statuses;
    }

    private static String emptyIfNull(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Null for nothing, too. */
    private static @Nullable String idText(@Nullable Object value) {
        String text = EnteredValues.idText(value);
        return text == null || text.isBlank() ? null : text.strip();
    }
}
