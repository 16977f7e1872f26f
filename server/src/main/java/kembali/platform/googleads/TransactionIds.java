package kembali.platform.googleads;

import kembali.identity.Sha256;
import kembali.platform.ConversionEvent;
import org.jspecify.annotations.Nullable;

/**
 * The id by which Google recognises the twin of a conversion: {@code kbl-<lead>-<status>[-<order>]}, at most 64 letters,
 * digits and dashes. It begins with letters, because Google refuses ids of digits only.
 */
final class TransactionIds {
    private static final int LONGEST = 64;
    private static final int HASH_DIGITS = 16;

    private TransactionIds() {}

    static String of(ConversionEvent event) {
        // Without a lead it is a page view, and each has an id of its own.
        String lead = event.leadId() == null ? event.eventId() : event.leadId();
        String order = event.orderId();
        StringBuilder id = new StringBuilder(LONGEST).append("kbl-");
        boolean changed = plain(id, lead.startsWith("ld_") ? lead.substring(3) : lead);
        changed |= plain(id.append('-'), event.status());
        if (order != null && !order.isBlank()) {
            String bare = order.strip();
            id.append('-');
            if (bare.indexOf('@') >= 0) {
                changed = true; // an e-mail address as order id must not travel in clear
            } else {
                changed |= plain(id, bare);
            }
        }
        if (!changed && id.length() <= LONGEST) {
            return id.toString();
        }
        // Two ids that differ only in what was changed or cut off must stay two.
        String hash =
                Sha256.hex(lead + '\n' + event.status() + '\n' + nothing(order)).substring(0, HASH_DIGITS);
        id.setLength(Math.min(id.length(), LONGEST - HASH_DIGITS - 1));
        if (id.charAt(id.length() - 1) != '-') {
            id.append('-');
        }
        return id.append(hash).toString();
    }

    private static String nothing(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    /** Appends with every other character as a dash; true when there was one. */
    private static boolean plain(StringBuilder out, String text) {
        boolean changed = false;
        int end = Math.min(text.length(), 2 * LONGEST);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
            changed |= !fits;
            out.append(fits ? c : '-');
        }
        return changed;
    }
}
