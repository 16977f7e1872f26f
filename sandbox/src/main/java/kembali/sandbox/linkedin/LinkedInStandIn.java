package kembali.sandbox.linkedin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.jspecify.annotations.Nullable;

/** {@code api.linkedin.com} and {@code www.linkedin.com/oauth}: version, token, body, schema, rules, values, in this order. */
public final class LinkedInStandIn implements StandIn {
    private static final String REST = "/rest/";
    private static final String EVENTS = "/rest/conversionEvents";
    private static final String RULES = "/rest/conversions";
    private static final String ACCOUNTS = "/rest/adAccounts";
    private static final String ACCOUNT_URN = "urn:li:sponsoredAccount:";

    private static final Pattern ONE_RULE = Pattern.compile("/rest/conversions/(\\d{1,18})");
    private static final Pattern URN = Pattern.compile(LinkedInSchema.CONVERSION_URN + "(\\d{1,20})");

    /** Where the first conversion of a request is looked for. */
    private static final int SEARCHED = 64 << 10;

    /** LinkedIn remembers an external id for a year. */
    private static final Duration TAUGHT_FOR = Duration.ofDays(365);

    private static final int MAX_TAUGHT = 500_000;
    private static final int MOST_LINES = 50;

    private final SandboxOptions options;
    private final LinkedInOauth oauth;
    private final LinkedInRules rules = new LinkedInRules();
    private final LinkedInKnown known = new LinkedInKnown();
    private final LinkedInReplies replies = new LinkedInReplies();
    private final Map<String, Instant> taught = new ConcurrentHashMap<>();

    public LinkedInStandIn(SandboxOptions options, Tokens tokens) {
        this.options = options;
        this.oauth = new LinkedInOauth(tokens);
    }

    @Override
    public String platform() {
        return "linkedin";
    }

    @Override
    public boolean serves(String path) {
        return path.startsWith(REST) || path.equals(LinkedInOauth.PATH);
    }

    /** The conversion rule of the path or, as LinkedIn names it there, the first one of the body. */
    @Override
    public @Nullable String pixelOf(Call call) {
        Matcher path = ONE_RULE.matcher(call.path());
        if (path.matches()) {
            return path.group(1);
        }
        if (!call.path().equals(EVENTS)) {
            return null;
        }
        byte[] body = call.body();
        Matcher urn = URN.matcher(new String(body, 0, Math.min(body.length, SEARCHED), StandardCharsets.UTF_8));
        return urn.find() ? urn.group(1) : null;
    }

    @Override
    public Judgement judge(Call call) {
        if (call.path().equals(LinkedInOauth.PATH)) {
            return oauth.judge(call);
        }
        boolean post = call.method().equals("POST");
        boolean get = call.method().equals("GET");
        boolean events = call.path().equals(EVENTS);
        boolean reads = call.path().equals(RULES)
                || call.path().equals(ACCOUNTS)
                || ONE_RULE.matcher(call.path()).matches();
        if (!events && !reads) {
            return refuse(new LinkedInComplaint(
                    404, "RESOURCE_NOT_FOUND", null, "No virtual resource found for " + call.path()));
        }
        if (events ? !post : !get) {
            return refuse(new LinkedInComplaint(
                    405, "METHOD_NOT_ALLOWED", null, call.method() + " is not served for " + call.path()));
        }
        String version = call.header("LinkedIn-Version");
        LinkedInComplaint outside = LinkedInVersions.complaint(version, call.receivedAt());
        if (outside == null) {
            outside = access(call, "");
        }
        if (outside != null || version == null) {
            return refuse(outside == null ? LinkedInComplaint.value("no version") : outside);
        }
        return events ? events(call, version) : read(call);
    }

    private Judgement events(Call call, String version) {
        LinkedInBody body;
        try {
            body = LinkedInBody.read(call);
        } catch (LinkedInBody.Unreadable unreadable) {
            return refuse(unreadable.complaint());
        }
        String lines = schema(body, version);
        if (!lines.isEmpty()) {
            return refuse(LinkedInComplaint.schema(lines));
        }
        List<LinkedInEvent> judged = new ArrayList<>(body.items().size());
        List<LinkedInRules.Rule> ofEvents = new ArrayList<>(body.items().size());
        for (int i = 0; i < body.items().size(); i++) {
            LinkedInEvent event = LinkedInEvent.of(i, body.items().get(i).json());
            LinkedInRules.Rule rule = rules.get(event.conversionId());
            LinkedInComplaint access = rule == null ? LinkedInComplaint.noAccount() : access(call, rule.id());
            if (access != null || rule == null) {
                return refuse(access == null ? LinkedInComplaint.noAccount() : access);
            }
            judged.add(event);
            ofEvents.add(rule);
        }
        List<Arrival> arrivals = new ArrayList<>(judged.size());
        for (int i = 0; i < judged.size(); i++) {
            LinkedInEvent event = judged.get(i);
            LinkedInRules.Rule rule = ofEvents.get(i);
            LinkedInComplaint complaint = event.complaint(rule, call.receivedAt(), options.futureTolerance(), known);
            if (complaint != null) {
                return new Judgement.Refused(
                        replies.refused(complaint), complaint.codes(), complaint.message(), rule.type());
            }
            event.hints();
            externalId(event, call.receivedAt());
            if (!"2.0.0".equals(call.header("X-Restli-Protocol-Version"))) {
                event.warn(
                        "missing_protocol_version", "send X-Restli-Protocol-Version: 2.0.0; documented as mandatory");
            }
            arrivals.add(event.arrival(rule, body.items().get(i).raw()));
        }
        Reply reply = body.batch() ? replies.batch(arrivals.size(), Set.of()) : replies.created();
        return new Judgement.Accepted(reply, arrivals);
    }

    /** All lines about all events, the first of each event with its place when it is one of several. */
    private static String schema(LinkedInBody body, String version) {
        StringBuilder lines = new StringBuilder();
        int count = 0;
        for (int i = 0; i < body.items().size() && count < MOST_LINES; i++) {
            List<String> errors = LinkedInSchema.errors(body.items().get(i).json(), version);
            String before = body.batch() ? "Index: " + i + ", " : "";
            for (String error : errors) {
                lines.append(before).append(error).append('\n');
                before = "";
                count++;
            }
        }
        return lines.toString();
    }

    /** An external id alone finds somebody only after it came with another identifier. */
    private void externalId(LinkedInEvent event, Instant now) {
        String id = event.externalId();
        if (id == null) {
            return;
        }
        if (event.teaches()) {
            if (taught.size() < MAX_TAUGHT) {
                taught.put(id, now);
            }
            return;
        }
        Instant at = taught.get(id);
        if (at == null || at.plus(TAUGHT_FOR).isBefore(now)) {
            event.warn(
                    "fresh_external_id", "externalIds alone, and never sent beside another identifier within a year");
        }
    }

    private Judgement read(Call call) {
        if (rules.closed() || bearer(call).contains("noread")) {
            return refuse(LinkedInComplaint.denied("conversions.FINDER"));
        }
        if (call.path().equals(ACCOUNTS)) {
            List<ObjectNode> accounts = rules.accounts().stream()
                    .map(account -> Json.MAPPER
                            .createObjectNode()
                            .put("id", Long.parseLong(account))
                            .put("name", "Ad account " + account))
                    .toList();
            return page(call, "search", accounts);
        }
        String account = call.query().getOrDefault("account", "");
        if (!account.matches(ACCOUNT_URN + "\\d+")) {
            return refuse(LinkedInComplaint.value("Query parameter 'account' must be a urn:li:sponsoredAccount"));
        }
        String accountId = account.substring(ACCOUNT_URN.length());
        Matcher one = ONE_RULE.matcher(call.path());
        if (!one.matches()) {
            List<ObjectNode> found = rules.of(accountId).stream()
                    .filter(rule -> access(call, rule.id()) == null)
                    .map(rule -> rule.json(accountId))
                    .toList();
            return page(call, "account", found);
        }
        LinkedInRules.Rule rule = rules.get(one.group(1));
        if (rule == null || !rule.isOf(accountId) || access(call, rule.id()) != null) {
            return refuse(new LinkedInComplaint(404, "NOT_FOUND", null, "Conversion " + one.group(1) + " not found"));
        }
        return new Judgement.Looked(replies.json(200, rule.json(accountId)));
    }

    private Judgement page(Call call, String finder, List<ObjectNode> all) {
        int start = number(call, "start", 0);
        int count = number(call, "count", 10);
        if (!finder.equals(call.query().get("q")) || start < 0 || count < 1 || count > 1_000) {
            return refuse(LinkedInComplaint.value("Query parameters: q=" + finder + ", start from 0, count 1 to 1000"));
        }
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode elements = body.putArray("elements");
        all.stream().skip(start).limit(count).forEach(elements::add);
        ObjectNode paging = body.putObject("paging");
        paging.put("start", start).put("count", count).put("total", all.size()).putArray("links");
        return new Judgement.Looked(replies.json(200, body));
    }

    private static int number(Call call, String name, int otherwise) {
        String text = call.query().get(name);
        if (text == null) {
            return otherwise;
        }
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    /** What keeps the call's token from a rule, or null. */
    private @Nullable LinkedInComplaint access(Call call, String ruleId) {
        String token = bearer(call);
        if (token.isEmpty()) {
            return new LinkedInComplaint(401, "EMPTY_ACCESS_TOKEN", 65604, "Empty oauth2 access token");
        }
        return switch (oauth.standing(token, ruleId, call.receivedAt())) {
            case MALFORMED -> new LinkedInComplaint(401, "INVALID_ACCESS_TOKEN", 65600, "Invalid access token");
            case EXPIRED ->
                new LinkedInComplaint(401, "EXPIRED_ACCESS_TOKEN", 65602, "The token used in the request has expired");
            case REVOKED -> LinkedInComplaint.revoked();
            case NO_PERMISSION -> LinkedInComplaint.denied("partnerApiConversionEvents.CREATE");
            // A token tied to some rules passes until it names another one.
            case WRONG_PIXEL -> ruleId.isEmpty() ? null : LinkedInComplaint.noAccount();
            case GOOD -> null;
        };
    }

    private static String bearer(Call call) {
        String token = call.bearer();
        return token == null ? "" : token;
    }

    private Judgement refuse(LinkedInComplaint complaint) {
        return new Judgement.Refused(replies.refused(complaint), complaint.codes(), complaint.message(), null);
    }

    @Override
    public Reply faultReply(Fault fault, Call call) {
        return call.path().equals(LinkedInOauth.PATH) ? oauth.fault(fault) : replies.fault(fault);
    }

    /** A single event is taken or not; of a batch one element is refused, or all after the number asked for. */
    @Override
    public Judgement.Accepted disturbed(Judgement.Accepted whole, Fault fault, Call call) {
        if (fault.mode() != Fault.Mode.PARTIAL || whole.reply().status() != 200) {
            return whole;
        }
        List<Arrival> taken = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        Set<Integer> refused = new HashSet<>();
        for (int i = 0; i < whole.events().size(); i++) {
            Arrival event = whole.events().get(i);
            Integer first = fault.eventsReceived();
            if (first == null ? i == (fault.index() == null ? 0 : fault.index()) : i >= first) {
                refused.add(i);
                leftOut.add(new LeftOut(event.pixelId(), event.event(), "400", LinkedInReplies.ON_DEMAND, true));
            } else {
                taken.add(event);
            }
        }
        return new Judgement.Accepted(replies.batch(whole.events().size(), refused), taken, leftOut);
    }

    @Override
    public int learn(JsonNode plain) {
        return known.learn(plain);
    }

    @Override
    public void forget() {
        known.forget();
    }

    /** Takes {@code conversionRules}; see {@link LinkedInRules}. */
    @Override
    public ObjectNode instruct(ObjectNode instructions) {
        int count = rules.learn(instructions);
        return Json.MAPPER.createObjectNode().put("conversionRules", count);
    }

    @Override
    public void reset() {
        rules.forget();
        taught.clear();
    }
}
