package kembali.postback;

import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Currencies as networks write them. */
public final class Currencies {
    private static final Set<String> ISO = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .filter(code -> !code.equals("XXX") && !code.equals("XTS"))
            .collect(Collectors.toUnmodifiableSet());

    /** Those people write {@code $}. */
    private static final Set<String> DOLLARS = Set.of(
            "USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "BND", "JMD", "TTD", "BSD", "BBD", "BZD", "FJD", "NAD");

    private Currencies() {}

    /**
     * The currency meant, in ISO 4217; null when it cannot be told.
     *
     * @param text a code in any case, or a symbol that means one currency; {@code $} only means something where dollars
     *     are usual
     * @param usual the source's default; null when it has none
     */
    public static @Nullable String read(String text, @Nullable String usual) {
        String code = text.strip().toUpperCase(Locale.ROOT);
        return switch (code) {
            case "RUR", "₽" -> "RUB";
            case "€" -> "EUR";
            case "£" -> "GBP";
            case "RP", "RP." -> "IDR";
            case "US$" -> "USD";
            case "$" -> usual != null && DOLLARS.contains(usual) ? usual : null;
            default -> ISO.contains(code) ? code : null;
        };
    }

    /** Whether amounts of that currency are whole in practice, whatever ISO says of the rupiah. */
    public static boolean isWhole(@Nullable String currency) {
        return currency != null
                && (currency.equals("IDR")
                        || (ISO.contains(currency)
                                && Currency.getInstance(currency).getDefaultFractionDigits() == 0));
    }
}
