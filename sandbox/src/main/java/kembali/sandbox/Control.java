package kembali.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import kembali.sandbox.Handled.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The control API under {@code /_sandbox}; described in {@code docs/sandbox.md}.
 *
 * <p>Writes must carry {@code Content-Type: application/json}. A web page elsewhere cannot send that
 * without asking first, so it cannot reprogram a sandbox on the visitor's own machine.
 */
final class Control {
    static final String PREFIX = "/_sandbox/";
    private static final String ONE_PLATFORM = "platforms/";
    private static final int LIMIT = 100;

    /** A wish that cannot be granted; the message goes to the caller. */
    private static final class BadRequest extends Exception {
        private static final long serialVersionUID = 1;

        BadRequest(String message) {
            super(message);
        }
    }

    private final Ledger ledger;
    private final Faults faults;
    private final Tokens tokens;
    private final StandIns standIns;

    Control(Ledger ledger, Faults faults, Tokens tokens, StandIns standIns) {
        this.ledger = ledger;
        this.faults = faults;
        this.tokens = tokens;
        this.standIns = standIns;
    }

    Reply answer(Call call) throws IOException {
        try {
            return route(call, call.path().substring(PREFIX.length()));
        } catch (BadRequest wrong) {
            return problem(400, String.valueOf(wrong.getMessage()));
        }
    }

    private Reply route(Call call, String what) throws IOException, BadRequest {
        String method = call.method().equals("HEAD") ? "GET" : call.method();
        if (what.startsWith(ONE_PLATFORM)) {
            return platform(call, what.substring(ONE_PLATFORM.length()));
        }
        return switch (method + " " + what) {
            case "GET received" -> received(call);
            case "DELETE received" -> {
                ledger.clear();
                yield done();
            }
            case "GET requests" -> requests(call);
            case "GET summary" ->
                ok(ControlJson.summary(ledger.summary(), ledger.lean(), number(call, "limit", LIMIT)));
            case "GET platforms" -> ok(Json.MAPPER.valueToTree(platformWords()));
            case "GET faults" -> ok(ControlJson.faults(faults.armed()));
            case "POST faults" -> armFault(call);
            case "DELETE faults" -> disarm(call);
            case "POST known" -> learn(call);
            case "DELETE known" -> {
                standIns.all().forEach(StandIn::forget);
                yield done();
            }
            case "GET tokens" -> ok(Json.MAPPER.createObjectNode().put("programmed", tokens.size()));
            case "POST tokens" -> programToken(call);
            case "DELETE tokens" -> {
                tokens.reset();
                yield done();
            }
            default ->
                Set.of("received", "requests", "summary", "platforms", "faults", "known", "tokens")
                                .contains(what)
                        ? problem(405, call.method() + " is not known for /_sandbox/" + what)
                        : problem(404, "there is no /_sandbox/" + what);
        };
    }

    private Reply platform(Call call, String word) throws IOException, BadRequest {
        for (StandIn each : standIns.all()) {
            if (!each.platform().equals(word)) {
                continue;
            }
            switch (call.method()) {
                case "POST" -> {
                    return instruct(each, body(call, ObjectNode.class));
                }
                case "DELETE" -> {
                    each.reset();
                    return done();
                }
                default -> {
                    return problem(405, call.method() + " is not known for /_sandbox/platforms/" + word);
                }
            }
        }
        return problem(404, "there is no platform " + word + "; one of " + platformWords());
    }

    private static Reply instruct(StandIn standIn, ObjectNode instructions) throws BadRequest {
        try {
            return ok(standIn.instruct(instructions));
        } catch (IllegalArgumentException wrong) {
            throw new BadRequest(String.valueOf(wrong.getMessage()));
        }
    }

    private Reply received(Call call) throws BadRequest {
        String platform = call.query().get("platform");
        String pixelId = call.query().get("pixelId");
        String eventId = call.query().get("eventId");
        String event = call.query().get("event");
        long after = number(call, "after", 0);
        boolean brief = "false".equals(call.query().get("raw"));
        Predicate<Received> wanted = each -> each.seq() > after
                && matches(platform, each.platform())
                && matches(pixelId, each.arrival().pixelId())
                && matches(event, each.arrival().event())
                && matches(eventId, each.arrival().eventId());
        boolean oldestFirst = "asc".equals(call.query().get("order"));
        List<Received> found = ledger.received(wanted, number(call, "limit", LIMIT), oldestFirst);
        return ok(ControlJson.received(found, !brief));
    }

    private Reply requests(Call call) throws BadRequest {
        String platform = call.query().get("platform");
        String pixelId = call.query().get("pixelId");
        int id = number(call, "id", 0);
        int after = number(call, "after", 0);
        Predicate<Handled> wanted = each -> each.id() > after
                && matches(platform, each.platform())
                && matches(pixelId, each.pixelId())
                && (id == 0 || each.id() == id);
        int limit = number(call, "limit", LIMIT);
        String verdict = call.query().get("verdict");
        if (verdict == null) {
            return ok(ControlJson.requests(ledger.requests(wanted, limit)));
        }
        Verdict only = verdict(verdict);
        Predicate<Handled> ofVerdict = wanted.and(each -> each.verdict() == only);
        return ok(ControlJson.requests(
                Ledger.bad(only) ? ledger.refusals(ofVerdict, limit) : ledger.requests(ofVerdict, limit)));
    }

    private static Verdict verdict(String word) throws BadRequest {
        try {
            return Verdict.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new BadRequest("verdict is one of accepted, partly, swallowed, lost, refused, faulted, looked");
        }
    }

    /** Same members as {@link Fault}, all but the mode optional. */
    private record FaultWish(
            @Nullable String platform,
            @Nullable String pixelId,
            Fault.@Nullable Mode mode,
            @Nullable Integer status,
            @Nullable Integer code,
            @Nullable Integer subcode,
            @Nullable Long delayMs,
            @Nullable Integer count,
            @Nullable Double probability,
            @Nullable Integer retryAfterSeconds,
            @Nullable Integer eventsReceived,
            @Nullable String reason,
            @Nullable Integer index,
            @Nullable Integer polls,
            @Nullable Boolean reads) {}

    private Reply armFault(Call call) throws IOException, BadRequest {
        FaultWish wish = body(call, FaultWish.class);
        if (wish.mode() == null) {
            throw new BadRequest(
                    "mode is missing: throttle, fail, slow, lose_answer, reset, html, garbage, partial, down,"
                            + " expire_token, revoke, slow_processing");
        }
        String platform = wish.platform() == null ? "*" : wish.platform();
        if (!platform.equals("*") && !platformWords().contains(platform)) {
            throw new BadRequest("platform is * or one of " + platformWords());
        }
        try {
            Fault fault = new Fault(
                    platform,
                    wish.pixelId() == null ? "*" : wish.pixelId(),
                    wish.mode(),
                    wish.status(),
                    wish.code(),
                    wish.subcode(),
                    wish.delayMs(),
                    wish.count() == null ? 0 : wish.count(),
                    wish.probability() == null ? 1 : wish.probability(),
                    wish.retryAfterSeconds(),
                    wish.eventsReceived(),
                    wish.reason(),
                    wish.index(),
                    wish.polls(),
                    wish.reads() != null && wish.reads());
            int id = faults.arm(fault);
            return Reply.json(201, Json.bytes(ControlJson.fault(new Faults.Armed(id, fault, 0, 0))));
        } catch (IllegalArgumentException outOfRange) {
            throw new BadRequest(String.valueOf(outOfRange.getMessage()));
        }
    }

    private Reply disarm(Call call) throws BadRequest {
        if (!call.query().containsKey("id")) {
            faults.clear();
            return done();
        }
        int id = number(call, "id", 0);
        return faults.disarm(id) ? done() : problem(404, "no fault " + id + " is on");
    }

    private Reply learn(Call call) throws IOException, BadRequest {
        JsonNode plain = body(call, JsonNode.class);
        if (!(plain instanceof ObjectNode object)) {
            throw new BadRequest("send an object such as {\"em\":[\"budi@example.co.id\"]}");
        }
        JsonNode platform = object.remove("platform");
        String only = platform == null ? null : platform.asText();
        int learned = 0;
        try {
            for (StandIn standIn : standIns.all()) {
                if (matches(only, standIn.platform())) {
                    // A value that several platforms learn is still one value.
                    learned = Math.max(learned, standIn.learn(object));
                }
            }
        } catch (IllegalArgumentException wrong) {
            throw new BadRequest(String.valueOf(wrong.getMessage()));
        }
        return ok(Json.MAPPER.createObjectNode().put("learned", learned));
    }

    private record TokenWish(
            @Nullable String token,
            Tokens.@Nullable Standing standing,
            @Nullable Set<String> pixelIds) {}

    private Reply programToken(Call call) throws IOException, BadRequest {
        TokenWish wish = body(call, TokenWish.class);
        if (wish.token() == null || wish.token().isBlank() || wish.standing() == null) {
            throw new BadRequest(
                    "send token and standing: good, malformed, expired, revoked, no_permission, wrong_pixel");
        }
        try {
            tokens.program(wish.token(), wish.standing(), wish.pixelIds() == null ? Set.of() : wish.pixelIds());
        } catch (IllegalArgumentException full) {
            throw new BadRequest(String.valueOf(full.getMessage()));
        }
        return Reply.json(201, Json.bytes(Json.MAPPER.createObjectNode().put("programmed", tokens.size())));
    }

    private List<String> platformWords() {
        List<String> words = new ArrayList<>();
        standIns.all().forEach(each -> words.add(each.platform()));
        return words;
    }

    private static <T> T body(Call call, Class<T> shape) throws IOException, BadRequest {
        if (!call.mediaType().equals("application/json")) {
            throw new BadRequest("send Content-Type: application/json");
        }
        try {
            T read = Json.MAPPER.readValue(call.body(), shape);
            if (read == null) {
                throw new BadRequest("the body must not be null");
            }
            return read;
        } catch (JsonProcessingException wrong) {
            throw new BadRequest(wrong.getOriginalMessage());
        }
    }

    private static int number(Call call, String name, int otherwise) throws BadRequest {
        String text = call.query().get(name);
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException wrong) {
            throw new BadRequest(name + " must be a whole number");
        }
    }

    private static boolean matches(@Nullable String wanted, @Nullable String actual) {
        return wanted == null || wanted.isEmpty() || wanted.equals("*") || wanted.equals(actual);
    }

    private static Reply ok(JsonNode node) {
        return Reply.json(200, Json.bytes(node));
    }

    private static Reply done() {
        return Reply.json(204, new byte[0]);
    }

    private static Reply problem(int status, String message) {
        return Reply.json(status, Json.bytes(Json.MAPPER.createObjectNode().put("error", message)));
    }
}
