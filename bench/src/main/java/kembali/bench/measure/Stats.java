package kembali.bench.measure;

import java.util.Arrays;
import java.util.Collection;

/**
 * What several runs say about one figure.
 *
 * @param median of an even number of runs the mean of the two in the middle
 */
public record Stats(double median, double min, double max, int runs) {
    /** @throws IllegalArgumentException when there is no run */
    public static Stats of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no run, no figure");
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Stats(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    /**
     * The smallest value that at least this share of the values does not exceed.
     *
     * @param share above 0, up to 1: 0.99 for p99
     * @return 0 when there are no values
     */
    public static double percentile(long[] values, double share) {
        if (values.length == 0) {
            return 0;
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }
}
