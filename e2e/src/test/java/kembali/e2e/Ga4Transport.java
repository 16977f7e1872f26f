package kembali.e2e;

import java.time.Duration;

/** GA4's Measurement Protocol. It answers 204 to everything, so it tells neither a wrong secret nor a lost event. */
final class Ga4Transport implements Transport {
    @Override
    public String platform() {
        return "ga4";
    }

    @Override
    public String word() {
        return "ga4";
    }

    @Override
    public String id(int n) {
        return "G-CONTRACT" + n;
    }

    @Override
    public String settings(String id) {
        return "{\"measurementId\":\"" + id + "\"}";
    }

    @Override
    public String credentials(String id) {
        return "{\"apiSecret\":\"SecretOf" + id.substring(2) + "\"}";
    }

    @Override
    public String click(int n) {
        return "\"gaClientId\":\"" + (1_000_000_000 + n) + ".1763520000\",\"gaSessionId\":\"1763521111\"";
    }

    @Override
    public String event(String id) {
        return "purchase";
    }

    @Override
    public String whenNobodyIsRecognised() {
        return "missing_client_id";
    }

    @Override
    public Duration maxAge() {
        return Duration.ofDays(63);
    }

    @Override
    public String refusal() {
        return "\"mode\":\"fail\",\"status\":400";
    }

    @Override
    public String connected() {
        return "payload_valid";
    }

    @Override
    public boolean readsAnswers() {
        return false;
    }

    @Override
    public boolean rehearses() {
        return true;
    }

    @Override
    public String toString() {
        return word();
    }
}
