package kembali.platform.ga4;

import java.util.ArrayList;
import java.util.Arrays;
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
 * What the advertiser enters for a GA4 web stream.
 *
 * @param measurementId {@code G-…}; empty only for a pixel saved half done
 * @param apiSecret of that very stream; empty only for a pixel saved half done
 * @param region where Google collects
 * @param userId what travels as GA4's User-ID
 */
record Ga4Settings(String measurementId, String apiSecret, Region region, UserId userId) {
    /** Where Google collects. */
    enum Region {
        GLOBAL("global", "https://www.google-analytics.com"),
        /** Data is received and stripped of addresses inside the EU. */
        EU("eu", "https://region1.google-analytics.com");

        private final String word;
        private final String host;

        Region(String word, String host) {
            this.word = word;
            this.host = host;
        }

        String host() {
            return host;
        }
    }

    /** What travels as GA4's User-ID. GA4 takes a person whose id changes for two people. */
    enum UserId {
        /** Our visitor code: known from the first click on, and it never changes. */
        CODE("code"),
        /** The caller's own id, for sites that give the Google tag the same one; left out where it is personal data. */
        EXTERNAL_REF("externalRef"),
        /** No User-ID, and then no hashed e-mail or phone either. */
        NONE("none");

        private final String word;

        UserId(String word) {
            this.word = word;
        }
    }

    private static final Pattern MEASUREMENT_ID = Pattern.compile("^G-[A-Z0-9]{4,}$");
    private static final int LONGEST_ID = 40;
    private static final int LONGEST_SECRET = 200;
    private static final String TEXT = "text";
    private static final String EXAMPLE = "G-4T7KQ2M9XD";
    private static final String EXAMPLE_SECRET = "Zk3vX9QpR2a7Lw0TnB5sYg";

    private static final String MEASUREMENT = "measurementId";
    private static final String REGION = "region";
    private static final String USER_ID = "userId";
    private static final String SECRET = "apiSecret";

    static final SettingsForm FORM = new SettingsForm(
            List.of(
                    new Field(
                            MEASUREMENT,
                            "Measurement ID",
                            TEXT,
                            true,
                            EXAMPLE,
                            "Google Analytics, Admin, Data streams, choose the web stream: Measurement ID, at the top right.",
                            List.of()),
                    new Field(
                            REGION,
                            "Collect in",
                            "choice",
                            false,
                            Region.GLOBAL.word,
                            "eu sends to Google's servers in the European Union, and never an IP address. global when left"
                                    + " empty.",
                            Arrays.stream(Region.values()).map(r -> r.word).toList()),
                    new Field(
                            USER_ID,
                            "User-ID",
                            "choice",
                            false,
                            UserId.CODE.word,
                            "What GA4 gets as User-ID. code: Kembali's visitor code, which never changes. externalRef: your own"
                                    + " id of the lead, when your site gives the Google tag the same one. none: no User-ID,"
                                    + " and then no hashed e-mail or phone, which GA4 takes only beside one.",
                            Arrays.stream(UserId.values()).map(u -> u.word).toList())),
            List.of(new Field(
                    SECRET,
                    "API secret",
                    TEXT,
                    true,
                    EXAMPLE_SECRET,
                    "On the same web stream: Measurement Protocol API secrets, Create. Accept the user data collection"
                            + " acknowledgement first if Google asks for it. A secret of another stream gives no error"
                            + " anywhere and no events.",
                    List.of())));

    /** Opens values that passed {@link #check}; a missing one becomes empty and its events are skipped. */
    static Ga4Settings of(Map<String, Object> settings, Map<String, String> credentials) {
        Region region = Region.GLOBAL;
        for (Region each : Region.values()) {
            region = each.word.equals(settings.get(REGION)) ? each : region;
        }
        UserId userId = UserId.CODE;
        for (UserId each : UserId.values()) {
            userId = each.word.equals(settings.get(USER_ID)) ? each : userId;
        }
        return new Ga4Settings(
                settings.get(MEASUREMENT) instanceof String id ? id : "",
                credentials.getOrDefault(SECRET, ""),
                region,
                userId);
    }

    static List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials) {
        List<FieldError> errors = new ArrayList<>();
        EnteredValues.refuseUnknown("Google Analytics 4", FORM, settings, credentials, errors);
        for (Field field : FORM.settings()) {
            Object value = settings.get(field.name());
            String complaint = field.choices().isEmpty() ? idComplaint(value) : choiceComplaint(field, value);
            EnteredValues.add(errors, "settings." + field.name(), complaint);
        }
        EnteredValues.add(errors, "credentials." + SECRET, secretComplaint(credentials.get(SECRET)));
        return List.copyOf(errors);
    }

    boolean complete() {
        return !measurementId.isEmpty() && !apiSecret.isEmpty();
    }

    @Override
    public String toString() {
        return "Ga4Settings[measurementId=" + measurementId + ", region=" + region.word + ", userId=" + userId.word
                + ", apiSecret=" + (apiSecret.isEmpty() ? "missing" : "set") + "]";
    }

    private static @Nullable String idComplaint(@Nullable Object value) {
        String example = " A measurement ID looks like " + EXAMPLE + ".";
        if (value == null || "".equals(value)) {
            return "The measurement ID is missing." + example;
        }
        if (!(value instanceof String id)) {
            return "The measurement ID must be a text." + example;
        }
        if (MEASUREMENT_ID.matcher(id).matches() && id.length() <= LONGEST_ID && id.charAt(id.length() - 1) != '\n') {
            return null;
        }
        String bare = id.strip().toUpperCase(Locale.ROOT);
        if (MEASUREMENT_ID.matcher(bare).matches() && bare.length() <= LONGEST_ID) {
            return "The measurement ID is written without spaces and in capitals. Did you mean " + bare + "?";
        }
        return otherId(bare) + example;
    }

    /** What it is instead, as far as its beginning tells. */
    private static String otherId(String id) {
        if (id.startsWith("AW-")) {
            return "AW-… is the conversion ID of a Google Ads tag, not a GA4 stream. For Google Ads choose the platform Google"
                    + " Ads.";
        }
        if (id.startsWith("UA-")) {
            return "UA-… belongs to Universal Analytics, which Google has switched off. Create a GA4 web stream.";
        }
        if (id.startsWith("GTM-")) {
            return "GTM-… is a Tag Manager container. Take the ID of the GA4 stream its Google tag sends to.";
        }
        if (id.startsWith("GT-")) {
            return "GT-… is the ID of a Google tag. Take the ID of the GA4 stream it sends to.";
        }
        if (id.startsWith("DC-")) {
            return "DC-… is a Floodlight ID. Take the ID of a GA4 web stream.";
        }
        if (id.contains(":ANDROID:") || id.contains(":IOS:")) {
            return "That is the ID of an app stream. Kembali reports to web streams.";
        }
        if (!id.isEmpty() && Ga4ClientId.isDigits(id, 0, id.length())) {
            return "A number alone is the ID of a property or stream. The measurement ID stands on the web stream's page.";
        }
        return "This is no measurement ID: G-, then at least four capital letters and digits.";
    }

    private static @Nullable String choiceComplaint(Field field, @Nullable Object value) {
        return value == null
                        || "".equals(value)
                        || (value instanceof String s && field.choices().contains(s))
                ? null
                : field.name() + " is one of " + String.join(", ", field.choices()) + ", for example " + field.example()
                        + ".";
    }

    /** Never repeats the secret: the answer may be logged. */
    private static @Nullable String secretComplaint(@Nullable String secret) {
        String example = " A right one looks like " + EXAMPLE_SECRET + ".";
        if (secret == null || secret.isBlank()) {
            return "The API secret is missing." + example;
        }
        if (MEASUREMENT_ID.matcher(secret.strip()).matches()) {
            return "This is a measurement ID. The API secret is made below it, under Measurement Protocol API secrets."
                    + example;
        }
        if (secret.contains("://") || secret.contains("api_secret=")) {
            return "Enter the API secret alone, without the address around it." + example;
        }
        if (secret.length() > LONGEST_SECRET) {
            return "The API secret is longer than " + LONGEST_SECRET + " characters, so something else was pasted."
                    + example;
        }
        return EnteredValues.characterComplaint("API secret", "no secret", EXAMPLE_SECRET, secret);
    }
}
