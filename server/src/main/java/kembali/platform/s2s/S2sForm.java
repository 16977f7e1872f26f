package kembali.platform.s2s;

import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import kembali.campaign.Finding;
import kembali.campaign.MacroTemplate;
import kembali.platform.EnteredValues;
import kembali.platform.Reason;
import kembali.platform.SettingsForm;
import kembali.platform.SettingsForm.Field;
import kembali.platform.s2s.S2sSettings.Method;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;

/** The form of a target, and what is wrong with what was entered. */
final class S2sForm {
    static final String URL = "url";
    static final String METHOD = "method";
    static final String BODY = "body";
    static final String STATUSES = "statuses";
    static final String REQUIRE = "require";
    static final String MINIMUM = "minimumPayout";
    static final String MINIMUM_CURRENCY = "minimumPayoutCurrency";
    static final String SUCCESS_CONTAINS = "successContains";
    static final String SUCCESS_PATH = "successPath";
    static final String SUCCESS_EQUALS = "successEquals";
    static final String HEADERS = "headers";
    static final String SECRET = "secret";

    /** The choice of {@link #REQUIRE} that lets every conversion pass. */
    static final String NOTHING = "nothing";

    private static final List<String> METHODS =
            Arrays.stream(Method.values()).map(Method::word).toList();
    private static final List<String> REQUIREMENTS = List.of("external_id", NOTHING);
    private static final int MOST_STATUSES = 50;
    private static final int MOST_HEADERS = 20;
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    /** What the connection needs for itself. */
    private static final Set<String> OUR_HEADERS = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection");

    private static final String URL_EXAMPLE =
            "https://source.example/postback?cid={external_id}&payout={payout}&e={status: lead=reg sale=dep}";

    static final SettingsForm FORM = new SettingsForm(
            List.of(
                    new Field(
                            URL,
                            "Postback URL",
                            "url",
                            true,
                            URL_EXAMPLE,
                            "Where the source wants to hear of conversions, with macros in braces. {external_id} is the source's"
                                    + " own click id. Write {secret} where a token belongs and enter the token below.",
                            List.of()),
                    new Field(
                            METHOD,
                            "Method",
                            "choice",
                            false,
                            "get",
                            "get unless the source asks for a POST with a form or JSON as its body.",
                            METHODS),
                    new Field(
                            BODY,
                            "Body",
                            "template",
                            false,
                            "{\"click\":{external_id},\"event\":{status},\"sum\":{payout}}",
                            "For a POST: form fields (cid={external_id}&sum={payout}) or JSON. In JSON, values are quoted by us:"
                                    + " write a macro without quotation marks around it.",
                            List.of()),
                    new Field(
                            STATUSES,
                            "Statuses",
                            "list",
                            false,
                            "sale",
                            "Which statuses of conversions, or of leads that no network reports, the source is told of. Left"
                                    + " empty: lead, registration, deposit, sale and rebill.",
                            List.of()),
                    new Field(
                            REQUIRE,
                            "Required",
                            "choice",
                            false,
                            "external_id",
                            "external_id leaves out what did not come by a click of this source; nothing sends all.",
                            REQUIREMENTS),
                    new Field(
                            MINIMUM,
                            "Minimum payout",
                            "text",
                            false,
                            "0.50",
                            "What is worth less is not sent. A conversion without an amount is.",
                            List.of()),
                    new Field(
                            MINIMUM_CURRENCY,
                            "Currency of the minimum",
                            "text",
                            false,
                            "USD",
                            "Amounts in other currencies are not compared. Left empty, all are.",
                            List.of()),
                    new Field(
                            SUCCESS_CONTAINS,
                            "Answer contains",
                            "text",
                            false,
                            "OK",
                            "Of the answers with a status of 200 to 299, only those that hold this text count as taken.",
                            List.of()),
                    new Field(
                            SUCCESS_PATH,
                            "JSON member of the answer",
                            "text",
                            false,
                            "result.status",
                            "Names joined by dots: where a JSON answer says whether the conversion was taken.",
                            List.of()),
                    new Field(
                            SUCCESS_EQUALS,
                            "Its value",
                            "text",
                            false,
                            "ok",
                            "What stands there when it was.",
                            List.of())),
            List.of(
                    new Field(
                            HEADERS,
                            "Further headers",
                            "template",
                            false,
                            "X-Api-Key: 0123456789abcdef",
                            "One a line, Name: value. Stored encrypted and never shown again.",
                            List.of()),
                    new Field(
                            SECRET,
                            "Secret",
                            "text",
                            false,
                            "0123456789abcdef",
                            "What {secret} in the URL stands for. Stored encrypted, and masked in the sync log.",
                            List.of())));

    private S2sForm() {}

    static List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials) {
        List<FieldError> errors = new ArrayList<>();
        EnteredValues.refuseUnknown("An S2S postback", FORM, settings, credentials, errors);
        add(errors, URL, urlComplaint(settings.get(URL), credentials));
        add(errors, METHOD, choiceComplaint("The method", settings.get(METHOD), METHODS));
        add(errors, BODY, bodyComplaint(settings));
        add(errors, STATUSES, statusesComplaint(settings.get(STATUSES)));
        add(errors, REQUIRE, choiceComplaint("What is required", settings.get(REQUIRE), REQUIREMENTS));
        add(errors, MINIMUM, minimumComplaint(settings));
        add(errors, MINIMUM_CURRENCY, currencyComplaint(settings));
        add(errors, SUCCESS_CONTAINS, textComplaint(settings.get(SUCCESS_CONTAINS)));
        add(errors, SUCCESS_PATH, pathComplaint(settings));
        add(errors, SUCCESS_EQUALS, textComplaint(settings.get(SUCCESS_EQUALS)));
        EnteredValues.add(errors, "credentials." + HEADERS, headersComplaint(credentials.get(HEADERS)));
        EnteredValues.add(errors, "credentials." + SECRET, secretComplaint(credentials.get(SECRET)));
        return List.copyOf(errors);
    }

    private static void add(List<FieldError> errors, String setting, @Nullable String complaint) {
        EnteredValues.add(errors, "settings." + setting, complaint);
    }

    static List<Reason> warnings(Map<String, Object> settings) {
        List<Reason> warnings = new ArrayList<>();
        String url = EnteredValues.filled(settings, URL);
        if (url != null) {
            MacroTemplate template = S2sTemplates.url(url);
            warnings.addAll(S2sTemplates.warnings(template));
            if (!S2sTemplates.literalSecrets(url).isEmpty()) {
                warnings.add(new Reason(
                        "secret_in_url",
                        "The URL holds what looks like a secret. It is masked in the sync log, and shown here to everybody"
                                + " who may see this pixel.",
                        "Enter it as the pixel's secret, and write {secret} in its place."));
            }
        }
        String body = EnteredValues.filled(settings, BODY);
        Method method = S2sSettings.method(settings);
        if (body != null && method != Method.GET) {
            warnings.addAll(S2sTemplates.warnings(S2sTemplates.body(body, S2sSettings.place(method))));
        } else if (body != null) {
            warnings.add(new Reason(
                    "body_not_sent",
                    "A body is entered, but the method is get, which has none.",
                    "Choose post_form or post_json, or empty the body."));
        }
        return warnings;
    }

    private static @Nullable String urlComplaint(@Nullable Object value, Map<String, String> credentials) {
        if (value == null || "".equals(value)) {
            return "The postback URL is missing, for example " + URL_EXAMPLE + ".";
        }
        if (!(value instanceof String text)) {
            return "The postback URL must be a text, for example " + URL_EXAMPLE + ".";
        }
        MacroTemplate template = S2sTemplates.url(text);
        String refusal = refusal(template, "macro_in_host");
        if (refusal != null) {
            return refusal;
        }
        URI address = S2sTemplates.plain(template);
        if (address == null) {
            return "The URL cannot be read; write % as %25, [ as %5B and ] as %5D.";
        }
        if (address.getRawUserInfo() != null) {
            return "The URL holds a user or password; enter them as a further header: Authorization: Basic …";
        }
        if (address.getHost() == null) {
            return "The URL names no host, for example " + URL_EXAMPLE + ".";
        }
        String secret = credentials.get(SECRET);
        return template.names().contains(S2sTemplates.SECRET) && (secret == null || secret.isEmpty())
                ? "The URL asks for {secret}, and no secret is entered."
                : null;
    }

    /** Why a template cannot be used at all; null when it can. */
    private static @Nullable String refusal(MacroTemplate template, String alsoRefused) {
        for (Finding f : template.findings()) {
            if (f.weight() == Finding.Weight.REFUSED || f.code().equals(alsoRefused)) {
                return f.sentence() + " " + f.fix();
            }
        }
        return null;
    }

    private static @Nullable String bodyComplaint(Map<String, Object> settings) {
        Object value = settings.get(BODY);
        Method method = S2sSettings.method(settings);
        if (value != null && !(value instanceof String)) {
            return "The body must be a text.";
        }
        if (method == Method.GET) {
            return null;
        }
        if (!(value instanceof String text) || text.isEmpty()) {
            return "The body is missing; the method " + method.word() + " sends one.";
        }
        MacroTemplate template = S2sTemplates.body(text, S2sSettings.place(method));
        if (template.names().contains(S2sTemplates.SECRET)) {
            return "{secret} can stand in the URL alone, because bodies are shown in the sync log. Send a secret as a further"
                    + " header.";
        }
        String refusal = refusal(template, "");
        return refusal != null || method != Method.POST_JSON ? refusal : S2sJson.complaint(template);
    }

    private static @Nullable String statusesComplaint(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > MOST_STATUSES) {
            return "The statuses must be a list of one to " + MOST_STATUSES
                    + " words, for example [\"sale\",\"rebill\"].";
        }
        for (Object status : list) {
            if (!(status instanceof String word)) {
                return "A status must be a text, for example sale.";
            }
            String complaint = S2sCatalog.wordComplaint(word);
            if (complaint != null) {
                return complaint;
            }
        }
        return null;
    }

    private static @Nullable String choiceComplaint(String what, @Nullable Object value, List<String> choices) {
        return value == null || (value instanceof String word && (word.isEmpty() || choices.contains(word)))
                ? null
                : what + " must be one of: " + String.join(", ", choices) + ".";
    }

    private static @Nullable String minimumComplaint(Map<String, Object> settings) {
        Object value = settings.get(MINIMUM);
        if (value == null || "".equals(value)) {
            return settings.get(MINIMUM_CURRENCY) == null ? null : "The currency of a minimum is said, but no minimum.";
        }
        String text = EnteredValues.idText(value);
        return text != null && isAmount(text)
                ? null
                : "The minimum payout must be an amount as text, for example \"0.50\".";
    }

    private static boolean isAmount(String text) {
        try {
            BigDecimal amount = new BigDecimal(text);
            return amount.signum() >= 0 && text.length() <= 30 && amount.scale() >= 0 && amount.scale() <= 12;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static @Nullable String currencyComplaint(Map<String, Object> settings) {
        Object value = settings.get(MINIMUM_CURRENCY);
        return value == null || (value instanceof String text && text.matches("|[A-Za-z]{3}"))
                ? null
                : "The currency must be a three-letter code, for example USD.";
    }

    private static @Nullable String textComplaint(@Nullable Object value) {
        return value == null || EnteredValues.idText(value) != null ? null : "This must be a text.";
    }

    private static @Nullable String pathComplaint(Map<String, Object> settings) {
        Object value = settings.get(SUCCESS_PATH);
        boolean named = value instanceof String text && !text.isEmpty();
        if (value != null && !(value instanceof String)) {
            return "The member of the answer must be a text, for example result.status.";
        }
        boolean said = EnteredValues.filled(settings, SUCCESS_EQUALS) != null;
        if (named != said) {
            return "The member of the answer and its value belong together: enter both or neither.";
        }
        return null;
    }

    private static @Nullable String headersComplaint(@Nullable String lines) {
        if (lines == null || lines.isBlank()) {
            return null;
        }
        List<String> all =
                lines.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
        if (all.size() > MOST_HEADERS) {
            return "There are more than " + MOST_HEADERS + " headers.";
        }
        for (int i = 0; i < all.size(); i++) {
            String complaint = headerComplaint(all.get(i));
            if (complaint != null) {
                // The line itself is a secret.
                return "Line " + (i + 1) + " " + complaint;
            }
        }
        return null;
    }

    private static @Nullable String headerComplaint(String line) {
        int colon = line.indexOf(':');
        if (colon <= 0 || !HEADER_NAME.matcher(line.substring(0, colon).strip()).matches()) {
            return "is no header; write one a line, such as X-Api-Key: 0123456789abcdef.";
        }
        String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        if (OUR_HEADERS.contains(name)) {
            return "names the header " + name + ", which the connection sets itself.";
        }
        String value = line.substring(colon + 1).strip();
        if (value.isEmpty()) {
            return "has no value.";
        }
        return value.chars().allMatch(c -> c >= ' ' && c < 0x7f)
                ? null
                : "holds a character no header can carry; letters, digits and signs of ASCII can.";
    }

    private static @Nullable String secretComplaint(@Nullable String secret) {
        return secret == null || secret.isEmpty()
                ? null
                : EnteredValues.tokenComplaint("secret", "no secret", "0123456789abcdef", secret);
    }
}
