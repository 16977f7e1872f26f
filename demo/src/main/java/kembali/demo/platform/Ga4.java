package kembali.demo.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kembali.demo.sample.Network;
import kembali.demo.sample.Person;
import kembali.demo.sample.Step.Treatment;
import org.jspecify.annotations.Nullable;

/** Google Analytics 4, the Measurement Protocol; the rules are those of docs/platforms/ga4.md. */
public final class Ga4 implements Platform {
    static final Ga4 PLATFORM = new Ga4();

    /** Reports leads whose visit GA4 knows. */
    public static final PixelPlan SHOP = pixel("Shop", "strict", "G-BAT1KAYU01");
    /** Reports everybody, under a made-up client id where none is known. */
    public static final PixelPlan EVERYBODY = pixel("All leads", "send_all", "G-BAT1KAYU02");

    private static final String WORKING = "working_lead";

    /** The default mapping of a sale. */
    private static final Map<String, String> EVENTS = Map.ofEntries(
            Map.entry("pageview", "page_view"),
            Map.entry("new", "generate_lead"),
            Map.entry("contacted", WORKING),
            Map.entry("responded", WORKING),
            Map.entry("qualified", "qualify_lead"),
            Map.entry("hot", WORKING),
            Map.entry("proposal", WORKING),
            Map.entry("negotiation", WORKING),
            Map.entry("invoice", "add_payment_info"),
            Map.entry("won", "purchase"),
            Map.entry("lost", "close_unconvert_lead"));

    /** GA4 dates what is older to 72 hours ago. */
    private static final int BACKDATED_DAYS = 3;

    private Ga4() {}

    private static PixelPlan pixel(String name, String strategy, String id) {
        return new PixelPlan(
                PLATFORM,
                name,
                strategy,
                id,
                Map.of("measurementId", id, "region", "global"),
                Map.of("apiSecret", "sandbox-" + id.substring(2).toLowerCase(java.util.Locale.ROOT)),
                Map.of(),
                null);
    }

    @Override
    public String key() {
        return "ga4";
    }

    @Override
    public String title() {
        return "GA4";
    }

    @Override
    public List<PixelPlan> pixels() {
        return List.of(SHOP, EVERYBODY);
    }

    @Override
    public @Nullable String event(PixelPlan pixel, String status, boolean chat) {
        return EVENTS.get(status);
    }

    @Override
    public Verdict verdict(PixelPlan pixel, Facts facts) {
        boolean known = facts.tags().contains(Network.GOOGLE);
        if (pixel.strict() && !known) {
            return Verdict.skipped("missing_client_id");
        }
        if (pixel == SHOP && facts.treatment() == Treatment.GA4_LOSES_THE_ANSWER) {
            // GA4 cannot recognise the twin, so nothing but a purchase is sent again.
            return Verdict.failedAfterwards("answer_lost");
        }
        return Verdict.accepted(
                facts.daysAgo() > BACKDATED_DAYS
                        ? "clamped_72h"
                        : known ? "received_unvalidated" : "synthetic_client_id");
    }

    @Override
    public @Nullable Fault singled(Treatment treatment) {
        return treatment == Treatment.GA4_LOSES_THE_ANSWER ? Fault.once(key(), SHOP.sandboxId(), "lose_answer") : null;
    }

    @Override
    public List<Fault> whileWorking() {
        return List.of(new Fault(key(), EVERYBODY.sandboxId(), "fail", Map.of(), 1_200));
    }

    @Override
    public List<String> endpoints() {
        return List.of("GA4");
    }

    @Override
    public List<String> sandboxes() {
        return List.of("ga4");
    }

    @Override
    public @Nullable Place place(String sandbox, String pixelId, String event) {
        return pixels().stream()
                .filter(p -> p.sandboxId().equals(pixelId))
                .findFirst()
                .map(p -> new Place(p, event))
                .orElse(null);
    }

    @Override
    public Map<String, String> contacts() {
        return Map.of("em", "sha256_email_address", "ph", "sha256_phone_number");
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
    public boolean personBesideEvent() {
        return true;
    }

    @Override
    public List<Hashed> hashes(JsonNode request) {
        JsonNode user = request.path("user_data");
        var found = new ArrayList<Hashed>();
        found.addAll(Hashes.at("em", user.path("sha256_email_address")));
        found.addAll(Hashes.at("ph", user.path("sha256_phone_number")));
        for (JsonNode address : user.path("address")) {
            found.addAll(Hashes.at("fn", address.path("sha256_first_name")));
            found.addAll(Hashes.at("ln", address.path("sha256_last_name")));
        }
        return found;
    }

    @Override
    public String whose(JsonNode request) {
        return request.path("events").path(0).path("params").path("event_id").asText();
    }
}
