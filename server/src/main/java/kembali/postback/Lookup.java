package kembali.postback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the click or lead of a postback is looked for. */
public sealed interface Lookup {
    /**
     * By the click id: a click of that id, else a visitor's code, else an external reference. Not found, the postback is an
     * orphan and looked for again.
     *
     * @param id as {@link ClickKey#lookup} has it
     * @param asSent external references may care for case
     */
    record ByClickId(String id, String asSent) implements Lookup {}

    /** By a lead's id, code or external reference. */
    record ByLeadId(String id) implements Lookup {}

    /** By a transaction this source reported before. */
    record ByTransaction(String transaction) implements Lookup {}

    /** By e-mail or phone, if exactly one lead of the last {@link #CONTACT_AGE} has it. */
    record ByContact(Contact contact) implements Lookup {}

    /** How old a lead may be that is found by its e-mail or phone. */
    Duration CONTACT_AGE = Duration.ofDays(90);

    /** After how long an orphan is looked for again; after the last it is unmatched for good. */
    List<Duration> AGAIN = List.of(
            Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(3));

    /** The ways for this postback, the first that finds something settles it; empty when nothing in it says who. */
    static List<Lookup> of(Postback postback, SourceRules.Handling handling) {
        if (postback.clickId() != null) {
            return List.of(new ByClickId(ClickKey.lookup(postback.clickId()), postback.clickId()));
        }
        var ways = new ArrayList<Lookup>(3);
        if (postback.leadId() != null) {
            ways.add(new ByLeadId(postback.leadId()));
        }
        if (postback.transaction() != null) {
            ways.add(new ByTransaction(postback.transaction()));
        }
        boolean known = postback.contact().email() != null || postback.contact().phone() != null;
        if (handling.matchContact() && known) {
            ways.add(new ByContact(postback.contact()));
        }
        return List.copyOf(ways);
    }

    /**
     * When an orphan is looked for next; null when it is unmatched for good.
     *
     * @param tries how often it was looked for again so far
     */
    static @Nullable Instant next(Instant receivedAt, int tries) {
        return tries < AGAIN.size() ? receivedAt.plus(AGAIN.get(tries)) : null;
    }
}
