package kembali.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kembali.account.Workspaces;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.http.MergePatch;
import kembali.http.Page;
import kembali.inbound.Inbound;
import kembali.inbound.Kind;
import kembali.inbound.PostbackDoc;
import kembali.inbound.Requests;
import kembali.inbound.Source;
import kembali.inbound.SourceDoc;
import kembali.inbound.SourceForm;
import kembali.inbound.SourceKeys;
import kembali.inbound.StoredRequest;
import kembali.inbound.postback.PostbackForm;
import kembali.inbound.postback.Postbacks;
import kembali.lead.Pipelines;
import kembali.ledger.DuePostbacks;
import kembali.store.Store;
import kembali.support.Refusal;
import kembali.support.Settings;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Sources: who may send messages, forms and status changes, and what came of what they sent. */
@Path("/api/v1/sources")
@Tag(name = "Sources")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SourceResource {
    private static final int USUAL_MINUTES = 24 * 60;
    private static final int MOST_MINUTES = 30 * 24 * 60;

    /** What is read again unless the caller says otherwise. */
    private static final List<String> USUALLY_REPLAYED = List.of(StoredRequest.FAILED, StoredRequest.UNMATCHED);

    /** Postbacks that booked nothing and may end otherwise. */
    private static final List<String> POSTBACKS_REPLAYED = List.of("unmapped", "unmatched", "orphan");

    @Inject
    Caller caller;

    @Inject
    Workspaces workspaces;

    @Inject
    Pipelines pipelines;

    @Inject
    Inbound inbound;

    @Inject
    Postbacks postbacks;

    @Inject
    Store store;

    @Inject
    Settings settings;

    @Inject
    InstantSource clock;

    @Inject
    ObjectMapper json;

    /** A kind of source and what it asks for; {@code {url}} in the steps stands for the source's address. */
    public record KindView(
            String key, String title, List<SourceForm.Field> fields, List<String> howTo, List<String> warnings) {
        static KindView of(Kind k) {
            return new KindView(
                    k.key(),
                    k.title(),
                    k.form().fields(),
                    k.form().howTo(),
                    k.form().warnings());
        }
    }

    /** All kinds of sources. */
    public record KindList(List<KindView> items) {}

    /** How long the old address stays good, 0 to 43200 minutes; a day unless said. */
    public record RotateInput(@Nullable Integer keepOldMinutes) {}

    /**
     * Which requests to read again: received from, before, and ended so; {@code failed} and {@code unmatched} unless said. Of
     * postbacks {@code unmapped}, {@code unmatched} and {@code orphan}.
     */
    public record ReplayInput(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable List<String> status,
            @Nullable Boolean dryRun) {}

    /** How many requests are read again, or would be. */
    public record ReplayAnswer(int count) {}

    @GET
    @Path("/kinds")
    public KindList kinds() {
        var kinds =
                new ArrayList<>(inbound.kinds().all().stream().map(KindView::of).toList());
        kinds.add(new KindView(
                PostbackForm.KEY,
                PostbackForm.TITLE,
                PostbackForm.FORM.fields(),
                PostbackForm.FORM.howTo(),
                PostbackForm.FORM.warnings()));
        kinds.sort(Comparator.comparing(KindView::key));
        return new KindList(kinds);
    }

    @POST
    public Response create(
            @RequestBody(content = @Content(schema = @Schema(oneOf = {SourceInput.class, PostbackSourceInput.class})))
                    JsonNode said)
            throws JsonProcessingException {
        JsonNode body = said == null ? json.createObjectNode() : said;
        if (!body.isObject()) {
            throw new Refusal(Refusal.Kind.MALFORMED, "The body must be a JSON object.", List.of());
        }
        Source s = body.path("kind").asText().equals(Source.POSTBACK) ? newPostbacks(body) : newSource(body);
        inbound.sources().save(s);
        return Response.status(201).entity(view(found(s.id()))).build();
    }

    private Source newSource(JsonNode body) throws JsonProcessingException {
        SourceInput in = json.treeToValue(body, SourceInput.class);
        return reader().read(
                        in, null, new SourceKeys(in.secret(), in.verifyToken(), in.accessToken()), clock.instant());
    }

    private Source newPostbacks(JsonNode body) throws JsonProcessingException {
        PostbackSourceInput in = json.treeToValue(body, PostbackSourceInput.class);
        return postbackReader().read(in, null, in.secret(), clock.instant());
    }

    @GET
    public Page<SourceView> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        int n = Page.limit(limit);
        String after = Page.cursor(cursor, "src");
        List<Source> rows = inbound.sources().of(caller.workspaceId()).stream()
                .filter(s -> after == null || s.id().compareTo(after) > 0)
                .limit(n + 1L)
                .toList();
        return Page.of(rows, n, Source::id, this::view);
    }

    @GET
    @Path("/{id}")
    public SourceView get(@PathParam("id") String id) {
        return view(found(id));
    }

    @PATCH
    @Path("/{id}")
    public SourceView patch(
            @PathParam("id") String id,
            @RequestBody(content = @Content(schema = @Schema(oneOf = {SourceInput.class, PostbackSourceInput.class})))
                    JsonNode said)
            throws JsonProcessingException {
        Source before = found(id);
        if (!(said instanceof ObjectNode changes)) {
            throw new Refusal(Refusal.Kind.MALFORMED, "The body must be a JSON object.", List.of());
        }
        if (before.kind().equals(Source.POSTBACK)) {
            return patchPostbacks(before, changes);
        }
        // Maps are merged member by member, so that one word can be added without sending all.
        JsonNode merged = MergePatch.apply(json.valueToTree(input(before)), changes);
        SourceInput in = json.treeToValue(merged, SourceInput.class);
        SourceKeys had = before.keys();
        var keys = new SourceKeys(
                changes.has("secret") ? in.secret() : had.secret(),
                changes.has("verifyToken") ? in.verifyToken() : had.verifyToken(),
                changes.has("accessToken") ? in.accessToken() : had.accessToken());
        inbound.sources().save(reader().read(in, before, keys, clock.instant()));
        return view(found(id));
    }

    private SourceView patchPostbacks(Source before, ObjectNode changes) throws JsonProcessingException {
        JsonNode merged = MergePatch.apply(json.valueToTree(postbackInput(before)), changes);
        PostbackSourceInput in = json.treeToValue(merged, PostbackSourceInput.class);
        String secret = changes.has("secret") ? in.secret() : before.keys().secret();
        inbound.sources().save(postbackReader().read(in, before, secret, clock.instant()));
        Source now = found(before.id());
        postbacks.mapped(now);
        return view(now);
    }

    private static PostbackSourceInput postbackInput(Source s) {
        PostbackDoc d = PostbackSourcePart.doc(s);
        return new PostbackSourceInput(
                s.kind(),
                s.name(),
                d.template(),
                d.label(),
                d.macros(),
                s.doc().fieldMap(),
                s.doc().statusMap(),
                d.defaultCurrency(),
                d.decimalMark(),
                d.sumPair(),
                d.defaultStatus(),
                d.duplicatePolicy(),
                d.allowedIps(),
                null,
                d.signatureHeader(),
                d.timezone(),
                d.matchContact(),
                d.reportRejected(),
                d.forwardNothing(),
                d.quarantine(),
                d.strict(),
                d.ratePerSecond());
    }

    private PostbackSourceReader postbackReader() {
        int ws = caller.workspaceId();
        return new PostbackSourceReader(workspaces.get(ws), pipelines.words(ws), inbound.sources());
    }

    private static SourceInput input(Source s) {
        SourceDoc d = s.doc();
        return new SourceInput(
                s.kind(),
                s.name(),
                d.businessNumber(),
                d.fieldMap(),
                d.statusMap(),
                d.redirectUrl(),
                d.origins(),
                d.honeypot(),
                d.firstMessageStatus(),
                d.probableMatch(),
                null,
                null,
                null);
    }

    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id) {
        inbound.sources().remove(found(id));
        return Response.noContent().build();
    }

    /** Gives the source a new address. */
    @POST
    @Path("/{id}/rotate")
    public SourceView rotate(@PathParam("id") String id, RotateInput in) {
        Source s = found(id);
        int minutes = in == null || in.keepOldMinutes() == null ? USUAL_MINUTES : in.keepOldMinutes();
        if (minutes < 0 || minutes > MOST_MINUTES) {
            throw Refusal.invalid("keepOldMinutes", "must be 0 to " + MOST_MINUTES);
        }
        inbound.sources()
                .save(s.rotated(inbound.sources().newToken(), clock.instant().plus(Duration.ofMinutes(minutes))));
        return view(found(id));
    }

    @GET
    @Path("/{id}/requests")
    public Page<RequestView> requests(
            @PathParam("id") String id,
            @QueryParam("status") @Nullable String status,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Source s = found(id);
        int n = Page.limit(limit);
        String before = Page.cursor(cursor, "in");
        if (status != null) {
            checkStatuses(List.of(status), new Checks()).done();
        }
        return Page.of(
                store.read(sql -> inbound.requests().list(sql, s, status, before, n + 1)),
                n,
                StoredRequest::id,
                RequestView::of);
    }

    /** A request with what came; {@code masked=true} makes numbers and addresses unreadable, to be passed on. */
    @GET
    @Path("/{id}/requests/{requestId}")
    public RequestView.Whole request(
            @PathParam("id") String id,
            @PathParam("requestId") String requestId,
            @QueryParam("masked") @Nullable String masked) {
        Source s = found(id);
        StoredRequest r = found(s, requestId);
        return RequestView.Whole.of(r, store.read(sql -> inbound.requests().raw(sql, r)), "true".equals(masked));
    }

    /** Reads a request again, with today's maps and keys. */
    @POST
    @Path("/{id}/requests/{requestId}/replay")
    public RequestView replay(@PathParam("id") String id, @PathParam("requestId") String requestId) {
        Source s = found(id);
        StoredRequest r = found(s, requestId);
        if (!inbound.requests().replay(s, r.id())) {
            throw Refusal.conflict("requestId", "what it held was erased with the person it was about");
        }
        inbound.wake(s);
        return RequestView.of(found(s, requestId));
    }

    /** Reads many requests again; with {@code dryRun} only says how many. */
    @POST
    @Path("/{id}/replay")
    public ReplayAnswer replay(@PathParam("id") String id, ReplayInput in) {
        Source s = found(id);
        if (s.kind().equals(Source.POSTBACK)) {
            return replayPostbacks(s, in);
        }
        List<String> given = in == null ? null : in.status();
        List<String> statuses = given == null || given.isEmpty() ? USUALLY_REPLAYED : given;
        checkStatuses(statuses, new Checks()).done();
        var wanted = new Requests.Wanted(statuses, in == null ? null : in.from(), in == null ? null : in.to());
        if (in != null && Boolean.TRUE.equals(in.dryRun())) {
            return new ReplayAnswer(store.read(sql -> inbound.requests().count(sql, s, wanted)));
        }
        int count = inbound.requests().replay(s, wanted);
        inbound.wake(s);
        return new ReplayAnswer(count);
    }

    private ReplayAnswer replayPostbacks(Source s, @Nullable ReplayInput in) {
        List<String> given = in == null ? null : in.status();
        List<String> results = given == null || given.isEmpty() ? POSTBACKS_REPLAYED : given;
        var checks = new Checks();
        results.forEach(w -> checks.word("status", w, POSTBACKS_REPLAYED, ""));
        checks.done();
        var wish = new DuePostbacks.Wish(s.id(), results, in == null ? null : in.from(), in == null ? null : in.to());
        return new ReplayAnswer(
                in != null && Boolean.TRUE.equals(in.dryRun())
                        ? store.read(sql -> DuePostbacks.count(sql, wish))
                        : postbacks.again(wish));
    }

    private static Checks checkStatuses(List<String> statuses, Checks checks) {
        statuses.forEach(w -> checks.word("status", w, StoredRequest.STATUSES, StoredRequest.FAILED));
        return checks;
    }

    private SourceReader reader() {
        int ws = caller.workspaceId();
        return new SourceReader(workspaces.get(ws), pipelines.words(ws), inbound.kinds(), inbound.sources());
    }

    private SourceView view(Source s) {
        Instant now = clock.instant();
        if (s.kind().equals(Source.POSTBACK)) {
            return store.read(
                    sql -> PostbackSources.view(sql, s, settings.publicUrl().toString(), now));
        }
        Requests.Figures figures =
                store.read(sql -> inbound.requests().figures(sql, s, now.minus(Duration.ofHours(24))));
        return SourceView.of(s, settings.publicUrl().toString(), figures, now);
    }

    private Source found(String id) {
        Source s = inbound.sources().find(caller.workspaceId(), id);
        if (s == null) {
            throw Refusal.notFound("There is no source \"" + id + "\".");
        }
        return s;
    }

    private StoredRequest found(Source s, String requestId) {
        StoredRequest r = store.read(sql -> inbound.requests().find(sql, s, requestId));
        if (r == null) {
            throw Refusal.notFound("There is no request \"" + requestId + "\" of this source.");
        }
        return r;
    }
}
