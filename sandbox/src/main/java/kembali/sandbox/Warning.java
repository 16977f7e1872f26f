package kembali.sandbox;

/**
 * A flaw the real platform accepts without a word, such as a match key hashed in a form that will
 * match nobody.
 *
 * @param code stable word, for example {@code wrong_normalisation}
 * @param detail sentence that names the field
 */
public record Warning(String code, String detail) {}
