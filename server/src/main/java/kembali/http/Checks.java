package kembali.http;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import kembali.support.FieldError;
import kembali.support.Refusal;
import org.jspecify.annotations.Nullable;

/** Checks fields one after the other and refuses with everything that is wrong at once. */
public final class Checks {
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final BigDecimal LARGEST = new BigDecimal("1e15");
    private static final int MOST_DECIMALS = 6;

    private final List<FieldError> errors = new ArrayList<>();

    public void error(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    public void addAll(Collection<FieldError> more) {
        errors.addAll(more);
    }

    /** A text without control or direction characters; blank becomes null. */
    public @Nullable String text(String field, @Nullable String value, int longest) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String v = value.strip();
        if (v.length() > longest) {
            error(field, "must have at most " + longest + " characters, and has " + v.length());
            return null;
        }
        for (int i = 0; i < v.length(); i++) {
            char c = v.charAt(i);
            if (isHidden(c)) {
                error(field, "holds the invisible character U+%04X; remove it".formatted((int) c));
                return null;
            }
        }
        return v;
    }

    /** Like {@link #text}, and it must be there. */
    public String required(String field, @Nullable String value, int longest) {
        int before = errors.size();
        String v = text(field, value, longest);
        if (v == null && errors.size() == before) {
            error(field, "is missing");
        }
        return v == null ? "" : v;
    }

    /** One of these words, or {@code otherwise} when absent. */
    public String word(String field, @Nullable String value, Collection<String> allowed, String otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (!allowed.contains(value)) {
            error(field, "is none of: " + String.join(", ", allowed) + "; it was \"" + shown(value) + "\"");
            return otherwise;
        }
        return value;
    }

    public @Nullable String currency(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String v = value.strip().toUpperCase(Locale.ROOT);
        if (!CURRENCIES.contains(v)) {
            error(field, "is no currency of ISO 4217, such as IDR or USD; it was \"" + shown(value) + "\"");
            return null;
        }
        return v;
    }

    public @Nullable String country(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String v = value.strip().toUpperCase(Locale.ROOT);
        if (!COUNTRIES.contains(v)) {
            error(
                    field,
                    "is no two-letter country code of ISO 3166, such as ID or SG; it was \"" + shown(value) + "\"");
            return null;
        }
        return v;
    }

    /** An amount of money: zero or more, at most six decimals. */
    public @Nullable BigDecimal amount(String field, @Nullable BigDecimal value) {
        if (value == null) {
            return null;
        }
        if (value.signum() < 0) {
            error(field, "must not be negative");
            return null;
        }
        if (value.compareTo(LARGEST) > 0 || value.stripTrailingZeros().scale() > MOST_DECIMALS) {
            error(field, "must be at most 1000000000000000 with at most " + MOST_DECIMALS + " decimals");
            return null;
        }
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    /** An instant since 2000 that is not further ahead than a wrong time zone explains. */
    public @Nullable Instant instant(String field, @Nullable Instant value, Instant now) {
        if (value == null) {
            return null;
        }
        if (value.isBefore(EARLIEST)) {
            error(field, "lies before 2000-01-01; it was " + value);
            return null;
        }
        if (value.isAfter(now.plus(Duration.ofHours(24)))) {
            error(field, "lies more than a day in the future; it was " + value);
            return null;
        }
        return value;
    }

    /** Refuses when anything was wrong. */
    public void done() {
        if (!errors.isEmpty()) {
            throw Refusal.invalid(errors);
        }
    }

    private static boolean isHidden(char c) {
        return (c < 0x20 && c != '\n' && c != '\t' && c != '\r')
                || (c >= 0x7f && c < 0xa0)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x200e
                || c == 0x200f
                || c == 0xfeff
                || (c >= 0xfff9 && c <= 0xfffb);
    }

    private static String shown(String value) {
        return value.length() > 40 ? value.substring(0, 40) + "…" : value;
    }
}
