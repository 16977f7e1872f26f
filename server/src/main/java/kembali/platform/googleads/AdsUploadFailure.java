package kembali.platform.googleads;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kembali.platform.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One error of a {@code GoogleAdsFailure}.
 *
 * @param place of the conversion it is about; -1 when it is about none
 * @param said code and words, for people
 */
record AdsUploadFailure(Meaning meaning, int place, String said) {
    /** Every error in the details of a {@code google.rpc.Status}; the status' own message describes only the first. */
    static List<AdsUploadFailure> all(Iterable<JsonNode> details) {
        List<AdsUploadFailure> all = new ArrayList<>();
        for (JsonNode detail : details) {
            if (!detail.path("@type").asText().endsWith("errors.GoogleAdsFailure")) {
                continue;
            }
            for (JsonNode error : detail.path("errors")) {
                all.add(of(error));
            }
        }
        return all;
    }

    /**
     * Which of several errors of one event decides. A delivered event needs nothing more; one that can never succeed should
     * not keep the pixel waiting for a fix.
     */
    static AdsUploadFailure decisive(List<AdsUploadFailure> failures) {
        return failures.stream()
                .min(Comparator.comparingInt(f -> rank(f.meaning)))
                .orElseThrow();
    }

    /** The reason with Google's words, of all errors of that event. */
    static Reason explained(AdsUploadFailure decisive, List<AdsUploadFailure> failures, GoogleWords words) {
        StringBuilder said = new StringBuilder(decisive.said);
        for (AdsUploadFailure other : failures) {
            if (other != decisive && !other.said.equals(decisive.said)) {
                said.append("; ").append(other.said);
            }
        }
        return words.explained(decisive.meaning.reason(), said.toString());
    }

    private static AdsUploadFailure of(JsonNode error) {
        String family = "";
        String code = "";
        for (var member : error.path("errorCode").properties()) {
            family = member.getKey();
            code = member.getValue().asText();
        }
        Meaning meaning = AdsUploadErrors.meaning(family, code);
        if (meaning instanceof Meaning.Quota quota) {
            meaning = new Meaning.Quota(quota.reason(), retryDelay(error));
        }
        String said = (code + " " + error.path("message").asText()).strip();
        return new AdsUploadFailure(meaning, place(error), said);
    }

    private static @Nullable Duration retryDelay(JsonNode error) {
        String delay = error.path("details")
                .path("quotaErrorDetails")
                .path("retryDelay")
                .asText();
        return delay.endsWith("s") ? GoogleError.seconds(delay.substring(0, delay.length() - 1)) : null;
    }

    private static int place(JsonNode error) {
        for (JsonNode element : error.path("location").path("fieldPathElements")) {
            if (element.path("fieldName").asText().equals("conversions")) {
                return element.path("index").asInt(-1);
            }
        }
        return -1;
    }

    private static int rank(Meaning meaning) {
        return switch (meaning) {
            case Meaning.Delivered d -> 0;
            case Meaning.Event e -> 1;
            case Meaning.Access a -> 2;
            case Meaning.Config c -> 3;
            case Meaning.Quota q -> 4;
            case Meaning.Passing p -> 5;
        };
    }
}
