package kembali.platform.googleads;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kembali.platform.ApiVersion;
import kembali.platform.EventCatalog;
import kembali.platform.EventCatalog.Column;
import org.jspecify.annotations.Nullable;

/**
 * What Google Ads calls an event: a conversion action of the advertiser's own account, named by its Action ID. There is no
 * list that fits every account, so the catalog offers none.
 */
final class GoogleAdsCatalog {
    static final String COLUMN = "googleAdsActionId";

    /** The version of the Google Ads API this was written for. */
    static final String ADS_API_VERSION = "v26";

    private static final Pattern ACTION_ID = Pattern.compile("[1-9][0-9]{0,18}");
    private static final Pattern CT_ID = Pattern.compile("(?:^|[?&#])ctId=([1-9][0-9]{0,18})(?![0-9])");
    private static final Pattern CONVERSION_ID = Pattern.compile("(?i)\\s*AW-.*", Pattern.DOTALL);

    /** Said wherever an Action ID is asked for. */
    static final String WHERE =
            "Google Ads, Goals, Conversions, Summary: click the conversion action and look at the address of the page. The"
                    + " Action ID is the number after ctId= there. It is not the Conversion ID (AW-…) and not the"
                    + " Conversion Label of the tag set-up.";

    static final EventCatalog CATALOG = new EventCatalog(
            List.of(),
            List.of(new Column(
                    COLUMN,
                    "Google Ads (Action ID)",
                    true,
                    Map.of("sales", Map.of(), "subscription", Map.of(), "affiliate", Map.of()))));

    /** The day the version list was read: what had ended by then is refused. */
    static final LocalDate READ_ON = LocalDate.of(2026, 11, 21);

    static final ApiVersion DATA_MANAGER = new ApiVersion("Data Manager API", "v1", null, false);

    /** Google announces months, not days, until shortly before the end. */
    private static final List<ApiVersion> ADS_API = List.of(
            ads("v20", LocalDate.of(2026, 6, 10), false),
            ads("v21", LocalDate.of(2026, 8, 5), false),
            ads("v22", LocalDate.of(2026, 10, 7), false),
            ads("v23", LocalDate.of(2027, 2, 1), true),
            ads("v24", LocalDate.of(2027, 5, 1), true),
            ads("v25", LocalDate.of(2027, 8, 1), true),
            ads(ADS_API_VERSION, LocalDate.of(2027, 11, 1), true));

    static final List<ApiVersion> VERSIONS = java.util.stream.Stream.concat(
                    ADS_API.stream(), java.util.stream.Stream.of(DATA_MANAGER))
            .toList();

    private GoogleAdsCatalog() {}

    static boolean isActionId(String text) {
        return ACTION_ID.matcher(text).matches();
    }

    /** The Action ID that was meant: digits, or the address of a conversion action's page; null when neither. */
    static @Nullable String actionId(String entered) {
        String text = entered.strip();
        if (isActionId(text)) {
            return text;
        }
        Matcher m = CT_ID.matcher(text);
        return m.find() ? m.group(1) : null;
    }

    /** What is wrong with an Action ID in the mapping, or null. The mapping is stored as typed, so only digits will do. */
    static @Nullable String complaint(String column, String entered) {
        if (!column.equals(COLUMN)) {
            return "Google Ads has no mapping column \"" + column + "\"; it is called " + COLUMN + ".";
        }
        if (isActionId(entered)) {
            return null;
        }
        String meant = actionId(entered);
        return meant != null ? "Enter only the digits: \"" + meant + "\"." : actionIdComplaint(entered);
    }

    /** What is wrong with something that holds no Action ID. */
    static String actionIdComplaint(String entered) {
        String example = " A right one looks like 987654321. " + WHERE;
        if (entered.isBlank()) {
            return "The Action ID is missing." + example;
        }
        if (CONVERSION_ID.matcher(entered).matches()) {
            return "This is a Conversion ID (AW-…), perhaps with its label; imports need the Action ID." + example;
        }
        if (entered.contains("://") || entered.contains("google.com")) {
            return "This address holds no ctId=, so it is not the page of a conversion action." + example;
        }
        return "An Action ID has only digits; this may be a Conversion Label." + example;
    }

    /** What is wrong with a version of the Google Ads API, or null. */
    static @Nullable String versionComplaint(String version) {
        if (!version.matches("v[1-9][0-9]{1,2}")) {
            return "A version of the Google Ads API is v and two digits, for example " + ADS_API_VERSION + ".";
        }
        for (ApiVersion known : ADS_API) {
            if (known.version().equals(version)) {
                LocalDate end = known.endsOn();
                return end != null && !end.isAfter(READ_ON) ? ended(version, "on " + end) : null;
            }
        }
        return number(version) < number(ADS_API.getFirst().version())
                ? ended(version, "before " + ADS_API.getFirst().endsOn())
                : null;
    }

    /** A version of the Google Ads API with its end; of one this build does not know, none. */
    static ApiVersion adsApi(String version) {
        return ADS_API.stream()
                .filter(v -> v.version().equals(version))
                .findFirst()
                .orElseGet(() -> ads(version, null, false));
    }

    private static int number(String version) {
        return Integer.parseInt(version.substring(1));
    }

    private static String ended(String version, String when) {
        return "Google ended " + version + " " + when + ". Leave the field empty, or use a living version, for example "
                + ADS_API_VERSION + ".";
    }

    private static ApiVersion ads(String version, @Nullable LocalDate endsOn, boolean tentative) {
        return new ApiVersion("Google Ads API", version, endsOn, tentative);
    }
}
