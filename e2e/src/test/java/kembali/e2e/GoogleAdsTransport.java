package kembali.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Google Ads, by the Data Manager API or by the older upload. An id is an Action ID. */
enum GoogleAdsTransport implements Transport {
    DATA_MANAGER("google_data_manager", "account_mismatch") {
        @Override
        public String settings(String id) {
            return settings(id, CUSTOMER, "");
        }

        @Override
        public String refusal() {
            return "\"mode\":\"fail\",\"reason\":\"INVALID_FORMAT\"";
        }

        /** To the sandbox this token says that only the older interface was consented to. */
        @Override
        public List<Wrong> wrongs(String id) {
            var all = new ArrayList<>(super.wrongs(id));
            all.add(Wrong.credentials(grant("1//adwords-" + id, id), "scope_missing"));
            return all;
        }
    },
    ADS_API("google_ads", "permission_missing") {
        @Override
        public String settings(String id) {
            return settings(id, CUSTOMER, OLDER_UPLOAD);
        }

        @Override
        public String refusal() {
            return "\"mode\":\"partial\",\"reason\":\"EXPIRED_EVENT\"";
        }

        @Override
        public String badClick() {
            return "\"gclid\":\"unparseable-1\"";
        }

        @Override
        public boolean storesTwins() {
            return false;
        }
    };

    static final String CUSTOMER = "1234567890";

    /** A customer whom only the manager account 9998887777 reaches, once the sandbox was told so. */
    static final String MANAGED = "5556667777";

    static final String MANAGED_ACCOUNT = "{\"accounts\":[{\"id\":\"" + MANAGED + "\",\"manager\":\"9998887777\"}]}";
    private static final String OLDER_UPLOAD = ",\"transport\":\"ads_api\",\"adsApiAllowlisted\":true";

    private final String word;
    private final String whenManaged;

    /** @param whenManaged why an account is out of reach that only its manager may report to */
    GoogleAdsTransport(String word, String whenManaged) {
        this.word = word;
        this.whenManaged = whenManaged;
    }

    @Override
    public String platform() {
        return "google_ads";
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String id(int n) {
        return Integer.toString((this == ADS_API ? 880_000_000 : 770_000_000) + n);
    }

    @Override
    public String credentials(String id) {
        return grant("1//sandbox-" + id, id);
    }

    @Override
    public String click(int n) {
        return "\"gclid\":\"Cj0K-contract-" + n + "\"";
    }

    @Override
    public String event(String id) {
        return id;
    }

    @Override
    public String whenNobodyIsRecognised() {
        return "insufficient_user_data";
    }

    @Override
    public Duration maxAge() {
        return Duration.ofDays(90);
    }

    @Override
    public List<Wrong> wrongs(String id) {
        String right = settings(id);
        return List.of(
                Wrong.credentials(grant("1//revoked-" + id, id), "reconnect_needed"),
                Wrong.credentials(grant("1//wrongclient-" + id, id), "oauth_client_invalid"),
                Wrong.settings(right.replace(CUSTOMER, MANAGED), whenManaged));
    }

    @Override
    public boolean rehearses() {
        return true;
    }

    /** The OAuth client of a pixel; no two pixels share one, so that each has its own access tokens. */
    static String client(String id) {
        return "client-of-" + id;
    }

    static String grant(String refreshToken, String id) {
        return "{\"refreshToken\":\"%s\",\"clientId\":\"%s\",\"clientSecret\":\"secret-of-%s\"}"
                .formatted(refreshToken, client(id), id);
    }

    static String settings(String id, String customer, String more) {
        return "{\"customerId\":\"%s\",\"actionId\":\"%s\"%s}".formatted(customer, id, more);
    }

    @Override
    public String toString() {
        return word;
    }
}
