package kembali.diagnosis;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that costs conversions, or soon will.
 *
 * @param code stable, for programs
 * @param about the parameter, integration or reason it is about; empty when it is the whole
 * @param count how often it was seen
 * @param of among how many; 0 where that says nothing
 * @param sample one of them: a click's id, a lead's id, or what stood in the link; null when there is none
 * @param message what is the matter
 * @param fix what to do about it
 */
public record Finding(
        String code,
        Severity severity,
        String about,
        int count,
        int of,
        @Nullable String sample,
        String message,
        String fix) {
    /** How much a finding matters, the worst first. */
    public enum Severity {
        /** Conversions are lost now. */
        ERROR,
        /** Some may be lost, or will be. */
        WARNING,
        /** Nothing is lost; good to know. */
        HINT;

        /** The word in the API. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
