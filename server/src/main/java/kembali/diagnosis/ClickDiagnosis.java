package kembali.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kembali.campaign.AutomaticKeys;
import kembali.campaign.CampaignParameter;
import kembali.campaign.ClickIdShape;
import kembali.campaign.Repair;
import kembali.campaign.SourceTemplate;
import kembali.diagnosis.Finding.Severity;
import kembali.identity.ClickIds;
import kembali.visitor.Click;
import org.jspecify.annotations.Nullable;

/** Reads from a campaign's last clicks what is wrong with its ads. */
public final class ClickDiagnosis {
    /** How many clicks are looked at. */
    public static final int CLICKS = 200;

    /** From how many clicks on with the same id a link is called copied: reloads and second taps repeat it, too. */
    private static final int COPIED = 3;

    private static final List<String> META_APPS = List.of("FBAN/", "FBAV/", "FB_IAB", "Instagram ");

    private final @Nullable SourceTemplate source;
    private final Map<String, String> declared;
    private final Set<String> expected;
    private final List<Click> clicks;
    private final List<Finding> findings = new ArrayList<>();

    private ClickDiagnosis(@Nullable SourceTemplate source, List<CampaignParameter> parameters, List<Click> clicks) {
        this.source = source;
        this.declared = new HashMap<>();
        for (CampaignParameter p : parameters) {
            if (p.clickId() != null) {
                declared.put(p.key().toLowerCase(Locale.ROOT), p.clickId().toLowerCase(Locale.ROOT));
            }
        }
        this.expected = new LinkedHashSet<>(source == null ? Set.of() : source.appended());
        parameters.forEach(p -> {
            String name = clickId(p.key().toLowerCase(Locale.ROOT));
            if (name != null) {
                expected.add(name);
            }
        });
        this.clicks = clicks;
        if (source == null) {
            // Nobody said which ads these are: what some clicks bring, or try to, is asked of all.
            for (Click c : clicks) {
                c.content().clickIds().byName().keySet().stream()
                        .filter(name -> brought(c, name) != null)
                        .forEach(expected::add);
                c.content().unfilled().keySet().forEach(key -> {
                    String name = clickId(key);
                    if (name != null) {
                        expected.add(name);
                    }
                });
            }
        }
    }

    /**
     * The findings, the worst first; empty when the clicks are sound.
     *
     * @param source where the campaign's ads run; null when nobody said
     * @param clicks the latest, at most {@link #CLICKS}, newest first
     */
    public static List<Finding> of(
            @Nullable SourceTemplate source, List<CampaignParameter> parameters, List<Click> clicks) {
        return new ClickDiagnosis(source, parameters, clicks).findings();
    }

    /** The click id a parameter carries, by its own name or as the campaign declares; null for any other. */
    private @Nullable String clickId(String key) {
        return AutomaticKeys.CLICK_IDS.get(declared.getOrDefault(key, key));
    }

    private List<Finding> findings() {
        if (clicks.isEmpty()) {
            add(
                    "no_clicks",
                    Severity.WARNING,
                    "",
                    0,
                    null,
                    "Nobody has clicked this link yet.",
                    "Check that the ad points here and is approved. A hand-typed visit counts, too: open the link once.");
            return findings;
        }
        clickIds();
        unfilled();
        repairs();
        repeated();
        flagged();
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private void add(
            String code,
            Severity severity,
            String about,
            int count,
            @Nullable String sample,
            String message,
            String fix) {
        findings.add(new Finding(code, severity, about, count, clicks.size(), sample, message, fix));
    }

    private void clickIds() {
        if (expected.isEmpty()) {
            return;
        }
        boolean meta = expected.contains(ClickIds.FBCLID);
        String names = String.join(", ", expected);
        List<Click> without = clicks.stream().filter(c -> !hasExpected(c)).toList();
        List<Click> unfilled =
                without.stream().filter(c -> expectedUnfilled(c) != null).toList();
        List<Click> fromApp = meta
                ? without.stream()
                        .filter(c -> expectedUnfilled(c) == null && isMetaApp(c))
                        .toList()
                : List.of();
        unfilledIds(unfilled, meta);
        if (!fromApp.isEmpty()) {
            add(
                    "click_id_lost",
                    Severity.ERROR,
                    ClickIds.FBCLID,
                    fromApp.size(),
                    fromApp.getFirst().subid(),
                    counted(fromApp.size(), "click came", "clicks came")
                            + " from Facebook's or Instagram's app without fbclid: something in front of the link drops it.",
                    "Put the campaign link itself into the ad, without a shortener. Where an app or wrapper must stand before"
                            + " it, have it pass on fbclid, and declare its parameter as the click id.");
        }
        if (without.size() == clicks.size() && unfilled.isEmpty() && fromApp.isEmpty()) {
            String title = source == null ? "the platform" : source.title();
            add(
                    "no_click_ids",
                    Severity.ERROR,
                    names,
                    without.size(),
                    without.getFirst().subid(),
                    "None of the last clicks brought " + names + ": this traffic does not come from ads of " + title
                            + ", or what brings it drops the id.",
                    "Check where the link is placed, and that the platform adds its click id"
                            + " (auto-tagging at Google, enhanced conversion tracking at LinkedIn). A visit typed by hand has"
                            + " none; to try the way of a conversion use a test event, not a made-up id.");
        }
        copied();
        implausible();
    }

    private void unfilledIds(List<Click> unfilled, boolean meta) {
        if (!unfilled.isEmpty()) {
            Click sample = unfilled.getFirst();
            String key = String.valueOf(expectedUnfilled(sample));
            String stood = sample.content().unfilled().getOrDefault(key, "");
            add(
                    meta && key.equals(ClickIds.FBCLID) ? "fbclid_unfilled" : "click_id_unfilled",
                    Severity.ERROR,
                    key,
                    unfilled.size(),
                    key + "=" + shown(stood),
                    counted(unfilled.size(), "click", "clicks") + " brought " + key
                            + " without a value, so nobody can say which click it was; conversions of these people are not"
                            + " reported while the strategy is strict.",
                    meta && key.equals(ClickIds.FBCLID)
                            ? "Remove fbclid={fbclid} from the ad's URL parameters; leave the campaign's parameters as they are."
                                    + " Meta adds fbclid by itself."
                            : "Take the parameters from the campaign's link for this source anew, and let the source fill them.");
        }
        List<Click> twice = clicks.stream()
                .filter(c -> hasExpected(c) && expectedUnfilled(c) != null)
                .toList();
        if (!twice.isEmpty()) {
            String key = String.valueOf(expectedUnfilled(twice.getFirst()));
            add(
                    meta && key.equals(ClickIds.FBCLID) ? "fbclid_twice" : "click_id_twice",
                    Severity.HINT,
                    key,
                    twice.size(),
                    twice.getFirst().subid(),
                    counted(twice.size(), "click", "clicks") + " brought " + key
                            + " twice, once without a value. The good one was used: nothing is lost.",
                    "Remove " + key + "={" + key
                            + "} from the ad's URL parameters all the same; other software may take"
                            + " the wrong one.");
        }
    }

    /** The same id on many clicks: a link with one person's id in it is being passed on. */
    private void copied() {
        for (String name : expected) {
            Map<String, List<Click>> byValue = new LinkedHashMap<>();
            for (Click c : clicks) {
                ClickIds.ClickId id = brought(c, name);
                if (id != null) {
                    byValue.computeIfAbsent(id.value(), v -> new ArrayList<>(1)).add(c);
                }
            }
            for (List<Click> same : byValue.values()) {
                long visitors = same.stream().map(Click::visitorNo).distinct().count();
                if (same.size() >= COPIED && visitors > 1) {
                    add(
                            "copied_link",
                            Severity.WARNING,
                            name,
                            same.size(),
                            same.getFirst().subid(),
                            counted(same.size(), "click", "clicks") + " of " + visitors + " people carry the same "
                                    + name
                                    + ": somebody shared the link as they saw it in their browser. Those are no ad clicks; the"
                                    + " first person alone is credited.",
                            "Share the link as the campaign shows it, without " + name + ".");
                }
            }
        }
    }

    private void implausible() {
        for (String name : expected) {
            List<Click> strange = clicks.stream()
                    .filter(c -> {
                        ClickIds.ClickId id = brought(c, name);
                        return id != null && !ClickIdShape.isPlausible(name, id.value());
                    })
                    .toList();
            if (!strange.isEmpty()) {
                ClickIds.ClickId id = brought(strange.getFirst(), name);
                add(
                        "click_id_implausible",
                        Severity.WARNING,
                        name,
                        strange.size(),
                        id == null ? null : shown(id.value()),
                        counted(strange.size(), "click", "clicks") + " brought a " + name
                                + " that does not look like one of the platform's. It is sent all the same.",
                        "Do not write click ids by hand or cut them. To try the way of a conversion, use a test event.");
            }
        }
    }

    /** Macros nobody filled, click ids apart. */
    private void unfilled() {
        Map<String, List<Click>> byKey = new LinkedHashMap<>();
        for (Click c : clicks) {
            for (var e : c.content().unfilled().entrySet()) {
                String name = clickId(e.getKey());
                if ((name == null || !expected.contains(name)) && !e.getValue().isBlank()) {
                    byKey.computeIfAbsent(e.getKey(), k -> new ArrayList<>(1)).add(c);
                }
            }
        }
        byKey.forEach(
                (key, some) -> add(
                        "macro_unfilled",
                        Severity.WARNING,
                        key,
                        some.size(),
                        key + "=" + shown(some.getFirst().content().unfilled().getOrDefault(key, "")),
                        counted(some.size(), "click", "clicks") + " brought " + key
                                + " as it stands in the template: the source did not fill it.",
                        "Opened from a preview or an organic post macros stay as they are. On real clicks, move them into the field"
                                + " the source fills (URL parameters at Meta, Final URL suffix at Google), and use its own macros."));
    }

    private void repairs() {
        for (Repair repair : Repair.values()) {
            List<Click> some = clicks.stream()
                    .filter(c -> c.content().repairs().contains(repair.code()))
                    .toList();
            if (!some.isEmpty()) {
                add(
                        repair.code(),
                        Severity.HINT,
                        "",
                        some.size(),
                        some.getFirst().subid(),
                        counted(some.size(), "click", "clicks") + " came with a malformed link (" + said(repair)
                                + "); it was mended and nothing is lost.",
                        fix(repair));
            }
        }
    }

    private static String said(Repair repair) {
        return switch (repair) {
            case SECOND_QUESTION_MARK -> "a second question mark";
            case LOST_QUESTION_MARK -> "no question mark before the parameters";
            case EMPTY_PARTS -> "an & too many";
            case ENCODED_SEPARATORS -> "encoded separators";
            case HTML_AMPERSAND -> "&amp; in place of &";
            case HTML_CHARACTER -> "a character such as ¤ in place of &curren";
            case DOUBLE_ENCODING -> "values encoded twice";
        };
    }

    private static String fix(Repair repair) {
        return switch (repair) {
            case SECOND_QUESTION_MARK -> "Remove the ? at the start of the ad's URL parameters.";
            case LOST_QUESTION_MARK -> "Write ? before the first parameter.";
            case EMPTY_PARTS -> "Remove the empty parts from the ad's URL parameters.";
            case ENCODED_SEPARATORS -> "Paste the parameters unencoded.";
            case HTML_AMPERSAND, HTML_CHARACTER ->
                "Copy the link from the campaign, not from the source of a web page.";
            case DOUBLE_ENCODING -> "Have the redirector in front encode values once.";
        };
    }

    private void repeated() {
        var keys = new LinkedHashMap<String, List<Click>>();
        for (Click c : clicks) {
            for (String key : c.content().repeated()) {
                if (!expected.contains(key)) {
                    keys.computeIfAbsent(key, k -> new ArrayList<>(1)).add(c);
                }
            }
        }
        keys.forEach((key, some) -> add(
                "repeated_key",
                Severity.HINT,
                key,
                some.size(),
                some.getFirst().subid(),
                counted(some.size(), "click", "clicks") + " brought " + key
                        + " more than once with different values; the last filled one counts.",
                "Keep it in one place: the address or the URL parameters, or what the source adds by itself."));
    }

    private void flagged() {
        List<Click> some = clicks.stream().filter(c -> c.content().flagged()).toList();
        if (!some.isEmpty()) {
            add(
                    "too_many_from_one_address",
                    Severity.HINT,
                    "",
                    some.size(),
                    some.getFirst().subid(),
                    counted(some.size(), "click", "clicks")
                            + " came faster from one address than people click: a machine, or many people behind one address.",
                    "Nothing to do while few; block the placement or source where they are many.");
        }
    }

    private boolean hasExpected(Click c) {
        return expected.stream().anyMatch(name -> brought(c, name) != null);
    }

    /** The id of that name if this very click brought it; the visitor's earlier ones stand in its contents, too. */
    private static ClickIds.@Nullable ClickId brought(Click c, String name) {
        ClickIds.ClickId id = c.content().clickIds().get(name);
        String opened = c.content().web().pageUrl();
        return id != null && opened != null && opened.contains(id.value()) ? id : null;
    }

    /** The key of an expected click id that arrived without a value; null when there is none. */
    private @Nullable String expectedUnfilled(Click c) {
        for (String key : c.content().unfilled().keySet()) {
            String name = clickId(key);
            if (name != null && expected.contains(name)) {
                return key;
            }
        }
        return null;
    }

    private static boolean isMetaApp(Click c) {
        String agent = c.content().web().userAgent();
        return agent != null && META_APPS.stream().anyMatch(agent::contains);
    }

    private static String counted(int n, String one, String many) {
        return n == 1 ? "1 " + one : n + " " + many;
    }

    private static String shown(String value) {
        return value.length() <= 60 ? value : value.substring(0, 60) + "…";
    }
}
