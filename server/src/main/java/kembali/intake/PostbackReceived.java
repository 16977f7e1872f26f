package kembali.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kembali.intake.Intake.Domain;
import kembali.ledger.ReceivedPostback.Arrival;
import kembali.ledger.ReceivedPostback.Content;
import kembali.ledger.ReceivedPostback.Outcome;
import kembali.ledger.SourceDays;
import kembali.postback.ClickKey;
import kembali.postback.Lookup;
import kembali.postback.Note;
import kembali.postback.Postback;
import kembali.postback.Result;
import kembali.postback.Result.Because;
import kembali.postback.StatusMeaning;
import kembali.postback.StatusResolution;
import kembali.postback.StatusResolver;
import kembali.postback.StatusWord;
import kembali.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * A network or site reports a conversion. All of it is done in the transaction its answer waits for: the row of the log,
 * the name by which a twin is known, the click, the conversion and its history, the lead, and what platforms are told.
 *
 * @param arrival the row of the log, without the person
 * @param content what came, kept while it books nothing
 * @param ways how its click or lead is looked for; empty when nothing in it says who
 * @param fingerprint its name among requests; empty when it is an earlier one that is run again, by its row of
 *     {@link kembali.ledger.DuePostbacks}
 */
public record PostbackReceived(
        Arrival arrival,
        Content content,
        Postback postback,
        PostbackSource source,
        List<Lookup> ways,
        String fingerprint)
        implements Intake.Command<Result> {
    /** One that came just now. */
    public static PostbackReceived now(Arrival arrival, Content content, Postback postback, PostbackSource source) {
        return new PostbackReceived(
                arrival, content, postback, source, ways(postback, source), source.fingerprint(postback));
    }

    /** One that came before and is run again. */
    public static PostbackReceived again(Arrival arrival, Content content, Postback postback, PostbackSource source) {
        return new PostbackReceived(arrival, content, postback, source, ways(postback, source), "");
    }

    private static List<Lookup> ways(Postback postback, PostbackSource source) {
        return Lookup.of(postback, source.rules().handling());
    }

    private boolean isAgain() {
        return fingerprint.isEmpty();
    }

    @Override
    public void announce(Domain domain, Tx tx) {
        if (!isAgain() && !ways.isEmpty()) {
            domain.ledger().fingerprints().in(tx).want(arrival.workspaceId(), fingerprint, arrival.id());
        }
    }

    @Override
    public Result apply(Domain domain, Tx tx) {
        return new Applying(this, domain, tx).apply();
    }

    /** One application of it. */
    private static final class Applying {
        private final PostbackReceived c;
        private final Domain domain;
        private final Tx tx;
        private final List<String> notes = new ArrayList<>(0);
        private @Nullable String leadId;
        private @Nullable Result told;

        Applying(PostbackReceived c, Domain domain, Tx tx) {
            this.c = c;
            this.domain = domain;
            this.tx = tx;
            c.postback.notes().forEach(n -> notes.add(n.toString()));
        }

        Result apply() {
            if (!c.isAgain()) {
                return written(judged());
            }
            int ws = c.arrival.workspaceId();
            boolean mine = domain.ledger().due().in(tx).take(ws, c.arrival.id());
            Outcome before = domain.ledger().received().in(tx).outcome(ws, c.arrival.id());
            if (!mine || before == null || before.booked()) {
                return new Result.Duplicate(null, null, "ran_already");
            }
            return written(judged());
        }

        private Result judged() {
            if (c.ways.isEmpty()) {
                return new Result.Kept(Because.UNMATCHED, c.postback.reasonWithoutId());
            }
            Result twin = c.isAgain() ? null : twin();
            if (twin != null) {
                return twin;
            }
            StatusResolution resolution =
                    StatusResolver.resolve(c.postback, c.source.rules().statuses(), c.source.workspaceMap());
            if (resolution instanceof StatusResolution.Unmapped u) {
                // Whose it is matters all the same: it goes when the person is erased.
                note(PostbackSubject.find(domain, tx, c.source, c.ways));
                return new Result.Kept(Because.UNMAPPED, u.reason());
            }
            if (resolution instanceof StatusResolution.Known known && known.meaning() instanceof StatusMeaning.Ignore) {
                return new Result.Kept(Because.IGNORED, "ignored:" + known.word());
            }
            return switch (PostbackSubject.find(domain, tx, c.source, c.ways)) {
                case PostbackSubject.Unknown nobody -> waiting(nobody);
                case PostbackSubject.Known known -> booked(known, resolution);
            };
        }

        private void note(PostbackSubject subject) {
            if (subject instanceof PostbackSubject.Known known && known.lead() != null) {
                leadId = known.lead().id();
            }
        }

        /** The answer to a request that came before; null for one that did not. */
        private @Nullable Result twin() {
            int ws = c.arrival.workspaceId();
            String first =
                    domain.ledger().fingerprints().in(tx).take(ws, c.source.fingerprint(c.postback), c.arrival.id());
            if (first == null) {
                return null;
            }
            Outcome o = domain.ledger().received().in(tx).outcome(ws, first);
            leadId = o == null ? null : o.leadId();
            boolean strict = c.postback.switches().strict()
                    || c.source.rules().handling().strict();
            Because kept = o == null || !strict ? null : because(o.result());
            if (kept != null && o != null && o.reason() != null) {
                // Who wants to be told what could not be used is told again.
                told = new Result.Kept(kept, o.reason());
            }
            return new Result.Duplicate(o == null ? null : o.conversionId(), leadId, "same_request");
        }

        private static @Nullable Because because(String result) {
            for (Because b : List.of(Because.ORPHAN, Because.UNMATCHED, Because.UNMAPPED)) {
                if (b.code().equals(result)) {
                    return b;
                }
            }
            return null;
        }

        private Result waiting(PostbackSubject.Unknown nobody) {
            boolean waits =
                    nobody.name() != null && domain.ledger().due().in(tx).await(c.arrival, nobody.name());
            return new Result.Kept(waits ? Because.ORPHAN : Because.UNMATCHED, nobody.reason());
        }

        private Result booked(PostbackSubject.Known known, StatusResolution resolution) {
            var booking = new PostbackBooking(domain, tx, c.arrival, c.postback, c.source, known);
            Result result = booking.book(resolution);
            leadId = booking.leadId();
            for (Note n : booking.notes()) {
                notes.add(n.toString());
            }
            String silence = c.source.silence(c.postback);
            if (silence != null) {
                notes.add("not_sent_on:" + silence);
            }
            return result;
        }

        /** Writes what became of it to the log, and counts it. */
        private Result written(Result result) {
            Outcome o = outcome(result);
            boolean keep = result instanceof Result.Kept k
                    && switch (k.because()) {
                        case ORPHAN, UNMATCHED, UNMAPPED -> true;
                        case IGNORED, OUT_OF_ORDER -> false;
                    };
            var log = domain.ledger().received().in(tx);
            if (c.isAgain()) {
                log.ended(c.arrival.workspaceId(), c.arrival.id(), o, keep);
            } else {
                log.add(c.arrival, o, keep ? c.content : null);
                tx.afterCommit(
                        () -> domain.ledger().days().count(c.arrival.sourceId(), c.arrival.receivedAt(), end(result)));
            }
            return told == null ? result : told;
        }

        private Outcome outcome(Result result) {
            String word = c.postback.statusWord();
            String clickId = c.postback.clickId();
            String conversionId = null;
            String status = null;
            boolean booked = false;
            switch (result) {
                case Result.Booked b -> {
                    booked = true;
                    conversionId = b.conversionId();
                    status = b.status();
                }
                case Result.Duplicate d -> {
                    booked = true;
                    conversionId = d.conversionId();
                }
                case Result.Kept k -> booked = false;
                case Result.Unreadable u -> booked = false;
                case Result.UnknownKey u -> booked = false;
                case Result.Denied d -> booked = false;
                case Result.OverRate r -> booked = false;
                case Result.NotStored n -> booked = false;
            }
            return new Outcome(
                    result.word(),
                    booked,
                    result.reasonCode(),
                    notes,
                    word == null || word.isBlank() ? null : StatusWord.normal(word),
                    clickId == null ? lower(c.postback.leadId()) : ClickKey.lookup(clickId),
                    status,
                    conversionId,
                    leadId);
        }

        /** A lead named instead of a click is searched for the same way. */
        private static @Nullable String lower(@Nullable String leadId) {
            return leadId == null || leadId.length() > ClickKey.MAX_LENGTH ? null : leadId.toLowerCase(Locale.ROOT);
        }

        private static SourceDays.End end(Result result) {
            return switch (result) {
                case Result.Booked b -> SourceDays.End.BOOKED;
                case Result.Duplicate d -> SourceDays.End.DUPLICATE;
                case Result.Kept k -> SourceDays.End.KEPT;
                case Result.Unreadable u -> SourceDays.End.REFUSED;
                case Result.UnknownKey u -> SourceDays.End.REFUSED;
                case Result.Denied d -> SourceDays.End.REFUSED;
                case Result.OverRate r -> SourceDays.End.REFUSED;
                case Result.NotStored n -> SourceDays.End.REFUSED;
            };
        }
    }
}
