package kembali.platform.meta;

import java.time.LocalDate;
import java.util.ArrayList;
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
 * What the advertiser enters for a Meta pixel.
 *
 * @param pixelId digits; pixel id or dataset id, Meta uses one name space for both. Empty only for a pixel saved half done
 * @param accessToken empty only for a pixel saved half done
 * @param messagingAccessToken for the messaging dataset; null when {@code accessToken} serves it, too
 * @param whatsappBusinessAccountId the account behind click-to-WhatsApp ads; null when there is none
 * @param messagingDatasetId the dataset linked to that account when it is not the pixel itself
 * @param messagingDatasets dataset by WhatsApp Business Account, for accounts that have one each
 * @param pageId the Facebook page of the ads, an alternative to the WhatsApp account
 * @param limitedDataUse asks Meta for limited data use and to find out itself which US state applies
 * @param apiVersion {@code v26.0}
 */
record MetaSettings(
        String pixelId,
        String accessToken,
        @Nullable String messagingAccessToken,
        @Nullable String whatsappBusinessAccountId,
        @Nullable String messagingDatasetId,
        Map<String, String> messagingDatasets,
        @Nullable String pageId,
        boolean limitedDataUse,
        String apiVersion) {
    MetaSettings {
        messagingDatasets = Map.copyOf(messagingDatasets);
    }

    private static final Pattern ID = Pattern.compile("\\d{1,20}");
    private static final Pattern VERSION = Pattern.compile("^v\\d{2}\\.\\d$");

    private static final String TEXT = "text";
    private static final String AD_ACCOUNT_ID = "adAccountId";
    private static final String MESSAGING_DATASETS = "messagingDatasets";
    private static final String MESSAGING_TOKEN = "messagingAccessToken";

    static final SettingsForm FORM = new SettingsForm(
            List.of(
                    new Field(
                            "pixelId",
                            "Pixel ID or dataset ID",
                            TEXT,
                            true,
                            "1234567890123456",
                            "Events Manager, Data sources, choose the pixel: the number under its name, also in its Settings tab.",
                            List.of()),
                    new Field(
                            "whatsappBusinessAccountId",
                            "WhatsApp Business Account ID",
                            TEXT,
                            false,
                            "102290129340398",
                            "Only for click-to-WhatsApp ads. Business settings, Accounts, WhatsApp accounts: the number"
                                    + " beside the account's name. It serves for every number whose agent has none of its"
                                    + " own.",
                            List.of()),
                    new Field(
                            "messagingDatasetId",
                            "Dataset ID for messaging",
                            TEXT,
                            false,
                            "2345678901234567",
                            "Only when the dataset linked to the WhatsApp account is not the pixel above. Events Manager,"
                                    + " Data sources: the dataset that names the WhatsApp account.",
                            List.of()),
                    new Field(
                            MESSAGING_DATASETS,
                            "Datasets by WhatsApp account",
                            "map",
                            false,
                            "{\"102290129340398\": \"2345678901234567\"}",
                            "Only when your numbers belong to several WhatsApp accounts and each has a dataset of its own:"
                                    + " the account's ID and the ID of its dataset. An account that is not listed uses the"
                                    + " dataset above.",
                            List.of()),
                    new Field(
                            "pageId",
                            "Facebook Page ID",
                            TEXT,
                            false,
                            "3456789012345678",
                            "Only for click-to-WhatsApp ads whose WhatsApp account is not known: the page the ads run under."
                                    + " On the page: About, Page transparency.",
                            List.of()),
                    new Field(
                            AD_ACCOUNT_ID,
                            "Ad account ID",
                            TEXT,
                            false,
                            "4567890123456789",
                            "Only to fill in the URL parameters for your ads. Ads Manager: the number in the account menu,"
                                    + " without act_.",
                            List.of()),
                    new Field(
                            "limitedDataUse",
                            "Limited data use",
                            "boolean",
                            false,
                            "false",
                            "Switch on when people in US states with privacy laws must be processed with limits; Meta finds"
                                    + " out the state by itself. It has no effect elsewhere.",
                            List.of()),
                    new Field(
                            "apiVersion",
                            "Graph API version",
                            TEXT,
                            false,
                            MetaCatalog.API_VERSION,
                            "Leave empty to use the version this server was built for.",
                            List.of())),
            List.of(
                    new Field(
                            "accessToken",
                            "Access token",
                            TEXT,
                            true,
                            "EAABsbCS1iHgBAExampleTokenOnly",
                            "Events Manager, Data sources, the pixel, Settings, Conversions API, Generate access token. Meta"
                                    + " shows it once. The link is there only for people with developer rights on the"
                                    + " pixel.",
                            List.of()),
                    new Field(
                            MESSAGING_TOKEN,
                            "Access token for messaging",
                            TEXT,
                            false,
                            "EAABsbCS1iHgBAAnotherExampleToken",
                            "Only when the access token above may not write to the dataset for messaging. Business settings,"
                                    + " System users: a token with whatsapp_business_management and"
                                    + " whatsapp_business_manage_events.",
                            List.of())));

    /** Opens values that passed {@link #check}; a missing one becomes empty and its events are skipped. */
    static MetaSettings of(Map<String, Object> settings, Map<String, String> credentials) {
        String version = EnteredValues.filled(settings, "apiVersion");
        String pixelId = EnteredValues.filled(settings, "pixelId");
        String token = credentials.get("accessToken");
        String messagingToken = credentials.get(MESSAGING_TOKEN);
        return new MetaSettings(
                pixelId == null ? "" : pixelId,
                token == null ? "" : token,
                messagingToken == null || messagingToken.isBlank() ? null : messagingToken,
                EnteredValues.filled(settings, "whatsappBusinessAccountId"),
                EnteredValues.filled(settings, "messagingDatasetId"),
                datasets(settings.get(MESSAGING_DATASETS)),
                EnteredValues.filled(settings, "pageId"),
                Boolean.TRUE.equals(settings.get("limitedDataUse")),
                version == null ? MetaCatalog.API_VERSION : version);
    }

    static List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials) {
        List<FieldError> errors = new ArrayList<>();
        EnteredValues.refuseUnknown("Meta", FORM, settings, credentials, errors);
        for (Field field : FORM.settings()) {
            String complaint = switch (field.name()) {
                case "limitedDataUse" -> EnteredValues.booleanComplaint(field, settings.get(field.name()));
                case "apiVersion" -> versionComplaint(settings.get("apiVersion"));
                case MESSAGING_DATASETS -> datasetsComplaint(field, settings.get(MESSAGING_DATASETS));
                default -> idComplaint(field, settings.get(field.name()));
            };
            EnteredValues.add(errors, "settings." + field.name(), complaint);
        }
        for (Field field : FORM.credentials()) {
            String complaint = tokenComplaint(field, credentials.get(field.name()));
            EnteredValues.add(errors, "credentials." + field.name(), complaint);
        }
        return List.copyOf(errors);
    }

    boolean complete() {
        return !pixelId.isEmpty() && !accessToken.isEmpty();
    }

    /** Where the events of chats go. */
    String messagingDataset() {
        return messagingDatasetId != null ? messagingDatasetId : pixelId;
    }

    String messagingToken() {
        return messagingAccessToken != null ? messagingAccessToken : accessToken;
    }

    /** The ad account of a pixel's settings, or null when none is entered; needed by no event. */
    static @Nullable String adAccount(Map<String, Object> settings) {
        String id = EnteredValues.filled(settings, AD_ACCOUNT_ID);
        return id != null && ID.matcher(id).matches() ? id : null;
    }

    @Override
    public String toString() {
        return "MetaSettings[pixelId=" + pixelId + ", apiVersion=" + apiVersion + ", limitedDataUse=" + limitedDataUse
                + ", accessToken=" + (accessToken.isEmpty() ? "missing" : "set") + "]";
    }

    private static @Nullable String idComplaint(Field field, @Nullable Object value) {
        String example = ", for example " + field.example() + ".";
        if (value == null || "".equals(value)) {
            return field.required() ? "The " + field.label() + " is missing. It is a number" + example : null;
        }
        String id = EnteredValues.idText(value);
        if (id == null) {
            return "The " + field.label() + " must be a text of digits" + example;
        }
        return ID.matcher(id).matches()
                ? null
                : "The " + field.label() + " has only digits, at most 20, without spaces" + example;
    }

    /** Emptied rows of a form are no entries. */
    private static Map<String, String> datasets(@Nullable Object value) {
        var datasets = new TreeMap<String, String>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((account, entered) -> {
                String dataset = EnteredValues.idText(entered);
                if (account instanceof String a && dataset != null && !dataset.isEmpty()) {
                    datasets.put(a, dataset);
                }
            });
        }
        return datasets;
    }

    private static @Nullable String datasetsComplaint(Field field, @Nullable Object value) {
        String example = ", for example " + field.example() + ".";
        if (value == null || "".equals(value)) {
            return null;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return "The " + field.label() + " must be an object of WhatsApp account ID to dataset ID" + example;
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object entered = entry.getValue();
            if (entered == null || "".equals(entered)) {
                continue;
            }
            String dataset = EnteredValues.idText(entered);
            if (!(entry.getKey() instanceof String account)
                    || !ID.matcher(account).matches()
                    || dataset == null
                    || !ID.matcher(dataset).matches()) {
                return "\"" + entry.getKey() + "\" and its dataset must both have only digits, at most 20" + example;
            }
        }
        return null;
    }

    private static @Nullable String versionComplaint(@Nullable Object value) {
        if (value == null || "".equals(value)) {
            return null;
        }
        if (!(value instanceof String version) || !VERSION.matcher(version).matches()) {
            return "A Graph API version is v, two digits, a point and a digit, for example " + MetaCatalog.API_VERSION
                    + ".";
        }
        ApiVersion oldest = MetaCatalog.VERSIONS.getFirst();
        for (ApiVersion known : MetaCatalog.VERSIONS) {
            if (known.version().equals(version)) {
                LocalDate end = known.endsOn();
                return end != null && end.isBefore(MetaCatalog.READ_ON) ? ended(version, "on " + end) : null;
            }
        }
        return version.compareTo(oldest.version()) < 0 ? ended(version, "before " + oldest.version() + " did") : null;
    }

    private static String ended(String version, String when) {
        return "Meta ended " + version + " " + when + ". Leave the field empty, or use a living version, for example "
                + MetaCatalog.API_VERSION + ".";
    }

    private static @Nullable String tokenComplaint(Field field, @Nullable String token) {
        if (token == null || token.isBlank()) {
            return field.required()
                    ? "The access token is missing. A right one looks like " + field.example() + "."
                    : null;
        }
        return EnteredValues.tokenComplaint("access token", "no token", field.example(), token);
    }
}
