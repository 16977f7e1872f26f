package kembali.bench.deliver;

/** GA4's request body written by hand, four fields hashed. One person's events only. */
final class Ga4Body extends HandWritten {
    @Override
    String path() {
        return "/mp/collect?measurement_id=G-BENCH00001&api_secret=bare";
    }

    @Override
    void write(StringBuilder text, long person, int events, long nowMillis) {
        if (events != 1) {
            throw new IllegalArgumentException("GA4 takes one event a request, not " + events);
        }
        text.append("{\"timestamp_micros\":").append(nowMillis * 1_000);
        text.append(",\"client_id\":\"").append(Advertiser.gaClientId(person));
        text.append("\",\"user_id\":\"ABC").append(person);
        text.append("\",\"user_data\":{\"sha256_email_address\":[\"")
                .append(hash("pembeli." + person + "@example.co.id"))
                .append("\"],\"sha256_phone_number\":[\"")
                .append(hash("+62812" + (10_000_000 + person)))
                .append("\"],\"address\":[{\"sha256_first_name\":\"")
                .append(hash("budi" + person % 50))
                .append("\",\"sha256_last_name\":\"")
                .append(hash("santoso" + person % 80))
                .append("\",\"city\":\"surabaya\",\"region\":\"jawa timur\",\"postal_code\":\"")
                .append(60_100 + person % 800)
                .append("\",\"country\":\"ID\"}]},\"user_location\":{\"country_id\":\"ID\",\"city\":\"Surabaya\"},")
                .append("\"consent\":{\"ad_user_data\":\"GRANTED\",\"ad_personalization\":\"GRANTED\"},")
                .append("\"events\":[{\"name\":\"purchase\",\"params\":{\"session_id\":\"1763521111\",")
                .append("\"engagement_time_msec\":1,\"event_id\":\"kmb_01m7yer9vne00bmt")
                .append(person)
                .append("_purchase\",\"currency\":\"IDR\",\"value\":")
                .append(150_000 + person % 100 * 1_000)
                .append(",\"transaction_id\":\"INV-")
                .append(person)
                .append("\",\"lead_status\":\"won\",\"items\":[{\"item_id\":\"lead-won\",\"price\":")
                .append(150_000 + person % 100 * 1_000)
                .append(",\"quantity\":1}]}}]}");
    }
}
