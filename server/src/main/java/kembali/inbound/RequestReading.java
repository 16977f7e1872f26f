package kembali.inbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import kembali.intake.FactResult;
import org.jspecify.annotations.Nullable;

/**
 * What a stored request turned out to say.
 *
 * @param raw null when there is nothing to apply
 * @param facts what to apply; what was pointed at has been fetched
 * @param known what is known already without applying anything
 * @param fetched keys of what was fetched
 * @param reason what the kind says about it
 * @param understood false when its shape is not one we know
 * @param trouble why it must be tried again; null when it need not
 * @param ended what became of it when there is nothing to apply
 */
record RequestReading(
        StoredRequest request,
        @Nullable RawRequest raw,
        List<Fact> facts,
        List<FactResult> known,
        List<Long> fetched,
        @Nullable String reason,
        boolean understood,
        Fetcher.Fetched.@Nullable Trouble trouble,
        @Nullable Outcome ended) {
    private static final String NOT_UNDERSTOOD = "not_understood";

    RequestReading {
        facts = List.copyOf(facts);
        known = List.copyOf(known);
        fetched = List.copyOf(fetched);
    }

    /** Nothing to apply. */
    static RequestReading ended(StoredRequest r, String status, String code, String reason) {
        var outcome = new Outcome(r, status, code, reason, r.leadIds(), List.of(), Outcome.Wait.NONE);
        return new RequestReading(r, null, List.of(), List.of(), List.of(), null, true, null, outcome);
    }

    /** Nothing could be read this time. */
    static RequestReading none(StoredRequest r) {
        return new RequestReading(r, null, List.of(), List.of(), List.of(), null, true, null, null);
    }

    /**
     * What became of it.
     *
     * @param applied what became of its facts
     * @param fault why some could not be stored; null when all could
     */
    Outcome judged(List<FactResult> applied, @Nullable String fault) {
        if (ended != null) {
            return ended;
        }
        var results = new ArrayList<>(known);
        results.addAll(applied);
        List<String> leads = results.stream()
                .map(FactResult::lead)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .distinct()
                .toList();
        if (fault != null) {
            return outcome(StoredRequest.PENDING, "not_stored", fault, leads, Outcome.Wait.OUTAGE);
        }
        if (trouble != null) {
            return outcome(StoredRequest.PENDING, trouble.code(), trouble.reason(), leads, Outcome.Wait.OUTAGE);
        }
        for (FactResult r : results) {
            if (r instanceof FactResult.NobodyKnown n) {
                return outcome(StoredRequest.PENDING, "lead_not_found", n.reason(), leads, Outcome.Wait.PERSON);
            }
        }
        for (FactResult r : results) {
            if (r instanceof FactResult.LeftAside l && l.code().equals(Applier.UNMAPPED)) {
                return outcome(StoredRequest.UNMATCHED, l.code(), l.reason(), leads, Outcome.Wait.NONE);
            }
        }
        List<FactResult.Applied> done = results.stream()
                .filter(FactResult.Applied.class::isInstance)
                .map(FactResult.Applied.class::cast)
                .toList();
        if (!done.isEmpty()) {
            String notes =
                    done.stream().flatMap(a -> a.notes().stream()).distinct().collect(Collectors.joining("; "));
            String said = reason == null ? notes : notes.isEmpty() ? reason : reason + " " + notes;
            return outcome(
                    StoredRequest.DONE,
                    said.isEmpty() ? null : "partly_used",
                    said.isEmpty() ? null : said,
                    leads,
                    Outcome.Wait.NONE);
        }
        if (!understood) {
            return outcome(StoredRequest.FAILED, NOT_UNDERSTOOD, reason, leads, Outcome.Wait.NONE);
        }
        return ignored(results, leads);
    }

    private Outcome ignored(List<FactResult> results, List<String> leads) {
        if (!leads.isEmpty()) {
            return outcome(
                    StoredRequest.IGNORED,
                    "repeated",
                    "It was told before; nothing changed.",
                    leads,
                    Outcome.Wait.NONE);
        }
        for (FactResult r : results) {
            if (r instanceof FactResult.LeftAside l) {
                return outcome(StoredRequest.IGNORED, l.code(), l.reason(), leads, Outcome.Wait.NONE);
            }
        }
        return outcome(
                StoredRequest.IGNORED,
                "nothing_to_do",
                reason == null ? "It says nothing." : reason,
                leads,
                Outcome.Wait.NONE);
    }

    private Outcome outcome(
            String status, @Nullable String code, @Nullable String why, List<String> leads, Outcome.Wait wait) {
        // What is read again fetches again: not all of it may have been stored.
        List<Long> done = status.equals(StoredRequest.PENDING) ? List.of() : fetched;
        return new Outcome(request, status, code, why, leads, done, wait);
    }
}
