package kembali.transfer.row;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import kembali.intake.LeadImported;
import kembali.lead.Pipelines.Stage;
import kembali.postback.AmountRules;
import kembali.postback.Amounts;
import kembali.support.FieldError;
import kembali.transfer.column.ColumnMap;
import kembali.transfer.column.ImportKind;
import org.jspecify.annotations.Nullable;

/** Leads of a file. */
public final class LeadRows implements RowReader<LeadImported> {
    private static final Pattern OWN_ID = Pattern.compile("ld_[0-9a-z]{26}");

    /** What a spreadsheet makes of a long number it was not told to leave alone. */
    private static final Pattern ROUNDED = Pattern.compile("\\d(?:[.,]\\d+)?[eE]\\+?\\d{1,2}");

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration CLOCK_DIFFERENCE = Duration.ofHours(24);
    /** What a lead is found by again. */
    public static final List<String> NAMES = List.of("id", "visitor", "externalRef", "phone", "email");

    private static final List<String> AMOUNTS = List.of("estimatedValue", "actualValue");
    private static final List<String> TIMES = List.of("occurredAt", "createdAt", "click.clickedAt");
    private static final Map<String, String> COUNTRIES = countries();

    private final RowTerms terms;
    private final Cells.Layout layout;
    private final LeadChecks checks;
    private final Map<String, String> statuses;
    private final String statusWords;
    private final AmountRules amountRules;
    private final boolean identifies;

    /** @param stages the workspace's statuses */
    public LeadRows(RowTerms terms, ColumnMap columns, List<Stage> stages, LeadChecks checks) {
        this.terms = terms;
        this.layout = new Cells.Layout(ImportKind.LEADS, columns);
        this.checks = checks;
        this.amountRules = new AmountRules(terms.decimalMark(), false, terms.currency());
        this.identifies = NAMES.stream().anyMatch(columns::gives);
        this.statuses = statuses(stages, terms.statuses());
        this.statusWords = String.join(", ", stages.stream().map(Stage::status).toList());
    }

    private static Map<String, String> statuses(List<Stage> stages, Map<String, String> said) {
        var all = new HashMap<String, String>();
        for (Stage s : stages) {
            all.putIfAbsent(plain(s.name()), s.status());
        }
        stages.forEach(s -> all.put(plain(s.status()), s.status()));
        said.forEach((word, status) -> all.put(plain(word), status));
        return Map.copyOf(all);
    }

    private static String plain(String word) {
        return word.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }

    @Override
    public Parsed<LeadImported> read(List<String> cells, Instant now) {
        Cells row = layout.of(cells);
        if (row.isBlank()) {
            return new Parsed.Blank<>();
        }
        status(row);
        amounts(row);
        String id = id(row);
        phone(row, "phone");
        lowerCase(row, "priority");
        lowerCase(row, "source");
        country(row);
        birthDate(row);
        if (identifies && id == null && NAMES.stream().noneMatch(n -> row.get(n) != null)) {
            row.warnRow(
                    "has neither phone, e-mail nor reference: when the file is imported again, it makes another lead");
        }
        var times = new HashMap<String, Instant>();
        TIMES.forEach(field -> time(row, field, now, times));
        if (row.isRefused()) {
            return new Parsed.Refused<>(row.remarks());
        }
        Instant createdAt = times.get("createdAt");
        row.take("createdAt");
        String orderId = row.take("orderId");
        if (orderId != null && orderId.length() > 150) {
            row.warn("orderId", "has more than 150 characters; it is left out");
            orderId = null;
        }
        if (createdAt != null && !times.containsKey("occurredAt") && !times.containsKey("click.clickedAt")) {
            // A click id without a time of its own came with the lead, not with the import.
            row.put("click.clickedAt", createdAt.toString());
        }
        LeadChecks.Checked checked = checks.check(
                terms.workspaceId(),
                Map.copyOf(row.values()),
                new LeadChecks.Past(id, createdAt, orderId, terms.report()),
                now);
        for (FieldError e : checked.leftOut()) {
            row.warn(e.field(), e.message());
        }
        for (FieldError e : checked.refusals()) {
            row.refuse(e.field(), e.message());
        }
        LeadImported lead = checked.row();
        return lead == null || row.isRefused()
                ? new Parsed.Refused<>(row.remarks())
                : new Parsed.Ready<>(lead, row.remarks());
    }

    /** An id of ours, or another system's, which is its reference where it gives no better one. */
    private static @Nullable String id(Cells row) {
        String id = row.take("id");
        if (id == null || OWN_ID.matcher(id).matches()) {
            return id;
        }
        if (row.get("externalRef") == null) {
            row.put("externalRef", id);
        }
        return null;
    }

    private void status(Cells row) {
        String word = row.get("status");
        String status = word == null ? terms.defaultStatus() : statuses.get(plain(word));
        if (status != null) {
            row.put("status", status);
        } else if (word != null) {
            row.refuse(
                    "status",
                    "is no status of the workspace; say what its words mean, such as statuses={\"Closing\":\"won\"}. The"
                            + " statuses are: " + statusWords);
        }
    }

    private void amounts(Cells row) {
        for (String field : AMOUNTS) {
            String text = row.get(field);
            if (text == null) {
                continue;
            }
            Amounts.Read read = Amounts.read(field, text, row.get("currency"), amountRules);
            if (read.payout() == null) {
                row.refuse(field, "is no amount; write it as 1500000 or 1500000.50");
                continue;
            }
            BigDecimal amount = read.payout().amount();
            if (amount.signum() < 0) {
                row.refuse(field, "must not be negative");
                continue;
            }
            row.put(field, amount.toPlainString());
            String currency = read.payout().currency();
            if (row.get("currency") == null && currency != null && !currency.equals(terms.currency())) {
                row.put("currency", currency);
            }
            read.notes().forEach(note -> row.warn(field, note.sentence()));
        }
    }

    private static void phone(Cells row, String field) {
        String phone = row.get(field);
        if (phone != null && ROUNDED.matcher(phone).matches()) {
            row.refuse(
                    field,
                    "was rounded by a spreadsheet, its last digits are lost; give the column the format Text there, and"
                            + " export it again");
        }
    }

    private static void lowerCase(Cells row, String field) {
        String word = row.get(field);
        if (word != null) {
            row.put(field, word.toLowerCase(Locale.ROOT));
        }
    }

    private static void country(Cells row) {
        String country = row.get("country");
        if (country != null && country.length() > 2) {
            String code = COUNTRIES.get(country.toLowerCase(Locale.ROOT));
            if (code != null) {
                row.put("country", code);
            }
        }
    }

    private void birthDate(Cells row) {
        String text = row.get("birthDate");
        if (text != null) {
            Instant at = Moments.read(text, terms.zone(), terms.dates());
            if (at == null) {
                row.leaveOut("birthDate", "is no date such as 1990-12-31; it is left out");
            } else {
                row.put("birthDate", at.atZone(terms.zone()).toLocalDate().toString());
            }
        }
    }

    private void time(Cells row, String field, Instant now, Map<String, Instant> times) {
        String text = row.get(field);
        if (text == null) {
            return;
        }
        Instant at = Moments.read(text, terms.zone(), terms.dates());
        if (at == null) {
            row.refuse(
                    field,
                    "is no time we can read; write it as 2026-11-20 10:00:00, in the time zone "
                            + terms.zone().getId() + ", or with an offset such as 2026-11-20T10:00:00+07:00");
        } else if (at.isBefore(EARLIEST)) {
            row.refuse(field, "lies before 2000-01-01");
        } else if (at.isAfter(now.plus(CLOCK_DIFFERENCE))) {
            row.refuse(
                    field,
                    "lies more than a day in the future; if day and month are swapped, say dates=day_first or"
                            + " dates=month_first");
        } else {
            times.put(field, at);
            row.put(field, at.toString());
        }
    }

    /** The names of countries in English and Indonesian. */
    private static Map<String, String> countries() {
        var countries = new HashMap<String, String>();
        for (String code : Locale.getISOCountries()) {
            Locale country = Locale.of("", code);
            for (Locale language : List.of(Locale.ENGLISH, Locale.of("id"))) {
                countries.put(country.getDisplayCountry(language).toLowerCase(Locale.ROOT), code);
            }
        }
        return Map.copyOf(countries);
    }
}
