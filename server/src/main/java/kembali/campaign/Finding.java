package kembali.campaign;

import java.util.Locale;

/**
 * Something about a link or a template that its owner should know.
 *
 * @param code stable, for programs
 * @param weight how much it matters
 * @param about the key, macro or host it is about; empty when it is the whole
 * @param sentence what is the matter
 * @param fix what to do about it
 */
public record Finding(String code, Weight weight, String about, String sentence, String fix) {
    /** How much a finding matters, the worst first. */
    public enum Weight {
        /** It cannot be saved or used like this. */
        REFUSED,
        /** Clicks or conversions lose something. */
        LOSES,
        /** Nothing is lost because we mend it; other software may not. */
        MENDED,
        /** Good to know. */
        HINT;

        /** The word in the API. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
