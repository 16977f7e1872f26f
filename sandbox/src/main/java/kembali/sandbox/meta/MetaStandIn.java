package kembali.sandbox.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kembali.sandbox.Arrival;
import kembali.sandbox.Call;
import kembali.sandbox.Fault;
import kembali.sandbox.Json;
import kembali.sandbox.Judgement;
import kembali.sandbox.Ledger;
import kembali.sandbox.Reply;
import kembali.sandbox.SandboxOptions;
import kembali.sandbox.StandIn;
import kembali.sandbox.Tokens;
import kembali.sandbox.Warning;
import org.jspecify.annotations.Nullable;

/** {@code graph.facebook.com}: version, token, access, body, events, in this order. */
public final class MetaStandIn implements StandIn {
    static final int MAX_EVENTS = 1_000;

    /**
     * A version with a dot is Meta's alone; other platforms write {@code /v23/…}. The second branch catches
     * {@code /events} of a pixel with no version or half of one, so that it is refused rather than not found.
     */
    private static final Pattern PATH =
            Pattern.compile("/(v\\d+\\.\\d+)(?:/([^/]+)(?:/([^/]+))?)?|(?:/v\\d+)?/(\\d+)/events");

    private static final Pattern ID = Pattern.compile("\\d{1,20}");

    private static final Set<String> ENVELOPE_KEYS = Set.of(
            "test_event_code",
            "partner_agent",
            "upload_tag",
            "upload_id",
            "upload_source",
            "namespace_id",
            "platforms",
            "progress",
            "trace",
            "access_token",
            "appsecret_proof");

    private static final Set<String> REMOVED_PARAMETERS = Set.of("pretty", "debug", "date_format");

    private static final List<MetaEvent.Rule> RULES = List.of(
            event -> event.firstOf(MetaEventRules.RULES),
            MetaMessagingRules::check,
            MetaUserDataRules::check,
            MetaCustomDataRules::check,
            MetaMessagingRules::click);

    private final SandboxOptions options;
    private final Tokens tokens;
    private final Ledger ledger;
    private final MetaKnown known = new MetaKnown();
    private final MetaReplies replies = new MetaReplies();

    /** A stand-in that looks into {@code ledger} for what it shows of a pixel. */
    public MetaStandIn(SandboxOptions options, Tokens tokens, Ledger ledger) {
        this.options = options;
        this.tokens = tokens;
        this.ledger = ledger;
    }

    @Override
    public String platform() {
        return "meta";
    }

    @Override
    public boolean serves(String path) {
        return PATH.matcher(path).matches();
    }

    @Override
    public @Nullable String pixelOf(Call call) {
        Matcher path = PATH.matcher(call.path());
        if (!path.matches()) {
            return null;
        }
        return path.group(2) == null ? path.group(4) : path.group(2);
    }

    @Override
    public Judgement judge(Call call) {
        Matcher path = PATH.matcher(call.path());
        if (!path.matches() || path.group(1) == null) {
            return refuse(new MetaComplaint(400, 2500, null, "Unknown path components: " + call.path(), null, null));
        }
        MetaComplaint version = MetaVersions.complaint(path.group(1), call.receivedAt());
        if (version != null) {
            return refuse(version);
        }
        String id = path.group(2);
        String edge = path.group(3);
        if (id == null) {
            return refuse(new MetaComplaint(400, 2500, null, "Unknown path components: " + call.path(), null, null));
        }
        boolean post = call.method().equals("POST");
        if (post && "events".equals(edge)) {
            return events(call, id);
        }
        if (call.method().equals("GET") && edge == null) {
            return node(call, id);
        }
        MetaComplaint access = access(call.bearer(), id);
        return refuse(access != null ? access : unsupported(call.method(), id));
    }

    private Judgement events(Call call, String id) {
        List<Warning> warnings = new ArrayList<>();
        MetaEnvelope envelope;
        try {
            envelope = MetaEnvelope.read(call);
        } catch (MetaEnvelope.Unreadable unreadable) {
            // Access is judged first wherever the token can be known without the body.
            MetaComplaint access = access(call.bearer(), id);
            return refuse(access != null ? access : MetaComplaint.parameter(String.valueOf(unreadable.getMessage())));
        }
        MetaComplaint access = access(token(call, envelope, warnings), id);
        if (access != null) {
            return refuse(access);
        }
        MetaComplaint outside = envelope(call, envelope, warnings);
        List<MetaEnvelope.Item> data = envelope.data();
        if (outside != null || data == null) {
            return refuse(outside != null ? outside : MetaComplaint.parameter("Param data must be an array"));
        }
        if (data.isEmpty() || data.size() > MAX_EVENTS) {
            return refuse(
                    MetaComplaint.parameter("Param data must hold 1 to " + MAX_EVENTS + " events, not " + data.size()));
        }
        JsonNode testCode = envelope.rest().get("test_event_code");
        List<Arrival> arrivals = new ArrayList<>(data.size());
        for (int i = 0; i < data.size(); i++) {
            MetaEnvelope.Item item = data.get(i);
            if (!(item.json() instanceof ObjectNode object) || object.isEmpty()) {
                return refuse(MetaComplaint.parameter("Param $['data'][" + i + "] must be a non-empty object"));
            }
            MetaEvent event = MetaEvent.of(i, object, call.receivedAt(), options.futureTolerance(), known);
            MetaComplaint complaint = event.firstOf(RULES);
            if (complaint != null) {
                String name = object.path("event_name").isTextual() ? event.name() : null;
                return new Judgement.Refused(replies.refused(complaint), complaint.codes(), complaint.reason(), name);
            }
            if (testCode != null && event.name().equals("Purchase")) {
                event.warn("test_purchase", "a test event counts; this Purchase has an amount");
            }
            event.warnings().addAll(warnings);
            arrivals.add(arrival(id, event, item.raw(), testCode == null ? null : testCode.asText()));
        }
        return new Judgement.Accepted(replies.accepted(arrivals.size()), arrivals);
    }

    private static Arrival arrival(String id, MetaEvent event, byte[] raw, @Nullable String testCode) {
        JsonNode eventId = event.json().get("event_id");
        JsonNode value = event.customData().get("value");
        JsonNode currency = event.customData().get("currency");
        return new Arrival(
                id,
                event.name(),
                eventId == null ? null : eventId.textValue(),
                Instant.ofEpochSecond(event.json().get("event_time").longValue()),
                value == null ? null : value.decimalValue(),
                currency == null ? null : currency.textValue(),
                event.actionSource(),
                MetaUserDataRules.matchKeys(event.userData()),
                event.recognised(),
                event.warnings(),
                testCode,
                raw);
    }

    private static @Nullable MetaComplaint envelope(Call call, MetaEnvelope envelope, List<Warning> warnings) {
        for (Map.Entry<String, JsonNode> member : envelope.rest().properties()) {
            String key = member.getKey();
            if (key.equals("data")) {
                continue; // not an array; said by the caller
            }
            if (!ENVELOPE_KEYS.contains(key)) {
                warnings.add(new Warning("unknown_envelope_key", key + " beside data has no meaning"));
            } else if (Shape.SCALAR.complaint(member.getValue(), key) != null) {
                return Shape.SCALAR.complaint(member.getValue(), key);
            }
        }
        for (String name : call.query().keySet()) {
            if (REMOVED_PARAMETERS.contains(name)) {
                warnings.add(new Warning("removed_parameter", name + " was removed from the protocol on 2026-10-27"));
            }
        }
        return null;
    }

    private Judgement node(Call call, String id) {
        MetaComplaint access = access(token(call, null, new ArrayList<>()), id);
        if (access != null) {
            return refuse(access);
        }
        ObjectNode body = Json.MAPPER.createObjectNode();
        String fields = call.query().getOrDefault("fields", "id,name");
        for (String field : fields.split(",", -1)) {
            switch (field.strip()) {
                case "id" -> body.put("id", id);
                case "name" -> body.put("name", "Sandbox pixel " + id);
                case "is_unavailable" -> body.put("is_unavailable", false);
                case "is_consolidated_container" -> body.put("is_consolidated_container", true);
                case "last_fired_time" -> {
                    Instant last = ledger.lastAccepted(platform(), id);
                    if (last != null) {
                        body.put("last_fired_time", last.toString());
                    }
                }
                default -> {
                    return refuse(MetaComplaint.parameter(
                            "Tried accessing nonexisting field (" + field.strip() + ") on node type (AdsPixel)"));
                }
            }
        }
        body.put("id", id); // comes whether asked for or not
        return new Judgement.Looked(Reply.json(200, Json.bytes(body)));
    }

    /** What keeps a token from an object, or null. */
    private @Nullable MetaComplaint access(@Nullable String token, String id) {
        Tokens.Standing standing = tokens.standing(token, id);
        return switch (standing) {
            case MALFORMED ->
                new MetaComplaint(
                        401,
                        190,
                        null,
                        token == null
                                ? "An access token is required to request this resource."
                                : "Invalid OAuth access token - Cannot parse access token",
                        null,
                        null);
            case EXPIRED ->
                new MetaComplaint(400, 190, 463, "Error validating access token: the session has expired.", null, null);
            case REVOKED ->
                new MetaComplaint(
                        400,
                        190,
                        460,
                        "Error validating access token: the session was invalidated because the password changed.",
                        null,
                        null);
            case NO_PERMISSION ->
                token != null && token.contains("noperm200")
                        ? new MetaComplaint(403, 200, null, "(#200) Permissions error", null, null)
                        : new MetaComplaint(
                                403, 10, null, "(#10) This application has no permission for this action", null, null);
            case WRONG_PIXEL -> unsupported("POST", id);
            case GOOD -> ID.matcher(id).matches() ? null : alias(id);
        };
    }

    private static MetaComplaint alias(String id) {
        return new MetaComplaint(
                404, 803, null, "(#803) Some of the aliases you requested do not exist: " + id, null, null);
    }

    private static MetaComplaint unsupported(String method, String id) {
        return new MetaComplaint(
                400,
                100,
                33,
                "Unsupported " + method.toLowerCase(Locale.ROOT) + " request. Object with ID '" + id
                        + "' does not exist, cannot be loaded due to missing permissions, or does not support this"
                        + " operation",
                null,
                null);
    }

    private static @Nullable String token(Call call, @Nullable MetaEnvelope envelope, List<Warning> warnings) {
        String bearer = call.bearer();
        if (bearer != null) {
            return bearer;
        }
        String query = call.query().get("access_token");
        if (query != null) {
            warnings.add(new Warning("token_in_query", "the token stands in the URL, where logs keep it"));
            return query;
        }
        JsonNode member = envelope == null ? null : envelope.rest().get("access_token");
        if (member != null && member.isTextual()) {
            warnings.add(new Warning("token_in_body", "the token stands in the body, where logs may keep it"));
            return member.textValue();
        }
        return null;
    }

    private Judgement refuse(MetaComplaint complaint) {
        return new Judgement.Refused(replies.refused(complaint), complaint.codes(), complaint.reason(), null);
    }

    @Override
    public Reply faultReply(Fault fault, Call call) {
        String pixelId = pixelOf(call);
        return replies.fault(fault, pixelId == null ? "0" : pixelId);
    }

    @Override
    public Judgement.Accepted disturbed(Judgement.Accepted whole, Fault fault, Call call) {
        if (fault.mode() != Fault.Mode.PARTIAL) {
            return whole; // processed at once
        }
        int sent = whole.events().size();
        Integer wanted = fault.eventsReceived();
        if (wanted == null) {
            return new Judgement.Accepted(
                    replies.taken(sent, "Some events need review (on demand of the sandbox)"), whole.events());
        }
        int taken = Math.min(wanted, sent);
        return new Judgement.Accepted(replies.taken(taken, null), whole.events().subList(0, taken));
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
