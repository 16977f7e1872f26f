package kembali.sandbox.google.datamanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kembali.sandbox.Call;
import kembali.sandbox.Fault;
import kembali.sandbox.Json;
import kembali.sandbox.Judgement;
import kembali.sandbox.Ledger;
import kembali.sandbox.Reply;
import kembali.sandbox.SandboxOptions;
import kembali.sandbox.StandIn;
import kembali.sandbox.Tokens;
import kembali.sandbox.google.GoogleAccounts;
import kembali.sandbox.google.GoogleError;
import kembali.sandbox.google.GoogleKnown;
import kembali.sandbox.google.WireMessage;
import org.jspecify.annotations.Nullable;

/**
 * {@code datamanager.googleapis.com}: token, access, body, rules, in this order. The pixel is the
 * conversion action (or measurement id) of the first destination.
 */
public final class DataManagerStandIn implements StandIn {
    private static final String INGEST = "/v1/events:ingest";
    private static final String STATUS = "/v1/requestStatus:retrieve";
    private static final String SCOPE = "https://www.googleapis.com/auth/datamanager";

    private final SandboxOptions options;
    private final Tokens tokens;
    private final GoogleKnown known;
    private final GoogleAccounts accounts;
    private final Processing processing = new Processing();
    private final Set<String> seen = new HashSet<>();

    /** A stand-in that forgets its requests when {@code ledger} is cleared. */
    public DataManagerStandIn(
            SandboxOptions options, Tokens tokens, Ledger ledger, GoogleKnown known, GoogleAccounts accounts) {
        this.options = options;
        this.tokens = tokens;
        this.known = known;
        this.accounts = accounts;
        ledger.onClear(() -> {
            processing.clear();
            synchronized (seen) {
                seen.clear();
            }
        });
    }

    @Override
    public String platform() {
        return "google_data_manager";
    }

    @Override
    public boolean serves(String path) {
        return path.equals(INGEST) || path.equals(STATUS);
    }

    @Override
    public @Nullable String pixelOf(Call call) {
        if (!call.path().equals(INGEST)) {
            return null;
        }
        try {
            JsonNode id = call.json().path("destinations").path(0).path("productDestinationId");
            return id.isTextual() ? id.textValue() : null;
        } catch (JsonProcessingException unreadable) {
            return null;
        }
    }

    @Override
    public Judgement judge(Call call) {
        GoogleError access = access(call, accountOf(call));
        if (access != null) {
            return refuse(access);
        }
        if (call.path().equals(STATUS)) {
            return call.method().equals("GET") ? status(call) : refuse(new GoogleError(404, "Method not found."));
        }
        if (!call.method().equals("POST")) {
            return refuse(new GoogleError(404, "Method not found."));
        }
        return ingest(call);
    }

    /** The account a call acts on; empty when it names none. */
    private static String accountOf(Call call) {
        try {
            JsonNode destination = call.json().path("destinations").path(0);
            return destination.path("operatingAccount").path("accountId").asText();
        } catch (JsonProcessingException unreadable) {
            return "";
        }
    }

    /** What keeps the caller out, or null. */
    private @Nullable GoogleError access(Call call, String accountId) {
        String token = call.bearer();
        if (token != null && token.contains("disabled")) {
            return denied("SERVICE_DISABLED", "googleapis.com", "Data Manager API has not been used in this project.");
        }
        return switch (tokens.standing(token, accountId, SCOPE, call.receivedAt())) {
            case GOOD -> null;
            case MALFORMED, EXPIRED, REVOKED -> unauthenticated(token);
            case NO_PERMISSION ->
                denied(
                        "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                        "googleapis.com",
                        "Request had insufficient authentication scopes.");
            case WRONG_PIXEL -> denied("PERMISSION_DENIED", Violations.DOMAIN, "The caller does not have permission");
        };
    }

    private static GoogleError unauthenticated(@Nullable String token) {
        String reason = token == null ? "CREDENTIALS_MISSING" : "ACCESS_TOKEN_EXPIRED";
        return new GoogleError(
                        401,
                        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or"
                                + " other valid authentication credential.")
                .because(reason, "googleapis.com");
    }

    private static GoogleError denied(String reason, String domain, String message) {
        return new GoogleError(403, message).because(reason, domain);
    }

    private Judgement ingest(Call call) {
        JsonNode json;
        try {
            json = call.json();
        } catch (JsonProcessingException wrong) {
            return refuse(new GoogleError(400, "Invalid JSON payload received. " + wrong.getOriginalMessage()));
        }
        List<WireMessage.Slip> slips = new ArrayList<>();
        ObjectNode request = IngestMessage.REQUEST.read(json, slips);
        if (!slips.isEmpty()) {
            return unreadable(slips);
        }
        Violations violations = new Violations();
        Ingest ingest = new Ingest(request, call, options.futureTolerance(), known, accounts, violations);
        ingest.check();
        if (!violations.none()) {
            String reason = violations.first().reason();
            String detail =
                    violations.first().field() + ": " + violations.first().description();
            return new Judgement.Refused(
                    violations.error(processing.newId()).reply(), reason, detail, ingest.eventWord());
        }
        String requestId = processing.newId();
        Reply reply = taken(requestId, ingest.fieldWarnings());
        if (ingest.validateOnly()) {
            return new Judgement.Looked(reply);
        }
        synchronized (seen) {
            ingest.process(seen);
        }
        processing.take(requestId, ingest.shares());
        return new Judgement.Accepted(reply, ingest.arrivals());
    }

    private Judgement unreadable(List<WireMessage.Slip> slips) {
        WireMessage.Slip first = slips.getFirst();
        if (slips.stream().allMatch(WireMessage.Slip::wrongChoice)) {
            Violations violations = new Violations();
            slips.forEach(slip -> violations.add(Ingest.place(slip.path()), "INVALID_ENUM_VALUE", slip.sentence()));
            return new Judgement.Refused(
                    violations.error(processing.newId()).reply(), "INVALID_ENUM_VALUE", first.sentence(), null);
        }
        return new Judgement.Refused(GoogleError.unreadable(slips).reply(), "INVALID_ARGUMENT", first.sentence(), null);
    }

    private static Reply taken(String requestId, ArrayNode fieldWarnings) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("requestId", requestId);
        if (!fieldWarnings.isEmpty()) {
            body.set("fieldWarnings", fieldWarnings);
        }
        return Reply.json(200, Json.bytes(body));
    }

    private Judgement status(Call call) {
        String requestId = call.query().getOrDefault("requestId", "");
        ObjectNode status = processing.look(requestId);
        if (status != null) {
            return new Judgement.Looked(Reply.json(200, Json.bytes(status)));
        }
        Violations violations = new Violations();
        boolean missing = requestId.isEmpty();
        violations.add(
                "request_id",
                missing ? "REQUIRED_FIELD_MISSING" : "INVALID_REQUEST_ID",
                missing ? "Required field is missing." : "There is no status of request " + requestId + ".");
        return new Judgement.Refused(
                violations.error(processing.newId()).reply(),
                violations.first().reason(),
                violations.first().description(),
                null);
    }

    private static Judgement refuse(GoogleError error) {
        return new Judgement.Refused(error.reply(), error.word(), error.message(), null);
    }

    @Override
    public Reply faultReply(Fault fault, Call call) {
        if (fault.mode() == Fault.Mode.REVOKE) {
            return unauthenticated("revoked").reply();
        }
        if (fault.mode() == Fault.Mode.THROTTLE) {
            return throttled(fault);
        }
        String reason = fault.reason();
        int status = fault.status() == null ? (reason == null ? 503 : 400) : fault.status();
        if (status == 400 && reason != null) {
            int index = fault.index() == null ? 0 : fault.index();
            String description = "Failure on demand of the sandbox.";
            Violations.Violation one = new Violations.Violation("events.events[" + index + "]", reason, description);
            return Violations.error(400, processing.newId(), List.of(one)).reply();
        }
        String usual = status == 503 ? "UNAVAILABLE" : status == 504 ? "DEADLINE_EXCEEDED" : "INTERNAL_ERROR";
        return new GoogleError(status, "Failure on demand of the sandbox.")
                .because(reason == null ? usual : reason, Violations.DOMAIN)
                .reply();
    }

    private static Reply throttled(Fault fault) {
        int status = fault.status() == null ? 429 : fault.status();
        int wait = fault.retryAfterSeconds() == null ? 60 : fault.retryAfterSeconds();
        GoogleError error = new GoogleError(status, "Quota exceeded for quota metric 'Ingest requests'.");
        ObjectNode info = error.rpcDetail("ErrorInfo");
        info.put("reason", fault.reason() == null ? "RESOURCE_EXHAUSTED" : fault.reason());
        info.put("domain", Violations.DOMAIN);
        info.putObject("metadata").put("quota_limit", "IngestRequestsPerMinutePerProject");
        if (wait > 0) {
            error.rpcDetail("RetryInfo").put("retryDelay", wait + "s");
        }
        return error.reply(wait);
    }

    /**
     * {@code partial} warns of a field of the event {@code index} and lets {@code eventsReceived} events
     * (all but one) succeed; {@code slow_processing} keeps the status at {@code PROCESSING}, and with a
     * reason lets all fail.
     */
    @Override
    public Judgement.Accepted disturbed(Judgement.Accepted whole, Fault fault, Call call) {
        ObjectNode body = read(whole.reply());
        String requestId = body.path("requestId").asText();
        if (fault.mode() == Fault.Mode.SLOW_PROCESSING) {
            processing.disturb(requestId, fault.polls(), fault.reason());
            return whole;
        }
        int failing =
                fault.eventsReceived() == null ? 1 : Math.max(0, whole.events().size() - fault.eventsReceived());
        String reason = fault.reason() == null ? "PROCESSING_ERROR_REASON_INVALID_GCLID" : fault.reason();
        processing.fail(requestId, reason, failing);
        int index = fault.index() == null ? 0 : fault.index();
        body.withArrayProperty("fieldWarnings")
                .addObject()
                .put("field", "events.events[" + index + "].custom_variables[0]")
                .put("reason", "WARNING_REASON_CUSTOM_VARIABLE_NOT_ENABLED")
                .put("description", "Warning on demand of the sandbox.");
        return new Judgement.Accepted(Reply.json(200, Json.bytes(body)), whole.events());
    }

    private static ObjectNode read(Reply own) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(own.body());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // written a moment ago
        }
    }

    @Override
    public int learn(JsonNode plain) {
        return known.learn(plain);
    }

    @Override
    public void forget() {
        known.forget();
    }

    /** Takes {@code finish} (a request id, or {@code *}) and what {@link GoogleAccounts#instruct} takes. */
    @Override
    public ObjectNode instruct(ObjectNode instructions) {
        JsonNode finish = instructions.remove("finish");
        ObjectNode answer = accounts.instruct(instructions);
        if (finish != null) {
            answer.put("finished", processing.finish(finish.asText()));
        }
        return answer;
    }

    @Override
    public void reset() {
        accounts.reset();
    }
}
