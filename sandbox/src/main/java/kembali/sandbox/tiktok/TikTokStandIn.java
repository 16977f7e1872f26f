package kembali.sandbox.tiktok;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kembali.sandbox.Arrival;
import kembali.sandbox.Call;
import kembali.sandbox.Fault;
import kembali.sandbox.Judgement;
import kembali.sandbox.Reply;
import kembali.sandbox.SandboxOptions;
import kembali.sandbox.StandIn;
import kembali.sandbox.Tokens;
import org.jspecify.annotations.Nullable;

/** {@code business-api.tiktok.com}: address and method, version, token, body, events, in this order. */
public final class TikTokStandIn implements StandIn {
    static final int MAX_EVENTS = 1_000;

    private static final String PREFIX = "/open_api/";

    /** With its slash at the end. */
    private static final Pattern TRACK = Pattern.compile("/open_api/([^/]+)/event/track/");

    /** Events API 1.0. */
    private static final Pattern LEGACY = Pattern.compile("/open_api/[^/]+/pixel/(track|batch)/?");

    private static final String VERSION = "v1.3";

    private static final Set<String> SOURCES = Set.of("web", "crm", "offline", "app");
    private static final Pattern PIXEL_CODE = Pattern.compile("(?=.*[A-Z])[A-Z0-9]{10,40}");
    private static final Pattern EVENT_SET = Pattern.compile("\\d{5,30}");

    private static final Map<String, Shape> ENVELOPE_KEYS = Map.of(
            "event_source", Shape.TEXT,
            "event_source_id", Shape.TEXT,
            "test_event_code", Shape.TEXT,
            "data", Shape.ARRAY);

    private static final List<TikTokEvent.Rule> RULES =
            List.of(event -> event.firstOf(TikTokEventRules.RULES), TikTokUserRules::check, TikTokPropertyRules::check);

    private final SandboxOptions options;
    private final Tokens tokens;
    private final TikTokKnown known = new TikTokKnown();
    private final TikTokReplies replies = new TikTokReplies();

    /** A stand-in that asks {@code tokens} what an access token is worth. */
    public TikTokStandIn(SandboxOptions options, Tokens tokens) {
        this.options = options;
        this.tokens = tokens;
    }

    @Override
    public String platform() {
        return "tiktok";
    }

    @Override
    public boolean serves(String path) {
        return path.startsWith(PREFIX);
    }

    /** TikTok names the pixel in the body alone. */
    @Override
    public @Nullable String pixelOf(Call call) {
        return call.method().equals("POST") ? TikTokEnvelope.pixelOf(call.body()) : null;
    }

    @Override
    public Judgement judge(Call call) {
        Matcher track = TRACK.matcher(call.path());
        if (!track.matches() || !call.method().equals("POST")) {
            return LEGACY.matcher(call.path()).matches()
                    ? refuse(TikTokComplaint.of(41001, "Interface offline: Events API 1.0 has ended."))
                    : notFound(call.path());
        }
        if (!track.group(1).equals(VERSION)) {
            return refuse(TikTokComplaint.of(40006, "API version not valid: " + track.group(1)));
        }
        TikTokComplaint access = access(call.header("Access-Token"), pixelOf(call));
        if (access != null) {
            return refuse(access);
        }
        try {
            return track(call, TikTokEnvelope.read(call));
        } catch (TikTokEnvelope.Unreadable unreadable) {
            return refuse(TikTokComplaint.of(TikTokComplaint.PARAMETER, String.valueOf(unreadable.getMessage())));
        }
    }

    private Judgement track(Call call, TikTokEnvelope envelope) {
        TikTokComplaint outside = envelope(envelope.rest());
        if (outside != null) {
            return refuse(outside);
        }
        List<TikTokEnvelope.Item> data = envelope.data();
        if (data == null) {
            return refuse(TikTokComplaint.parameter("data", "Missing data for required field."));
        }
        if (data.isEmpty() || data.size() > MAX_EVENTS) {
            return refuse(TikTokComplaint.parameter(
                    "data", "Length must be between 1 and " + MAX_EVENTS + ", not " + data.size() + "."));
        }
        String source = envelope.rest().path("event_source").textValue();
        String pixel = envelope.rest().path("event_source_id").textValue();
        String testCode = envelope.rest().path("test_event_code").textValue();
        List<Arrival> arrivals = new ArrayList<>(data.size());
        for (int i = 0; i < data.size(); i++) {
            TikTokEnvelope.Item item = data.get(i);
            if (!(item.json() instanceof ObjectNode object)) {
                return refuse(TikTokComplaint.parameter("Batch." + i, "Not a valid object."));
            }
            TikTokEvent event = TikTokEvent.of(i, object, source, call.receivedAt(), options.futureTolerance(), known);
            TikTokComplaint complaint = event.firstOf(RULES);
            if (complaint != null) {
                return new Judgement.Refused(
                        replies.refused(complaint),
                        Integer.toString(complaint.code()),
                        complaint.message(),
                        object.path("event").isTextual() ? event.name() : null);
            }
            arrivals.add(arrival(pixel, event, item.raw(), testCode));
        }
        return new Judgement.Accepted(replies.taken(), arrivals);
    }

    private static Arrival arrival(String pixel, TikTokEvent event, byte[] raw, @Nullable String testCode) {
        JsonNode value = event.properties().get("value");
        return new Arrival(
                pixel,
                event.name(),
                event.json().path("event_id").textValue(),
                Instant.ofEpochSecond(event.json().path("event_time").longValue()),
                value == null ? null : value.decimalValue(),
                event.properties().path("currency").textValue(),
                event.source(),
                TikTokUserRules.matchKeys(event),
                event.recognised(),
                event.warnings(),
                testCode,
                raw);
    }

    private static @Nullable TikTokComplaint envelope(ObjectNode rest) {
        for (Map.Entry<String, JsonNode> member : rest.properties()) {
            String key = member.getKey();
            if (key.equals("partner_name")) {
                return TikTokComplaint.of(40063, "Invalid partner name: " + member.getValue());
            }
            Shape shape = ENVELOPE_KEYS.get(key);
            TikTokComplaint complaint = shape == null
                    ? TikTokComplaint.parameter(key, "Unknown field.")
                    : shape.complaint(member.getValue(), key);
            if (complaint != null) {
                return complaint;
            }
        }
        for (String needed : List.of("event_source", "event_source_id")) {
            if (!rest.has(needed)) {
                return TikTokComplaint.parameter(needed, "Missing data for required field.");
            }
        }
        String source = rest.path("event_source").textValue();
        if (!SOURCES.contains(source)) {
            return TikTokComplaint.parameter("event_source", "Must be one of: web, offline, crm, app.");
        }
        if (source.equals("app")) {
            return TikTokComplaint.parameter("event_source", "This sandbox has no apps.");
        }
        Pattern shape = source.equals("web") ? PIXEL_CODE : EVENT_SET;
        return shape.matcher(rest.path("event_source_id").textValue()).matches()
                ? null
                : TikTokComplaint.parameter("event_source_id", "Not a valid string."); // misleading, as the real one is
    }

    /** What keeps a token from a pixel, or null. */
    private @Nullable TikTokComplaint access(@Nullable String token, @Nullable String pixel) {
        if (token == null || token.isBlank()) {
            return TikTokComplaint.unauthorised(40104, "Access token is empty. Send it in the header Access-Token.");
        }
        return switch (tokens.standing(token, pixel == null ? "" : pixel)) {
            case GOOD -> null;
            // As seen: a wrong token may be refused with HTTP 200.
            case MALFORMED -> TikTokComplaint.of(40105, "Access token is incorrect or has been revoked.");
            case REVOKED -> TikTokComplaint.unauthorised(40105, "Access token is incorrect or has been revoked.");
            case EXPIRED -> TikTokComplaint.unauthorised(40102, "Access token has expired.");
            case NO_PERMISSION -> TikTokComplaint.unauthorised(40130, "The scope is not authorised.");
            case WRONG_PIXEL -> TikTokComplaint.of(40001, "No permission to operate the event source " + pixel);
        };
    }

    private static Judgement notFound(String path) {
        return new Judgement.Refused(
                Reply.text(404, "text/plain", "404 page not found\n"), "404", "no such address: " + path, null);
    }

    private Judgement refuse(TikTokComplaint complaint) {
        return new Judgement.Refused(
                replies.refused(complaint), Integer.toString(complaint.code()), complaint.message(), null);
    }

    @Override
    public Reply faultReply(Fault fault, Call call) {
        return replies.fault(fault);
    }

    /** TikTok says that a part was taken and not which. */
    @Override
    public Judgement.Accepted disturbed(Judgement.Accepted whole, Fault fault, Call call) {
        if (fault.mode() != Fault.Mode.PARTIAL) {
            return whole; // TikTok processes at once
        }
        Integer wanted = fault.eventsReceived();
        int taken = wanted == null
                ? whole.events().size()
                : Math.min(wanted, whole.events().size());
        return new Judgement.Accepted(replies.takenInPart(), whole.events().subList(0, taken));
    }

    @Override
    public int learn(JsonNode plain) {
        return known.learn(plain);
    }

    @Override
    public void forget() {
        known.forget();
    }
}
