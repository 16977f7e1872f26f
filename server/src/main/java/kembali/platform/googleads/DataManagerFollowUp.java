package kembali.platform.googleads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kembali.platform.FollowUp;
import kembali.platform.Outcome;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Retry;
import kembali.platform.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Data Manager's late verdict. It comes in counts per request and not per event, so in a request of several events a
 * refusal of some cannot be laid at anybody's door.
 */
final class DataManagerFollowUp implements FollowUp {
    /** First after half an hour, then at growing distances, for 24 hours in all. */
    private static final List<Duration> WAITS = List.of(
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(8),
            Duration.ofHours(8));

    /** Google may learn of a click later than we do. */
    private static final Duration YOUNG_CLICK = Duration.ofHours(24);

    private static final Duration UNTIL_CLICK_IS_KNOWN = Duration.ofHours(6);
    private static final int TRIES_OF_YOUNG_CLICK = 2;

    private static final ObjectReader JSON = JsonMapper.builder().build().readerFor(JsonNode.class);

    private final String address;
    private final GoogleWords words;
    private final DataManagerReplyReader reader;

    DataManagerFollowUp(String endpoint, GoogleWords words, DataManagerReplyReader reader) {
        this.address = endpoint + "/v1/requestStatus:retrieve?requestId=";
        this.words = words;
        this.reader = reader;
    }

    @Override
    public List<Duration> waits() {
        return WAITS;
    }

    @Override
    public PlatformRequest request(String receipt) {
        URI uri = URI.create(address + URLEncoder.encode(receipt, StandardCharsets.UTF_8));
        return new PlatformRequest("GET", uri, uri.toString(), Map.of(), "");
    }

    @Override
    public Reason unanswered() {
        return GoogleAdsReasons.VERDICT_UNKNOWN;
    }

    @Override
    public Answer read(PlatformReply reply, List<Prepared.Ready> sent) {
        JsonNode body = GoogleError.object(reply.body());
        GoogleError error = GoogleError.of(body);
        if (reply.status() == 401 || (error != null && error.status().equals("UNAUTHENTICATED"))) {
            return new Answer.TokenRefused();
        }
        if (reply.status() == 429 || (error != null && error.status().equals("RESOURCE_EXHAUSTED"))) {
            return new Answer.NotYet(reader.quota(reply, error).pause());
        }
        if (error != null && isUnknownRequest(error)) {
            return new Answer.Unknowable(words.explained(GoogleAdsReasons.VERDICT_UNKNOWN, error.words()));
        }
        if (error != null || body == null || !GoogleError.isSuccess(reply)) {
            return new Answer.NotYet(GoogleError.pause(reply, error));
        }
        return judged(body.path("requestStatusPerDestination"), sent);
    }

    private static boolean isUnknownRequest(GoogleError error) {
        String unknown = "INVALID_REQUEST_ID";
        if (error.reason().equals(unknown)) {
            return true;
        }
        for (JsonNode violation : error.detail("BadRequest").path("fieldViolations")) {
            if (violation.path("reason").asText().equals(unknown)) {
                return true;
            }
        }
        return false;
    }

    /** Our requests have one destination; should there be more, the worst counts. */
    private Answer judged(JsonNode destinations, List<Prepared.Ready> sent) {
        boolean failed = false;
        boolean partly = false;
        long of = 0;
        Map<String, Long> counts = new TreeMap<>();
        for (JsonNode destination : destinations) {
            switch (destination.path("requestStatus").asText()) {
                case "SUCCESS" -> {}
                case "PARTIAL_SUCCESS" -> partly = true;
                case "FAILED", "FAILURE" -> failed = true;
                default -> {
                    return new Answer.NotYet(null);
                }
            }
            of += destination.path("eventsIngestionStatus").path("recordCount").asLong();
            for (JsonNode count : destination.path("errorInfo").path("errorCounts")) {
                counts.merge(
                        DataManagerErrors.lateCode(count.path("reason").asText("unknown")),
                        Math.max(1, count.path("recordCount").asLong()),
                        Long::sum);
            }
        }
        if (destinations.isEmpty()) {
            return new Answer.NotYet(null);
        }
        if (!failed && !partly) {
            return known(new Outcome.Accepted(GoogleAdsReasons.PROCESSED));
        }
        if (!counts.isEmpty() && counts.keySet().stream().allMatch(DataManagerErrors::isDuplicate)) {
            return known(new Outcome.Accepted(GoogleAdsReasons.DUPLICATE));
        }
        long records = Math.max(of, sent.size());
        boolean someDelivered = partly || counts.keySet().stream().anyMatch(DataManagerErrors::isDuplicate);
        if (records > 1 && someDelivered) {
            return known(new Outcome.PartialFailure(partlyRefused(counts, records)));
        }
        return new Answer.Known(refused(counts, sent));
    }

    private List<Reason> partlyRefused(Map<String, Long> counts, long records) {
        List<Reason> reasons = new ArrayList<>();
        counts.forEach((code, count) ->
                reasons.add(GoogleAdsReasons.PARTLY_PROCESSED.saying("Google did not count " + count + " of " + records
                        + " events that travelled in one request with this one: " + words.quote(code) + ". "
                        + DataManagerErrors.late(code).message())));
        return reasons.isEmpty() ? List.of(GoogleAdsReasons.PARTLY_PROCESSED) : reasons;
    }

    /** All of them were refused; what for is known as a set of codes. */
    private Verdict refused(Map<String, Long> counts, List<Prepared.Ready> sent) {
        List<String> codes = counts.keySet().stream()
                .filter(code -> !DataManagerErrors.isDuplicate(code))
                .toList();
        String said = words.quote(String.join(", ", codes));
        if (codes.contains("INTERNAL_ERROR")) {
            // Together with others one cannot tell whose it was; sending again is harmless, but not for ever.
            int tries = codes.size() == 1 ? 0 : Meaning.FEW_TRIES;
            return new Verdict.All(
                    new Outcome.Failed(words.explained(Reasons.PLATFORM_DOWN, said), new Retry.Later(tries)));
        }
        Reason reason = codes.isEmpty()
                ? GoogleAdsReasons.EVENT_REFUSED.saying("Google refused the event without saying why.")
                : words.explained(DataManagerErrors.late(codes.getFirst()), said);
        if (!codes.contains("INVALID_GCLID")) {
            return new Verdict.All(new Outcome.Failed(reason, Retry.NEVER));
        }
        Reason mayBeKnownLater = words.explained(GoogleAdsReasons.CLICK_NOT_KNOWN_YET, said);
        List<Outcome> outcomes = new ArrayList<>(sent.size());
        for (Prepared.Ready event : sent) {
            outcomes.add(
                    isYoung(event)
                            ? new Outcome.Failed(
                                    mayBeKnownLater, new Retry.Later(TRIES_OF_YOUNG_CLICK, UNTIL_CLICK_IS_KNOWN))
                            : new Outcome.Failed(reason, Retry.NEVER));
        }
        return outcomes.size() == 1 ? new Verdict.All(outcomes.getFirst()) : new Verdict.Each(outcomes);
    }

    /** Whether the click was less than a day old when the conversion happened. */
    private static boolean isYoung(Prepared.Ready event) {
        Instant clickedAt = event.clickedAt();
        if (clickedAt == null) {
            return false;
        }
        Instant at = happenedAt(event);
        return at == null || Duration.between(clickedAt, at).compareTo(YOUNG_CLICK) < 0;
    }

    private static @Nullable Instant happenedAt(Prepared.Ready event) {
        try {
            JsonNode json = JSON.readTree(event.json());
            return Instant.parse(json.path("eventTimestamp").asText());
        } catch (JsonProcessingException | DateTimeException e) {
            return null;
        }
    }

    private static Answer known(Outcome outcome) {
        return new Answer.Known(new Verdict.All(outcome));
    }
}
