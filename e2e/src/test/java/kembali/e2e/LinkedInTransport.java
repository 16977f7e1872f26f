package kembali.e2e;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** LinkedIn's Conversions API with a lasting token. What others call a pixel is a conversion rule here. */
final class LinkedInTransport implements Transport {
    @Override
    public String platform() {
        return "linkedin";
    }

    @Override
    public String word() {
        return "linkedin";
    }

    @Override
    public String id(int n) {
        return Integer.toString(660_000_000 + n);
    }

    @Override
    public String settings(String id) {
        return "{\"adAccountId\":\"512345678\",\"conversionIds\":{\"PURCHASE\":\"" + id + "\"}}";
    }

    @Override
    public String credentials(String id) {
        return token("sandbox-token-" + id);
    }

    @Override
    public String click(int n) {
        return "\"liFatId\":\"df5gf5-gh6t7-ph4j7h-fgf6n" + n + "\"";
    }

    @Override
    public String event(String id) {
        return "PURCHASE";
    }

    @Override
    public String whenNobodyIsRecognised() {
        return "missing_click_id";
    }

    @Override
    public Duration maxAge() {
        return Duration.ofDays(90);
    }

    @Override
    public String refusal() {
        return "\"mode\":\"fail\",\"status\":422";
    }

    /** It names nobody, so the batch is halved: 13, 6, 3, and the first alone. */
    @Override
    public String refusalOfOneInABatch() {
        return refusal() + ",\"count\":4";
    }

    @Override
    public String amount(String plain) {
        return "amount\":\"" + plain + "\"";
    }

    @Override
    public List<Wrong> wrongs(String id) {
        return Stream.of("expired token_invalid", "revoked token_revoked", "noperm permission_missing")
                .map(w -> w.split(" ", -1))
                .map(w -> Wrong.credentials(token("sandbox-" + w[0] + "-" + id), w[1]))
                .toList();
    }

    private static String token(String token) {
        return "{\"accessToken\":\"" + token + "\"}";
    }

    @Override
    public String toString() {
        return word();
    }
}
