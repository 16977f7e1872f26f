package kembali.bench.deliver;

/** TikTok's request body written by hand, seven fields of each event hashed. */
final class TikTokBody extends HandWritten {
    @Override
    String path() {
        return "/open_api/v1.3/event/track/";
    }

    @Override
    void write(StringBuilder text, long first, int events, long nowMillis) {
        text.append("{\"event_source\":\"web\",\"event_source_id\":\"BENCH00000000000SINK\",\"data\":[");
        for (long person = first; person < first + events; person++) {
            if (person > first) {
                text.append(',');
            }
            event(text, person, nowMillis);
        }
        text.append("]}");
    }

    private void event(StringBuilder text, long person, long nowMillis) {
        text.append("{\"event\":\"Purchase\",\"event_time\":").append(nowMillis / 1_000);
        text.append(",\"event_id\":\"kmb_01m7yer9vne00bmt").append(person).append("_Purchase\",\"user\":{");
        hashed(text, "email", "pembeli." + person + "@example.co.id");
        hashed(text, "phone", "+62812" + (10_000_000 + person));
        text.append("\"external_id\":[\"")
                .append(hash("ld_01m7yer9vne00bmt" + person))
                .append("\",\"")
                .append(hash("crm-" + person))
                .append("\"],");
        hashed(text, "first_name", "budi" + person % 50);
        hashed(text, "last_name", "santoso" + person % 80);
        text.append("\"city\":\"surabaya\",\"state\":\"jawatimur\",\"country\":\"id\",");
        hashed(text, "zip_code", Long.toString(60_100 + person % 800));
        text.append("\"ttclid\":\"")
                .append(Advertiser.ttclid(person))
                .append("\",\"ttp\":\"")
                .append(Advertiser.ttp(person))
                .append("\",\"ip\":\"203.0.113.7\",\"user_agent\":\"")
                .append(SampleLeads.USER_AGENT)
                .append("\"},\"page\":{\"url\":\"https://shop.example/promo\"},\"properties\":{\"value\":")
                .append(150_000 + person % 100 * 1_000)
                .append(",\"currency\":\"IDR\",\"order_id\":\"INV-")
                .append(person)
                .append("\"}}");
    }

    private void hashed(StringBuilder text, String key, String normalised) {
        text.append('"').append(key).append("\":\"").append(hash(normalised)).append("\",");
    }
}
