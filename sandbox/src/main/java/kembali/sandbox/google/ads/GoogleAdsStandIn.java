package kembali.sandbox.google.ads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kembali.sandbox.Arrival;
import kembali.sandbox.Call;
import kembali.sandbox.Fault;
import kembali.sandbox.Json;
import kembali.sandbox.Judgement;
import kembali.sandbox.Ledger;
import kembali.sandbox.LeftOut;
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
 * {@code googleads.googleapis.com}: version, token, customer, body, rows, in this order. The pixel of
 * an upload is its first conversion action, of other calls the customer.
 */
public final class GoogleAdsStandIn implements StandIn {
    private static final Pattern PATH =
            Pattern.compile("/(v(\\d{1,3}))/customers(?::(\\w+)|/([^/:]+)(?::(\\w+)|/googleAds:(\\w+))?(/.*)?)?");
    private static final String SCOPE = "https://www.googleapis.com/auth/adwords";
    private static final WireMessage SEARCH = new WireMessage()
            .texts("customerId", "query", "pageToken", "summaryRowSetting")
            .ints("pageSize")
            .truths("validateOnly", "returnTotalResultsCount")
            .one(
                    "searchSettings",
                    new WireMessage().truths("omitResults", "returnTotalResultsCount", "returnSummaryRow"));

    private final SandboxOptions options;
    private final Tokens tokens;
    private final GoogleKnown known;
    private final GoogleAccounts accounts;
    private final AdsReplies replies = new AdsReplies();
    private final Uploaded uploaded = new Uploaded();
    private final AdsSearch search;

    /** A stand-in that forgets what was uploaded when {@code ledger} is cleared. */
    public GoogleAdsStandIn(
            SandboxOptions options, Tokens tokens, Ledger ledger, GoogleKnown known, GoogleAccounts accounts) {
        this.options = options;
        this.tokens = tokens;
        this.known = known;
        this.accounts = accounts;
        search = new AdsSearch(accounts);
        ledger.onClear(uploaded::clear);
    }

    @Override
    public String platform() {
        return "google_ads";
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
        if (!"uploadClickConversions".equals(path.group(5))) {
            return path.group(4);
        }
        try {
            String name = call.json()
                    .path("conversions")
                    .path(0)
                    .path("conversionAction")
                    .asText();
            return name.isEmpty() ? path.group(4) : name.substring(name.lastIndexOf('/') + 1);
        } catch (JsonProcessingException unreadable) {
            return path.group(4);
        }
    }

    @Override
    public Judgement judge(Call call) {
        Matcher path = PATH.matcher(call.path());
        if (!path.matches()) {
            return notFound(call);
        }
        String version = path.group(1);
        int number = Integer.parseInt(path.group(2));
        switch (AdsVersions.standing(number, call.receivedAt())) {
            case NEVER_EXISTED -> {
                return notFound(call);
            }
            case ENDED -> {
                return replies.refused(
                        version,
                        AdsError.request(
                                "requestError", "UNSUPPORTED_VERSION", "Version " + version + " is deprecated."));
            }
            case LIVING -> {}
        }
        String customer = path.group(4) == null ? "" : path.group(4);
        AdsError access = access(call, customer);
        if (access != null) {
            return replies.refused(version, access);
        }
        String method = path.group(7) == null ? path.group(3) + "|" + path.group(5) + "|" + path.group(6) : "";
        return switch (call.method() + " " + method) {
            case "GET listAccessibleCustomers|null|null" -> accessible();
            case "POST null|uploadClickConversions|null" -> upload(call, version, customer);
            case "POST null|null|search" -> search(call, version, number, customer, false);
            case "POST null|null|searchStream" -> search(call, version, number, customer, true);
            default -> notFound(call);
        };
    }

    /** What keeps the caller out, or null. */
    private @Nullable AdsError access(Call call, String customer) {
        String token = call.bearer();
        AdsError entry = switch (tokens.standing(token, customer, SCOPE, call.receivedAt())) {
            case GOOD -> null;
            case EXPIRED -> authentication("OAUTH_TOKEN_EXPIRED");
            case REVOKED -> authentication("OAUTH_TOKEN_REVOKED");
            case MALFORMED -> authentication("OAUTH_TOKEN_INVALID");
            case NO_PERMISSION ->
                AdsError.request(
                        "authorizationError",
                        "ACTION_NOT_PERMITTED",
                        "Request had insufficient authentication scopes.");
            case WRONG_PIXEL -> denied();
        };
        if (entry != null || customer.isEmpty()) {
            return entry;
        }
        if (!customer.matches("\\d{1,20}")) {
            return AdsError.request("requestError", "INVALID_CUSTOMER_ID", "Invalid customer ID '" + customer + "'.");
        }
        String login = call.header("login-customer-id");
        if (login != null && !login.matches("\\d{1,20}")) {
            return AdsError.request(
                    "headerError", "INVALID_LOGIN_CUSTOMER_ID", "The login customer ID must be digits only.");
        }
        GoogleAccounts.Account account = accounts.account(customer);
        if (account.manager() != null && !account.manager().equals(login)) {
            return denied();
        }
        return account.enabled()
                ? null
                : AdsError.request("authorizationError", "CUSTOMER_NOT_ENABLED", "The customer is not enabled.");
    }

    private static AdsError authentication(String code) {
        return AdsError.request("authenticationError", code, "The OAuth token is not good: " + code + ".");
    }

    private static AdsError denied() {
        return AdsError.request(
                "authorizationError",
                "USER_PERMISSION_DENIED",
                "User doesn't have permission to access customer. Through a manager, set login-customer-id.");
    }

    private Judgement upload(Call call, String version, String customer) {
        String token = call.bearer();
        GoogleAccounts.Account account = accounts.account(customer);
        if (!account.allowlisted() || (token != null && token.contains("notallowlisted"))) {
            return replies.refused(
                    version,
                    AdsError.request(
                            "notAllowlistedError",
                            "CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE",
                            "Customer is not allowlisted for this feature."));
        }
        ObjectNode request;
        try {
            request = read(call, UploadMessage.REQUEST);
        } catch (Unreadable unreadable) {
            return unreadable.refused();
        }
        Upload upload = new Upload(request, call, options.futureTolerance(), accounts, account, known);
        AdsError whole = upload.requestError();
        if (whole != null) {
            return replies.refused(version, whole);
        }
        upload.check(uploaded);
        ObjectNode body = Json.MAPPER.createObjectNode();
        if (!upload.errors().isEmpty()) {
            body.set("partialFailureError", replies.partialFailure(version, upload.errors()));
        }
        if (upload.validateOnly()) {
            return new Judgement.Looked(Reply.json(200, Json.bytes(body)));
        }
        body.set("results", upload.results());
        body.put("jobId", request.has("jobId") ? request.path("jobId").asText() : replies.jobId());
        return new Judgement.Accepted(Reply.json(200, Json.bytes(body)), upload.arrivals(), upload.leftOut());
    }

    private Judgement search(Call call, String version, int number, String customer, boolean stream) {
        try {
            ObjectNode request = read(call, SEARCH);
            if (request.has("pageSize")) {
                return replies.refused(
                        version,
                        AdsError.request(
                                "requestError", "PAGE_SIZE_NOT_SUPPORTED", "Setting the page size is not supported."));
            }
            ObjectNode answer = search.answer(request.path("query").asText(), customer, number);
            JsonNode body = stream ? Json.MAPPER.createArrayNode().add(answer) : answer;
            return new Judgement.Looked(Reply.json(200, Json.bytes(body)));
        } catch (Unreadable unreadable) {
            return unreadable.refused();
        } catch (AdsSearch.BadQuery bad) {
            if (!stream) {
                return replies.refused(version, bad.error());
            }
            Reply single = replies.reply(version, bad.error(), 400);
            Reply wrapped =
                    Reply.json(400, Json.bytes(Json.MAPPER.createArrayNode().add(parsed(single))));
            return new Judgement.Refused(
                    wrapped, bad.error().code(), bad.error().message(), null);
        }
    }

    private Judgement accessible() {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode names = body.putArray("resourceNames");
        accounts.accounts().forEach(each -> names.add("customers/" + each.id()));
        return new Judgement.Looked(Reply.json(200, Json.bytes(body)));
    }

    private Judgement notFound(Call call) {
        return new Judgement.Refused(replies.notFound(), "404", "nothing is served at " + call.path(), null);
    }

    /** A body that does not fit its message. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Reply reply;

        Unreadable(GoogleError error) {
            super(error.message());
            reply = error.reply();
        }

        Judgement refused() {
            return new Judgement.Refused(reply, "INVALID_ARGUMENT", String.valueOf(getMessage()), null);
        }
    }

    private static ObjectNode read(Call call, WireMessage message) throws Unreadable {
        List<WireMessage.Slip> slips = new ArrayList<>();
        ObjectNode read;
        try {
            read = message.read(call.json(), slips);
        } catch (JsonProcessingException wrong) {
            throw new Unreadable(new GoogleError(400, "Invalid JSON payload received. " + wrong.getOriginalMessage()));
        }
        if (!slips.isEmpty()) {
            throw new Unreadable(GoogleError.unreadable(slips));
        }
        return read;
    }

    @Override
    public Reply faultReply(Fault fault, Call call) {
        Matcher path = PATH.matcher(call.path());
        return replies.fault(path.matches() ? path.group(1) : "v26", fault);
    }

    /** {@code partial} makes the row {@code index} fail, too recently clicked unless a reason is given. */
    @Override
    public Judgement.Accepted disturbed(Judgement.Accepted whole, Fault fault, Call call) {
        int index = fault.index() == null ? 0 : fault.index();
        ObjectNode body = parsed(whole.reply());
        ArrayNode results = body.withArrayProperty("results");
        Matcher path = PATH.matcher(call.path());
        if (fault.mode() != Fault.Mode.PARTIAL || results.path(index).isEmpty() || !path.matches()) {
            return whole; // processed at once; or the row failed by itself
        }
        int stored = 0;
        for (int i = 0; i < index; i++) {
            stored += results.get(i).isEmpty() ? 0 : 1;
        }
        List<Arrival> kept = new ArrayList<>(whole.events());
        Arrival failed = kept.remove(stored);
        uploaded.release(Upload.once(failed.raw()));
        String word = fault.reason() == null ? "TOO_RECENT_EVENT" : fault.reason();
        AdsError error = AdsError.row(
                index, AdsError.familyOf(word), AdsError.codeOf(word), "On demand of the sandbox.", "gclid", null);
        results.set(index, Json.MAPPER.createObjectNode());
        ObjectNode failure = replies.partialFailure(path.group(1), List.of(error));
        JsonNode before = body.path("partialFailureError");
        if (before.isObject()) {
            ((ArrayNode) before.at("/details/0/errors")).add(error.json());
        } else {
            body.set("partialFailureError", failure);
        }
        List<LeftOut> leftOut = new ArrayList<>(whole.leftOut());
        leftOut.add(new LeftOut(failed.pixelId(), failed.event(), error.code(), error.message(), true));
        return new Judgement.Accepted(Reply.json(200, Json.bytes(body)), kept, leftOut);
    }

    private static ObjectNode parsed(Reply own) {
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

    @Override
    public ObjectNode instruct(ObjectNode instructions) {
        return accounts.instruct(instructions);
    }

    @Override
    public void reset() {
        accounts.reset();
    }
}
