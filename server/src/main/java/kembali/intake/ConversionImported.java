package kembali.intake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.intake.Intake.Domain;
import kembali.ledger.ReceivedPostback.Arrival;
import kembali.ledger.ReceivedPostback.Content;
import kembali.postback.Lookup;
import kembali.postback.Postback;
import kembali.postback.Result;
import kembali.postback.SourceRules;
import kembali.postback.SourceRules.Handling;
import kembali.postback.StatusMeaning;
import kembali.postback.StatusRules;
import kembali.store.Tx;
import kembali.support.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A conversion that another system booked, from a file: booked as if a network had reported it then. A file read twice
 * changes nothing the second time.
 *
 * @param postback says no time of its own
 * @param meaning of its status
 * @param at when it happened
 * @param report whether platforms are told of it
 * @param pipeline the workspace's statuses, first to last
 * @param country ISO 3166-1 alpha-2 whose local phone numbers the file may have
 */
public record ConversionImported(
        int workspaceId,
        Postback postback,
        StatusMeaning meaning,
        Instant at,
        boolean report,
        List<String> pipeline,
        String country)
        implements Intake.Command<Result> {
    /** Stands for the source in the log of postbacks and in fingerprints. */
    public static final String SOURCE = "import";

    private static final byte[] NOTHING = {};

    @Override
    public Result apply(Domain domain, Tx tx) {
        PostbackSource source = source();
        List<Lookup> ways = Lookup.of(postback, source.rules().handling());
        if (PostbackSubject.find(domain, tx, source, ways) instanceof PostbackSubject.Unknown) {
            String field = postback.clickId() == null ? "leadId" : "subid";
            throw Refusal.invalid(
                    field, "names nobody known here; import its click or its lead first, then this file again");
        }
        var arrival =
                new Arrival(workspaceId, domain.ledger().received().newId(), SOURCE, at, null, "IMPORT", null, null);
        var content = new Content("IMPORT", null, NOTHING, null);
        return PostbackReceived.now(arrival, content, postback, source).apply(domain, tx);
    }

    private PostbackSource source() {
        String word = postback.statusWord();
        Map<String, StatusMeaning> map = word == null ? Map.of() : Map.of(word, meaning);
        Handling usual = Handling.DEFAULT;
        var handling = new Handling(usual.duplicates(), !report, false, false, usual.matchContact());
        SourceRules rules = SourceRules.of(SOURCE)
                .withStatuses(new StatusRules(map, List.of(), meaning))
                .withHandling(handling);
        return new PostbackSource(workspaceId, rules, Map.of(), pipeline, country, false);
    }

    /** What became of it, in a word for the file's owner; null where there is nothing to say. */
    public static @Nullable String remark(Result result) {
        return switch (result) {
            case Result.Booked b -> null;
            case Result.Duplicate d -> null;
            case Result.Kept k -> "was left aside: " + k.reason();
            case Result.Unreadable u -> "could not be read";
            case Result.UnknownKey u -> null;
            case Result.Denied d -> null;
            case Result.OverRate r -> null;
            case Result.NotStored n -> null;
        };
    }
}
