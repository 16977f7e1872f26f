package kembali.e2e;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** TikTok's Events API, website events. Its refusals come with HTTP 200. */
final class TikTokTransport implements Transport {
    @Override
    public String platform() {
        return "tiktok";
    }

    @Override
    public String word() {
        return "tiktok";
    }

    @Override
    public String id(int n) {
        return "CONTRACT%010d".formatted(n);
    }

    @Override
    public String settings(String id) {
        return "{\"pixelCode\":\"" + id + "\",\"eventSource\":\"web\"}";
    }

    @Override
    public String credentials(String id) {
        return token("sandbox-token-" + id);
    }

    @Override
    public String click(int n) {
        return "\"ttclid\":\"E.C.P.contract-" + n + "\"";
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
        return Duration.ofDays(28);
    }

    @Override
    public String refusal() {
        return "\"mode\":\"fail\",\"status\":200,\"code\":40002";
    }

    /** It names nobody, so the batch is halved: 13, 6, 3, and the first alone. */
    @Override
    public String refusalOfOneInABatch() {
        return refusal() + ",\"count\":4";
    }

    @Override
    public boolean saysHowLongToWait() {
        return false;
    }

    @Override
    public String whenDown() {
        return "200";
    }

    @Override
    public List<Wrong> wrongs(String id) {
        return Stream.of(
                        "expired token_invalid",
                        "revoked token_invalid",
                        "noperm permission_missing",
                        "wrongpixel permission_missing")
                .map(w -> w.split(" ", -1))
                .map(w -> Wrong.credentials(token("sandbox-" + w[0] + "-" + id), w[1]))
                .toList();
    }

    /** Without a test event code there is no request that proves the pixel and stores nothing. */
    @Override
    public String connected() {
        return "token_accepted";
    }

    private static String token(String token) {
        return "{\"accessToken\":\"" + token + "\"}";
    }

    @Override
    public String toString() {
        return word();
    }
}
