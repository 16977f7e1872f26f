package kembali.bench.measure;

/**
 * What we want a figure to be.
 *
 * @param goal its name, such as G1
 * @param atLeast whether more is better
 * @param first the limit to reach first
 * @param then the one after that
 */
public record Target(String goal, String subject, Column column, boolean atLeast, double first, double then) {
    /** Which of the limits a median keeps. */
    public String verdict(double median) {
        return keeps(median, then) ? "met, the next one too" : keeps(median, first) ? "met" : "missed";
    }

    /** The limits in words. */
    public String limits() {
        String sign = atLeast ? ">= " : "<= ";
        return sign + column.show(first) + ", then " + sign + column.show(then);
    }

    private boolean keeps(double median, double limit) {
        return atLeast ? median >= limit : median <= limit;
    }
}
