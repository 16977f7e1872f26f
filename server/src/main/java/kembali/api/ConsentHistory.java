package kembali.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kembali.http.Page;
import kembali.identity.Consent;
import kembali.visitor.ConsentEntry;
import org.jspecify.annotations.Nullable;

/** What a person said about the use of their data, whenever it changed, newest first. */
final class ConsentHistory {
    private ConsentHistory() {}

    /**
     * The answer that stood from then on; each choice is {@code granted}, {@code denied} or {@code unknown}.
     *
     * @param at when they said it
     * @param recordedAt when we heard of it
     * @param source {@code cmp}, {@code tcf}, {@code gpc}, {@code form}, {@code api} or {@code default}
     * @param tcString the TCF string it was read from
     * @param gpc whether the browser said "do not sell or share"
     * @param gdpr whether the page's consent tool said that the GDPR applies
     */
    public record Entry(
            String id,
            Instant at,
            Instant recordedAt,
            String adStorage,
            String analyticsStorage,
            String adUserData,
            String adPersonalization,
            String source,
            @Nullable String tcString,
            boolean gpc,
            boolean gdpr,
            @Nullable String country) {
        static Entry of(ConsentEntry e) {
            Consent c = e.consent();
            return new Entry(
                    e.id(),
                    c.at() == null ? e.recordedAt() : c.at(),
                    e.recordedAt(),
                    word(c.adStorage()),
                    word(c.analyticsStorage()),
                    word(c.adUserData()),
                    word(c.adPersonalization()),
                    word(c.source()),
                    c.tcString(),
                    c.gpc(),
                    c.gdpr(),
                    c.country());
        }
    }

    static Page<Entry> page(List<ConsentEntry> rows, int limit) {
        return Page.of(rows, limit, ConsentEntry::id, Entry::of);
    }

    /** The choices that are known, and who told us, in one line. */
    static String words(Consent c) {
        String choices = Stream.of(
                        choice("adUserData", c.adUserData()),
                        choice("adPersonalization", c.adPersonalization()),
                        choice("adStorage", c.adStorage()),
                        choice("analyticsStorage", c.analyticsStorage()))
                .filter(s -> !s.isEmpty())
                .collect(Collectors.joining(", "));
        return (choices.isEmpty() ? "nothing said" : choices) + " (" + word(c.source()) + ")";
    }

    private static String choice(String name, Consent.Choice choice) {
        return choice == Consent.Choice.UNKNOWN ? "" : name + " " + word(choice);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
