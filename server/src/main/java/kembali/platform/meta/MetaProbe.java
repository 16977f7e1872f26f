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
import org.jspecify.annotations.Nullable;

/**
 * Test Connection: one event that is eight days old. Meta refuses it whole and stores nothing, but only after it has
 * accepted the token and found the pixel, so that refusal is the good answer. Where a WhatsApp account or a page is
 * entered, a second event follows with a click that never was: Meta looks the click up last, so not knowing it is the
 * good answer there.
 */
final class MetaProbe {
    private static final Duration STALE = Duration.ofDays(8);
    private static final int EVENT_TOO_OLD = 2804003;

    private static final String HINT =
            " If events are accepted but do not appear, look at Traffic permissions in the pixel's settings.";

    private static final int NO_SUCH_CLICK = 2804087;

    private final MetaSettings settings;
    private final MetaReplyReader reader;

    MetaProbe(MetaSettings settings, MetaReplyReader reader) {
        this.settings = settings;
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

    /** An event of a chat that never was, or null when the settings say of no WhatsApp account or page. */
    Prepared.@Nullable Ready message(Instant now) {
        MetaUserData user = new MetaUserData();
        if (settings.whatsappBusinessAccountId() != null) {
            user.owner("whatsapp_business_account_id", settings.whatsappBusinessAccountId());
        } else if (settings.pageId() != null) {
            user.owner("page_id", settings.pageId());
        } else {
            return null;
        }
        user.plain(MetaUserData.MatchKey.CTWA_CLID, "kembali-probe");
        StringBuilder json = new StringBuilder("{\"event_name\":\"LeadSubmitted\",\"event_time\":")
                .append(now.getEpochSecond())
                .append(",\"event_id\":\"kmb_probe\",\"action_source\":\"business_messaging\"")
                .append(",\"messaging_channel\":\"whatsapp\",\"user_data\":");
        user.writeTo(json);
        return new Prepared.Ready(json.append('}').toString(), user.keys(), MetaMessaging.route(null, settings), true);
    }

    /** @param website what the first question found: that the website's events can be delivered */
    ProbeResult readMessage(PlatformReply reply, ProbeResult website) {
        JsonNode body = MetaReplyReader.object(reply.body());
        if (body != null && body.hasNonNull("error")) {
            MetaError error = MetaError.of(body.path("error"));
            if (error.code() == 100 && error.subcode() == NO_SUCH_CLICK) {
                return new ProbeResult(
                        true,
                        website.verdict(),
                        website.message() + " Click-to-WhatsApp events find their dataset and account, too.",
                        "");
            }
            Reason fault = error.saysUnsupportedPost()
                    ? MetaReasons.PIXEL_NOT_FOUND
                    : error.meaning().reason();
            Reason own = reader.ofMessaging(fault);
            return onlyWebsite(reader.explained(own == null ? fault : own, error));
        }
        if (body != null
                && MetaReplyReader.isSuccess(reply)
                && body.path("events_received").asInt(0) > 0) {
            return new ProbeResult(
                    true,
                    website.verdict(),
                    website.message()
                            + " Against expectation Meta also took a click-to-WhatsApp event whose click never was.",
                    "");
        }
        Reason reason = reply.status() >= 500 ? Reasons.PLATFORM_DOWN : Reasons.UNREADABLE_ANSWER;
        return onlyWebsite(reason.saying(reason.message() + " (HTTP " + reply.status() + ")"));
    }

    private static ProbeResult onlyWebsite(Reason reason) {
        return failed(reason.saying(
                "Events of the website can be delivered; those of click-to-WhatsApp ads cannot. " + reason.message()));
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
