package kembali.demo.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import kembali.demo.sample.Agent;
import kembali.demo.sample.Chat;
import kembali.demo.sample.Network;
import kembali.demo.sample.Person;
import kembali.demo.sample.Sample;
import kembali.demo.sample.Step.Treatment;
import org.jspecify.annotations.Nullable;

/** Meta's Conversions API; the rules are those of docs/platforms/meta.md. */
public final class Meta implements Platform {
    static final Meta PLATFORM = new Meta();

    private static final String ACCOUNT = "whatsappBusinessAccountId";
    private static final String DATASET = "messagingDatasetId";
    private static final String WIRE_ACCOUNT = "whatsapp_business_account_id";

    /** Reports leads with an ad click only; chats only where the agent's number says which WhatsApp account they belong to. */
    public static final PixelPlan MAIN = pixel("Main pixel", "strict", "100200300400501", Map.of(), Map.of(), null);
    /**
     * Reports everybody it can, and nothing when a lead is lost; chats to a dataset of their own, and where the agent's
     * number says nothing, under the WhatsApp account of the first agent.
     */
    public static final PixelPlan EVERYBODY = pixel(
            "All leads",
            "send_all",
            "100200300400502",
            Map.of(
                    DATASET,
                    "100200300400599",
                    ACCOUNT,
                    String.valueOf(Sample.AGENTS.getFirst().account())),
            Collections.singletonMap("lost", null),
            null);
    /** Its access token has ended: what it should report waits. */
    public static final PixelPlan OLD_TOKEN =
            pixel("Old token", "strict", "100200300400503", Map.of(), Map.of(), "token_invalid");

    /** The default mapping of a sale. */
    private static final Map<String, String> EVENTS = Map.ofEntries(
            Map.entry("pageview", "PageView"),
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

    /** The same for people who came by an ad that opened a chat; other statuses are nothing there. */
    private static final Map<String, String> CHAT_EVENTS = Map.of(
            "new", "LeadSubmitted",
            "qualified", "QualifiedLead",
            "hot", "AddToCart",
            "proposal", "InitiateCheckout",
            "negotiation", "InitiateCheckout",
            "invoice", "OrderCreated",
            "won", "Purchase");

    /** Days after which Meta takes no event any more. */
    private static final int TOO_OLD_DAYS = 7;

    /** What is hashed, by Meta's names. */
    private static final Map<String, String> KEYS = Map.of(
            "em",
            "em",
            "ph",
            "ph",
            "fn",
            "fn",
            "ln",
            "ln",
            "ct",
            "ct",
            "zp",
            "zp",
            "country",
            "country",
            "external_id",
            Hashed.ID);

    private Meta() {}

    private static PixelPlan pixel(
            String name,
            String strategy,
            String id,
            Map<String, ?> chats,
            Map<String, ? extends @Nullable Object> mapping,
            @Nullable String waitsFor) {
        String word = waitsFor == null ? "Good" : "expired";
        var settings = new HashMap<String, Object>(chats);
        settings.put("pixelId", id);
        return new PixelPlan(
                PLATFORM,
                name,
                strategy,
                id,
                Map.copyOf(settings),
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
    public @Nullable String event(PixelPlan pixel, String status, boolean chat) {
        return pixel.mapping().containsKey(status) ? null : (chat ? CHAT_EVENTS : EVENTS).get(status);
    }

    @Override
    public Verdict verdict(PixelPlan pixel, Facts facts) {
        if (facts.daysAgo() >= TOO_OLD_DAYS) {
            return Verdict.skipped("event_too_old");
        }
        Chat chat = facts.chat();
        if (chat != null && account(pixel, chat) == null) {
            return Verdict.skipped("missing_waba_id");
        }
        if (chat == null && !facts.seen() && !facts.reachable()) {
            return Verdict.skipped("insufficient_user_data");
        }
        if (chat == null && pixel.strict() && !facts.clicked(Network.META)) {
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

    /** The WhatsApp account a chat is told under: that of the agent's number, else the pixel's. */
    private static @Nullable String account(PixelPlan pixel, Chat chat) {
        Object ofPixel = pixel.settings().get(ACCOUNT);
        return chat.account() != null ? chat.account() : ofPixel == null ? null : ofPixel.toString();
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
                .filter(p -> p.sandboxId().equals(pixelId)
                        || pixelId.equals(p.settings().get(DATASET)))
                .findFirst()
                .map(p -> new Place(p, event))
                .orElse(null);
    }

    @Override
    public @Nullable String explained(String verdict) {
        return switch (verdict) {
            case "refused 190/463" -> "refused: token expired";
            case "refused 100/2804003" -> "refused: Test Connection's event";
            case "refused 100/2804087" -> "refused: Test Connection's chat";
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
            case "zp" -> p.postalCode();
            case "country" -> "id";
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
        return KEYS.entrySet().stream()
                .flatMap(key -> Hashes.at(key.getValue(), user.path(key.getKey())).stream())
                .toList();
    }

    /** The visitor code; Meta's ids have no capitals. */
    @Override
    public @Nullable String ownId(Subject subject) {
        return Hashes.lower(subject.code());
    }

    /** Events of chats and of instant forms: one click or lead id Meta does not know would refuse the others. */
    @Override
    public boolean alone(JsonNode event) {
        return event.path("action_source").asText().equals("business_messaging")
                || event.path("user_data").has("lead_id");
    }

    /** Under which account each chat's ad ran, so that any other is refused, and which datasets an account may write to. */
    @Override
    public Map<String, Object> alsoLearned(Sample sample) {
        String otherwise = String.valueOf(EVERYBODY.settings().get(ACCOUNT));
        List<Map<String, String>> clicks = sample.chats().stream()
                .map(c -> Map.of("plain", c.click(), WIRE_ACCOUNT, Objects.requireNonNullElse(c.account(), otherwise)))
                .toList();
        List<String> datasets =
                List.of(MAIN.sandboxId(), String.valueOf(EVERYBODY.settings().get(DATASET)));
        List<Map<String, Object>> accounts = Sample.AGENTS.stream()
                .map(Agent::account)
                .filter(Objects::nonNull)
                .map(account -> Map.<String, Object>of("plain", account, "datasets", datasets))
                .toList();
        return Map.of("ctwa_clid", clicks, WIRE_ACCOUNT, accounts);
    }

    @Override
    public String whose(JsonNode event) {
        return event.path("event_id").asText();
    }

    private static @Nullable String letters(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }
}
