package kembali.api;

import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import kembali.account.Workspace;
import kembali.http.Checks;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.Consent;
import kembali.identity.Person;
import kembali.identity.PhoneNumbers;
import kembali.identity.WebContext;
import kembali.intake.LeadSubmission;
import kembali.lead.LeadDetails;
import kembali.visitor.AdFields;
import kembali.visitor.Utm;
import kembali.visitor.Visitors;
import org.jspecify.annotations.Nullable;

/** Checks a {@link LeadInput} and makes of it what intake takes. */
final class LeadReader {
    static final List<String> PRIORITIES = List.of("low", "medium", "high", "urgent");
    static final List<String> SOURCES = List.of(
            "website", "whatsapp", "phone", "email", "referral", "social", "ads", "affiliate", "event", "other");
    private static final List<String> CHOICES = List.of("granted", "denied", "unknown");
    private static final Pattern LEAD_ID_DIGITS = Pattern.compile("\\d{15,17}");
    private static final Pattern IP_SHAPE = Pattern.compile("[0-9a-fA-F:.]{3,45}");
    private static final Pattern FBC = Pattern.compile("fb\\.\\d+\\.(\\d{13})\\.(.+)");
    private static final int CLICK_ID_LENGTH = 1_000;

    private final Workspace workspace;
    private final List<String> statuses;
    private final Visitors visitors;
    private final Instant now;

    LeadReader(Workspace workspace, List<String> statuses, Visitors visitors, Instant now) {
        this.statuses = statuses;
        this.workspace = workspace;
        this.visitors = visitors;
        this.now = now;
    }

    /** @throws kembali.support.Refusal naming every wrong field */
    LeadSubmission read(LeadInput in) {
        var checks = new Checks();
        LeadDetails details = details(in, checks);
        String status = in.status() == null ? null : status(checks, statuses, "status", in.status());
        Instant occurredAt = checks.instant("occurredAt", in.occurredAt(), now);
        ClickIds clicks = clicks(in.click(), occurredAt, checks);
        BrowserIds browser = browser(in.click(), checks);
        WebContext web = web(in.web(), checks);
        Utm utm = utm(in.utm(), checks);
        Consent consent = consent(in.consent(), now, checks);
        Long visitorNo = visitor(in.visitor(), checks);
        checks.done();
        return new LeadSubmission(
                workspace.id(),
                visitorNo,
                details,
                status,
                occurredAt,
                clicks,
                browser,
                web,
                utm,
                AdFields.NONE,
                consent);
    }

    static String status(Checks checks, List<String> statuses, String field, String status) {
        if (!statuses.contains(status)) {
            checks.error(
                    field,
                    "is none of: " + String.join(", ", statuses) + "; it was \""
                            + (status.length() > 40 ? status.substring(0, 40) + "…" : status) + "\"");
        }
        return status;
    }

    private LeadDetails details(LeadInput in, Checks c) {
        String country = c.country("country", in.country());
        String phone = c.text("phone", in.phone(), 60);
        var parsed = phone == null
                ? null
                : PhoneNumbers.fromPerson(phone, country == null ? workspace.defaultCountry() : country);
        String name = c.text("name", in.name(), 200);
        var person = new Person(
                name != null && name.matches("Visitor \\[[A-Z]{3}\\d{4}\\]") ? null : name,
                c.text("email", in.email(), 254),
                phone,
                parsed == null ? null : parsed.e164(),
                c.text("city", in.city(), 100),
                c.text("state", in.state(), 100),
                c.text("postalCode", in.postalCode(), 20),
                country,
                gender(c.text("gender", in.gender(), 20)),
                birthDate(in.birthDate(), c),
                c.text("company", in.company(), 200),
                c.text("title", in.title(), 200));
        return new LeadDetails(
                person,
                c.word("priority", in.priority(), PRIORITIES, "medium"),
                c.word("source", in.source(), SOURCES, "other"),
                c.text("assignedTo", in.assignedTo(), 100),
                agentNumber(in.agentNumber(), c),
                c.text("externalRef", in.externalRef(), 150),
                c.amount("estimatedValue", in.estimatedValue()),
                c.amount("actualValue", in.actualValue()),
                c.currency("currency", in.currency()));
    }

    private @Nullable String agentNumber(@Nullable String raw, Checks c) {
        String text = c.text("agentNumber", raw, 60);
        if (text == null) {
            return null;
        }
        var parsed = PhoneNumbers.fromPerson(text, workspace.defaultCountry());
        if (parsed == null) {
            c.error("agentNumber", "is no phone number; write it as +628111000111");
            return null;
        }
        return parsed.e164();
    }

    private static @Nullable String gender(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "m", "male", "man", "l", "laki-laki", "pria" -> "m";
            case "f", "female", "woman", "p", "perempuan", "wanita" -> "f";
            default -> null;
        };
    }

    private @Nullable LocalDate birthDate(@Nullable String text, Checks c) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            LocalDate date = LocalDate.parse(text.strip());
            if (date.getYear() >= 1900 && date.isBefore(LocalDate.ofInstant(now, java.time.ZoneOffset.UTC))) {
                return date;
            }
        } catch (DateTimeParseException e) {
            c.error("birthDate", "must be a date such as 1990-12-31");
            return null;
        }
        c.error("birthDate", "must lie between 1900-01-01 and today");
        return null;
    }

    private ClickIds clicks(LeadInput.@Nullable Click in, @Nullable Instant occurredAt, Checks c) {
        if (in == null) {
            return ClickIds.NONE;
        }
        Instant clickedAt = c.instant("click.clickedAt", in.clickedAt(), now);
        Instant seen = clickedAt != null ? clickedAt : occurredAt != null ? occurredAt : now;
        ClickIds all = ClickIds.NONE;
        all = add(all, ClickIds.GCLID, "click.gclid", in.gclid(), seen, c);
        all = add(all, ClickIds.GBRAID, "click.gbraid", in.gbraid(), seen, c);
        all = add(all, ClickIds.WBRAID, "click.wbraid", in.wbraid(), seen, c);
        all = add(all, ClickIds.FBCLID, "click.fbclid", in.fbclid(), fbclidSeen(in, clickedAt, seen), c);
        all = add(all, ClickIds.TTCLID, "click.ttclid", in.ttclid(), seen, c);
        all = add(all, ClickIds.LI_FAT_ID, "click.liFatId", in.liFatId(), seen, c);
        all = add(all, ClickIds.CTWA_CLID, "click.ctwaClid", in.ctwaClid(), seen, c);
        all = add(all, ClickIds.META_LEAD_ID, "click.metaLeadId", metaLeadId(in.metaLeadId(), c), seen, c);
        all = add(all, ClickIds.TIKTOK_LEAD_ID, "click.tiktokLeadId", in.tiktokLeadId(), seen, c);
        all = add(all, ClickIds.LINKEDIN_LEAD_ID, "click.linkedinLeadId", in.linkedinLeadId(), seen, c);
        return all;
    }

    /** The click cookie knows when its click was, when nobody says it outright. */
    private static Instant fbclidSeen(LeadInput.Click in, @Nullable Instant clickedAt, Instant otherwise) {
        if (clickedAt == null && in.fbc() != null && in.fbclid() != null) {
            var m = FBC.matcher(in.fbc());
            if (m.matches() && m.group(2).startsWith(in.fbclid())) {
                return Instant.ofEpochMilli(Long.parseLong(m.group(1)));
            }
        }
        return otherwise;
    }

    private static @Nullable String metaLeadId(@Nullable String text, Checks c) {
        if (text != null
                && !text.isBlank()
                && !LEAD_ID_DIGITS.matcher(text.strip()).matches()) {
            c.error("click.metaLeadId", "must be the 15 to 17 digits of Meta's leadgen_id");
            return null;
        }
        return text;
    }

    private static ClickIds add(
            ClickIds all, String name, String field, @Nullable String value, Instant seen, Checks c) {
        String v = c.text(field, value, CLICK_ID_LENGTH);
        return v == null ? all : all.with(name, ClickId.of(v, seen.toEpochMilli()));
    }

    private static BrowserIds browser(LeadInput.@Nullable Click in, Checks c) {
        if (in == null) {
            return BrowserIds.NONE;
        }
        return new BrowserIds(
                c.text("click.fbc", in.fbc(), CLICK_ID_LENGTH),
                c.text("click.fbp", in.fbp(), 200),
                c.text("click.ttp", in.ttp(), 200),
                c.text("click.gaClientId", in.gaClientId(), 100),
                c.text("click.gaSessionId", in.gaSessionId(), 40));
    }

    private static WebContext web(LeadInput.@Nullable Web in, Checks c) {
        if (in == null) {
            return WebContext.NONE;
        }
        return new WebContext(
                url("web.pageUrl", in.pageUrl(), c),
                c.text("web.referrer", in.referrer(), 2_000),
                ip(in.ip(), c),
                c.text("web.userAgent", in.userAgent(), 1_000));
    }

    private static @Nullable String url(String field, @Nullable String value, Checks c) {
        String v = c.text(field, value, 4_000);
        if (v == null) {
            return null;
        }
        try {
            URI uri = URI.create(v.replace("{", "%7B")
                    .replace("}", "%7D")
                    .replace("|", "%7C")
                    .replace(" ", "%20"));
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return v;
            }
        } catch (IllegalArgumentException e) {
            c.error(field, "is no web address such as https://shop.example/promo");
            return null;
        }
        c.error(field, "is no web address such as https://shop.example/promo");
        return null;
    }

    private static @Nullable String ip(@Nullable String value, Checks c) {
        String v = c.text("web.ip", value, 60);
        if (v == null) {
            return null;
        }
        try {
            // Only literals, so that no name is ever asked of DNS.
            if (IP_SHAPE.matcher(v).matches()) {
                return InetAddress.ofLiteral(v).getHostAddress();
            }
        } catch (IllegalArgumentException e) {
            c.error("web.ip", "is no IPv4 or IPv6 address");
            return null;
        }
        c.error("web.ip", "is no IPv4 or IPv6 address");
        return null;
    }

    private static Utm utm(LeadInput.@Nullable UtmInput in, Checks c) {
        if (in == null) {
            return Utm.NONE;
        }
        return new Utm(
                c.text("utm.source", in.source(), 500),
                c.text("utm.medium", in.medium(), 500),
                c.text("utm.campaign", in.campaign(), 500),
                c.text("utm.term", in.term(), 500),
                c.text("utm.content", in.content(), 500),
                null,
                null,
                null,
                null);
    }

    private static Consent consent(LeadInput.@Nullable ConsentInput in, Instant now, Checks c) {
        if (in == null) {
            return Consent.UNKNOWN;
        }
        return new Consent(
                choice("consent.adStorage", in.adStorage(), c),
                choice("consent.analyticsStorage", in.analyticsStorage(), c),
                choice("consent.adUserData", in.adUserData(), c),
                choice("consent.adPersonalization", in.adPersonalization(), c),
                Consent.Source.API,
                null,
                false,
                false,
                null,
                now);
    }

    private static Consent.Choice choice(String field, @Nullable String value, Checks c) {
        return Consent.Choice.valueOf(c.word(field, value, CHOICES, "unknown").toUpperCase(Locale.ROOT));
    }

    private @Nullable Long visitor(@Nullable String code, Checks c) {
        if (code == null || code.isBlank()) {
            return null;
        }
        Long no = visitors.number(workspace.id(), code);
        if (no == null) {
            c.error("visitor", "is no visitor code; one looks like ABC2345");
        }
        return no;
    }
}
