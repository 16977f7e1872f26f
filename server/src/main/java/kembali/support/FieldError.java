package kembali.support;

/**
 * One thing wrong with an input, told to the person who sent it.
 *
 * @param field the field's name as the sender wrote it, dotted ({@code settings.pixelId})
 * @param message what is wrong and what would be right
 */
public record FieldError(String field, String message) {}
