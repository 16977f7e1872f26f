package kembali.sandbox.google.datamanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.sandbox.Json;
import org.jspecify.annotations.Nullable;

/** What becomes of taken requests after the answer. Remembers the latest {@value #KEPT}. */
final class Processing {
    static final int KEPT = 10_000;

    /** Looks at a request before its result shows, unless told otherwise. */
    private static final int USUAL_POLLS = 1;

    /**
     * What a destination gets.
     *
     * @param destination as sent
     * @param failures why each failed event fails; one entry for each, so duplicates are meant
     * @param records how many events it got
     */
    record Share(JsonNode destination, List<String> failures, int records) {
        Share {
            failures = List.copyOf(failures);
        }
    }

    /**
     * A taken request.
     *
     * @param pollsLeft how many looks still say {@code PROCESSING}; -1 until told to finish
     */
    private record Taken(List<Share> shares, int pollsLeft) {}

    private final Map<String, Taken> taken = new LinkedHashMap<>();
    private long lastId;

    synchronized String newId() {
        return String.format("sb-%010d", ++lastId);
    }

    synchronized void take(String requestId, List<Share> shares) {
        if (taken.size() >= KEPT) {
            taken.remove(taken.keySet().iterator().next());
        }
        taken.put(requestId, new Taken(List.copyOf(shares), USUAL_POLLS));
    }

    /**
     * Changes how long processing lasts and how it ends.
     *
     * @param polls looks that still say {@code PROCESSING}; null until told to finish
     * @param reason makes all remaining events fail for it; null leaves the results
     */
    synchronized void disturb(String requestId, @Nullable Integer polls, @Nullable String reason) {
        Taken before = taken.get(requestId);
        if (before != null) {
            List<Share> shares = reason == null
                    ? before.shares()
                    : before.shares().stream()
                            .map(each -> failing(each, reason, each.records()))
                            .toList();
            taken.put(requestId, new Taken(shares, polls == null ? -1 : polls));
        }
    }

    /** Makes so many events of each destination fail. */
    synchronized void fail(String requestId, String reason, int events) {
        taken.computeIfPresent(
                requestId,
                (id, before) -> new Taken(
                        before.shares().stream()
                                .map(each -> failing(each, reason, events))
                                .toList(),
                        before.pollsLeft()));
    }

    private static Share failing(Share share, String reason, int events) {
        List<String> failures = new ArrayList<>(share.failures());
        while (failures.size() < Math.min(share.records(), share.failures().size() + events)) {
            failures.add(reason);
        }
        return new Share(share.destination(), failures, share.records());
    }

    /**
     * Ends the processing of a request, or of all.
     *
     * @param requestId {@code *} for all
     * @return how many ended
     */
    synchronized int finish(String requestId) {
        int finished = 0;
        for (Map.Entry<String, Taken> each : taken.entrySet()) {
            boolean meant = requestId.equals("*") || requestId.equals(each.getKey());
            if (meant && each.getValue().pollsLeft() != 0) {
                each.setValue(new Taken(each.getValue().shares(), 0));
                finished++;
            }
        }
        return finished;
    }

    /** The status of a request, or null when there is none. Looking brings it nearer to its end. */
    synchronized @Nullable ObjectNode look(String requestId) {
        Taken found = taken.get(requestId);
        if (found == null) {
            return null;
        }
        ObjectNode answer = Json.MAPPER.createObjectNode();
        ArrayNode destinations = answer.putArray("requestStatusPerDestination");
        for (Share share : found.shares()) {
            ObjectNode status = destinations.addObject();
            status.set("destination", share.destination());
            if (found.pollsLeft() == 0) {
                result(status, share);
            } else {
                status.put("requestStatus", "PROCESSING");
            }
        }
        if (found.pollsLeft() > 0) {
            taken.put(requestId, new Taken(found.shares(), found.pollsLeft() - 1));
        }
        return answer;
    }

    private static void result(ObjectNode status, Share share) {
        int failed = share.failures().size();
        status.put("requestStatus", failed == 0 ? "SUCCESS" : failed < share.records() ? "PARTIAL_SUCCESS" : "FAILED");
        status.putObject("eventsIngestionStatus").put("recordCount", Integer.toString(share.records()));
        if (failed == 0) {
            return;
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        share.failures().forEach(reason -> counts.merge(reason, 1, Integer::sum));
        ArrayNode errors = status.putObject("errorInfo").putArray("errorCounts");
        counts.forEach((reason, count) ->
                errors.addObject().put("recordCount", Integer.toString(count)).put("reason", reason));
    }

    synchronized void clear() {
        taken.clear();
    }
}
