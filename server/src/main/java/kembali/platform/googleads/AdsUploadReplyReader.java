package kembali.platform.googleads;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import kembali.platform.Outcome;
import kembali.platform.PlatformReply;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Verdict;

/** Reads the answers of the Google Ads API. Pure; never throws, whatever came back. */
final class AdsUploadReplyReader {
    /** Between the tries of twins that met in one request, so that they do not meet again. */
    private static final Duration TWIN_DISTANCE = Duration.ofMinutes(5);

    private final GoogleWords words;

    AdsUploadReplyReader(GoogleWords words) {
        this.words = words;
    }

    /** @param validated whether the request asked only for an opinion, so that a good answer names no results */
    Verdict read(PlatformReply reply, int sent, boolean validated) {
        JsonNode body = GoogleError.object(reply.body());
        GoogleError error = GoogleError.of(body);
        if (error != null) {
            return refusal(reply, error, sent);
        }
        if (body == null || !GoogleError.isSuccess(reply)) {
            return unreadable(reply).verdict();
        }
        return rows(body, sent, validated);
    }

    /** What an answer that is an error, or none of Google's, means for the request as a whole. */
    Meaning fault(PlatformReply reply) {
        GoogleError error = GoogleError.of(GoogleError.object(reply.body()));
        return error == null ? unreadable(reply) : requestFault(reply, error);
    }

    private Verdict rows(JsonNode body, int sent, boolean validated) {
        JsonNode results = body.path("results");
        List<AdsUploadFailure> failures =
                AdsUploadFailure.all(body.path("partialFailureError").path("details"));
        boolean failed = body.hasNonNull("partialFailureError")
                && !body.path("partialFailureError").isEmpty();
        Map<Integer, List<AdsUploadFailure>> byRow = new TreeMap<>();
        List<AdsUploadFailure> ofRequest = new ArrayList<>();
        for (AdsUploadFailure failure : failures) {
            int place = failure.place() < 0 && sent == 1 ? 0 : failure.place();
            if (place >= 0 && place < sent) {
                byRow.computeIfAbsent(place, row -> new ArrayList<>()).add(failure);
            } else {
                ofRequest.add(failure);
            }
        }
        int twins = 0;
        List<Outcome> outcomes = new ArrayList<>(sent);
        for (int i = 0; i < sent; i++) {
            boolean taken = validated && !failed
                    || results.path(i).isObject() && !results.path(i).isEmpty();
            List<AdsUploadFailure> own = byRow.getOrDefault(i, taken ? List.of() : ofRequest);
            if (!own.isEmpty()) {
                Meaning meaning = meaning(own);
                if (meaning.reason().code().equals(GoogleAdsReasons.TWIN_IN_REQUEST.code())) {
                    meaning = new Meaning.Passing(
                            meaning.reason(), Meaning.FEW_TRIES, TWIN_DISTANCE.multipliedBy(++twins));
                }
                outcomes.add(meaning.outcome());
            } else if (taken) {
                outcomes.add(new Outcome.Accepted());
            } else {
                outcomes.add(unconfirmed(body, failed).outcome());
            }
        }
        boolean same = outcomes.stream().distinct().count() == 1;
        return same ? new Verdict.All(outcomes.getFirst()) : new Verdict.Each(outcomes);
    }

    private Meaning meaning(List<AdsUploadFailure> failures) {
        AdsUploadFailure decisive = AdsUploadFailure.decisive(failures);
        return decisive.meaning().saying(AdsUploadFailure.explained(decisive, failures, words));
    }

    private Meaning unconfirmed(JsonNode body, boolean failed) {
        String said = body.path("partialFailureError").path("message").asText();
        return new Meaning.Passing(
                words.explained(failed ? GoogleAdsReasons.UNKNOWN_FAULT : GoogleAdsReasons.NO_RECEIPT, said),
                Meaning.FEW_TRIES,
                null);
    }

    private Verdict refusal(PlatformReply reply, GoogleError error, int sent) {
        Meaning whole = requestFault(reply, error);
        if (!(whole instanceof Meaning.Event event)) {
            return whole.verdict();
        }
        Map<Integer, Reason> culprits = new TreeMap<>();
        boolean allNamed = true;
        for (AdsUploadFailure failure : AdsUploadFailure.all(error.details())) {
            if (failure.place() >= 0 && failure.place() < sent) {
                culprits.putIfAbsent(
                        failure.place(), words.explained(failure.meaning().reason(), failure.said()));
            } else {
                allNamed = false;
            }
        }
        return Meaning.refusedFor(culprits, allNamed, sent, event.reason());
    }

    private Meaning requestFault(PlatformReply reply, GoogleError error) {
        List<AdsUploadFailure> failures = AdsUploadFailure.all(error.details());
        if (!failures.isEmpty()) {
            Meaning meaning = meaning(failures);
            if (meaning instanceof Meaning.Quota quota && quota.pause() == null) {
                return new Meaning.Quota(quota.reason(), GoogleError.pause(reply, error));
            }
            // An opinion on the request as a whole is no sign that it was taken.
            return meaning instanceof Meaning.Delivered delivered
                    ? new Meaning.Passing(delivered.reason(), Meaning.FEW_TRIES, null)
                    : meaning;
        }
        int http = reply.status();
        String status = error.status();
        if (http == 429 || status.equals("RESOURCE_EXHAUSTED")) {
            return new Meaning.Quota(
                    words.explained(Reasons.RATE_LIMITED, error.words()), GoogleError.pause(reply, error));
        }
        if (http == 401 || status.equals("UNAUTHENTICATED")) {
            return new Meaning.Access(words.explained(GoogleAdsReasons.TOKEN_INVALID, error.words()));
        }
        if (http == 403 || status.equals("PERMISSION_DENIED")) {
            Reason reason = DataManagerErrors.config(error.reason());
            return new Meaning.Config(
                    words.explained(reason == null ? GoogleAdsReasons.PERMISSION_MISSING : reason, error.words()));
        }
        if (http == 404 || status.equals("NOT_FOUND")) {
            return new Meaning.Config(words.explained(GoogleAdsReasons.API_VERSION_ENDED, error.words()));
        }
        if (http == 408 || http >= 500) {
            return new Meaning.Passing(words.explained(Reasons.PLATFORM_DOWN, error.words()), 0, null);
        }
        // "Invalid JSON payload", for one: something in the events cannot be read at all.
        return status.equals("INVALID_ARGUMENT")
                ? new Meaning.Event(words.explained(GoogleAdsReasons.EVENT_REFUSED, error.words()))
                : new Meaning.Passing(
                        words.explained(GoogleAdsReasons.UNKNOWN_FAULT, error.words()), Meaning.FEW_TRIES, null);
    }

    private static Meaning unreadable(PlatformReply reply) {
        String status = " (HTTP " + reply.status() + ")";
        if (reply.status() == 429) {
            return new Meaning.Quota(
                    Reasons.RATE_LIMITED.saying(Reasons.RATE_LIMITED.message() + status),
                    GoogleError.pause(reply, null));
        }
        if (reply.status() == 401) {
            return new Meaning.Access(
                    GoogleAdsReasons.TOKEN_INVALID.saying(GoogleAdsReasons.TOKEN_INVALID.message() + status));
        }
        // A version that never was is answered by a web page.
        if (reply.status() == 404 && reply.body().toLowerCase(Locale.ROOT).contains("<html")) {
            return new Meaning.Config(
                    GoogleAdsReasons.API_VERSION_ENDED.saying(GoogleAdsReasons.API_VERSION_ENDED.message() + status));
        }
        Reason reason =
                reply.status() >= 500 && reply.body().isBlank() ? Reasons.PLATFORM_DOWN : Reasons.UNREADABLE_ANSWER;
        return new Meaning.Passing(reason.saying(reason.message() + status), 0, null);
    }
}
