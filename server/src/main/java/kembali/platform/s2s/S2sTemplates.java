package kembali.platform.s2s;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kembali.campaign.Finding;
import kembali.campaign.MacroTemplate;
import kembali.campaign.MacroTemplate.Place;
import kembali.campaign.MacroValues;
import kembali.campaign.Slots;
import kembali.platform.Reason;
import org.jspecify.annotations.Nullable;

/** The templates of a postback: the macros of campaign links, and how secrets in an address are kept out of logs. */
final class S2sTemplates {
    /** Stands for the secret of the target; in the URL alone. */
    static final String SECRET = "secret";

    /** What a postback can fill; any other macro is a parameter the click may have brought. */
    static final Set<String> FILLED = filled();

    private static final Pattern UNKNOWN = Pattern.compile("\\{_?([A-Za-z_][A-Za-z0-9_.-]*)\\}");

    /** Query keys by which targets recognise their customers. */
    private static final Set<String> SECRET_KEYS = Set.of(
            "key",
            "apikey",
            "api_key",
            "api-key",
            "access_key",
            "postback_key",
            "upd_key",
            "private_key",
            "token",
            "access_token",
            "api_token",
            "auth",
            "auth_token",
            "authorization",
            "secret",
            "client_secret",
            "password",
            "passwd",
            "pass",
            "pwd",
            "sig",
            "sign",
            "signature",
            "hash",
            "security",
            "security_token",
            "secure");

    private static final Pattern PAIR = Pattern.compile("[?&]([^=&#]+)=([^&#{}]+)(?=[&#]|$)");

    /** A bot of Telegram, a common target, has its token in the path. */
    private static final Pattern TELEGRAM = Pattern.compile("/bot(\\d+(?::|%3A)[A-Za-z0-9_-]+)");

    private S2sTemplates() {}

    private static Set<String> filled() {
        Set<String> names = new LinkedHashSet<>(List.of(
                "subid",
                "visitor_code",
                "external_id",
                "tid",
                "revenue",
                "conversion_revenue",
                "cost",
                "currency",
                "status",
                "original_status",
                "previous_status",
                "lead_status",
                "lead_id",
                "event_id",
                "event_time",
                "event_time_iso",
                "reason",
                "campaign_name",
                "ip",
                "city",
                "date"));
        names.addAll(Slots.ALL);
        return Set.copyOf(names);
    }

    static MacroTemplate url(@Nullable String text) {
        return template(text == null ? "" : text, Place.URL, Set.of(SECRET));
    }

    static MacroTemplate body(String text, Place place) {
        return template(text, place, Set.of());
    }

    /** Parsed so that a macro nobody knows is asked of the click's parameters. */
    private static MacroTemplate template(String text, Place place, Set<String> own) {
        MacroTemplate first = MacroTemplate.parse(text, place, own);
        Set<String> further = new HashSet<>(own);
        further.addAll(parameters(first));
        return further.equals(own) ? first : MacroTemplate.parse(text, place, further);
    }

    private static Set<String> parameters(MacroTemplate template) {
        Set<String> names = new HashSet<>();
        for (Finding f : template.findings()) {
            Matcher name = UNKNOWN.matcher(f.about());
            if (f.code().equals("unknown_macro") && name.matches()) {
                names.add(name.group(1).toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    /** What the owner of a template that can be used should know. */
    static List<Reason> warnings(MacroTemplate template) {
        List<Reason> warnings = new ArrayList<>();
        for (Finding f : template.findings()) {
            if (f.weight() != Finding.Weight.REFUSED) {
                warnings.add(new Reason(f.code(), f.sentence(), f.fix()));
            }
        }
        template.names().stream()
                .filter(name -> !FILLED.contains(name) && !name.equals(SECRET))
                .sorted()
                .forEach(name -> warnings.add(new Reason(
                        "unknown_macro",
                        "{" + name
                                + "} is filled only where the click carried a parameter of that name; otherwise nothing"
                                + " stands in its place.",
                        "Check the name, and that the campaign's links carry the parameter.")));
        return warnings;
    }

    /** The address as it would be with nothing filled in; null when it is none. */
    static @Nullable URI plain(MacroTemplate url) {
        try {
            return new URI(url.fill(MacroValues.of(Map.of(), Instant.EPOCH)));
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Values in the template's own text that look like secrets. */
    static List<String> literalSecrets(String template) {
        List<String> secrets = new ArrayList<>();
        Matcher pair = PAIR.matcher(template);
        while (pair.find()) {
            if (SECRET_KEYS.contains(pair.group(1).strip().toLowerCase(Locale.ROOT))) {
                secrets.add(pair.group(2));
            }
        }
        Matcher bot = TELEGRAM.matcher(template);
        while (bot.find()) {
            secrets.add(bot.group(1));
        }
        return secrets;
    }
}
