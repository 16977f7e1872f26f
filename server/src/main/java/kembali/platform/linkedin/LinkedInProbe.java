package kembali.platform.linkedin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import kembali.identity.Sha256;
import kembali.platform.Outcome;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.ProbeResult;
import kembali.platform.ProbeStep;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.TokenAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Test Connection. First the account's conversion rules are listed, if the token may, and compared with the settings.
 * Then an event that is 200 days old is sent: LinkedIn has no test mode, but refuses such an event for its age and
 * records nothing, which proves that the token may send. Where the list was refused, one such event is sent per id.
 */
final class LinkedInProbe {
    private static final Duration STALE = Duration.ofDays(200);
    private static final int PAGE = 100;

    /** More rules than this no account has. */
    private static final int MOST_PAGES = 50;

    private static final int MOST_SHOWN = 10;
    private static final String METHOD = "CONVERSIONS_API";

    private final LinkedInSettings settings;
    private final LinkedInReplyReader reader;
    private final LinkedInTokens tokens;
    private final String endpoint;
    private final Map<String, String> headers;
    private final Function<String, PlatformRequest> event;
    private final Map<String, String> categoryById = new LinkedHashMap<>();

    /**
     * @param headers of a question
     * @param event makes the request for one event's JSON
     */
    LinkedInProbe(
            LinkedInSettings settings,
            LinkedInReplyReader reader,
            LinkedInTokens tokens,
            String endpoint,
            Map<String, String> headers,
            Function<String, PlatformRequest> event) {
        this.settings = settings;
        this.reader = reader;
        this.tokens = tokens;
        this.endpoint = endpoint;
        this.headers = headers;
        this.event = event;
        new TreeMap<>(settings.conversionIds()).forEach((category, id) -> categoryById.put(id, category));
    }

    ProbeStep begin(Instant now) {
        return list(now, 0, new LinkedHashMap<>());
    }

    /** A conversion rule of the account. */
    private record Rule(String id, String name, String type, boolean enabled, String method) {
        static Rule of(JsonNode json) {
            return new Rule(
                    json.path("id").asText(),
                    json.path("name").asText(),
                    json.path("type").asText(),
                    json.path("enabled").asBoolean(false),
                    json.path("conversionMethod").asText());
        }

        boolean takesEvents() {
            return enabled && method.equals(METHOD);
        }

        String shown() {
            return id + " (" + (name.isBlank() ? "" : name + ", ") + type + ")";
        }
    }

    private ProbeStep list(Instant now, int start, Map<String, Rule> known) {
        URI uri = URI.create(endpoint + "/rest/conversions?q=account&account=urn%3Ali%3AsponsoredAccount%3A"
                + settings.adAccountId() + "&start=" + start + "&count=" + PAGE);
        var request = new PlatformRequest("GET", uri, uri.toString(), headers, "");
        return new ProbeStep.Ask(request, reply -> listed(now, start, known, reply));
    }

    private ProbeStep listed(Instant now, int start, Map<String, Rule> before, PlatformReply reply) {
        JsonNode body = LinkedInWords.object(reply.body());
        if (body != null && mayNotList(reply.status()) && !LinkedInReplyReader.saysVersionMissing(body)) {
            return send(now, List.copyOf(categoryById.keySet()), List.of(), null);
        }
        if (!LinkedInReplyReader.isSuccess(reply) || body == null) {
            return found(failed(reply, body));
        }
        JsonNode elements = body.path("elements");
        if (!elements.isArray()) {
            return found(failed(reply, null));
        }
        Map<String, Rule> known = new LinkedHashMap<>(before);
        for (JsonNode element : elements) {
            Rule rule = Rule.of(element);
            known.put(rule.id, rule);
        }
        if (elements.size() >= PAGE
                && start / PAGE + 1 < MOST_PAGES
                && !known.keySet().containsAll(categoryById.keySet())) {
            return list(now, start + PAGE, known);
        }
        return compared(now, known);
    }

    /** Whether a token that may send is allowed to read the rules is not documented, so a refusal proves nothing. */
    private static boolean mayNotList(int status) {
        return status == 400 || status == 401 || status == 403 || status == 404;
    }

    private ProbeStep compared(Instant now, Map<String, Rule> known) {
        List<Reason> problems = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        List<String> right = new ArrayList<>();
        categoryById.forEach((id, category) -> {
            Rule rule = known.get(id);
            if (rule == null) {
                problems.add(LinkedInReasons.RULE_UNKNOWN.saying(
                        "The ad account has no conversion rule " + id + ", entered for " + category + "."));
            } else if (!rule.enabled) {
                problems.add(LinkedInReasons.RULE_DISABLED.saying(
                        "The conversion rule " + rule.shown() + ", entered for " + category + ", is switched off."));
            } else if (!rule.method.equals(METHOD)) {
                problems.add(LinkedInReasons.RULE_METHOD.saying("The conversion rule " + rule.shown() + ", entered for "
                        + category + ", takes events from " + rule.method + ", not from the Conversions API."));
            } else {
                right.add(id);
                if (LinkedInCatalog.isType(category) && !rule.type.equals(category)) {
                    remarks.add("The rule " + rule.shown() + " serves " + category + " but is of another type.");
                }
            }
        });
        if (!problems.isEmpty()) {
            List<String> usable = known.values().stream()
                    .filter(Rule::takesEvents)
                    .filter(rule -> !categoryById.containsKey(rule.id))
                    .limit(MOST_SHOWN)
                    .map(Rule::shown)
                    .toList();
            return found(failed(
                    problems,
                    usable.isEmpty()
                            ? ""
                            : " Other rules of the account that take events: " + String.join(", ", usable)));
        }
        return send(now, right.subList(0, 1), List.of(), String.join(" ", remarks));
    }

    /**
     * Sends the stale event for the first of the ids.
     *
     * @param problems found so far
     * @param remarks what the list of rules showed; null when it could not be read
     */
    private ProbeStep send(Instant now, List<String> ids, List<Reason> problems, @Nullable String remarks) {
        if (ids.isEmpty()) {
            return found(problems.isEmpty() ? connected(remarks) : failed(problems, ""));
        }
        String id = ids.getFirst();
        String json = "{\"conversion\":\"" + LinkedInSettings.CONVERSION_URN + id + "\",\"conversionHappenedAt\":"
                + now.minus(STALE).toEpochMilli()
                + ",\"eventId\":\"kmb_probe\",\"user\":{\"userIds\":[{\"idType\":\"SHA256_EMAIL\",\"idValue\":\""
                + Sha256.hex("probe@example.com") + "\"}]}}";
        return new ProbeStep.Ask(event.apply(json), reply -> {
            JsonNode body = LinkedInWords.object(reply.body());
            String category = categoryById.getOrDefault(id, "");
            List<Reason> found = new ArrayList<>(problems);
            if (LinkedInReplyReader.isSuccess(reply)) {
                return found(recorded(reply, id, category));
            }
            if (body == null || !isAboutOneRule(reply.status(), body)) {
                ProbeStep renewal = reply.status() == 401 ? renewal(now) : null;
                return renewal != null ? renewal : found(failed(reply, body));
            }
            if (reply.status() == 403) {
                found.add(LinkedInReasons.RULE_UNKNOWN.saying("The conversion rule " + id + ", entered for " + category
                        + ", is unknown or not in an ad account of this access token."));
            } else {
                Reason reason = LinkedInReplyReader.refusal(body);
                if (reason.equals(LinkedInReasons.RULE_DISABLED) || reason.equals(LinkedInReasons.RULE_METHOD)) {
                    found.add(reader.explained(
                            reason.saying(
                                    "LinkedIn refuses the conversion rule " + id + ", entered for " + category + "."),
                            reply));
                }
            }
            return send(now, ids.subList(1, ids.size()), found, remarks);
        });
    }

    /**
     * The token of the settings has ended: whether LinkedIn gives a fresh one for the refresh token, as it will be asked
     * when events are sent. Null when there is none to ask with, or the fresh one is what was refused.
     */
    private @Nullable ProbeStep renewal(Instant now) {
        PlatformRequest request = tokens.given() == null ? null : tokens.request(now);
        if (request == null) {
            return null;
        }
        return ProbeStep.of(request, reply -> switch (tokens.read(reply)) {
            case TokenAnswer.Granted granted ->
                new ProbeResult(
                        true,
                        "connected",
                        "Connected: the access token in the settings is no longer accepted, but LinkedIn gives a fresh"
                                + " one for the refresh token, and events are sent with that. To have the conversion"
                                + " rules checked, too, empty the access token and test again.",
                        "");
            case TokenAnswer.Refused refused -> failed(List.of(refused.failure().reason()), "");
        });
    }

    private static boolean isAboutOneRule(int status, JsonNode body) {
        return (status == 400 || status == 403)
                && LinkedInReplyReader.code(body).isEmpty();
    }

    private static ProbeResult connected(@Nullable String remarks) {
        String rules = remarks == null
                ? " It may not list the account's conversion rules, so the ids could only be tried: none was refused."
                : " All conversion rules exist, are switched on and take events. " + remarks;
        return new ProbeResult(
                true,
                "connected",
                ("Connected: LinkedIn accepts the token." + rules).strip() + " Nothing was recorded.",
                "");
    }

    private ProbeResult recorded(PlatformReply reply, String id, String category) {
        String status = " (HTTP " + reply.status() + ")";
        if (reply.status() != 201 && reply.status() != 200 && reply.status() != 207) {
            return failed(List.of(Reasons.UNREADABLE_ANSWER.saying(Reasons.UNREADABLE_ANSWER.message() + status)), "");
        }
        return new ProbeResult(
                false,
                "probe_recorded",
                "Against its documentation LinkedIn took an event that is 200 days old" + status
                        + ": the probe was recorded for the conversion rule " + id + " (" + category + ").",
                "Please report it: Test Connection must not leave anything behind. Events can be delivered all the same.");
    }

    private ProbeResult failed(PlatformReply reply, @Nullable JsonNode body) {
        if (body == null) {
            Outcome.Failed bare = LinkedInReplyReader.failure(reply.status(), MissingNode.getInstance(), null);
            Reason reason = switch (reply.status()) {
                case 401, 426, 429 -> bare.reason();
                default -> reply.status() >= 500 ? Reasons.PLATFORM_DOWN : Reasons.UNREADABLE_ANSWER;
            };
            return failed(List.of(reason.saying(reason.message() + " (HTTP " + reply.status() + ")")), "");
        }
        Reason reason = reply.status() < 400
                ? Reasons.UNREADABLE_ANSWER
                : LinkedInReplyReader.failure(reply.status(), body, null).reason();
        Reason said = reader.explained(reason, reply);
        return reason.equals(Reasons.RATE_LIMITED)
                ? new ProbeResult(
                        false,
                        said.code(),
                        "LinkedIn can be reached, but does not answer the question now. " + said.message(),
                        "Try again later.")
                : failed(List.of(said), "");
    }

    private static ProbeResult failed(List<Reason> problems, String addition) {
        Reason first = problems.getFirst();
        List<String> messages =
                problems.stream().map(Reason::message).limit(MOST_SHOWN).toList();
        return new ProbeResult(false, first.code(), String.join(" ", messages), first.fix() + addition);
    }

    private static ProbeStep found(ProbeResult result) {
        return new ProbeStep.Found(result);
    }
}
