package kembali.e2e;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Meta's Conversions API. */
final class MetaTransport implements Transport {
    @Override
    public String platform() {
        return "meta";
    }

    @Override
    public String word() {
        return "meta";
    }

    @Override
    public String id(int n) {
        return Long.toString(410_000_000_000_000L + n);
    }

    @Override
    public String settings(String id) {
        return "{\"pixelId\":\"" + id + "\"}";
    }

    @Override
    public String credentials(String id) {
        return token("sandbox-token-" + id);
    }

    @Override
    public String click(int n) {
        return "\"fbclid\":\"IwAR-contract-" + n + "\"";
    }

    @Override
    public String event(String id) {
        return "Purchase";
    }

    @Override
    public String whenNobodyIsRecognised() {
        return "missing_click_id";
    }

    @Override
    public Duration maxAge() {
        return Duration.ofDays(7);
    }

    @Override
    public String refusal() {
        return "\"mode\":\"fail\",\"status\":400,\"code\":100,\"subcode\":2804010";
    }

    /** A browser cookie from the year 2033. */
    @Override
    public String badClick() {
        return "\"fbclid\":\"IwAR-bad\",\"fbp\":\"fb.1.2000000000000.1116446470\"";
    }

    @Override
    public List<Wrong> wrongs(String id) {
        return Stream.of(
                        "expired token_invalid",
                        "revoked token_invalid",
                        "noperm permission_missing",
                        "wrongpixel pixel_not_found")
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
