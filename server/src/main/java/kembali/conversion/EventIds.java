package kembali.conversion;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import kembali.delivery.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * The event id of a conversion: a pure function of lead, event name and further transaction, so it
 * is the same on every retry, replay and node, and two statuses that mean the same event share it.
 */
final class EventIds {
    private EventIds() {}

    /** Letters, digits, dots and dashes, with single underscores between them. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9.-]+(?:_[A-Za-z0-9.-]+)*");

    /**
     * {@code kmb_<lead>_<event>[__<transaction>]}; a status without an event is {@code kmb_<lead>__<status>}. No word
     * begins or ends with an underscore or holds two in a row, so nobody's words can be taken for another's.
     */
    static String of(String leadId, String status, @Nullable String event, @Nullable String transaction) {
        String lead = leadId.substring(leadId.indexOf('_') + 1);
        String what = event == null ? "_" + status : wordOf(event);
        return Delivery.OWN_EVENT_IDS + "_" + lead + "_" + what
                + (transaction == null ? "" : "__" + wordOf(transaction));
    }

    /**
     * {@code kmbc_<conversion>_<status>}: what a network reported is told of once in each of its states, whoever's lead it
     * is.
     */
    static String ofConversion(String conversionId, String status) {
        return Delivery.CONVERSION_EVENT_IDS + conversionId.substring(conversionId.indexOf('_') + 1) + "_"
                + wordOf(status);
    }

    /** The text itself where it is short and plain; otherwise its plain part, two dots and a checksum. */
    private static String wordOf(String text) {
        if (text.length() <= 50 && PLAIN.matcher(text).matches() && !text.contains("..")) {
            return text;
        }
        String plain = text.replaceAll("[^A-Za-z0-9.-]", "-");
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return plain.substring(0, Math.min(40, plain.length())) + ".." + Long.toHexString(crc.getValue());
    }
}
