package kembali.platform.googleads;

import java.util.List;
import kembali.platform.SettingsForm;
import kembali.platform.SettingsForm.Field;

/** What the advertiser is asked for, and where it is found. */
final class GoogleAdsForm {
    private static final String TEXT = "text";
    private static final String BOOLEAN = "boolean";

    static final List<String> TRANSPORTS = List.of(GoogleAdsSettings.DATA_MANAGER, GoogleAdsSettings.ADS_API);
    static final List<String> EVENT_SOURCES = List.of("WEB", "APP", "IN_STORE", "PHONE", "MESSAGE", "OTHER");

    static final SettingsForm FORM = new SettingsForm(
            List.of(
                    new Field(
                            "customerId",
                            "Google Ads account (customer ID)",
                            TEXT,
                            true,
                            "123-456-7890",
                            "The ten digits at the top right of Google Ads, of the account that owns the conversion action."
                                    + " Dashes are fine.",
                            List.of()),
                    new Field(
                            "loginCustomerId",
                            "Manager account (login customer ID)",
                            TEXT,
                            false,
                            "999-888-7777",
                            "Only when the access was granted to a manager account (MCC) above the account: the manager's ten"
                                    + " digits.",
                            List.of()),
                    new Field(
                            "actionId",
                            "Action ID",
                            TEXT,
                            true,
                            "987654321",
                            GoogleAdsCatalog.WHERE
                                    + " You may paste the whole address. The action must be of the kind Import, from clicks."
                                    + " It serves every status without an Action ID of its own in the mapping.",
                            List.of()),
                    new Field(
                            "actionStatuses",
                            "Statuses the Action ID serves",
                            "list",
                            false,
                            "won",
                            "Leave empty to report every status but lost and page views under the Action ID. List statuses to"
                                    + " report only those; others are sent only with an Action ID of their own in the mapping.",
                            List.of()),
                    new Field(
                            "transport",
                            "Transport",
                            "choice",
                            false,
                            GoogleAdsSettings.DATA_MANAGER,
                            "data_manager (the Data Manager API) is right for everybody. ads_api is Google's older upload, closed"
                                    + " to newcomers since 2026-06-15.",
                            TRANSPORTS),
                    new Field(
                            "adsApiAllowlisted",
                            "Our Cloud project uploaded conversions before June 2026",
                            BOOLEAN,
                            false,
                            "false",
                            "Needed for the transport ads_api only: it works for those who uploaded click conversions between"
                                    + " December 2025 and May 2026, and for nobody else.",
                            List.of()),
                    new Field(
                            "enhancedConversions",
                            "Send hashed e-mail and phone",
                            BOOLEAN,
                            false,
                            "true",
                            "On unless switched off. Needs enhanced conversions for leads, which are switched on in Google Ads"
                                    + " under Goals, Settings. Switched off, only click ids are sent.",
                            List.of()),
                    new Field(
                            "eventSource",
                            "Event source",
                            "choice",
                            false,
                            "WEB",
                            "Where conversions happen, in the words of the Data Manager API. WEB is right when people came by an"
                                    + " ad click, also if they went on in a chat; whether import actions take the others is not"
                                    + " documented.",
                            EVENT_SOURCES),
                    new Field(
                            "sendBraidWithGclid",
                            "Send gbraid beside gclid",
                            BOOLEAN,
                            false,
                            "false",
                            "Leave it off unless Google asks for it. On, a click that has both ids is sent with both.",
                            List.of()),
                    new Field(
                            "apiVersion",
                            "Google Ads API version",
                            TEXT,
                            false,
                            GoogleAdsCatalog.ADS_API_VERSION,
                            "For the transport ads_api only. Leave empty to use the version this server was built for.",
                            List.of())),
            List.of(
                    new Field(
                            "refreshToken",
                            "Refresh token",
                            TEXT,
                            false,
                            "1//0gExampleRefreshTokenOnly",
                            "Made by granting your OAuth client offline access with the scope"
                                    + " https://www.googleapis.com/auth/datamanager (for ads_api"
                                    + " https://www.googleapis.com/auth/adwords). Set the OAuth app's publishing status to In"
                                    + " production first, or the token dies after 7 days. Together with client ID and secret;"
                                    + " or use a service account instead.",
                            List.of()),
                    new Field(
                            "clientId",
                            "OAuth client ID",
                            TEXT,
                            false,
                            "1234567890-example.apps.googleusercontent.com",
                            "Google Cloud, APIs & Services, Credentials: the client the refresh token was made with.",
                            List.of()),
                    new Field(
                            "clientSecret",
                            "OAuth client secret",
                            TEXT,
                            false,
                            "GOCSPX-ExampleSecretOnly",
                            "Beside the client ID.",
                            List.of()),
                    new Field(
                            "serviceAccountJson",
                            "Service account key file",
                            TEXT,
                            false,
                            ServiceAccountKey.EXAMPLE,
                            "The best fit for a server of your own: no consent screen, no expiry. Google Cloud, IAM & Admin,"
                                    + " Service accounts, Keys, Add key, JSON: paste the whole file. Invite its client_email as a"
                                    + " user of the Google Ads account. Instead of refresh token, client ID and secret.",
                            List.of()),
                    new Field(
                            "developerToken",
                            "Developer token",
                            TEXT,
                            false,
                            "ExampleDeveloperToken1",
                            "Not needed: Google ignores it since 2026-09-09. If given, it is sent with the transport ads_api.",
                            List.of())));

    private GoogleAdsForm() {}
}
