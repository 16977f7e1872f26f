package kembali.demo.sample;

/** Chance without chance: the same question with the same number always gets the same answer. */
final class Seed {
    private static final String URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String DIGITS = "0123456789";
    private static final String HEX = "0123456789abcdef";

    private Seed() {}

    /** A number from 0 to {@code bound} exclusive. */
    static int number(String what, int no, int bound) {
        return (int) Long.remainderUnsigned(mixed(what, no, 0), bound);
    }

    /** Characters as opaque ids have them. */
    static String opaque(String what, int no, int length) {
        return text(URL_SAFE, what, no, length);
    }

    static String hex(String what, int no, int length) {
        return text(HEX, what, no, length);
    }

    /** Digits, the first of them no zero. */
    static String digits(String what, int no, int length) {
        String text = text(DIGITS, what, no, length);
        return text.startsWith("0") ? "7" + text.substring(1) : text;
    }

    static <T> T one(java.util.List<T> of, String what, int no) {
        return of.get(number(what, no, of.size()));
    }

    private static String text(String alphabet, String what, int no, int length) {
        var out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(alphabet.charAt((int) Long.remainderUnsigned(mixed(what, no, i + 1), alphabet.length())));
        }
        return out.toString();
    }

    /** The finaliser of SplitMix64. */
    private static long mixed(String what, int no, int step) {
        long z = what.hashCode() * 0x9E3779B97F4A7C15L + no * 0xD1B54A32D192ED03L + step * 0x8CB92BA72F3D8DD7L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
