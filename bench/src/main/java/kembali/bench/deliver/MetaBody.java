package kembali.bench.deliver;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Meta's request body written by hand for made-up people, nine fields of each hashed. */
final class MetaBody {
    private static final HexFormat HEX = HexFormat.of();

    private final MessageDigest sha256;
    private final StringBuilder text = new StringBuilder();

    MetaBody() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param first number of the first person; the others follow */
    byte[] of(long first, int events, long nowMillis) {
        text.setLength(0);
        text.append("{\"data\":[");
        for (long person = first; person < first + events; person++) {
            if (person > first) {
                text.append(',');
            }
            event(person, nowMillis);
        }
        return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void event(long person, long nowMillis) {
        text.append("{\"event_name\":\"Purchase\",\"event_time\":").append(nowMillis / 1_000);
        text.append(",\"event_id\":\"kmb_ld_01m7yer9vne00bmt").append(person).append("_Purchase\"");
        text.append(
                ",\"action_source\":\"website\",\"event_source_url\":\"https://shop.example/promo\",\"user_data\":{");
        hashed("em", "pembeli." + person + "@example.co.id");
        hashed("ph", "62812" + (10_000_000 + person));
        hashed("fn", "budi" + person % 50);
        hashed("ln", "santoso" + person % 80);
        hashed("ct", "surabaya");
        hashed("st", "jawatimur");
        hashed("zp", Long.toString(60_100 + person % 800));
        hashed("country", "id");
        hashed("external_id", "crm-" + person);
        text.append("\"client_ip_address\":\"203.0.113.7\",\"client_user_agent\":\"")
                .append(SampleLeads.USER_AGENT)
                .append("\",\"fbc\":\"fb.1.")
                .append(nowMillis)
                .append('.')
                .append(SampleLeads.fbclid(person))
                .append("\",\"fbp\":\"fb.1.")
                .append(nowMillis)
                .append('.')
                .append(person)
                .append("\"},\"custom_data\":{\"value\":")
                .append(150_000 + person % 100 * 1_000)
                .append(",\"currency\":\"IDR\",\"order_id\":\"INV-")
                .append(person)
                .append("\"}}");
    }

    private void hashed(String key, String normalised) {
        text.append('"')
                .append(key)
                .append("\":[\"")
                .append(HEX.formatHex(sha256.digest(normalised.getBytes(StandardCharsets.UTF_8))))
                .append("\"],");
    }
}
