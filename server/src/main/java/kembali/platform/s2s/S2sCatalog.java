package kembali.platform.s2s;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.platform.EventCatalog;
import kembali.platform.EventCatalog.Column;
import kembali.platform.EventCatalog.Event;
import org.jspecify.annotations.Nullable;

/** The words {@code {status}} stands for, and which of them a lead's status becomes where no network reports it. */
final class S2sCatalog {
    static final String COLUMN = "s2s";

    /** What a target is told of unless it says otherwise: what earns or may earn money. */
    static final List<String> USUAL_STATUSES = List.of("lead", "registration", "deposit", "sale", "rebill");

    /** Ours. */
    private static final int LONGEST_WORD = 40;

    static final EventCatalog CATALOG = new EventCatalog(
            List.of(
                    event("lead", "A conversion whose money is not confirmed."),
                    event("registration", "Somebody registered."),
                    event("deposit", "The first money was paid in."),
                    event("sale", "A conversion whose money is confirmed."),
                    event("rebill", "A further payment after a sale."),
                    event("hold", "The network still checks the conversion."),
                    event("rejected", "The conversion was cancelled."),
                    event("trash", "The conversion was never a real one."),
                    event("refund", "The money went back."),
                    event("chargeback", "The money was taken back.")),
            List.of(column()));

    private S2sCatalog() {}

    static @Nullable String complaint(String column, String word) {
        if (!column.equals(COLUMN)) {
            return "S2S postbacks have no mapping column " + column + "; their column is " + COLUMN + ".";
        }
        return wordComplaint(word);
    }

    /** What is wrong with a status as a word in a URL; null when nothing is. */
    static @Nullable String wordComplaint(String word) {
        if (word.isBlank()) {
            return "The word is empty. Use one such as sale, or null to send nothing.";
        }
        if (word.chars().anyMatch(Character::isISOControl)) {
            return "The word holds a control character or a line break. Use one such as sale.";
        }
        if (!word.equals(word.strip())) {
            return "The word begins or ends with a space. Did you mean \"" + word.strip() + "\"?";
        }
        return word.length() > LONGEST_WORD
                ? "The word has " + word.length() + " characters; at most " + LONGEST_WORD + " are taken."
                : null;
    }

    private static Event event(String word, String meaning) {
        return new Event(word, meaning, "");
    }

    private static Column column() {
        Map<String, String> sales =
                mapping("new", "lead", "qualified", "registration", "won", "sale", "lost", "rejected");
        Map<String, String> subscription = new LinkedHashMap<>(sales);
        subscription.put("resubscribed", "rebill");
        Map<String, String> affiliate = mapping(
                "lead", "lead",
                "registration", "registration",
                "deposit", "deposit",
                "sale", "sale",
                "rebill", "rebill");
        return new Column(
                COLUMN,
                "S2S postback",
                false,
                Map.of(
                        "sales",
                        sales,
                        "subscription",
                        Collections.unmodifiableMap(subscription),
                        "affiliate",
                        affiliate));
    }

    private static Map<String, String> mapping(String... statusAndWord) {
        Map<String, String> byStatus = new LinkedHashMap<>();
        for (int i = 0; i < statusAndWord.length; i += 2) {
            byStatus.put(statusAndWord[i], statusAndWord[i + 1]);
        }
        return Collections.unmodifiableMap(byStatus);
    }
}
