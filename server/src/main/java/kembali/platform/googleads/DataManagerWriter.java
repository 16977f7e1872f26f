package kembali.platform.googleads;

import java.math.BigDecimal;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kembali.identity.Consent;
import kembali.platform.JsonText;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import org.jspecify.annotations.Nullable;

/** Writes {@code events:ingest}: one destination, the conversion action, and the events for it. */
final class DataManagerWriter implements GoogleAdsEncoder.Writer {
    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");

    private final GoogleAdsSettings settings;
    private final URI uri;

    DataManagerWriter(GoogleAdsSettings settings, String endpoint) {
        this.settings = settings;
        this.uri = URI.create(endpoint + "/v1/events:ingest");
    }

    @Override
    public Prepared.@Nullable Ready write(NeutralConversion conversion) {
        ClickChoice clicks = conversion.clicks();
        GoogleIdentity person = conversion.person();
        if (clicks.isNone() && person.isNobody()) {
            return null;
        }
        List<String> keys = new ArrayList<>(5);
        StringBuilder out = new StringBuilder(768);
        JsonText.string(out.append("{\"transactionId\":"), conversion.transactionId());
        out.append(",\"eventTimestamp\":\"")
                .append(conversion.at().truncatedTo(ChronoUnit.MILLIS))
                .append("\",\"eventSource\":\"")
                .append(settings.eventSource())
                .append('"');
        BigDecimal value = conversion.value();
        if (value != null) {
            JsonText.number(out.append(",\"conversionValue\":"), value);
            out.append(",\"currency\":\"").append(conversion.currency()).append('"');
        }
        consent(out, conversion.consent());
        if (!clicks.isNone()) {
            out.append(",\"adIdentifiers\":{");
            click(out, keys, "gclid", clicks.gclid());
            click(out, keys, "gbraid", clicks.gbraid());
            click(out, keys, "wbraid", clicks.wbraid());
            out.append('}');
        }
        if (!person.isNobody()) {
            person(out, keys, person);
        }
        return new Prepared.Ready(out.append('}').toString(), keys, conversion.actionId(), false, clicks.clickedAt());
    }

    /** One request for events of one conversion action, their route. */
    PlatformRequest request(List<Prepared.Ready> events, boolean validateOnly) {
        int length = 512;
        for (Prepared.Ready event : events) {
            length += event.json().length() + 1;
        }
        StringBuilder body = new StringBuilder(length)
                .append("{\"destinations\":[{\"operatingAccount\":{\"accountType\":\"GOOGLE_ADS\",\"accountId\":\"")
                .append(settings.customerId())
                .append("\"}");
        if (settings.loginCustomerId() != null) {
            body.append(",\"loginAccount\":{\"accountType\":\"GOOGLE_ADS\",\"accountId\":\"")
                    .append(settings.loginCustomerId())
                    .append("\"}");
        }
        body.append(",\"productDestinationId\":\"")
                .append(events.getFirst().route())
                .append("\"}],\"encoding\":\"HEX\",\"validateOnly\":")
                .append(validateOnly)
                .append(",\"events\":[");
        String comma = "";
        for (Prepared.Ready event : events) {
            body.append(comma).append(event.json());
            comma = ",";
        }
        return new PlatformRequest(
                "POST", uri, uri.toString(), HEADERS, body.append("]}").toString());
    }

    private static void click(StringBuilder out, List<String> keys, String name, @Nullable String value) {
        if (value != null) {
            out.append(keys.isEmpty() ? "" : ",").append('"').append(name).append("\":");
            JsonText.string(out, value);
            keys.add(name);
        }
    }

    private static void consent(StringBuilder out, Consent consent) {
        String userData = word(consent.adUserData());
        String personalization = word(consent.adPersonalization());
        if (userData == null && personalization == null) {
            return;
        }
        out.append(",\"consent\":{");
        if (userData != null) {
            out.append("\"adUserData\":\"").append(userData).append('"');
        }
        if (personalization != null) {
            out.append(userData == null ? "" : ",")
                    .append("\"adPersonalization\":\"")
                    .append(personalization)
                    .append('"');
        }
        out.append('}');
    }

    private static @Nullable String word(Consent.Choice choice) {
        return switch (choice) {
            case GRANTED -> "CONSENT_GRANTED";
            case DENIED -> "CONSENT_DENIED";
            case UNKNOWN -> null;
        };
    }

    private static void person(StringBuilder out, List<String> keys, GoogleIdentity person) {
        String comma = "";
        out.append(",\"userData\":{\"userIdentifiers\":[");
        if (person.email() != null) {
            out.append("{\"emailAddress\":\"").append(person.email()).append("\"}");
            keys.add("emailAddress");
            comma = ",";
        }
        if (person.phone() != null) {
            out.append(comma)
                    .append("{\"phoneNumber\":\"")
                    .append(person.phone())
                    .append("\"}");
            keys.add("phoneNumber");
            comma = ",";
        }
        GoogleIdentity.Address address = person.address();
        if (address != null) {
            out.append(comma).append("{\"address\":{\"givenName\":\"").append(address.givenName());
            out.append("\",\"familyName\":\"").append(address.familyName());
            out.append("\",\"regionCode\":\"").append(address.regionCode());
            JsonText.string(out.append("\",\"postalCode\":"), address.postalCode());
            out.append("}}");
            keys.add("address");
        }
        out.append("]}");
    }
}
