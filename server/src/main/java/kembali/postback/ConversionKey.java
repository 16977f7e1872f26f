package kembali.postback;

import org.jspecify.annotations.Nullable;

/**
 * What makes a conversion the same one: a click, or a lead without a click, has one for every transaction id, and one
 * without.
 *
 * @param subject the click's id, else the lead's
 * @param transaction empty when there is none
 */
public record ConversionKey(int workspaceId, String subject, String transaction) {
    public static ConversionKey of(int workspaceId, String subject, @Nullable String transaction) {
        return new ConversionKey(workspaceId, subject, transaction == null ? "" : transaction);
    }
}
