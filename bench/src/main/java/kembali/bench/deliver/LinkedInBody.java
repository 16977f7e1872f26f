package kembali.bench.deliver;

/** LinkedIn's request body written by hand, the e-mail address of each event hashed: one event as it is, several in a batch. */
final class LinkedInBody extends HandWritten {
    @Override
    String path() {
        return "/rest/conversionEvents";
    }

    @Override
    void write(StringBuilder text, long first, int events, long nowMillis) {
        if (events == 1) {
            event(text, first, nowMillis);
            return;
        }
        text.append("{\"elements\":[");
        for (long person = first; person < first + events; person++) {
            if (person > first) {
                text.append(',');
            }
            event(text, person, nowMillis);
        }
        text.append("]}");
    }

    private void event(StringBuilder text, long person, long nowMillis) {
        text.append("{\"conversion\":\"urn:lla:llaPartnerConversion:104012\",\"conversionHappenedAt\":")
                .append(nowMillis)
                .append(",\"conversionValue\":{\"currencyCode\":\"IDR\",\"amount\":\"")
                .append(150_000 + person % 100 * 1_000)
                .append("\"},\"eventId\":\"kmb_01m7yer9vne00bmt")
                .append(person)
                .append("_PURCHASE\",\"user\":{\"userIds\":[{\"idType\":\"SHA256_EMAIL\",\"idValue\":\"")
                .append(hash("pembeli." + person + "@example.co.id"))
                .append("\"},{\"idType\":\"LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID\",\"idValue\":\"")
                .append(Advertiser.liFatId(person))
                .append("\"},{\"idType\":\"PLAINTEXT_IP_ADDRESS\",\"idValue\":\"203.0.113.7\"}],")
                .append("\"userInfo\":{\"firstName\":\"Budi\",\"lastName\":\"Santoso\",\"countryCode\":\"ID\"},")
                .append("\"externalIds\":[\"ld_01m7yer9vne00bmt")
                .append(person)
                .append("\"]}}");
    }
}
