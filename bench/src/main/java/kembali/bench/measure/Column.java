package kembali.bench.measure;

import java.util.Locale;

/**
 * A figure as a table shows it.
 *
 * @param figure its key in the JSON file, unit included
 * @param heading what stands above it
 * @param decimals digits after the point
 */
public record Column(String figure, String heading, int decimals) {
    /** Rounded, thousands parted by commas. */
    public String show(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** The median, and the range when there was more than one run. */
    public String show(Stats stats) {
        return stats.runs() == 1 || show(stats.min()).equals(show(stats.max()))
                ? show(stats.median())
                : show(stats.median()) + " (" + show(stats.min()) + "-" + show(stats.max()) + ")";
    }
}
