package kembali.sandbox.s2s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kembali.sandbox.Arrival;
import kembali.sandbox.Call;
import kembali.sandbox.Fault;
import kembali.sandbox.Json;
import kembali.sandbox.Judgement;
import kembali.sandbox.Reply;
import kembali.sandbox.StandIn;
import org.jspecify.annotations.Nullable;

/** Targets of S2S postbacks; each answers {@code OK} unless it was told otherwise. */
public final class S2sStandIn implements StandIn {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern TARGET = Pattern.compile("/s2s/([A-Za-z0-9_-]{1,64})(?:/.*)?");

    /** What a template looks like where a macro was not filled; of {@code %x%} only capitals are meant as one. */
    private static final Pattern UNFILLED =
            Pattern.compile("\\$?\\{\\{?[^{}]*\\}?\\}|\\[[A-Z_]+\\]|__[A-Z_]+__|##[^#]+##|%[A-Z_]{3,}%");

    private static final int MOST_PARAMETERS = 200;

    /**
     * What one target answers instead of {@code OK}.
     *
     * @param location where it redirects to; null for nowhere
     */
    private record Manner(int status, String body, @Nullable String location) {}

    private final Map<String, Manner> manners = new ConcurrentHashMap<>();

    @Override
    public String platform() {
        return "s2s";
    }

    @Override
    public boolean serves(String path) {
        return TARGET.matcher(path).matches();
    }

    @Override
    public @Nullable String pixelOf(Call call) {
        Matcher target = TARGET.matcher(call.path());
        return target.matches() ? target.group(1) : null;
    }

    /** A postback is mostly a GET, and does something all the same. */
    @Override
    public boolean reads(Call call) {
        return call.method().equals("HEAD");
    }

    @Override
    public Judgement judge(Call call) {
        String target = String.valueOf(pixelOf(call));
        if (call.method().equals("HEAD")) {
            return new Judgement.Looked(text(200, ""));
        }
        if (!call.method().equals("GET") && !call.method().equals("POST")) {
            return refused(405, "method not allowed");
        }
        Map<String, String> parameters;
        try {
            parameters = parameters(call);
        } catch (IllegalArgumentException | JsonProcessingException unreadable) {
            return refused(400, "unreadable parameters");
        }
        if (parameters.isEmpty() || parameters.size() > MOST_PARAMETERS) {
            return refused(400, parameters.isEmpty() ? "missing parameters" : "too many parameters");
        }
        for (Map.Entry<String, String> each : parameters.entrySet()) {
            if (UNFILLED.matcher(each.getValue()).matches()) {
                return refused(400, "unfilled macro in " + each.getKey());
            }
        }
        Manner manner = manners.get(target);
        if (manner == null) {
            return new Judgement.Accepted(text(200, "OK"), List.of(arrival(target, call, parameters)));
        }
        Reply reply = text(manner.status, manner.body);
        if (manner.location != null) {
            return new Judgement.Refused(
                    reply.with(Map.of("Location", manner.location)),
                    Integer.toString(manner.status),
                    "redirected",
                    null);
        }
        return manner.status < 300
                ? new Judgement.Accepted(reply, List.of(arrival(target, call, parameters)))
                : new Judgement.Refused(reply, Integer.toString(manner.status), "told to refuse", null);
    }

    /** Query and body together; of both the body counts. */
    private static Map<String, String> parameters(Call call) throws JsonProcessingException {
        Map<String, String> all = new LinkedHashMap<>(call.query());
        if (!call.method().equals("POST") || call.body().length == 0) {
            return all;
        }
        switch (call.mediaType()) {
            case "application/x-www-form-urlencoded" ->
                all.putAll(Call.form(new String(call.body(), StandardCharsets.UTF_8)));
            case "application/json" -> {
                if (!(call.json() instanceof ObjectNode object)) {
                    throw new IllegalArgumentException("no object");
                }
                object.properties().forEach(member -> all.put(member.getKey(), text(member.getValue())));
            }
            default -> throw new IllegalArgumentException("no form and no JSON");
        }
        return all;
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static Arrival arrival(String target, Call call, Map<String, String> parameters) {
        String at = first(parameters, "event_time", "t", "time");
        return new Arrival(
                target,
                orElse(first(parameters, "e", "event", "status", "goal", "type"), "postback"),
                first(parameters, "event_id", "eid", "tid"),
                at != null && at.matches("\\d{1,11}") ? Instant.ofEpochSecond(Long.parseLong(at)) : call.receivedAt(),
                amount(first(parameters, "payout", "sum", "amount", "value")),
                first(parameters, "currency", "cur"),
                call.method().toLowerCase(Locale.ROOT),
                List.copyOf(parameters.keySet()),
                List.of(),
                List.of(),
                parameters.get("test"),
                Json.bytes(parameters));
    }

    private static @Nullable String first(Map<String, String> parameters, String... names) {
        for (String name : names) {
            String value = parameters.get(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }

    private static String orElse(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }

    private static @Nullable BigDecimal amount(@Nullable String text) {
        try {
            return text == null ? null : new BigDecimal(text);
        } catch (NumberFormatException notOne) {
            return null;
        }
    }

    @Override
    public Reply faultReply(Fault fault, Call call) {
        Integer status = fault.status();
        if (fault.mode() == Fault.Mode.THROTTLE) {
            Integer after = fault.retryAfterSeconds();
            Reply reply = text(status == null ? 429 : status, "slow down");
            return after != null && after == 0
                    ? reply
                    : reply.with(Map.of("Retry-After", Integer.toString(after == null ? 60 : after)));
        }
        boolean revoked = fault.mode() == Fault.Mode.REVOKE;
        return text(status != null ? status : revoked ? 403 : 503, revoked ? "unknown key" : "temporarily unavailable");
    }

    /** Such a server takes one conversion or none. */
    @Override
    public Judgement.Accepted disturbed(Judgement.Accepted whole, Fault fault, Call call) {
        return whole;
    }

    @Override
    public int learn(JsonNode plain) {
        return 0; // nothing is hashed
    }

    @Override
    public void forget() {}

    /** {@code {"target":"t1","status":302,"body":"","location":"https://…"}}; without a status it answers OK again. */
    @Override
    public ObjectNode instruct(ObjectNode instructions) {
        for (Map.Entry<String, JsonNode> member : instructions.properties()) {
            if (!List.of("target", "status", "body", "location").contains(member.getKey())) {
                throw new IllegalArgumentException(
                        "s2s knows target, status, body and location, not " + member.getKey());
            }
        }
        String target = instructions.path("target").asText("");
        if (!NAME.matcher(target).matches()) {
            throw new IllegalArgumentException("target names a target, as after /s2s/");
        }
        JsonNode status = instructions.path("status");
        if (status.isMissingNode()) {
            manners.remove(target);
        } else if (!status.isInt() || status.intValue() < 200 || status.intValue() > 599) {
            throw new IllegalArgumentException("status must be 200 to 599");
        } else {
            manners.put(
                    target,
                    new Manner(
                            status.intValue(),
                            instructions.path("body").asText(""),
                            instructions.path("location").textValue()));
        }
        return instructions;
    }

    @Override
    public void reset() {
        manners.clear();
    }

    private static Judgement refused(int status, String reason) {
        return new Judgement.Refused(text(status, reason), Integer.toString(status), reason, null);
    }

    private static Reply text(int status, String body) {
        return Reply.text(status, "text/plain", body);
    }
}
