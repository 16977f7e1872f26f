package kembali.postback;

/**
 * Something a postback said that was set aside, mended or doubtful.
 *
 * @param code stable, for programs: {@code unfilled_macro}
 * @param about the parameter as it was sent, lower case; empty when it is about none
 * @param sentence what was done and why; holds no personal data
 */
public record Note(String code, String about, String sentence) {
    public static final String UNFILLED = "unfilled_macro";

    static Note unfilled(String key) {
        return new Note(UNFILLED, key, key + " arrived as a macro that the sender did not fill; it counts as absent.");
    }

    static Note tooLong(String key, int most) {
        return new Note("too_long", key, key + " is longer than " + most + " characters and was set aside.");
    }

    /** {@code unfilled_macro:subid}. */
    @Override
    public String toString() {
        return about.isEmpty() ? code : code + ":" + about;
    }
}
