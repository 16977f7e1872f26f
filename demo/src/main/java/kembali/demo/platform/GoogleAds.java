package kembali.demo.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kembali.demo.sample.Network;
import kembali.demo.sample.Person;
import kembali.demo.sample.Step.Treatment;
import org.jspecify.annotations.Nullable;

/** Google Ads through the Data Manager API; the rules are those of docs/platforms/google-ads.md. */
public final class GoogleAds implements Platform {
    static final GoogleAds PLATFORM = new GoogleAds();

    private static final String DATA_MANAGER = "google_data_manager";
    private static final String OAUTH = "google_oauth";

    /** The conversion action of every status, and the one of sales. */
    static final String EVERY_STATUS = "6512340001";

    static final String SALES = "6512340002";

    /** Its grant is good; sales go to a conversion action of their own. */
    public static final PixelPlan SHOP = pixel(
            "Shop",
            "strict",
            "482913570001-shop.apps.googleusercontent.com",
            "1//sandbox-refresh-datamanager",
            EVERY_STATUS,
            Map.of("won", Map.of("googleAdsActionId", SALES)),
            null);
    /** Somebody has withdrawn the access: what it should report waits. */
    public static final PixelPlan WITHDRAWN = pixel(
            "Old access",
            "send_all",
            "482913570002-agency.apps.googleusercontent.com",
            "1//sandbox-refresh-revoked",
            "6512349001",
            Map.of(),
            "reconnect_needed");

    private GoogleAds() {}

    private static PixelPlan pixel(
            String name,
            String strategy,
            String client,
            String refreshToken,
            String actionId,
            Map<String, ?> mapping,
            @Nullable String waitsFor) {
        return new PixelPlan(
                PLATFORM,
                name,
                strategy,
                client,
                Map.of("customerId", "123-456-7890", "actionId", actionId),
                Map.of("refreshToken", refreshToken, "clientId", client, "clientSecret", "GOCSPX-sandbox"),
                mapping,
                waitsFor);
    }

    @Override
    public String key() {
        return "google_ads";
    }

    @Override
    public String title() {
        return "Google Ads";
    }

    @Override
    public List<PixelPlan> pixels() {
        return List.of(SHOP, WITHDRAWN);
    }

    /** The Action ID stands for the event. A lost lead is no conversion, and neither is a page view. */
    @Override
    public @Nullable String event(PixelPlan pixel, String status, boolean chat) {
        if (status.equals("lost") || status.equals("pageview")) {
            return null;
        }
        return pixel.mapping().containsKey(status)
                ? SALES
                : String.valueOf(pixel.settings().get("actionId"));
    }

    /** One action may serve several statuses, and each of them counts. */
    @Override
    public String once(String status, String event) {
        return status;
    }

    /** Strict and send all are the same here: without click and contact Google takes nothing. */
    @Override
    public Verdict verdict(PixelPlan pixel, Facts facts) {
        if (!facts.clicked(Network.GOOGLE) && !facts.reachable()) {
            return Verdict.skipped(
                    facts.clicks().containsKey(Network.GOOGLE) ? "event_too_old" : "insufficient_user_data");
        }
        if (pixel.waitsFor() != null) {
            return Verdict.pending(pixel.waitsFor());
        }
        if (pixel == SHOP && facts.treatment() == Treatment.GOOGLE_ADS_REFUSES_LATER) {
            return Verdict.failedAfterwards("click_of_other_account");
        }
        return Verdict.accepted(
                pixel == SHOP && facts.treatment() == Treatment.GOOGLE_ADS_LOSES_THE_ANSWER
                        ? "duplicate"
                        : "processed");
    }

    @Override
    public @Nullable Fault singled(Treatment treatment) {
        return switch (treatment) {
            case GOOGLE_ADS_REFUSES_LATER ->
                new Fault(
                        DATA_MANAGER,
                        "*",
                        "slow_processing",
                        Map.of(
                                "count",
                                1,
                                "polls",
                                1,
                                "reason",
                                "PROCESSING_ERROR_OPERATING_ACCOUNT_MISMATCH_FOR_AD_IDENTIFIER"),
                        Fault.BY_COUNT);
            case GOOGLE_ADS_LOSES_THE_ANSWER -> Fault.once(DATA_MANAGER, "*", "lose_answer");
            default -> null;
        };
    }

    /** All access tokens become void at once, and are fetched anew. */
    @Override
    public List<Fault> whileTapping() {
        return List.of(Fault.once(DATA_MANAGER, "*", "expire_token"));
    }

    @Override
    public List<Fault> whileWorking() {
        return List.of(new Fault(DATA_MANAGER, "*", "throttle", Map.of("retryAfterSeconds", 30), 1_800));
    }

    @Override
    public List<String> endpoints() {
        return List.of("GOOGLE_DATA_MANAGER", "GOOGLE_ADS", "GOOGLE_OAUTH");
    }

    @Override
    public List<String> sandboxes() {
        return List.of(DATA_MANAGER, "google_ads", OAUTH);
    }

    @Override
    public @Nullable Place place(String sandbox, String id, String event) {
        if (sandbox.equals(OAUTH)) {
            return pixels().stream()
                    .filter(p -> p.sandboxId().equals(id))
                    .findFirst()
                    .map(p -> new Place(p, null))
                    .orElse(null);
        }
        return id.equals(EVERY_STATUS) || id.equals(SALES) ? new Place(SHOP, id) : null;
    }

    @Override
    public String said(String event) {
        return switch (event) {
            case EVERY_STATUS -> "action …0001 (all but sales)";
            case SALES -> "action …0002 (sales)";
            default -> "action " + event;
        };
    }

    @Override
    public @Nullable String explained(String verdict) {
        return switch (verdict) {
            case "refused invalid_grant" -> "refused: access withdrawn";
            case "refused ACCESS_TOKEN_EXPIRED" -> "refused: access token void";
            default -> null;
        };
    }

    @Override
    public String provisional() {
        return "processing";
    }

    @Override
    public Map<String, String> contacts() {
        return Map.of("em", "emailAddress", "ph", "phoneNumber");
    }

    @Override
    public @Nullable String normal(String what, Person p) {
        return Hashes.google(what, p);
    }

    @Override
    public Object toLearn(Person p) {
        return "+" + p.phoneDigits();
    }

    @Override
    public List<Hashed> hashes(JsonNode event) {
        var found = new ArrayList<Hashed>();
        for (JsonNode identifier : event.path("userData").path("userIdentifiers")) {
            found.addAll(Hashes.at("em", identifier.path("emailAddress")));
            found.addAll(Hashes.at("ph", identifier.path("phoneNumber")));
            found.addAll(Hashes.at("fn", identifier.path("address").path("givenName")));
            found.addAll(Hashes.at("ln", identifier.path("address").path("familyName")));
        }
        return found;
    }

    /** {@code kbl-<lead>-<status>[-<order>]}. */
    @Override
    public String whose(JsonNode event) {
        String[] words = event.path("transactionId").asText().split("-", 3);
        return words.length < 2 ? "" : words[0] + "-" + words[1];
    }
}
