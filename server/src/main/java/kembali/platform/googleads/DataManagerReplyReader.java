package kembali.platform.googleads;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kembali.platform.Outcome;
import kembali.platform.PlatformReply;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Retry;
import kembali.platform.Verdict;
import org.jspecify.annotations.Nullable;

/** Reads the answer to {@code events:ingest}. Pure; never throws, whatever came back. */
final class DataManagerReplyReader {
    /** A pause when Google names none: its quota counts requests per minute. */
    static final Duration QUOTA_PAUSE = Duration.ofMinutes(1);

    /** The daily quota is full again at midnight in California; nobody is told when that is in an answer. */
    private static final Duration DAILY_QUOTA_PAUSE = Duration.ofHours(1);

    private static final Pattern PLACE = Pattern.compile("events\\[(\\d{1,6})]");
    private static final int MOST_COMPLAINTS = 10;

    private final GoogleWords words;

    DataManagerReplyReader(GoogleWords words) {
        this.words = words;
    }

    Verdict read(PlatformReply reply, int sent) {
        JsonNode body = GoogleError.object(reply.body());
        GoogleError error = GoogleError.of(body);
        if (error != null) {
            return refusal(reply, error, sent);
        }
        if (body == null || !GoogleError.isSuccess(reply)) {
            return unreadable(reply);
        }
        return taken(body, sent);
    }

    /** {@code 429} in whatever form, with the quota that is used up where Google names it. */
    Meaning.Quota quota(PlatformReply reply, @Nullable GoogleError error) {
        JsonNode metadata = error == null ? null : error.detail("ErrorInfo").path("metadata");
        String limit = metadata == null ? "" : metadata.path("quota_limit").asText();
        Duration pause = GoogleError.pause(reply, error);
        if (pause == null) {
            pause = limit.toLowerCase(Locale.ROOT).contains("perday") ? DAILY_QUOTA_PAUSE : QUOTA_PAUSE;
        }
        String which = limit.isEmpty() ? "" : " The quota used up is " + words.quote(limit) + " of the Cloud project.";
        Reason reason = Reasons.RATE_LIMITED.saying(Reasons.RATE_LIMITED.message() + which);
        return new Meaning.Quota(error == null ? reason : words.explained(reason, error.words()), pause);
    }

    private Verdict taken(JsonNode body, int sent) {
        String receipt = body.path("requestId").asText();
        if (receipt.isBlank()) {
            return new Verdict.All(new Outcome.Failed(GoogleAdsReasons.NO_RECEIPT, Retry.Later.UNTIL_EXPIRY));
        }
        Outcome processing = new Outcome.Processing(receipt, GoogleAdsReasons.PROCESSING);
        Map<Integer, List<Reason>> complaints = new TreeMap<>();
        for (JsonNode warning : body.path("fieldWarnings")) {
            int place = place(warning.path("field").asText());
            Reason complaint = GoogleAdsReasons.PLATFORM_MESSAGE.saying("Google took the event and says: "
                    + words.quote(joined(
                            warning.path("reason").asText(),
                            warning.path("field").asText(),
                            warning.path("description").asText())));
            boolean named = place >= 0 && place < sent;
            for (int i = named ? place : 0; i < (named ? place + 1 : sent); i++) {
                complaints.computeIfAbsent(i, at -> new ArrayList<>()).add(complaint);
            }
        }
        if (complaints.isEmpty()) {
            return new Verdict.All(processing);
        }
        List<Outcome> outcomes = new ArrayList<>(Collections.nCopies(sent, processing));
        complaints.forEach((i, said) ->
                outcomes.set(i, new Outcome.PartialFailure(said.subList(0, Math.min(said.size(), MOST_COMPLAINTS)))));
        return sent == 1 ? new Verdict.All(outcomes.getFirst()) : new Verdict.Each(outcomes);
    }

    private Verdict refusal(PlatformReply reply, GoogleError error, int sent) {
        int http = reply.status();
        String status = error.status();
        if (http == 429 || status.equals("RESOURCE_EXHAUSTED")) {
            return quota(reply, error).verdict();
        }
        if (http == 401 || status.equals("UNAUTHENTICATED")) {
            return new Meaning.Access(words.explained(GoogleAdsReasons.TOKEN_INVALID, error.words())).verdict();
        }
        JsonNode violations = error.detail("BadRequest").path("fieldViolations");
        for (JsonNode violation : violations) {
            Reason config = DataManagerErrors.config(violation.path("reason").asText());
            if (config != null) {
                return new Meaning.Config(words.explained(config, violationWords(violation))).verdict();
            }
        }
        Reason config = DataManagerErrors.config(error.reason());
        if (config != null) {
            return new Meaning.Config(words.explained(config, error.words())).verdict();
        }
        if (http == 403 || status.equals("PERMISSION_DENIED")) {
            return new Meaning.Config(words.explained(GoogleAdsReasons.PERMISSION_MISSING, error.words())).verdict();
        }
        if (isPassing(http, status, error.reason(), violations)) {
            return new Meaning.Passing(words.explained(Reasons.PLATFORM_DOWN, error.words()), 0, null).verdict();
        }
        if (http == 404 || status.equals("NOT_FOUND")) {
            return new Meaning.Config(words.explained(GoogleAdsReasons.ACCOUNT_NOT_FOUND, error.words())).verdict();
        }
        boolean tooLarge = http == 413 && sent > 1;
        if (tooLarge || status.equals("INVALID_ARGUMENT") || violations.size() > 0) {
            return refusedEvents(error, violations, sent);
        }
        return new Meaning.Passing(
                        words.explained(GoogleAdsReasons.UNKNOWN_FAULT, error.words()), Meaning.FEW_TRIES, null)
                .verdict();
    }

    private static boolean isPassing(int http, String status, String reason, JsonNode violations) {
        if (http == 408 || http >= 500 || DataManagerErrors.isPassing(status) || DataManagerErrors.isPassing(reason)) {
            return true;
        }
        for (JsonNode violation : violations) {
            if (DataManagerErrors.isPassing(violation.path("reason").asText())) {
                return true;
            }
        }
        return status.equals("INTERNAL") || status.equals("ABORTED") || status.equals("CANCELLED");
    }

    private Verdict refusedEvents(GoogleError error, JsonNode violations, int sent) {
        Map<Integer, Reason> culprits = new TreeMap<>();
        boolean allNamed = true;
        Reason whole = null;
        for (JsonNode violation : violations) {
            Reason reason = words.explained(
                    DataManagerErrors.event(violation.path("reason").asText()), violationWords(violation));
            whole = whole == null ? reason : whole;
            int place = place(violation.path("field").asText());
            if (place >= 0 && place < sent) {
                culprits.putIfAbsent(place, reason);
            } else {
                allNamed = false;
            }
        }
        return Meaning.refusedFor(
                culprits,
                allNamed,
                sent,
                whole != null ? whole : words.explained(GoogleAdsReasons.EVENT_REFUSED, error.words()));
    }

    private static String violationWords(JsonNode violation) {
        return joined(
                violation.path("reason").asText(),
                violation.path("field").asText(),
                violation.path("description").asText());
    }

    private static String joined(String code, String field, String description) {
        return (code + (field.isEmpty() ? "" : " at " + field) + (description.isEmpty() ? "" : ": " + description))
                .strip();
    }

    /** The place of the event a field path is about; -1 when it is about none. */
    private static int place(String field) {
        Matcher m = PLACE.matcher(field);
        return m.find() ? Integer.parseInt(m.group(1)) : -1;
    }

    private Verdict unreadable(PlatformReply reply) {
        if (reply.status() == 429) {
            return quota(reply, null).verdict();
        }
        String status = " (HTTP " + reply.status() + ")";
        if (reply.status() == 401) {
            return new Meaning.Access(
                            GoogleAdsReasons.TOKEN_INVALID.saying(GoogleAdsReasons.TOKEN_INVALID.message() + status))
                    .verdict();
        }
        Reason reason =
                reply.status() >= 500 && reply.body().isBlank() ? Reasons.PLATFORM_DOWN : Reasons.UNREADABLE_ANSWER;
        return new Meaning.Passing(reason.saying(reason.message() + status), 0, null).verdict();
    }
}
