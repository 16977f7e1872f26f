package kembali.platform.meta;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kembali.identity.Sha256;
import kembali.platform.PlatformReply;
import kembali.platform.Prepared;
import kembali.platform.ProbeResult;
import kembali.platform.Reason;
import kembali.platform.Reasons;

/**
 * Test Connection: one event that is eight days old. Meta refuses it whole and stores nothing, but only after it has
 * accepted the token and found the pixel, so that refusal is the good answer.
 */
final class MetaProbe {
    private static final Duration STALE = Duration.ofDays(8);
    private static final int EVENT_TOO_OLD = 2804003;

    private static final String HINT =
            " If events are accepted but do not appear, look at Traffic permissions in the pixel's settings.";

    private final MetaReplyReader reader;

    MetaProbe(MetaReplyReader reader) {
        this.reader = reader;
    }

    static Prepared.Ready event(Instant now) {
        String json = "{\"event_name\":\"PageView\",\"event_time\":"
                + now.minus(STALE).getEpochSecond()
                + ",\"event_id\":\"kmb_probe\",\"action_source\":\"website\""
                + ",\"event_source_url\":\"https://example.com/\""
                + ",\"user_data\":{\"client_user_agent\":\"KembaliProbe/1\",\"external_id\":[\""
                + Sha256.hex("kembali-probe") + "\"]}}";
        return new Prepared.Ready(json, List.of("client_user_agent", "external_id"), "", true);
    }

    ProbeResult read(PlatformReply reply) {
        JsonNode body = MetaReplyReader.object(reply.body());
        if (body != null && body.hasNonNull("error")) {
            return refused(MetaError.of(body.path("error")));
        }
        if (body != null
                && MetaReplyReader.isSuccess(reply)
                && body.path("events_received").asInt(0) > 0) {
            return new ProbeResult(
                    true,
                    "connected",
                    "Connected: Meta accepts the token for this pixel. Against expectation it also stored the test page view"
                            + " of eight days ago." + HINT,
                    "");
        }
        Reason reason = reply.status() >= 500 ? Reasons.PLATFORM_DOWN : Reasons.UNREADABLE_ANSWER;
        return failed(reason.saying(reason.message() + " (HTTP " + reply.status() + ")"));
    }

    private ProbeResult refused(MetaError error) {
        if (error.code() == 100 && error.subcode() == EVENT_TOO_OLD) {
            return new ProbeResult(
                    true,
                    "connected",
                    "Connected: Meta accepts the token for this pixel. Nothing was stored." + HINT,
                    "");
        }
        if (error.saysUnsupportedPost()) {
            return failed(reader.explained(MetaReasons.PIXEL_NOT_FOUND, error));
        }
        return switch (error.meaning()) {
            case MetaError.Meaning.Config c -> failed(reader.explained(c.reason(), error));
            case MetaError.Meaning.Throttle t ->
                failed(new Reason(
                        t.reason().code(),
                        "Meta can be reached, but does not answer the question now. "
                                + reader.explained(t.reason(), error).message(),
                        "Try again later."));
            case MetaError.Meaning.Transient t -> failed(reader.explained(t.reason(), error));
            case MetaError.Meaning.Event e -> failed(reader.explained(e.reason(), error));
        };
    }

    private static ProbeResult failed(Reason reason) {
        return new ProbeResult(false, reason.code(), reason.message(), reason.fix());
    }
}
