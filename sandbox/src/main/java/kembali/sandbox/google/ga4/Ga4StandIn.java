package kembali.sandbox.google.ga4;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kembali.sandbox.Arrival;
import kembali.sandbox.Call;
import kembali.sandbox.Fault;
import kembali.sandbox.Json;
import kembali.sandbox.Judgement;
import kembali.sandbox.LeftOut;
import kembali.sandbox.Reply;
import kembali.sandbox.SandboxOptions;
import kembali.sandbox.StandIn;
import kembali.sandbox.Tokens;
import kembali.sandbox.google.GoogleKnown;
import kembali.sandbox.google.ga4.Ga4Findings.Code;
import kembali.sandbox.google.ga4.Ga4Findings.Finding;
import org.jspecify.annotations.Nullable;

/** {@code www.google-analytics.com} and its regions. The pixel is the measurement id. */
public final class Ga4StandIn implements StandIn {
    private static final String COLLECT = "/mp/collect";
    private static final String DEBUG = "/debug/mp/collect";
    private static final String STRICT = "ENFORCE_RECOMMENDATIONS";

    private final SandboxOptions options;
    private final Tokens tokens;
    private final GoogleKnown known;

    /** A stand-in that asks {@code tokens} about the API secret. */
    public Ga4StandIn(SandboxOptions options, Tokens tokens, GoogleKnown known) {
        this.options = options;
        this.tokens = tokens;
        this.known = known;
    }

    @Override
    public String platform() {
        return "ga4";
    }

    @Override
    public boolean serves(String path) {
        return path.equals(COLLECT) || path.equals(DEBUG);
    }

    @Override
    public @Nullable String pixelOf(Call call) {
        return call.query().get("measurement_id");
    }

    @Override
    public Judgement judge(Call call) {
        boolean debug = call.path().equals(DEBUG);
        JsonNode behaviour = peek(call).path("validation_behavior");
        Ga4Findings findings = new Ga4Findings(behaviour.asText().equals(STRICT));
        address(call, debug, findings);
        ObjectNode body = Ga4Call.body(call, findings);
        List<Ga4Event> events = new ArrayList<>();
        Ga4UserData userData = new Ga4UserData(List.of(), List.of());
        if (!body.isEmpty() || findings.callLost() == null) {
            Ga4Call.check(body, call.receivedAt(), options.futureTolerance(), findings);
            userData = Ga4Call.userData(body, known, findings);
            events = events(body.path("events"), call.receivedAt(), findings);
        }
        if (debug) {
            return new Judgement.Looked(validation(findings));
        }
        if (!behaviour.isMissingNode()) {
            findings.flaw(-1, "validation_behavior", Code.UNSEEN, "validation_behavior", "leave it out in production");
        }
        return taken(call, body, userData, events, findings);
    }

    private void address(Call call, boolean debug, Ga4Findings findings) {
        if (!call.method().equals("POST")) {
            findings.lostCall("method", Code.UNSEEN, "", "events travel by POST, not " + call.method());
        }
        String measurement = call.query().getOrDefault("measurement_id", "");
        if (call.query().containsKey("firebase_app_id")) {
            findings.lostCall("app_stream", Code.UNSEEN, "firebase_app_id", "app streams are not served");
        } else if (!measurement.matches("G-[A-Z0-9]{4,}")) {
            findings.lostCall(
                    "measurement_id", Code.UNSEEN, "measurement_id", "measurement_id is '" + measurement + "'");
        }
        if (debug) {
            return; // the validation server does not look at the secret
        }
        String secret = call.query().get("api_secret");
        if (secret == null || secret.isBlank()) {
            findings.lostCall("api_secret_missing", Code.UNSEEN, "api_secret", "api_secret is missing");
        } else if (tokens.standing(secret, measurement, each -> true) != Tokens.Standing.GOOD) {
            findings.lostCall("api_secret_wrong", Code.UNSEEN, "api_secret", "api_secret is not of this stream");
        }
    }

    private List<Ga4Event> events(JsonNode events, Instant now, Ga4Findings findings) {
        List<Ga4Event> read = new ArrayList<>();
        if (!events.isArray() || events.isEmpty()) {
            findings.lostCall("events_missing", Code.VALUE_REQUIRED, "events", "events must hold 1 to 25 events");
            return read;
        }
        if (events.size() > Ga4Call.MOST_EVENTS) {
            findings.lostCall("too_many_events", Code.EXCEEDED_MAX_ENTITIES, "events", "at most 25 events");
        }
        for (int i = 0; i < events.size(); i++) {
            Ga4Event event = new Ga4Event(i, events.get(i), findings);
            event.check(now, options.futureTolerance());
            read.add(event);
        }
        return read;
    }

    private Judgement taken(
            Call call, ObjectNode body, Ga4UserData userData, List<Ga4Event> events, Ga4Findings findings) {
        String pixelId = pixelOf(call);
        Finding all = findings.callLost();
        List<Arrival> kept = new ArrayList<>();
        List<LeftOut> lost = new ArrayList<>();
        if (all != null && events.isEmpty()) {
            lost.add(new LeftOut(pixelId, null, all.word(), all.description(), false));
        }
        List<byte[]> raw = events.isEmpty() ? List.of() : Json.slices(call.body(), "events");
        for (Ga4Event event : events) {
            Finding why = all == null ? findings.eventLost(event.index()) : all;
            if (why != null || pixelId == null) {
                String word = why == null ? "measurement_id" : why.word();
                lost.add(new LeftOut(pixelId, event.name(), word, why == null ? word : why.description(), false));
            } else {
                kept.add(arrival(pixelId, call, body, userData, event, raw.get(event.index()), findings));
            }
        }
        return new Judgement.Accepted(noContent(), kept, lost);
    }

    private static Arrival arrival(
            String pixelId,
            Call call,
            ObjectNode body,
            Ga4UserData userData,
            Ga4Event event,
            byte[] raw,
            Ga4Findings findings) {
        JsonNode value = event.params().path("value");
        JsonNode currency = event.params().path("currency");
        JsonNode debug = event.params().path("debug_mode");
        return new Arrival(
                pixelId,
                event.name(),
                identity(body, event),
                time(body, event, call.receivedAt()),
                value.isNumber() ? value.decimalValue() : null,
                currency.isTextual() ? currency.textValue() : null,
                body.path("client_id").asText(),
                userData.keys(),
                userData.recognised(),
                findings.warnings(event.index()),
                debug.isMissingNode() ? null : "debug_mode",
                raw);
    }

    /** What makes a repetition a repetition; null when nothing does. */
    private static @Nullable String identity(ObjectNode body, Ga4Event event) {
        for (String name : List.of("transaction_id", "event_id")) {
            String id = event.params().path(name).asText();
            if (!id.isEmpty()) {
                return id;
            }
        }
        JsonNode time = stamp(body, event);
        return time.isMissingNode() ? null : body.path("client_id").asText() + "@" + time.asText();
    }

    /** The event's own time goes before the call's. */
    private static JsonNode stamp(ObjectNode body, Ga4Event event) {
        JsonNode own = event.json().path("timestamp_micros");
        return own.isMissingNode() ? body.path("timestamp_micros") : own;
    }

    /** When GA4 takes an event to have happened: never over 72 hours ago. */
    private static Instant time(ObjectNode body, Ga4Event event, Instant now) {
        BigInteger micros = Ga4Call.micros(stamp(body, event));
        if (micros == null) {
            return now;
        }
        Instant oldest = now.minus(Ga4Call.BACKDATING);
        Instant said = Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS);
        return said.isBefore(oldest) ? oldest : said;
    }

    private static JsonNode peek(Call call) {
        try {
            return call.json();
        } catch (JsonProcessingException unreadable) {
            return Json.MAPPER.missingNode();
        }
    }

    private static Reply validation(Ga4Findings findings) {
        ObjectNode answer = Json.MAPPER.createObjectNode();
        ArrayNode messages = answer.putArray("validationMessages");
        for (Finding each : findings.messages()) {
            messages.addObject()
                    .put("fieldPath", each.path())
                    .put("description", each.description())
                    .put("validationCode", each.code().name());
        }
        return Reply.json(200, Json.bytes(answer));
    }

    private static Reply noContent() {
        return Reply.text(204, "text/plain", "");
    }

    @Override
    public Reply faultReply(Fault fault, Call call) {
        return switch (fault.mode()) {
            case REVOKE -> noContent(); // a secret that was deleted is not told
            case THROTTLE -> {
                Reply reply = Reply.text(fault.status() == null ? 429 : fault.status(), "text/plain", "");
                int wait = fault.retryAfterSeconds() == null ? 60 : fault.retryAfterSeconds();
                yield wait == 0 ? reply : reply.with(Map.of("Retry-After", Integer.toString(wait)));
            }
            default -> Reply.text(fault.status() == null ? 503 : fault.status(), "text/plain", "");
        };
    }

    /** {@code partial} throws the events after the first {@code eventsReceived} away without a word. */
    @Override
    public Judgement.Accepted disturbed(Judgement.Accepted whole, Fault fault, Call call) {
        if (fault.mode() != Fault.Mode.PARTIAL) {
            return whole;
        }
        int kept = Math.min(
                fault.eventsReceived() == null ? 0 : fault.eventsReceived(),
                whole.events().size());
        List<LeftOut> lost = new ArrayList<>(whole.leftOut());
        String word = fault.reason() == null ? "on_demand" : fault.reason();
        for (Arrival each : whole.events().subList(kept, whole.events().size())) {
            lost.add(new LeftOut(each.pixelId(), each.event(), word, "swallowed on demand of the sandbox", false));
        }
        return new Judgement.Accepted(whole.reply(), whole.events().subList(0, kept), lost);
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
