package kembali.platform.googleads;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kembali.identity.Consent;
import kembali.platform.JsonText;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import org.jspecify.annotations.Nullable;

/** Writes {@code uploadClickConversions} of the Google Ads API. */
final class AdsUploadWriter implements GoogleAdsEncoder.Writer {
    private final GoogleAdsSettings settings;
    private final URI uri;
    private final Map<String, String> headers;

    AdsUploadWriter(GoogleAdsSettings settings, String endpoint) {
        this.settings = settings;
        this.uri = URI.create(endpoint + "/" + settings.apiVersion() + "/customers/" + settings.customerId()
                + ":uploadClickConversions");
        this.headers = headers(settings, true);
    }

    /** The headers of every request; whose customer is asked about is left out where the question is about none. */
    static Map<String, String> headers(GoogleAdsSettings settings, boolean withCustomer) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        if (withCustomer && settings.loginCustomerId() != null) {
            headers.put("login-customer-id", settings.loginCustomerId());
        }
        if (settings.developerToken() != null) {
            headers.put("developer-token", settings.developerToken());
        }
        return Map.copyOf(headers);
    }

    @Override
    public Prepared.@Nullable Ready write(NeutralConversion conversion) {
        ClickChoice clicks = conversion.clicks();
        // Google refuses identifiers beside a braid.
        GoogleIdentity person = clicks.hasBraid() ? GoogleIdentity.NOBODY : conversion.person();
        boolean known = person.email() != null || person.phone() != null;
        if (clicks.isNone() && !known) {
            return null;
        }
        List<String> keys = new ArrayList<>(4);
        StringBuilder out = new StringBuilder(640)
                .append("{\"conversionAction\":\"customers/")
                .append(settings.customerId())
                .append("/conversionActions/")
                .append(conversion.actionId())
                .append("\",\"conversionDateTime\":\"");
        dateTime(out, conversion.at(), clicks.clickedAt()).append('"');
        click(out, keys, "gclid", clicks.gclid());
        click(out, keys, "gbraid", clicks.gbraid());
        click(out, keys, "wbraid", clicks.wbraid());
        JsonText.string(out.append(",\"orderId\":"), conversion.transactionId());
        BigDecimal value = conversion.value();
        if (value != null) {
            JsonText.number(out.append(",\"conversionValue\":"), value);
            out.append(",\"currencyCode\":\"").append(conversion.currency()).append('"');
        }
        // The upload takes no adPersonalization; a refusal of adUserData never gets here.
        if (conversion.consent().adUserData() == Consent.Choice.GRANTED) {
            out.append(",\"consent\":{\"adUserData\":\"GRANTED\"}");
        }
        if (known) {
            out.append(",\"userIdentifiers\":[");
            String comma = "";
            if (person.email() != null) {
                identifier(out, keys, "hashedEmail", person.email());
                comma = ",";
            }
            if (person.phone() != null) {
                identifier(out.append(comma), keys, "hashedPhoneNumber", person.phone());
            }
            out.append(']');
        }
        return new Prepared.Ready(out.append('}').toString(), keys, "", false, clicks.clickedAt());
    }

    PlatformRequest request(List<Prepared.Ready> events, boolean validateOnly) {
        int length = 128;
        for (Prepared.Ready event : events) {
            length += event.json().length() + 1;
        }
        // Without partialFailure one bad row would refuse all.
        StringBuilder body = new StringBuilder(length)
                .append("{\"partialFailure\":true,\"validateOnly\":")
                .append(validateOnly)
                .append(",\"conversions\":[");
        String comma = "";
        for (Prepared.Ready event : events) {
            body.append(comma).append(event.json());
            comma = ",";
        }
        return new PlatformRequest(
                "POST", uri, uri.toString(), headers, body.append("]}").toString());
    }

    /**
     * {@code yyyy-MM-dd HH:mm:ss+00:00}. The format has no fraction, and a cut-off one must not put the conversion before
     * its click.
     */
    static StringBuilder dateTime(StringBuilder out, Instant at, @Nullable Instant clickedAt) {
        long second = at.getEpochSecond();
        if (clickedAt != null && Instant.ofEpochSecond(second).isBefore(clickedAt)) {
            second++;
        }
        LocalDateTime utc = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        out.append(utc.getYear());
        two(out.append('-'), utc.getMonthValue());
        two(out.append('-'), utc.getDayOfMonth());
        two(out.append(' '), utc.getHour());
        two(out.append(':'), utc.getMinute());
        two(out.append(':'), utc.getSecond());
        return out.append("+00:00");
    }

    private static void two(StringBuilder out, int number) {
        out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private static void click(StringBuilder out, List<String> keys, String name, @Nullable String value) {
        if (value != null) {
            JsonText.string(out.append(",\"").append(name).append("\":"), value);
            keys.add(name);
        }
    }

    private static void identifier(StringBuilder out, List<String> keys, String name, String hash) {
        out.append("{\"").append(name).append("\":\"").append(hash);
        out.append("\",\"userIdentifierSource\":\"FIRST_PARTY\"}");
        keys.add(name);
    }
}
