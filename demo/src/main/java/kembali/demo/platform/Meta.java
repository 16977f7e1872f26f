package kembali.demo.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import kembali.demo.sample.Network;
import kembali.demo.sample.Person;
import kembali.demo.sample.Step.Treatment;
import org.jspecify.annotations.Nullable;

/** Meta's Conversions API; the rules are those of docs/platforms/meta.md. */
public final class Meta implements Platform {
    static final Meta PLATFORM = new Meta();

    /** Reports leads with an ad click only. */
    public static final PixelPlan MAIN = pixel("Main pixel", "strict", "100200300400501", Map.of(), null);
    /** Reports everybody it can, and nothing when a lead is lost. */
    public static final PixelPlan EVERYBODY =
            pixel("All leads", "send_all", "100200300400502", Collections.singletonMap("lost", null), null);
    /** Its access token has ended: what it should report waits. */
    public static final PixelPlan OLD_TOKEN =
            pixel("Old token", "strict", "100200300400503", Map.of(), "token_invalid");

    /** The default mapping of a sale. */
    private static final Map<String, String> EVENTS = Map.ofEntries(
            Map.entry("new", "AddToCart"),
            Map.entry("contacted", "Contact"),
            Map.entry("responded", "Lead"),
            Map.entry("qualified", "Lead"),
            Map.entry("hot", "SubmitApplication"),
            Map.entry("proposal", "InitiateCheckout"),
            Map.entry("negotiation", "AddPaymentInfo"),
            Map.entry("invoice", "AddPaymentInfo"),
            Map.entry("won", "Purchase"),
            Map.entry("lost", "Archive"));

    /** Days after which Meta takes no event any more. */
    private static final int TOO_OLD_DAYS = 7;

    private static final List<String> KEYS = List.of("em", "ph", "fn", "ln", "ct");

    private Meta() {}

    private static PixelPlan pixel(
            String name,
            String strategy,
            String id,
            Map<String, ? extends @Nullable Object> mapping,
            @Nullable String waitsFor) {
        String word = waitsFor == null ? "Good" : "expired";
        return new PixelPlan(
                PLATFORM,
                name,
                strategy,
                id,
                Map.of("pixelId", id),
                Map.of("accessToken", "EAAsandbox" + word + "Token" + id),
                mapping,
                waitsFor);
    }

    @Override
    public String key() {
        return "meta";
    }

    @Override
    public String title() {
        return "Meta";
    }

    @Override
    public List<PixelPlan> pixels() {
        return List.of(MAIN, EVERYBODY, OLD_TOKEN);
    }

    @Override
    public @Nullable String event(PixelPlan pixel, String status) {
        return pixel.mapping().containsKey(status) ? null : EVENTS.get(status);
    }

    @Override
    public Verdict verdict(PixelPlan pixel, Facts facts) {
        if (facts.daysAgo() >= TOO_OLD_DAYS) {
            return Verdict.skipped("event_too_old");
        }
        if (!facts.seen() && !facts.reachable()) {
            return Verdict.skipped("insufficient_user_data");
        }
        if (pixel.strict() && !facts.clicked(Network.META)) {
            return Verdict.skipped("missing_click_id");
        }
        if (facts.event().equals("Purchase") && !facts.worth()) {
            return Verdict.skipped("missing_value");
        }
        if (pixel.waitsFor() != null) {
            return Verdict.pending(pixel.waitsFor());
        }
        if (pixel == MAIN && facts.treatment() == Treatment.META_COMPLAINS) {
            return Verdict.partialFailure("platform_message");
        }
        if (pixel == MAIN && facts.treatment() == Treatment.META_REFUSES) {
            return Verdict.refused("event_refused");
        }
        return Verdict.accepted(null);
    }

    @Override
    public @Nullable Fault singled(Treatment treatment) {
        return switch (treatment) {
            case META_COMPLAINS -> Fault.once(key(), MAIN.sandboxId(), "partial");
            case META_REFUSES ->
                new Fault(
                        key(),
                        MAIN.sandboxId(),
                        "fail",
                        Map.of("status", 400, "code", 100, "count", 1),
                        Fault.BY_COUNT);
            default -> null;
        };
    }

    @Override
    public List<Fault> whileTapping() {
        return List.of(Fault.once(key(), MAIN.sandboxId(), "lose_answer"));
    }

    @Override
    public List<Fault> whileWorking() {
        return List.of(
                new Fault(key(), MAIN.sandboxId(), "fail", Map.of(), 1_500),
                new Fault(key(), EVERYBODY.sandboxId(), "throttle", Map.of("retryAfterSeconds", 60), 2_500));
    }

    @Override
    public List<String> endpoints() {
        return List.of("META");
    }

    @Override
    public List<String> sandboxes() {
        return List.of("meta");
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
    public @Nullable String explained(String verdict) {
        return switch (verdict) {
            case "refused 190/463" -> "refused: token expired";
            case "refused 100/2804003" -> "refused: Test Connection's event";
            default -> null;
        };
    }

    @Override
    public Map<String, String> contacts() {
        return Map.of("em", "em", "ph", "ph");
    }

    @Override
    public @Nullable String normal(String what, Person p) {
        return switch (what) {
            case "em" -> Hashes.lower(p.email());
            case "ph" -> p.phoneDigits();
            case "fn" -> letters(p.firstName());
            case "ln" -> letters(p.lastName());
            case "ct" -> letters(p.city());
            default -> null;
        };
    }

    @Override
    public Object toLearn(Person p) {
        return Map.of("plain", String.valueOf(p.phone()), "normalised", String.valueOf(p.phoneDigits()));
    }

    @Override
    public List<Hashed> hashes(JsonNode event) {
        JsonNode user = event.path("user_data");
        return KEYS.stream()
                .flatMap(key -> Stream.of(Hashes.at(key, user.path(key))))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String whose(JsonNode event) {
        return event.path("event_id").asText();
    }

    private static @Nullable String letters(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }
}
