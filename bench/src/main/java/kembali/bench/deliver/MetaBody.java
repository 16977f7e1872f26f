package kembali.bench.deliver;

/** Meta's request body written by hand, nine fields of each event hashed. */
final class MetaBody extends HandWritten {
    @Override
    String path() {
        return "/v26.0/123456789012345/events";
    }

    @Override
    void write(StringBuilder text, long first, int events, long nowMillis) {
        text.append("{\"data\":[");
        for (long person = first; person < first + events; person++) {
            if (person > first) {
                text.append(',');
            }
            event(text, person, nowMillis);
        }
        text.append("]}");
    }

    private void event(StringBuilder text, long person, long nowMillis) {
        text.append("{\"event_name\":\"Purchase\",\"event_time\":").append(nowMillis / 1_000);
        text.append(",\"event_id\":\"kmb_ld_01m7yer9vne00bmt").append(person).append("_Purchase\"");
        text.append(
                ",\"action_source\":\"website\",\"event_source_url\":\"https://shop.example/promo\",\"user_data\":{");
        hashed(text, "em", "pembeli." + person + "@example.co.id");
        hashed(text, "ph", "62812" + (10_000_000 + person));
        hashed(text, "fn", "budi" + person % 50);
        hashed(text, "ln", "santoso" + person % 80);
        hashed(text, "ct", "surabaya");
        hashed(text, "st", "jawatimur");
        hashed(text, "zp", Long.toString(60_100 + person % 800));
        hashed(text, "country", "id");
        hashed(text, "external_id", "crm-" + person);
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

    private void hashed(StringBuilder text, String key, String normalised) {
        text.append('"').append(key).append("\":[\"").append(hash(normalised)).append("\"],");
    }
}
