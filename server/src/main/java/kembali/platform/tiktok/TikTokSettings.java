package kembali.platform.tiktok;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import kembali.platform.EnteredValues;
import kembali.platform.SettingsForm;
import kembali.platform.SettingsForm.Field;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * What the advertiser enters for a TikTok pixel.
 *
 * @param pixelCode the Pixel Code, or of a CRM source the id of its event set. Empty only for a pixel saved half done
 * @param eventSource where its events happen
 * @param apiVersion {@code v1.3}
 * @param accessToken empty only for a pixel saved half done
 */
record TikTokSettings(String pixelCode, EventSource eventSource, String apiVersion, String accessToken) {
    /** Where events happen, in TikTok's words; every event of a request shares it. */
    enum EventSource {
        WEB("web"),
        CRM("crm");

        private final String wire;

        EventSource(String wire) {
            this.wire = wire;
        }

        String wire() {
            return wire;
        }
    }

    private static final String PIXEL_CODE = "pixelCode";
    private static final String EVENT_SOURCE = "eventSource";
    private static final String VERSION = "apiVersion";
    private static final String TOKEN = "accessToken";
    private static final List<String> SOURCES = List.of("web", "crm");

    private static final Pattern WEB_CODE = Pattern.compile("[A-Z0-9]{10,40}");
    private static final Pattern EVENT_SET = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern VERSION_SHAPE = Pattern.compile("v[0-9]{1,2}\\.[0-9]{1,2}");

    private static final String CODE_EXAMPLE = "A1T8T4UYGVIQA8ORZMX9";
    private static final String SET_EXAMPLE = "7400000000000000123";
    private static final String TOKEN_EXAMPLE = "TikTokExampleAccessTokenOnly0123456789ab";

    static final SettingsForm FORM = new SettingsForm(
            List.of(
                    new Field(
                            PIXEL_CODE,
                            "Pixel Code",
                            "text",
                            true,
                            CODE_EXAMPLE,
                            "TikTok Ads Manager, Tools, Events: the Pixel ID under the pixel's name. For the event source crm it"
                                    + " is the id of the CRM event set instead, shown at the top left of the set.",
                            List.of()),
                    new Field(
                            EVENT_SOURCE,
                            "Event source",
                            "choice",
                            false,
                            "web",
                            "web for visitors of a site or link; crm for leads of TikTok's Instant Forms, reported to a CRM"
                                    + " event set. Left empty it is web.",
                            SOURCES),
                    new Field(
                            VERSION,
                            "API version",
                            "text",
                            false,
                            TikTokCatalog.API_VERSION,
                            "Leave empty to use the version this server was built for.",
                            List.of())),
            List.of(new Field(
                    TOKEN,
                    "Access token",
                    "text",
                    true,
                    TOKEN_EXAMPLE,
                    "TikTok Ads Manager, Tools, Events, the pixel, Settings, Events API, Generate access token. It needs the"
                            + " role admin or operator, and lasts until it is revoked.",
                    List.of())));

    /** Opens values that passed {@link #check}; a missing one becomes empty and its events are skipped. */
    static TikTokSettings of(Map<String, Object> settings, Map<String, String> credentials) {
        String code = EnteredValues.filled(settings, PIXEL_CODE);
        String version = EnteredValues.filled(settings, VERSION);
        String token = credentials.get(TOKEN);
        return new TikTokSettings(
                code == null ? "" : code,
                "crm".equals(settings.get(EVENT_SOURCE)) ? EventSource.CRM : EventSource.WEB,
                version == null ? TikTokCatalog.API_VERSION : version,
                token == null ? "" : token);
    }

    static List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials) {
        List<FieldError> errors = new ArrayList<>();
        EnteredValues.refuseUnknown("TikTok", FORM, settings, credentials, errors);
        EnteredValues.add(errors, "settings." + PIXEL_CODE, codeComplaint(settings));
        EnteredValues.add(errors, "settings." + EVENT_SOURCE, sourceComplaint(settings.get(EVENT_SOURCE)));
        EnteredValues.add(errors, "settings." + VERSION, versionComplaint(settings.get(VERSION)));
        EnteredValues.add(errors, "credentials." + TOKEN, tokenComplaint(credentials.get(TOKEN)));
        return List.copyOf(errors);
    }

    boolean complete() {
        return !pixelCode.isEmpty() && !accessToken.isEmpty();
    }

    @Override
    public String toString() {
        return "TikTokSettings[pixelCode=" + pixelCode + ", eventSource=" + eventSource.wire + ", apiVersion="
                + apiVersion + ", accessToken=" + (accessToken.isEmpty() ? "missing" : "set") + "]";
    }

    private static @Nullable String codeComplaint(Map<String, Object> settings) {
        boolean crm = "crm".equals(settings.get(EVENT_SOURCE));
        String what = crm ? "The id of the CRM event set" : "The Pixel Code";
        String example = ", for example " + (crm ? SET_EXAMPLE : CODE_EXAMPLE) + ".";
        Object value = settings.get(PIXEL_CODE);
        if (value == null || "".equals(value)) {
            return what + " is missing" + example;
        }
        String code = EnteredValues.idText(value);
        if (code == null) {
            return what + " must be a text" + example;
        }
        if (crm) {
            return EVENT_SET.matcher(code).matches()
                    ? null
                    : what + " has only letters and digits, without spaces" + example;
        }
        if (!WEB_CODE.matcher(code).matches()) {
            return WEB_CODE.matcher(code.strip().toUpperCase(Locale.ROOT)).matches()
                    ? what + " has only upper-case letters and digits, without spaces" + example
                    : what + " is about 20 upper-case letters and digits" + example;
        }
        return code.chars().allMatch(Character::isDigit)
                ? what + " holds letters too; this looks like the id of an ad account or event set. A right one is "
                        + CODE_EXAMPLE + "."
                : null;
    }

    private static @Nullable String sourceComplaint(@Nullable Object value) {
        return value == null || (value instanceof String source && (source.isEmpty() || SOURCES.contains(source)))
                ? null
                : "The event source is web or crm, for example web.";
    }

    private static @Nullable String versionComplaint(@Nullable Object value) {
        return value == null
                        || "".equals(value)
                        || (value instanceof String version
                                && VERSION_SHAPE.matcher(version).matches())
                ? null
                : "An API version is v, a number, a point and a number, for example " + TikTokCatalog.API_VERSION + ".";
    }

    private static @Nullable String tokenComplaint(@Nullable String token) {
        return token == null || token.isBlank()
                ? "The access token is missing. A right one looks like " + TOKEN_EXAMPLE + "."
                : EnteredValues.tokenComplaint("access token", "no token", TOKEN_EXAMPLE, token);
    }
}
