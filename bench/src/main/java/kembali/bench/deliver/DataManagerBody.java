package kembali.bench.deliver;

import java.time.Instant;

/** Google's {@code events:ingest} written by hand, four fields of each event hashed. */
final class DataManagerBody extends HandWritten {
    @Override
    String path() {
        return "/v1/events:ingest";
    }

    @Override
    void write(StringBuilder text, long first, int events, long nowMillis) {
        text.append(
                        "{\"destinations\":[{\"operatingAccount\":{\"accountType\":\"GOOGLE_ADS\",\"accountId\":\"1234567890\"},")
                .append(
                        "\"productDestinationId\":\"6512340001\"}],\"encoding\":\"HEX\",\"validateOnly\":false,\"events\":[");
        for (long person = first; person < first + events; person++) {
            if (person > first) {
                text.append(',');
            }
            event(text, person, nowMillis);
        }
        text.append("]}");
    }

    private void event(StringBuilder text, long person, long nowMillis) {
        text.append("{\"transactionId\":\"kbl-01m7yer9vne00bmt")
                .append(person)
                .append("-won-INV-")
                .append(person);
        text.append("\",\"eventTimestamp\":\"")
                .append(Instant.ofEpochMilli(nowMillis))
                .append("\",\"eventSource\":\"WEB\",\"conversionValue\":")
                .append(150_000 + person % 100 * 1_000)
                .append(",\"currency\":\"IDR\",\"consent\":{\"adUserData\":\"CONSENT_GRANTED\",")
                .append("\"adPersonalization\":\"CONSENT_GRANTED\"},\"adIdentifiers\":{\"gclid\":\"")
                .append(Advertiser.gclid(person))
                .append("\"},\"userData\":{\"userIdentifiers\":[{\"emailAddress\":\"")
                .append(hash("pembeli." + person + "@example.co.id"))
                .append("\"},{\"phoneNumber\":\"")
                .append(hash("+62812" + (10_000_000 + person)))
                .append("\"},{\"address\":{\"givenName\":\"")
                .append(hash("budi" + person % 50))
                .append("\",\"familyName\":\"")
                .append(hash("santoso" + person % 80))
                .append("\",\"regionCode\":\"ID\",\"postalCode\":\"")
                .append(60_100 + person % 800)
                .append("\"}}]}}");
    }
}
