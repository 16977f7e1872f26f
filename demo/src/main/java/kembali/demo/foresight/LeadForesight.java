package kembali.demo.foresight;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import kembali.demo.sample.Beginning;
import kembali.demo.sample.Step;
import kembali.demo.sample.Step.Reach;
import kembali.demo.sample.Story;
import kembali.demo.sample.Visit;
import org.jspecify.annotations.Nullable;

/**
 * What must come of one story: the rules of docs/platforms/meta.md and of the sync log, told once more.
 *
 * <p>One delivery per lead, pixel, event name and further purchase. A row is decided when its status is reached and
 * stays, but for one case: nothing was sent because something was missing, and now it is there.
 */
final class LeadForesight {
    /** The default mapping of a sale to Meta. */
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

    /** One row of the sync log. */
    record Row(Line line, BigDecimal money) {}

    /** @param purchase the order id of a further purchase, else empty */
    private record Key(PixelPlan pixel, String event, String purchase) {}

    private record Verdict(String outcome, @Nullable String reason) {}

    private final Map<Key, Row> rows = new LinkedHashMap<>();
    private @Nullable String firstOrder;
    private boolean click;
    private boolean known = true;
    private boolean denied;
    private String status = "new";
    private @Nullable BigDecimal estimated;
    private @Nullable BigDecimal actual;

    LeadForesight(Story story) {
        switch (story.beginning()) {
            case Beginning.Tapped t -> story.visits().forEach(this::tapped);
            case Beginning.Submitted s -> {
                click = s.click();
                known = s.known();
                denied = s.denied();
                reached("new", "", 0, null);
            }
        }
        story.steps().forEach(this::play);
    }

    String status() {
        return status;
    }

    Collection<Row> rows() {
        return rows.values();
    }

    private void tapped(Visit visit) {
        // A tap shows page, browser and address, so that there is always something to match.
        click = switch (visit.evidence()) {
            case AD, COOKIE -> true;
            case NONE, OLD_COOKIE -> click;
            case COPIED -> false;
        };
        reached("new", "", 0, null);
    }

    private void play(Step step) {
        switch (step) {
            case Step.Describe d ->
                known |= d.person().phone() != null || d.person().email() != null;
            case Step.Upsert u -> {}
            case Step.Deny d -> deny();
            case Reach r -> reach(r, null);
            case Step.Singled s -> reach(s.reach(), s.treatment());
        }
    }

    private void deny() {
        denied = true;
        rows.replaceAll((key, row) -> row.line().outcome().equals(Outcomes.PENDING)
                ? new Row(line(key.pixel, row.line().event(), Outcomes.SKIPPED, "consent_denied"), row.money())
                : row);
    }

    private void reach(Reach r, Step.@Nullable Treatment treatment) {
        estimated = r.estimated() == null ? estimated : new BigDecimal(r.estimated());
        actual = r.actual() == null ? actual : new BigDecimal(r.actual());
        status = r.status();
        String order = r.orderId();
        boolean further = r.repeat() && order != null && firstOrder != null && !firstOrder.equals(order);
        if (firstOrder == null) {
            firstOrder = order;
        }
        reached(r.status(), further && order != null ? order : "", r.daysAgo(), treatment);
    }

    private void reached(String at, String purchase, int daysAgo, Step.@Nullable Treatment treatment) {
        for (PixelPlan pixel : PixelPlan.values()) {
            String event = at.equals("lost") && !pixel.reportsLost() ? null : EVENTS.get(at);
            var key = new Key(pixel, event == null ? "none for " + at : event, purchase);
            Verdict verdict = verdict(pixel, at, event, daysAgo, treatment);
            Row before = rows.get(key);
            boolean mended = before != null
                    && before.line().outcome().equals(Outcomes.SKIPPED)
                    && !verdict.outcome.equals(Outcomes.SKIPPED);
            if (before == null || mended) {
                rows.put(key, new Row(line(pixel, event, verdict.outcome, verdict.reason), moneyOf(at)));
            }
        }
    }

    private Verdict verdict(
            PixelPlan pixel, String at, @Nullable String event, int daysAgo, Step.@Nullable Treatment treatment) {
        if (event == null) {
            return skipped("no_mapping");
        }
        if (denied) {
            return skipped("consent_denied");
        }
        if (daysAgo >= TOO_OLD_DAYS) {
            return skipped("event_too_old");
        }
        if (!known) {
            return skipped("insufficient_user_data");
        }
        if (pixel.strict() && !click) {
            return skipped("missing_click_id");
        }
        if (event.equals("Purchase") && moneyOf(at).signum() == 0) {
            return skipped("missing_value");
        }
        if (!pixel.tokenGood()) {
            return new Verdict(Outcomes.PENDING, "token_invalid");
        }
        if (treatment == null || pixel != PixelPlan.MAIN) {
            return new Verdict(Outcomes.ACCEPTED, null);
        }
        return switch (treatment) {
            case COMPLAINS -> new Verdict(Outcomes.PARTIAL_FAILURE, "platform_message");
            case REFUSES -> new Verdict(Outcomes.FAILED, "event_refused");
        };
    }

    /** Zero where there is none. */
    private BigDecimal moneyOf(String at) {
        BigDecimal value = switch (Worth.KINDS.getOrDefault(at, "none")) {
            case "fixed" -> new BigDecimal(Worth.NEW_LEAD);
            case "estimated" -> estimated;
            case "actual" -> actual != null ? actual : estimated;
            default -> null;
        };
        return value == null ? BigDecimal.ZERO : value;
    }

    private static Verdict skipped(String reason) {
        return new Verdict(Outcomes.SKIPPED, reason);
    }

    private static Line line(PixelPlan pixel, @Nullable String event, String outcome, @Nullable String reason) {
        return new Line(pixel, event, outcome, reason);
    }
}
