package kembali.platform.s2s;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kembali.campaign.MacroTemplate;
import kembali.campaign.MacroTemplate.Place;
import kembali.platform.EnteredValues;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer enters for a target of postbacks.
 *
 * @param body null for GET
 * @param statuses of conversions or leads that are sent, lower case
 * @param externalIdRequired whether a conversion without the source's own click id is left out
 * @param minimumPayout what is worth less is left out; null for no such limit
 * @param minimumCurrency of that limit: other currencies are not compared; null compares all
 * @param success when an answer with status 2xx counts as taken
 * @param headers further ones by name; secret
 * @param secret stands for {@code {secret}} in the URL; empty when there is none
 */
record S2sSettings(
        MacroTemplate url,
        Method method,
        @Nullable MacroTemplate body,
        Set<String> statuses,
        boolean externalIdRequired,
        @Nullable BigDecimal minimumPayout,
        @Nullable String minimumCurrency,
        Success success,
        Map<String, String> headers,
        String secret) {
    /** How a conversion travels. */
    enum Method {
        GET("GET", null),
        POST_FORM("POST", "application/x-www-form-urlencoded"),
        POST_JSON("POST", "application/json");

        private final String http;
        private final @Nullable String contentType;

        Method(String http, @Nullable String contentType) {
            this.http = http;
            this.contentType = contentType;
        }

        String http() {
            return http;
        }

        @Nullable String contentType() {
            return contentType;
        }

        /** As people enter it: {@code post_json}. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What an answer must hold beside its status.
     *
     * @param contains a piece of the body; null for any
     * @param path of a member in a JSON body, its names joined by dots; null to look at none
     * @param equals what stands there, as text
     */
    record Success(@Nullable String contains, @Nullable String path, String equals) {}

    /** Opens values that passed {@link S2sForm#check}. */
    static S2sSettings of(Map<String, Object> settings, Map<String, String> credentials) {
        Method method = method(settings);
        String body = EnteredValues.filled(settings, S2sForm.BODY);
        String minimum = EnteredValues.filled(settings, S2sForm.MINIMUM);
        String currency = EnteredValues.filled(settings, S2sForm.MINIMUM_CURRENCY);
        String equals = EnteredValues.filled(settings, S2sForm.SUCCESS_EQUALS);
        String secret = credentials.get(S2sForm.SECRET);
        return new S2sSettings(
                S2sTemplates.url(EnteredValues.filled(settings, S2sForm.URL)),
                method,
                method == Method.GET || body == null ? null : S2sTemplates.body(body, place(method)),
                statuses(settings),
                !S2sForm.NOTHING.equals(settings.get(S2sForm.REQUIRE)),
                minimum == null ? null : new BigDecimal(minimum),
                currency == null ? null : currency.toUpperCase(Locale.ROOT),
                new Success(
                        EnteredValues.filled(settings, S2sForm.SUCCESS_CONTAINS),
                        EnteredValues.filled(settings, S2sForm.SUCCESS_PATH),
                        equals == null ? "" : equals),
                headers(credentials.get(S2sForm.HEADERS)),
                secret == null ? "" : secret);
    }

    static Method method(Map<String, Object> settings) {
        for (Method m : Method.values()) {
            if (m.word().equals(settings.get(S2sForm.METHOD))) {
                return m;
            }
        }
        return Method.GET;
    }

    static Place place(Method method) {
        return method == Method.POST_JSON ? Place.JSON : Place.FORM;
    }

    private static Set<String> statuses(Map<String, Object> settings) {
        Object chosen = settings.get(S2sForm.STATUSES);
        List<?> all = chosen instanceof List<?> list ? list : S2sCatalog.USUAL_STATUSES;
        var statuses = new LinkedHashSet<String>();
        all.forEach(status -> statuses.add(String.valueOf(status).toLowerCase(Locale.ROOT)));
        return Set.copyOf(statuses);
    }

    /** One {@code Name: value} a line; a line that is none is left out, as {@link S2sForm#check} complained of it. */
    static Map<String, String> headers(@Nullable String lines) {
        var headers = new LinkedHashMap<String, String>();
        if (lines != null) {
            lines.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    headers.put(
                            line.substring(0, colon).strip(),
                            line.substring(colon + 1).strip());
                }
            });
        }
        return headers;
    }

    @Override
    public String toString() {
        return "S2sSettings[" + method.word() + ", statuses=" + statuses + ", headers=" + headers.keySet() + ", secret="
                + (secret.isEmpty() ? "none" : "set") + "]";
    }
}
