package kembali.demo.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers and sentences as the demo writes them. */
public final class Words {
    private Words() {}

    /** With separators of thousands. */
    static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** An amount as it is, whole rupiah and cents; a dash for none. */
    static String money(BigDecimal amount) {
        BigDecimal plain = amount.stripTrailingZeros();
        return amount.signum() == 0 ? "–" : String.format(Locale.ROOT, plain.scale() > 0 ? "%,.2f" : "%,.0f", plain);
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    /** The text in lines of at most {@code width}, broken between words. */
    public static List<String> wrapped(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
