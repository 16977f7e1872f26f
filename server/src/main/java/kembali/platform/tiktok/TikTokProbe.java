package kembali.platform.tiktok;

import java.time.Instant;
import java.util.List;
import kembali.platform.PlatformReply;
import kembali.platform.Prepared;
import kembali.platform.ProbeResult;
import kembali.platform.Reason;

/**
 * Test Connection. With a test event code one harmless test event is sent, and only code 0 is success. Without one a
 * request with no events is sent, which TikTok must refuse: how it refuses tells whether the token is good, but not
 * whether the pixel is.
 */
final class TikTokProbe {
    private final TikTokReplyReader reader;
    private final TikTokSettings settings;

    TikTokProbe(TikTokSettings settings, TikTokReplyReader reader) {
        this.settings = settings;
        this.reader = reader;
    }

    /** A page view of nobody. The address is one kept free for examples; TikTok takes it. */
    Prepared.Ready testEvent(Instant now) {
        StringBuilder json = new StringBuilder("{\"event\":\"ViewContent\",\"event_time\":")
                .append(now.getEpochSecond())
                .append(",\"event_id\":\"kmb_probe_")
                .append(now.toEpochMilli())
                .append("\",\"user\":{\"ip\":\"203.0.113.9\",\"user_agent\":\"KembaliProbe/1\"}");
        if (settings.eventSource() == TikTokSettings.EventSource.WEB) {
            json.append(",\"page\":{\"url\":\"https://example.com/\"}");
        }
        return new Prepared.Ready(json.append('}').toString(), List.of("ip", "user_agent"), "", true);
    }

    ProbeResult readTestEvent(PlatformReply reply) {
        TikTokReplyReader.Answer answer = reader.answer(reply);
        if (answer != null && answer.code() == 0) {
            return new ProbeResult(
                    true,
                    "connected",
                    "Connected: TikTok took a test event for this pixel. It appears under Test Events within about three"
                            + " minutes while that page is open.",
                    "");
        }
        return refused(answer, reply);
    }

    ProbeResult readEmptyRequest(PlatformReply reply) {
        TikTokReplyReader.Answer answer = reader.answer(reply);
        boolean complainsOfEmptiness = answer != null
                && switch (answer.code()) {
                    case 0, 40000, 40061 -> true;
                    case 40002 -> answer.meaning() instanceof TikTokMeaning.Event;
                    default -> false;
                };
        if (complainsOfEmptiness) {
            return new ProbeResult(
                    true,
                    "token_accepted",
                    "The token is accepted, the pixel is not verified: without a test event code TikTok does not say"
                            + " whether the token may send to it. To be sure, switch on test mode with the code of the"
                            + " pixel's Test Events page and watch an event arrive there.",
                    "");
        }
        return refused(answer, reply);
    }

    private static ProbeResult refused(
            TikTokReplyReader.@org.jspecify.annotations.Nullable Answer answer, PlatformReply reply) {
        if (answer == null) {
            return failed(TikTokReplyReader.failure(reply).reason());
        }
        return switch (answer.meaning()) {
            case TikTokMeaning.Taken t -> failed(answer.explained(TikTokReasons.UNKNOWN_FAULT));
            case TikTokMeaning.TakenInPart p -> failed(answer.explained(TikTokReasons.TAKEN_IN_PART));
            case TikTokMeaning.Event e -> failed(answer.explained(e.reason()));
            case TikTokMeaning.Config c -> failed(answer.explained(c.reason()));
            case TikTokMeaning.Transient t -> failed(answer.explained(t.reason()));
            case TikTokMeaning.Throttle t ->
                failed(new Reason(
                        "rate_limited",
                        "TikTok can be reached, but does not answer the question now (code " + answer.code() + ").",
                        "Try again later."));
        };
    }

    private static ProbeResult failed(Reason reason) {
        return new ProbeResult(false, reason.code(), reason.message(), reason.fix());
    }
}
