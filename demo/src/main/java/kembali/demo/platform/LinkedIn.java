package kembali.demo.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.demo.sample.Network;
import kembali.demo.sample.Person;
import kembali.demo.sample.Sample;
import kembali.demo.sample.Step.Treatment;
import org.jspecify.annotations.Nullable;

/**
 * LinkedIn's Conversions API; the rules are those of docs/platforms/linkedin.md. No event name travels: the conversion rule
 * of its category stands for it.
 */
public final class LinkedIn implements Platform {
    static final LinkedIn PLATFORM = new LinkedIn();

    private static final String CONVERSION_IDS = "conversionIds";
    private static final String PURCHASE = "PURCHASE";

    /** Reports who came by a LinkedIn ad; quotes have no conversion rule there. */
    public static final PixelPlan SHOP = pixel(
            "Shop",
            "strict",
            false,
            Map.of(
                    "PAGE_VIEW",
                    "20904011",
                    "CONTACT",
                    "20904012",
                    "LEAD",
                    "20904013",
                    "QUALIFIED_LEAD",
                    "20904014",
                    PURCHASE,
                    "20904015"));
    /** Reports everybody LinkedIn may recognise, names hashed; only what is worth a conversion rule. */
    public static final PixelPlan EVERYBODY = pixel(
            "All leads",
            "send_all",
            true,
            Map.of(
                    "PAGE_VIEW",
                    "20904021",
                    "CONTACT",
                    "20904022",
                    "LEAD",
                    "20904023",
                    "QUALIFIED_LEAD",
                    "20904024",
                    "REQUEST_QUOTE",
                    "20904025",
                    PURCHASE,
                    "20904026"));

    private static final String QUALIFIED = "QUALIFIED_LEAD";
    private static final String QUOTE = "REQUEST_QUOTE";

    /** The default mapping of a sale. */
    private static final Map<String, String> CATEGORIES = Map.ofEntries(
            Map.entry("pageview", "PAGE_VIEW"),
            Map.entry("new", "PAGE_VIEW"),
            Map.entry("contacted", "CONTACT"),
            Map.entry("responded", "LEAD"),
            Map.entry("qualified", QUALIFIED),
            Map.entry("hot", QUALIFIED),
            Map.entry("proposal", QUOTE),
            Map.entry("negotiation", QUOTE),
            Map.entry("invoice", QUOTE),
            Map.entry("won", PURCHASE),
            Map.entry("lost", "Archive"));

    private LinkedIn() {}

    private static PixelPlan pixel(String name, String strategy, boolean hashNames, Map<String, String> rules) {
        return new PixelPlan(
                PLATFORM,
                name,
                strategy,
                rules.getOrDefault(PURCHASE, ""),
                Map.of("adAccountId", Sample.LINKEDIN_ACCOUNT, CONVERSION_IDS, rules, "hashNames", hashNames),
                Map.of("accessToken", "AQXSandboxGoodTokenOf" + name.replace(" ", "")),
                Map.of(),
                null);
    }

    /** Conversion rules by category. */
    private static Map<?, ?> rules(PixelPlan pixel) {
        return pixel.settings().get(CONVERSION_IDS) instanceof Map<?, ?> rules ? rules : Map.of();
    }

    @Override
    public String key() {
        return "linkedin";
    }

    @Override
    public String title() {
        return "LinkedIn";
    }

    @Override
    public List<PixelPlan> pixels() {
        return List.of(SHOP, EVERYBODY);
    }

    @Override
    public @Nullable String event(PixelPlan pixel, String status, boolean chat) {
        return CATEGORIES.get(status);
    }

    @Override
    public Verdict verdict(PixelPlan pixel, Facts facts) {
        if (!rules(pixel).containsKey(facts.event())) {
            return Verdict.skipped("conversion_id_missing");
        }
        Person p = facts.person();
        boolean clicked = facts.clicked(Network.LINKEDIN);
        // What is seen of somebody includes their address, by which LinkedIn may find them.
        if (!clicked && p.email() == null && p.lastName() == null && !facts.seen()) {
            return Verdict.skipped(p.phone() == null ? "insufficient_user_data" : "no_phone_matching");
        }
        return pixel.strict() && !clicked ? Verdict.skipped("missing_click_id") : Verdict.accepted(null);
    }

    /** LinkedIn recognises no twins for certain, and the event is sent again all the same. */
    @Override
    public @Nullable Fault singled(Treatment treatment) {
        return treatment == Treatment.LINKEDIN_LOSES_THE_ANSWER
                ? Fault.once(key(), SHOP.sandboxId(), "lose_answer")
                : null;
    }

    @Override
    public List<Fault> whileWorking() {
        return List.of(new Fault(key(), "*", "fail", Map.of(), 1_000));
    }

    @Override
    public List<String> endpoints() {
        return List.of("LINKEDIN");
    }

    @Override
    public List<String> sandboxes() {
        return List.of("linkedin");
    }

    /** The sandbox knows conversion rules where others have pixels. */
    @Override
    public @Nullable Place place(String sandbox, String rule, String type) {
        for (PixelPlan pixel : pixels()) {
            for (Map.Entry<?, ?> each : rules(pixel).entrySet()) {
                if (each.getValue().equals(rule)) {
                    return new Place(pixel, String.valueOf(each.getKey()));
                }
            }
        }
        return null;
    }

    /** Nothing but Test Connection sends what LinkedIn refuses by a 400. */
    @Override
    public @Nullable String explained(String verdict) {
        return verdict.startsWith("refused 400") ? "refused: Test Connection's event" : null;
    }

    /** The account's conversion rules, of the types LinkedIn has: it knows no page views. */
    @Override
    public Map<String, Object> instructions() {
        var all = new ArrayList<Map<String, Object>>();
        for (PixelPlan pixel : pixels()) {
            all.addAll(rules(pixel).entrySet().stream()
                    .map(rule -> Map.<String, Object>of(
                            "id",
                            rule.getValue(),
                            "name",
                            pixel.name() + ", " + rule.getKey(),
                            "type",
                            rule.getKey().equals("PAGE_VIEW") ? "KEY_PAGE_VIEW" : rule.getKey(),
                            "account",
                            Sample.LINKEDIN_ACCOUNT))
                    .toList());
        }
        return Map.of("conversionRules", all);
    }

    /** It has no phone numbers. */
    @Override
    public Map<String, String> contacts() {
        return Map.of("em", "SHA256_EMAIL");
    }

    @Override
    public @Nullable String normal(String what, Person p) {
        return switch (what) {
            case "em" -> Hashes.lower(p.email());
            case "fn" -> letters(p.firstName());
            case "ln" -> letters(p.lastName());
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
        var found = new ArrayList<Hashed>();
        for (JsonNode id : user.path("userIds")) {
            if (id.path("idType").asText().equals("SHA256_EMAIL")) {
                found.addAll(Hashes.at("em", id.path("idValue")));
            }
        }
        found.addAll(Hashes.at("fn", user.path("userInfo").path("hashedFirstName")));
        found.addAll(Hashes.at("ln", user.path("userInfo").path("hashedLastName")));
        return found;
    }

    @Override
    public String whose(JsonNode event) {
        return event.path("eventId").asText();
    }

    private static @Nullable String letters(@Nullable String name) {
        return name == null ? null : name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }
}
