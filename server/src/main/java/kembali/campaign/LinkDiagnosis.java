package kembali.campaign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import kembali.campaign.Finding.Weight;
import kembali.identity.ClickIds;
import kembali.visitor.Click;
import org.jspecify.annotations.Nullable;

/** Says what the latest clicks of a campaign tell of its links: what {@link UrlChecker} cannot see without traffic. */
public final class LinkDiagnosis {
    /** How many clicks are looked at. */
    public static final int CLICKS = 200;

    private static final String FBCLID = ClickIds.FBCLID;
    /** One value on so many clicks was not made for each of them. */
    private static final int COPIES = 5;

    private final List<Click> clicks;
    private final List<Finding> findings = new ArrayList<>();

    private LinkDiagnosis(List<Click> clicks) {
        this.clicks = clicks;
    }

    /**
     * The findings, the worst first; empty when nothing is wrong.
     *
     * @param source key of the campaign's source template; null when it has none. What is asked of Meta's links is asked
     *     of links without a source as well
     */
    public static List<Finding> of(List<Click> clicks, @Nullable String source) {
        var diagnosis = new LinkDiagnosis(clicks);
        if (clicks.isEmpty()) {
            diagnosis.add(
                    "no_clicks",
                    Weight.LOSES,
                    "",
                    "Nobody has clicked this link yet: no ad leads here, or the ad is not approved.",
                    "Look up the link in the ad, and the ad's status.");
            return List.copyOf(diagnosis.findings);
        }
        boolean meta = source == null || source.equals("meta") || source.equals("app");
        if (meta) {
            diagnosis.fbclid(source != null);
        }
        diagnosis.unfilled();
        diagnosis.mended();
        diagnosis.findings.sort(Comparator.comparing(Finding::weight));
        return List.copyOf(diagnosis.findings);
    }

    private void add(String code, Weight weight, String about, String sentence, String fix) {
        findings.add(new Finding(code, weight, about, sentence, fix));
    }

    private int count(Predicate<Click.Content> is) {
        return (int) clicks.stream().map(Click::content).filter(is).count();
    }

    private String of(int n) {
        return n + " of " + clicks.size() + " clicks";
    }

    private void fbclid(boolean expected) {
        int twice = count(c -> c.unfilled().containsKey(FBCLID) && hasFbclid(c));
        int unfilled = count(c -> c.unfilled().containsKey(FBCLID)) - twice;
        int with = count(LinkDiagnosis::hasFbclid);
        String remove =
                "Remove fbclid={fbclid} from the ad's URL parameters; leave the campaign's parameters as they are.";
        if (unfilled > 0) {
            add(
                    "fbclid_unfilled",
                    Weight.LOSES,
                    FBCLID,
                    "On " + of(unfilled)
                            + " fbclid came without a value. Meta adds it by itself and has no macro for it.",
                    remove);
        }
        if (twice > 0) {
            add(
                    "fbclid_twice",
                    Weight.MENDED,
                    FBCLID,
                    "On " + of(twice) + " fbclid came twice, once without a value. The good one was used.",
                    remove);
        }
        copied();
        int fromMeta = count(LinkDiagnosis::isFromMeta);
        int dropped = count(c -> isFromMeta(c) && !hasFbclid(c) && !c.unfilled().containsKey(FBCLID));
        if (with == 0 && unfilled == 0 && fromMeta == 0 && expected) {
            add(
                    "not_from_meta",
                    Weight.LOSES,
                    FBCLID,
                    "None of " + clicks.size() + " clicks has a fbclid or came from Facebook or Instagram.",
                    "This traffic is not from Meta's ads: look up which link stands in the ad.");
        } else if (dropped > 0) {
            add(
                    "fbclid_dropped",
                    Weight.LOSES,
                    FBCLID,
                    of(dropped) + " came from Facebook or Instagram without a fbclid.",
                    "A redirector or shortener in front drops it, or an app that must pass it on; put the link itself into"
                            + " the ad. Posts and profiles without an ad have none either.");
        }
    }

    private void copied() {
        Map<String, Integer> values = new HashMap<>();
        for (Click click : clicks) {
            ClickIds.ClickId id = click.content().clickIds().get(FBCLID);
            if (id != null && isBrought(click.content())) {
                values.merge(id.value(), 1, Integer::sum);
            }
        }
        int most = values.values().stream().mapToInt(n -> n).max().orElse(0);
        if (most >= COPIES) {
            add(
                    "copied_link",
                    Weight.LOSES,
                    FBCLID,
                    of(most) + " carry one and the same fbclid: a link copied after a click is being shared.",
                    "Share the campaign's address instead. These visitors are counted and not credited to the ad.");
        }
    }

    private static boolean hasFbclid(Click.Content c) {
        return c.clickIds().get(FBCLID) != null && isBrought(c);
    }

    /** Not one the visitor had from an earlier click. */
    private static boolean isBrought(Click.Content c) {
        ClickIds.ClickId id = c.clickIds().get(FBCLID);
        String url = c.web().pageUrl();
        return id != null && url != null && url.contains(id.value());
    }

    private static boolean isFromMeta(Click.Content c) {
        String referrer = c.web().referrer() == null ? "" : c.web().referrer().toLowerCase(Locale.ROOT);
        String ua = c.web().userAgent() == null ? "" : c.web().userAgent();
        return referrer.contains("facebook.com")
                || referrer.contains("instagram.com")
                || ua.contains("FBAV/")
                || ua.contains("FBAN/")
                || ua.contains("FB_IAB")
                || ua.contains("Instagram ");
    }

    private void unfilled() {
        Map<String, Integer> byKey = new HashMap<>();
        Map<String, String> samples = new HashMap<>();
        for (Click click : clicks) {
            click.content().unfilled().forEach((key, text) -> {
                if (!key.equals(FBCLID)) {
                    byKey.merge(key, 1, Integer::sum);
                    samples.putIfAbsent(key, text);
                }
            });
        }
        byKey.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry::getKey))
                .limit(20)
                .forEach(e -> add(
                        "macro_unfilled",
                        Weight.LOSES,
                        e.getKey(),
                        "On " + of(e.getValue()) + " " + e.getKey() + " came as \"" + samples.get(e.getKey())
                                + "\": nobody filled it in.",
                        "Links opened from a preview or an organic post are not filled in; else the macro stands in a field"
                                + " that is not, or is another source's."));
    }

    private void mended() {
        for (Repair repair : Repair.values()) {
            int n = count(c -> c.repairs().contains(repair.code()));
            if (n > 0) {
                add(
                        repair.code(),
                        Weight.MENDED,
                        "",
                        "On " + of(n) + " the link was broken and had to be mended (" + repair.code() + ").",
                        repair == Repair.SECOND_QUESTION_MARK
                                ? "Remove the question mark from the start of the ad's URL parameters."
                                : "Check the link as it stands in the ad with the link checker.");
            }
        }
    }
}
