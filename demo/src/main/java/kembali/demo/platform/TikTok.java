package kembali.demo.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.demo.sample.Network;
import kembali.demo.sample.Person;
import kembali.demo.sample.Step.Treatment;
import org.jspecify.annotations.Nullable;

/** TikTok's Events API for what happens on the web; the rules are those of docs/platforms/tiktok.md. */
public final class TikTok implements Platform {
    static final TikTok PLATFORM = new TikTok();

    /** Reports who came by a TikTok ad or is known to TikTok's pixel. */
    public static final PixelPlan SHOP = pixel("Shop", "strict", "BAT1KAYUSH0P00000001");
    /** Reports everybody whose page is known. */
    public static final PixelPlan EVERYBODY = pixel("All leads", "send_all", "BAT1KAYUSH0P00000002");

    private static final String VIEW = "ViewContent";
    private static final String LEAD = "Lead";
    private static final String PAYMENT = "AddPaymentInfo";

    /** The default mapping of a sale. */
    private static final Map<String, String> EVENTS = Map.ofEntries(
            Map.entry("pageview", VIEW),
            Map.entry("new", VIEW),
            Map.entry("contacted", "Contact"),
            Map.entry("responded", LEAD),
            Map.entry("qualified", LEAD),
            Map.entry("hot", "SubmitApplication"),
            Map.entry("proposal", "InitiateCheckout"),
            Map.entry("negotiation", PAYMENT),
            Map.entry("invoice", PAYMENT),
            Map.entry("won", "Purchase"),
            Map.entry("lost", VIEW));

    /** What is hashed, by TikTok's names. */
    private static final Map<String, String> KEYS = Map.of(
            "email", "em",
            "phone", "ph",
            "first_name", "fn",
            "last_name", "ln",
            "zip_code", "zp",
            "external_id", Hashed.ID);

    /** Days after which TikTok takes no event any more. */
    private static final int TOO_OLD_DAYS = 28;

    private TikTok() {}

    private static PixelPlan pixel(String name, String strategy, String code) {
        return new PixelPlan(
                PLATFORM,
                name,
                strategy,
                code,
                Map.of("pixelCode", code, "eventSource", "web"),
                Map.of("accessToken", "TikTokSandboxGoodToken" + code),
                Map.of(),
                null);
    }

    @Override
    public String key() {
        return "tiktok";
    }

    @Override
    public String title() {
        return "TikTok";
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
        if (facts.daysAgo() >= TOO_OLD_DAYS) {
            return Verdict.skipped("event_too_old");
        }
        boolean known = facts.clicked(Network.TIKTOK) || facts.tags().contains(Network.TIKTOK);
        if (pixel.strict() && !known) {
            return Verdict.skipped("missing_click_id");
        }
        if (!known && !facts.reachable() && !facts.seen()) {
            return Verdict.skipped("insufficient_user_data");
        }
        if (!facts.seen()) {
            return Verdict.skipped("missing_page_url");
        }
        return pixel == SHOP && facts.treatment() == Treatment.TIKTOK_TAKES_A_PART
                ? Verdict.partialFailure("taken_in_part")
                : Verdict.accepted(null);
    }

    @Override
    public @Nullable Fault singled(Treatment treatment) {
        return treatment == Treatment.TIKTOK_TAKES_A_PART ? Fault.once(key(), SHOP.sandboxId(), "partial") : null;
    }

    @Override
    public List<Fault> whileTapping() {
        return List.of(Fault.once(key(), EVERYBODY.sandboxId(), "lose_answer"));
    }

    /** It asks to wait and never says how long. */
    @Override
    public List<Fault> whileWorking() {
        return List.of(new Fault(key(), SHOP.sandboxId(), "throttle", Map.of(), 1_000));
    }

    @Override
    public List<String> endpoints() {
        return List.of("TIKTOK");
    }

    @Override
    public List<String> sandboxes() {
        return List.of("tiktok");
    }

    @Override
    public @Nullable Place place(String sandbox, String pixelId, String event) {
        return pixels().stream()
                .filter(p -> p.sandboxId().equals(pixelId))
                .findFirst()
                .map(p -> new Place(p, event))
                .orElse(null);
    }

    /** Nothing but Test Connection sends a request without events. */
    @Override
    public @Nullable String explained(String verdict) {
        return verdict.equals("refused 40002") ? "refused: Test Connection's empty request" : null;
    }

    @Override
    public String learnedAs(String what) {
        return switch (what) {
            case "em" -> "email";
            case "ph" -> "phone";
            case "fn" -> "first_name";
            case "ln" -> "last_name";
            case "ct" -> "city";
            default -> what;
        };
    }

    @Override
    public Map<String, String> contacts() {
        return Map.of("em", "email", "ph", "phone");
    }

    @Override
    public @Nullable String normal(String what, Person p) {
        return switch (what) {
            case "em" -> Hashes.lower(p.email());
            case "ph" -> p.phoneDigits() == null ? null : "+" + p.phoneDigits();
            case "fn" -> words(p.firstName());
            case "ln" -> words(p.lastName());
            case "zp" -> p.postalCode();
            default -> null;
        };
    }

    @Override
    public Object toLearn(Person p) {
        return "+" + p.phoneDigits();
    }

    @Override
    public List<Hashed> hashes(JsonNode event) {
        JsonNode user = event.path("user");
        return KEYS.entrySet().stream()
                .flatMap(key -> Hashes.at(key.getValue(), user.path(key.getKey())).stream())
                .toList();
    }

    @Override
    public String ownId(Subject subject) {
        return subject.leadId();
    }

    @Override
    public String whose(JsonNode event) {
        return event.path("event_id").asText();
    }

    /** Without punctuation; the spaces between words stay. */
    private static @Nullable String words(@Nullable String name) {
        return name == null ? null : name.toLowerCase(Locale.ROOT).replaceAll("[^a-z ]", "");
    }
}
