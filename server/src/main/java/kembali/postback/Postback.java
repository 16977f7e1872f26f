package kembali.postback;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one postback says, read and cleaned. Null is absence: never zero, never an empty text.
 *
 * @param clickId the click id without what networks put around it, case as sent; at most {@link ClickKey#MAX_LENGTH}
 * @param leadId lead id, visitor code or external reference, for when there is no click id
 * @param statusWord as sent; see {@link StatusResolver}
 * @param payout the amount; null when absent
 * @param amountText the amount as sent, also when it could not be read
 * @param currency ISO 4217 as stated by the request; null when it stated none we can read
 * @param cost what the conversion cost
 * @param transaction the network's id of this transaction, at most {@link #MAX_TRANSACTION} characters
 * @param eventTime when it happened, if the request said so credibly; else the time of receipt counts
 * @param slots 1 to 30 to value: they belong to the conversion; the click keeps its own
 * @param contact the person; never to be logged
 * @param clickIds click id to value, as its platform spells it: for a click that has none of that kind
 * @param reason why it was rejected
 * @param lists what the request itself says of status words
 * @param returnText what the caller wants to read as the answer, already harmless; see {@link ReturnText}
 * @param switches what the request switches
 * @param unfilled fields that are absent because they arrived as bare macros, to the parameter
 * @param notes what was set aside or mended, and why
 */
public record Postback(
        @Nullable String clickId,
        @Nullable String leadId,
        @Nullable String statusWord,
        @Nullable Payout payout,
        @Nullable String amountText,
        @Nullable String currency,
        @Nullable Payout cost,
        @Nullable String transaction,
        @Nullable Instant eventTime,
        Map<Integer, String> slots,
        Contact contact,
        Map<String, String> clickIds,
        @Nullable String reason,
        StatusLists lists,
        @Nullable String returnText,
        Switches switches,
        Map<Field, String> unfilled,
        List<Note> notes) {
    /** Longest transaction id. */
    public static final int MAX_TRANSACTION = 128;

    /** The click and browser ids a postback may bring. */
    public static final Set<String> CLICK_IDS = Collections.unmodifiableSet(new LinkedHashSet<>(
            List.of("fbclid", "fbc", "fbp", "gclid", "gbraid", "wbraid", "ttclid", "li_fat_id", "ctwa_clid")));

    /**
     * What a request switches.
     *
     * @param forwardNothing record it, send nothing onward
     * @param test as before, and mark what comes of it as a test
     * @param strict answer 422 for what could not be used
     */
    public record Switches(boolean forwardNothing, boolean test, boolean strict) {
        public static final Switches NONE = new Switches(false, false, false);
    }

    public Postback {
        slots = Collections.unmodifiableMap(new TreeMap<>(slots));
        clickIds = Collections.unmodifiableMap(new LinkedHashMap<>(clickIds));
        unfilled = Map.copyOf(unfilled);
        notes = List.copyOf(notes);
    }

    /** The parameter that would have been this field, had its macro been filled; null when there is none. */
    public @Nullable String unfilledKeyOf(Field field) {
        return unfilled.get(field);
    }

    /** Why nobody can tell whose conversion this is: the reason of an unmatched one without any id. */
    public String reasonWithoutId() {
        String key = unfilledKeyOf(Field.CLICK_ID);
        if (key != null) {
            return Note.UNFILLED + ":" + key;
        }
        return notes.stream().anyMatch(n -> n.code().equals("click_id_too_long")) ? "click_id_too_long" : "no_click_id";
    }

    /** When it happened: as stated, else when it came. */
    public Instant occurredAt(Instant receivedAt) {
        return eventTime == null ? receivedAt : eventTime;
    }
}
