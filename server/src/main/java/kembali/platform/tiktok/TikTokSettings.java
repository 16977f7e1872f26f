package kembali.platform.tiktok;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
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
    private static final int LONGEST_TOKEN = 4096;

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
        String code = text(settings, PIXEL_CODE);
        String version = text(settings, VERSION);
        String token = credentials.get(TOKEN);
        return new TikTokSettings(
                code == null ? "" : code,
                "crm".equals(settings.get(EVENT_SOURCE)) ? EventSource.CRM : EventSource.WEB,
                version == null ? TikTokCatalog.API_VERSION : version,
                token == null ? "" : token);
    }

    static List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials) {
        List<FieldError> errors = new ArrayList<>();
        unknown("settings.", settings.keySet(), FORM.settings(), errors);
        unknown("credentials.", credentials.keySet(), FORM.credentials(), errors);
        add(errors, "settings." + PIXEL_CODE, codeComplaint(settings));
        add(errors, "settings." + EVENT_SOURCE, sourceComplaint(settings.get(EVENT_SOURCE)));
        add(errors, "settings." + VERSION, versionComplaint(settings.get(VERSION)));
        add(errors, "credentials." + TOKEN, tokenComplaint(credentials.get(TOKEN)));
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

    private static void add(List<FieldError> errors, String field, @Nullable String complaint) {
        if (complaint != null) {
            errors.add(new FieldError(field, complaint));
        }
    }

    private static void unknown(String prefix, Iterable<String> names, List<Field> known, List<FieldError> errors) {
        for (String name : names) {
            if (known.stream().noneMatch(f -> f.name().equals(name))) {
                errors.add(new FieldError(
                        prefix + name,
                        "TikTok has no such field. It knows "
                                + String.join(
                                        ", ", known.stream().map(Field::name).toList()) + "."));
            }
        }
    }

    private static @Nullable String codeComplaint(Map<String, Object> settings) {
        boolean crm = "crm".equals(settings.get(EVENT_SOURCE));
        String what = crm ? "The id of the CRM event set" : "The Pixel Code";
        String example = ", for example " + (crm ? SET_EXAMPLE : CODE_EXAMPLE) + ".";
        Object value = settings.get(PIXEL_CODE);
        if (value == null || "".equals(value)) {
            return what + " is missing" + example;
        }
        String code = idText(value);
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

    /** Never repeats the token: the answer may be logged. */
    private static @Nullable String tokenComplaint(@Nullable String token) {
        String example = " A right one looks like " + TOKEN_EXAMPLE + ".";
        if (token == null || token.isBlank()) {
            return "The access token is missing." + example;
        }
        if (token.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return "Enter the access token alone, without the word Bearer." + example;
        }
        if (token.length() > LONGEST_TOKEN) {
            return "The access token is longer than " + LONGEST_TOKEN + " characters, so something else was pasted."
                    + example;
        }
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return "The access token holds a space, a line break or another character no token has, at place "
                        + (i + 1) + ". Copy it again." + example;
            }
        }
        return null;
    }

    private static @Nullable String text(Map<String, Object> settings, String name) {
        Object value = settings.get(name);
        String text = value == null ? null : idText(value);
        return text == null || text.isEmpty() ? null : text;
    }

    /** Ids of event sets may come as JSON numbers; a floating one has already lost digits. */
    private static @Nullable String idText(Object value) {
        return switch (value) {
            case String s -> s;
            case Integer i -> i.toString();
            case Long l -> l.toString();
            case BigInteger b -> b.toString();
            default -> null;
        };
    }
}
