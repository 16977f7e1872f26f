package kembali.campaign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kembali.campaign.Finding.Weight;
import kembali.campaign.LinkRepair.Repaired;
import kembali.visitor.QueryString;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with an ad's link, without any traffic: as it stands in the ad's form, or as it was copied from a
 * browser after a click.
 */
public final class UrlChecker {
    /** Longest link, in characters. */
    public static final int MAX_LENGTH = 16_384;

    private static final String FBCLID = "fbclid";

    /** Shorteners that drop or keep the query as they like. */
    private static final Set<String> SHORTENERS = Set.of(
            "bit.ly",
            "tinyurl.com",
            "t.co",
            "goo.gl",
            "is.gd",
            "cutt.ly",
            "rb.gy",
            "ow.ly",
            "s.id",
            "linktr.ee",
            "t.ly");

    private final Set<String> ownHosts;
    private final @Nullable SourceTemplate source;

    /**
     * @param ownHosts host names that serve campaign links, lower case; empty when not to be checked
     * @param source which ads the link is for; null when not known
     */
    public UrlChecker(Set<String> ownHosts, @Nullable SourceTemplate source) {
        this.ownHosts = Set.copyOf(ownHosts);
        this.source = source;
    }

    /** The findings, the worst first; empty when the link is sound. */
    public List<Finding> check(String pasted) {
        String link = pasted.strip();
        if (link.length() > MAX_LENGTH) {
            return List.of(new Finding(
                    "too_long",
                    Weight.REFUSED,
                    "",
                    "The link is longer than 16,384 characters.",
                    "Paste the link alone."));
        }
        return new Check(link).findings();
    }

    private final class Check {
        private final String link;
        private final List<Finding> findings = new ArrayList<>();
        private final Map<String, List<String>> values = new LinkedHashMap<>();

        Check(String link) {
            this.link = link;
        }

        List<Finding> findings() {
            int hash = fragment(link);
            String address = hash < 0 ? link : link.substring(0, hash);
            int question = address.indexOf('?');
            String path = question < 0 ? address : address.substring(0, question);
            Repaired mended = LinkRepair.repair(path, question < 0 ? null : address.substring(question + 1));
            QueryString.readPairs(
                    mended.query(),
                    0,
                    mended.query().length(),
                    QueryString.MAX_PARAMETERS,
                    (key, value) ->
                            values.computeIfAbsent(key, k -> new ArrayList<>(1)).add(value));
            host(mended.path());
            if (hash >= 0 && link.indexOf('=', hash) > 0) {
                add(
                        "after_fragment",
                        Weight.LOSES,
                        "#",
                        "Parameters stand after a #; browsers keep that part to themselves, so they never arrive.",
                        "Move them before the #, after a ?.");
            }
            fbclid();
            boolean clicked = AutomaticKeys.CLICK_IDS.keySet().stream().anyMatch(this::hasPlausible);
            macros(clicked);
            mended.repairs().forEach(this::repaired);
            values.forEach((key, all) -> {
                if (!key.equals(FBCLID) && new LinkedHashSet<>(all).size() > 1) {
                    add(
                            "repeated_key",
                            Weight.MENDED,
                            key,
                            key + " stands in the link more than once; the last filled value counts.",
                            "Keep one of them.");
                }
            });
            findings.sort(Comparator.comparing(Finding::weight));
            return List.copyOf(findings);
        }

        private void add(String code, Weight weight, String about, String sentence, String fix) {
            findings.add(new Finding(code, weight, about, sentence, fix));
        }

        private void host(String path) {
            String host = hostOf(path);
            if (host == null) {
                add(
                        "no_address",
                        Weight.REFUSED,
                        "",
                        "This is no link: it does not begin with http:// or https:// and a host.",
                        "Paste the whole link.");
            } else if (SHORTENERS.contains(host) || (!ownHosts.isEmpty() && !ownHosts.contains(host))) {
                add(
                        "redirector",
                        Weight.LOSES,
                        host,
                        host
                                + " is not the host of your campaign links. A shortener or redirector in front often drops the"
                                + " parameters, fbclid among them.",
                        "Put the campaign link itself into the ad; where an app or wrapper must stand before it, have it pass"
                                + " on all parameters.");
            }
        }

        /** Rows 3, 4 and 5 of the diagnosis. */
        private void fbclid() {
            List<String> all = values.getOrDefault(FBCLID, List.of());
            long unfilled = all.stream().filter(this::isUnfilledFbclid).count();
            List<String> filled =
                    all.stream().filter(v -> !isUnfilledFbclid(v)).distinct().toList();
            if (unfilled > 0 && filled.isEmpty()) {
                add(
                        "fbclid_unfilled",
                        Weight.LOSES,
                        FBCLID,
                        "fbclid stands in the link without a value. Meta adds fbclid by itself and has no macro for it, so this"
                                + " arrives literally.",
                        "Remove fbclid={fbclid} from the ad's URL parameters; leave the campaign's parameters as they are.");
            } else if (unfilled > 0) {
                add(
                        "fbclid_twice",
                        Weight.MENDED,
                        FBCLID,
                        "fbclid stands in the link twice, once without a value. The good one is used, so nothing is lost here;"
                                + " other software may take the wrong one.",
                        "Remove fbclid={fbclid} from the ad's URL parameters; leave the campaign's parameters as they are.");
            }
            if (!filled.isEmpty() && !ClickIdShape.isPlausible(FBCLID, filled.getLast())) {
                add(
                        "fbclid_implausible",
                        Weight.LOSES,
                        FBCLID,
                        "The value of fbclid does not look like one of Meta's: 10 to 1,024 letters, digits, - and _.",
                        "Do not write a fbclid by hand. To try the way of a conversion, use a test event.");
            } else if (!filled.isEmpty()) {
                add(
                        "copied_link",
                        Weight.HINT,
                        FBCLID,
                        "The link carries the fbclid of one click: it was copied from a browser. In an ad, or shared, it would"
                                + " credit every visit to that click.",
                        "Use the link as the campaign shows it, without fbclid.");
            }
        }

        private boolean isUnfilledFbclid(String value) {
            return value.isBlank() || Unfilled.isUnfilledId(FBCLID, value);
        }

        private boolean hasPlausible(String key) {
            return values.getOrDefault(key, List.of()).stream()
                    .anyMatch(v -> !v.isBlank() && !Unfilled.isUnfilledId(key, v) && ClickIdShape.isPlausible(key, v));
        }

        /**
         * Row 7: a macro that is still there after a click. In the ad's own form macros are right, if they are the source's.
         */
        private void macros(boolean clicked) {
            values.forEach((key, all) -> {
                String value = all.getLast();
                boolean macro = Unfilled.isMacro(value.strip());
                if (key.equals(FBCLID) || value.isBlank()) {
                    return;
                }
                if (macro && clicked) {
                    add(
                            "macro_unfilled",
                            Weight.LOSES,
                            key,
                            key + "=" + shown(value) + " was not filled, although the link was clicked.",
                            "Such a link was opened from a preview or an organic post, or the macros stand where the format"
                                    + " does not fill them: move them from Website URL into URL parameters.");
                } else if (macro && source != null && isForeign(source, value.strip())) {
                    add(
                            "foreign_macro",
                            Weight.LOSES,
                            key,
                            shown(value) + " is no macro of " + source.title() + "; it will arrive literally.",
                            "Take the parameters from the campaign's link for " + source.title() + ".");
                } else if (isSingleUnderscored(value)) {
                    add(
                            "single_underscores",
                            Weight.LOSES,
                            key,
                            shown(value) + " has one underscore on each side; TikTok fills macros with two.",
                            "Write _" + shown(value) + "_.");
                } else if (!macro && Unfilled.isOne(key, value)) {
                    add(
                            "placeholder",
                            Weight.LOSES,
                            key,
                            key + "=" + shown(value) + " was meant to be replaced.",
                            "Write the source's macro or a value, or remove the parameter.");
                }
            });
        }

        private void repaired(Repair repair) {
            switch (repair) {
                case SECOND_QUESTION_MARK ->
                    mended(
                            repair,
                            "There is a second question mark: one was typed at the start of the URL parameters.",
                            "Remove the ? from the URL parameters.");
                case LOST_QUESTION_MARK ->
                    mended(repair, "The parameters begin with & instead of ?.", "Write ? before the first parameter.");
                case EMPTY_PARTS -> mended(repair, "There is an & too many.", "Remove it.");
                case ENCODED_SEPARATORS ->
                    mended(repair, "The ?, & or = between parameters are encoded.", "Paste the parameters unencoded.");
                case HTML_AMPERSAND ->
                    mended(repair, "&amp; stands where & should, as in the source of a web page.", "Write & instead.");
                case HTML_CHARACTER ->
                    mended(
                            repair,
                            "A character such as ¤ stands where the beginning of a parameter was: the link was copied from a"
                                    + " web page.",
                            "Write &currency=, &timestamp= or &region= out by hand.");
                case DOUBLE_ENCODING -> mended(repair, "A value is encoded twice.", "Encode it once.");
            }
        }

        private void mended(Repair repair, String sentence, String fix) {
            add(repair.code(), Weight.MENDED, "", sentence + " We mend it; fix it all the same.", fix);
        }
    }

    /** Whether a macro is of another dialect than all those of that source. */
    private static boolean isForeign(SourceTemplate source, String macro) {
        boolean none = true;
        for (CampaignParameter p : source.parameters()) {
            if (p.hasMacro() && !source.appended().contains(p.key())) {
                none = false;
                if (dialect(p.token()).equals(dialect(macro))) {
                    return false;
                }
            }
        }
        return !none && !source.key().equals("generic") && !source.key().equals("app");
    }

    private static String dialect(String macro) {
        int signs = macro.startsWith("{{") || macro.startsWith("__") || macro.startsWith("##") || macro.startsWith("${")
                ? 2
                : 1;
        return macro.substring(0, Math.min(signs, macro.length()));
    }

    private static boolean isSingleUnderscored(String value) {
        int n = value.length();
        return n > 4
                && n < 40
                && value.charAt(0) == '_'
                && value.charAt(1) != '_'
                && value.charAt(n - 1) == '_'
                && value.charAt(n - 2) != '_'
                && value.chars().allMatch(c -> c == '_' || (c >= 'A' && c <= 'Z'));
    }

    private static String shown(String value) {
        return value.length() <= 60 ? value : value.substring(0, 60) + "…";
    }

    /** Where a fragment begins; the hash signs of {@code ##MACRO##} begin none. */
    private static int fragment(String link) {
        int hash = link.indexOf('#');
        return hash > 0 && link.charAt(hash - 1) == '=' ? -1 : hash;
    }

    private static @Nullable String hostOf(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        int from = lower.startsWith("https://") ? 8 : lower.startsWith("http://") ? 7 : -1;
        if (from < 0) {
            return null;
        }
        int end = from;
        while (end < lower.length() && "/:?#".indexOf(lower.charAt(end)) < 0) {
            end++;
        }
        return end == from ? null : lower.substring(from, end);
    }
}
