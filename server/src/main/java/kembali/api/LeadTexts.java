package kembali.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kembali.http.Checks;
import kembali.intake.LeadSubmission;
import kembali.lead.Lead;
import kembali.visitor.AdFields;
import org.jspecify.annotations.Nullable;

/** Leads told as texts by the path of their field in the API: {@code click.gclid}. */
final class LeadTexts {
    private static final int LONGEST_AD_WORD = 300;

    private LeadTexts() {}

    /** The same as somebody would send it by the API. @param f money as plain decimals, times as ISO 8601 */
    static LeadInput input(Map<String, String> f) {
        return new LeadInput(
                name(f),
                f.get("email"),
                f.get("phone"),
                f.get("city"),
                f.get("country"),
                f.get("externalRef"),
                f.get("status"),
                f.get("priority"),
                f.get("source"),
                f.get("assignedTo"),
                f.get("agentNumber"),
                amount(f.get("estimatedValue")),
                amount(f.get("actualValue")),
                f.get("currency"),
                instant(f.get("occurredAt")),
                f.get("state"),
                f.get("postalCode"),
                f.get("gender"),
                f.get("birthDate"),
                f.get("company"),
                f.get("title"),
                new LeadInput.Click(
                        f.get("click.gclid"),
                        f.get("click.gbraid"),
                        f.get("click.wbraid"),
                        f.get("click.fbclid"),
                        f.get("click.fbc"),
                        f.get("click.fbp"),
                        f.get("click.ttclid"),
                        f.get("click.ttp"),
                        f.get("click.liFatId"),
                        f.get("click.ctwaClid"),
                        f.get("click.metaLeadId"),
                        f.get("click.tiktokLeadId"),
                        f.get("click.linkedinLeadId"),
                        f.get("click.gaClientId"),
                        f.get("click.gaSessionId"),
                        instant(f.get("click.clickedAt"))),
                new LeadInput.UtmInput(
                        f.get("utm.source"),
                        f.get("utm.medium"),
                        f.get("utm.campaign"),
                        f.get("utm.term"),
                        f.get("utm.content")),
                new LeadInput.Web(f.get("web.pageUrl"), f.get("web.referrer"), f.get("web.ip"), f.get("web.userAgent")),
                new LeadInput.ConsentInput(
                        choice(f.get("consent.adUserData")),
                        choice(f.get("consent.adPersonalization")),
                        choice(f.get("consent.adStorage")),
                        choice(f.get("consent.analyticsStorage"))),
                f.get("visitor"));
    }

    /** The details of a stored lead. */
    static Map<String, String> of(Lead lead) {
        var all = new HashMap<String, String>();
        LeadDetailsInput d = LeadDetailsInput.of(lead);
        put(all, "name", d.name());
        put(all, "email", d.email());
        put(all, "phone", d.phone());
        put(all, "city", d.city());
        put(all, "country", d.country());
        put(all, "externalRef", d.externalRef());
        put(all, "priority", d.priority());
        put(all, "source", d.source());
        put(all, "assignedTo", d.assignedTo());
        put(all, "agentNumber", d.agentNumber());
        put(all, "estimatedValue", text(d.estimatedValue()));
        put(all, "actualValue", text(d.actualValue()));
        put(all, "currency", d.currency());
        put(all, "state", d.state());
        put(all, "postalCode", d.postalCode());
        put(all, "gender", d.gender());
        put(all, "birthDate", d.birthDate());
        put(all, "company", d.company());
        put(all, "title", d.title());
        return all;
    }

    /** The submission with the ad the texts name. @param checks told what is wrong with them */
    static LeadSubmission withAd(LeadSubmission s, Map<String, String> f, Checks checks) {
        if (f.keySet().stream().noneMatch(n -> n.startsWith("ad."))) {
            return s;
        }
        var ad = new AdFields(
                null,
                word(checks, f, "ad.accountId"),
                word(checks, f, "ad.campaignId"),
                word(checks, f, "ad.campaignName"),
                word(checks, f, "ad.adsetId"),
                word(checks, f, "ad.adsetName"),
                word(checks, f, "ad.adId"),
                word(checks, f, "ad.adName"),
                word(checks, f, "ad.placement"),
                null,
                null,
                null,
                null,
                null);
        return new LeadSubmission(
                s.workspaceId(),
                s.visitorNo(),
                s.details(),
                s.status(),
                s.occurredAt(),
                s.clicks(),
                s.browser(),
                s.web(),
                s.utm(),
                ad,
                s.consent());
    }

    private static @Nullable String word(Checks checks, Map<String, String> f, String name) {
        return checks.text(name, f.get(name), LONGEST_AD_WORD);
    }

    /** A whole name, else of its parts. */
    static @Nullable String name(Map<String, String> f) {
        String whole = f.get("name");
        if (whole != null) {
            return whole;
        }
        String parts = Stream.of("firstName", "lastName")
                .map(n -> f.getOrDefault(n, "").strip())
                .filter(n -> !n.isEmpty())
                .collect(Collectors.joining(" "));
        return parts.isEmpty() ? null : parts;
    }

    /** What a checkbox says. */
    static @Nullable String choice(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        return switch (typed.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "ya", "on", "1", "setuju", "granted", "accepted" -> "granted";
            case "false", "no", "n", "tidak", "off", "0", "denied" -> "denied";
            default -> typed.strip().toLowerCase(Locale.ROOT);
        };
    }

    private static void put(Map<String, String> all, String name, @Nullable String value) {
        if (value != null) {
            all.put(name, value);
        }
    }

    private static @Nullable BigDecimal amount(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    private static @Nullable String text(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }
}
