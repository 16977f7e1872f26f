package kembali.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kembali.account.Workspaces;
import kembali.http.Checks;
import kembali.inbound.FormChecks;
import kembali.inbound.LeadFields;
import kembali.intake.LeadSubmission;
import kembali.lead.Pipelines;
import kembali.support.FieldError;
import kembali.support.Refusal;
import kembali.visitor.AdFields;
import kembali.visitor.Visitors;
import org.jspecify.annotations.Nullable;

/** Reads what somebody typed into a form by the rules of the API, and leaves out what they would refuse. */
public final class FormReader implements FormChecks {
    private static final int LONGEST_AD_WORD = 300;
    private static final int LONGEST_AMOUNT = 40;

    private final Workspaces workspaces;
    private final Pipelines pipelines;
    private final Visitors visitors;
    private final InstantSource clock;

    public FormReader(Workspaces workspaces, Pipelines pipelines, Visitors visitors, InstantSource clock) {
        this.workspaces = workspaces;
        this.pipelines = pipelines;
        this.visitors = visitors;
        this.clock = clock;
    }

    @Override
    public Checked check(int workspaceId, Map<String, String> fields, Instant at) {
        var left = new HashMap<String, String>();
        var notes = new ArrayList<String>();
        fields.forEach((name, value) -> {
            if (!LeadFields.ALL.contains(name)) {
                notes.add(name + ": is no field of a lead");
            } else if (!value.isBlank()) {
                left.put(name, value);
            }
        });
        BigDecimal amount = amount(left, notes);
        var reader =
                new LeadReader(workspaces.get(workspaceId), pipelines.words(workspaceId), visitors, clock.instant());
        Instant when = at;
        while (true) {
            try {
                LeadSubmission s = reader.read(input(left, amount, when));
                return new Checked(withAd(s, left, notes), notes);
            } catch (Refusal refused) {
                for (FieldError e : refused.errors()) {
                    when = e.field().equals("occurredAt") ? null : when;
                    amount = e.field().equals(LeadFields.VALUE) ? null : amount;
                    setAside(e, left, notes);
                }
            }
        }
    }

    /** Each round takes at least the refused fields out, so there is an end. */
    private static void setAside(FieldError error, Map<String, String> left, List<String> notes) {
        String field = error.field();
        left.remove(field);
        if (field.equals(LeadFields.NAME)) {
            left.remove(LeadFields.FIRST_NAME);
            left.remove(LeadFields.LAST_NAME);
        }
        // What was typed may be anything, also somebody's phone number in the wrong field: it is not repeated.
        notes.add(field + ": " + error.message().replaceFirst("; it was .*$", ""));
    }

    private static @Nullable BigDecimal amount(Map<String, String> left, List<String> notes) {
        String typed = left.get(LeadFields.VALUE);
        if (typed == null) {
            return null;
        }
        try {
            if (typed.length() <= LONGEST_AMOUNT) {
                return new BigDecimal(typed.strip());
            }
        } catch (NumberFormatException e) {
            notes.add(LeadFields.VALUE + ": is no amount");
            return null;
        }
        notes.add(LeadFields.VALUE + ": is no amount");
        return null;
    }

    private static LeadInput input(Map<String, String> f, @Nullable BigDecimal amount, @Nullable Instant at) {
        return new LeadInput(
                name(f),
                f.get(LeadFields.EMAIL),
                f.get(LeadFields.PHONE),
                f.get(LeadFields.CITY),
                f.get(LeadFields.COUNTRY),
                f.get(LeadFields.EXTERNAL_REF),
                f.get(LeadFields.STATUS),
                null,
                isAd(f) ? "ads" : "website",
                null,
                null,
                amount,
                null,
                f.get(LeadFields.CURRENCY),
                at,
                f.get(LeadFields.STATE),
                f.get(LeadFields.POSTAL_CODE),
                f.get(LeadFields.GENDER),
                f.get(LeadFields.BIRTH_DATE),
                f.get(LeadFields.COMPANY),
                f.get(LeadFields.TITLE),
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
                        null,
                        f.get("click.metaLeadId"),
                        f.get("click.tiktokLeadId"),
                        f.get("click.linkedinLeadId"),
                        f.get("click.gaClientId"),
                        f.get("click.gaSessionId"),
                        null),
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
                f.get(LeadFields.VISITOR));
    }

    private static @Nullable String name(Map<String, String> f) {
        String whole = f.get(LeadFields.NAME);
        if (whole != null) {
            return whole;
        }
        String parts = Stream.of(LeadFields.FIRST_NAME, LeadFields.LAST_NAME)
                .map(n -> f.getOrDefault(n, "").strip())
                .filter(n -> !n.isEmpty())
                .collect(Collectors.joining(" "));
        return parts.isEmpty() ? null : parts;
    }

    /** Forms inside the ad platforms' own apps leave a lead id, and say which ad it was. */
    private static boolean isAd(Map<String, String> f) {
        return f.keySet().stream().anyMatch(n -> n.startsWith("ad.") || n.endsWith("LeadId"));
    }

    /** What a checkbox says. */
    private static @Nullable String choice(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        return switch (typed.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "ya", "on", "1", "setuju", "granted", "accepted" -> "granted";
            case "false", "no", "n", "tidak", "off", "0", "denied" -> "denied";
            default -> typed.strip().toLowerCase(Locale.ROOT);
        };
    }

    private static LeadSubmission withAd(LeadSubmission s, Map<String, String> f, List<String> notes) {
        if (f.keySet().stream().noneMatch(n -> n.startsWith("ad."))) {
            return s;
        }
        var checks = new Checks();
        var ad = new AdFields(
                null,
                word(checks, f, "ad.accountId"),
                word(checks, f, "ad.campaignId"),
                word(checks, f, "ad.campaignName"),
                word(checks, f, "ad.adsetId"),
                null,
                word(checks, f, "ad.adId"),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        try {
            checks.done();
        } catch (Refusal refused) {
            refused.errors().forEach(e -> notes.add(e.field() + ": " + e.message()));
        }
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
}
