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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import kembali.account.Workspace;
import kembali.account.Workspaces;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.http.JsonFaults;
import kembali.http.MergePatch;
import kembali.http.Page;
import kembali.intake.Intake;
import kembali.intake.LeadErased;
import kembali.intake.LeadPatched;
import kembali.intake.LeadResult;
import kembali.intake.LeadSubmission;
import kembali.intake.LeadSubmitted;
import kembali.intake.LeadUpserted;
import kembali.intake.LeadsMerged;
import kembali.intake.StatusReached;
import kembali.lead.Lead;
import kembali.lead.LeadDetails;
import kembali.lead.Leads;
import kembali.lead.Message;
import kembali.lead.Pipelines;
import kembali.store.Store;
import kembali.support.FieldError;
import kembali.support.Refusal;
import kembali.visitor.Consents;
import kembali.visitor.Visitor;
import kembali.visitor.Visitors;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Leads: create, find, change, move through the pipeline, erase. */
@Path("/api/v1/leads")
@Tag(name = "Leads")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class LeadResource {
    private static final int MOST_ROWS = 1_000;

    @Inject
    Caller caller;

    @Inject
    Workspaces workspaces;

    @Inject
    Store store;

    @Inject
    Intake intake;

    @Inject
    Leads leads;

    @Inject
    Pipelines pipelines;

    @Inject
    Visitors visitors;

    @Inject
    InstantSource clock;

    @Inject
    ObjectMapper json;

    /** The answer to a status change. */
    public record StatusAnswer(LeadView lead, List<DeliveryBrief> deliveries) {}

    /** A status reached. */
    public record StatusInput(
            @Nullable String status,
            @Nullable BigDecimal estimatedValue,
            @Nullable BigDecimal actualValue,
            @Nullable String currency,
            @Nullable String orderId,
            @Nullable Instant occurredAt,
            @Nullable Boolean repeat) {}

    /** Up to 1,000 leads; each is judged on its own. */
    public record BulkInput(@Nullable List<JsonNode> items) {}

    /** What became of one row: its lead, or what was wrong with it. */
    @com.fasterxml.jackson.annotation.JsonInclude(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL)
    public record BulkRow(
            int index, @Nullable String id, @Nullable List<FieldError> errors) {}

    /** What became of every row. */
    public record BulkAnswer(List<BulkRow> items) {}

    @POST
    public Response create(LeadInput input) {
        LeadResult result = intake.appendAndWait(new LeadSubmitted(reader().read(body(input))));
        return Response.status(201).entity(view(result)).build();
    }

    @POST
    @Path("/upsert")
    public Response upsert(
            @RequestBody(content = @Content(schema = @Schema(implementation = LeadInput.class))) JsonNode said)
            throws JsonProcessingException {
        LeadResult result = intake.appendAndWait(upserted(object(said)));
        return Response.status(result.created() ? 201 : 200)
                .entity(view(result))
                .build();
    }

    @POST
    @Path("/bulk")
    public BulkAnswer bulk(BulkInput input) {
        List<JsonNode> items = input == null || input.items() == null ? List.of() : input.items();
        if (items.isEmpty() || items.size() > MOST_ROWS) {
            throw Refusal.invalid("items", "must hold 1 to " + MOST_ROWS + " leads, and holds " + items.size());
        }
        var waiting = new ArrayList<CompletableFuture<LeadResult>>(items.size());
        for (JsonNode item : items) {
            waiting.add(submitRow(item));
        }
        var rows = new ArrayList<BulkRow>(items.size());
        for (int i = 0; i < items.size(); i++) {
            rows.add(row(i, waiting.get(i)));
        }
        return new BulkAnswer(rows);
    }

    private CompletableFuture<LeadResult> submitRow(JsonNode item) {
        try {
            return intake.append(upserted(object(item)));
        } catch (Refusal | JsonProcessingException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static BulkRow row(int index, CompletableFuture<LeadResult> result) {
        try {
            return new BulkRow(index, result.join().lead().id(), null);
        } catch (CompletionException e) {
            if (e.getCause() instanceof Refusal r) {
                return new BulkRow(
                        index, null, r.errors().isEmpty() ? List.of(new FieldError("", r.detail())) : r.errors());
            }
            if (e.getCause() instanceof JsonProcessingException j) {
                return new BulkRow(index, null, JsonFaults.errors(j));
            }
            throw e;
        }
    }

    @GET
    public Page<LeadView> list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("q") @Nullable String q,
            @QueryParam("source") @Nullable String source,
            @QueryParam("assignedTo") @Nullable String assignedTo,
            @QueryParam("syncState") @Nullable String syncState,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        int ws = caller.workspaceId();
        int n = Page.limit(limit);
        var condition = LeadFilter.condition(
                leads, ws, pipelines.words(ws), status, q, source, assignedTo, syncState, from, to, cursor);
        return store.read(sql -> {
            List<Lead> rows = leads.list(sql, ws, condition, n + 1);
            var found =
                    visitors.find(sql, ws, rows.stream().map(Lead::visitorNo).toList());
            var states = SyncStates.of(sql, ws, rows.stream().map(Lead::id).toList());
            return Page.of(
                    rows,
                    n,
                    Lead::id,
                    lead -> LeadView.of(
                            lead, java.util.Objects.requireNonNull(found.get(lead.visitorNo())), states.of(lead.id())));
        });
    }

    @GET
    @Path("/{id}")
    public LeadView get(@PathParam("id") String id) {
        return view(found(id));
    }

    @PATCH
    @Path("/{id}")
    public LeadView patch(
            @PathParam("id") String id,
            @RequestBody(content = @Content(schema = @Schema(implementation = LeadInput.class))) JsonNode said)
            throws JsonProcessingException {
        Lead lead = found(id);
        ObjectNode changes = object(said);
        LeadSubmission submission = reader().read(json.treeToValue(changes, LeadInput.class));
        return view(intake.appendAndWait(new LeadPatched(submission, lead.id(), stored -> merged(stored, changes))));
    }

    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id) {
        intake.appendAndWait(new LeadErased(caller.workspaceId(), found(id).id()));
        return Response.noContent().build();
    }

    @PUT
    @Path("/{id}/status")
    public StatusAnswer status(@PathParam("id") String id, StatusInput in) {
        if (in == null) {
            throw Refusal.invalid("status", "is missing");
        }
        var checks = new Checks();
        String status = checks.required("status", in.status(), 40);
        if (!status.isEmpty()) {
            LeadReader.status(checks, pipelines.words(caller.workspaceId()), "status", status);
        }
        boolean repeat = Boolean.TRUE.equals(in.repeat());
        String orderId = checks.text("orderId", in.orderId(), 150);
        if (repeat && orderId == null) {
            checks.error("orderId", "is missing; a further transaction (repeat) needs an order id of its own");
        }
        var command = new StatusReached(
                caller.workspaceId(),
                "",
                status,
                checks.amount("estimatedValue", in.estimatedValue()),
                checks.amount("actualValue", in.actualValue()),
                checks.currency("currency", in.currency()),
                orderId,
                checks.instant("occurredAt", in.occurredAt(), clock.instant()),
                repeat);
        checks.done();
        LeadResult result = intake.appendAndWait(
                command.of(LeadIds.isId(id) ? id : found(id).id()));
        return new StatusAnswer(
                view(result),
                result.deliveries().stream().map(DeliveryBrief::of).toList());
    }

    @GET
    @Path("/{id}/timeline")
    public Timeline timeline(@PathParam("id") String id) {
        Lead lead = found(id);
        return store.read(sql -> Timeline.of(sql, leads, visitors, lead));
    }

    /** What the person said about the use of their data, whenever it changed, newest first. */
    @GET
    @Path("/{id}/consent")
    public Page<ConsentHistory.Entry> consent(
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        int n = Page.limit(limit);
        String before = Page.cursor(cursor, "cs");
        Lead lead = found(id);
        return store.read(
                sql -> ConsentHistory.page(Consents.of(sql, lead.workspaceId(), lead.visitorNo(), before, n + 1), n));
    }

    /** What the lead wrote, was written and filled in, newest first. */
    @GET
    @Path("/{id}/messages")
    public Page<MessageView> messages(
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Lead lead = found(id);
        int n = Page.limit(limit);
        String before = Page.cursor(cursor, "ms");
        return Page.of(
                store.read(sql -> leads.messages().list(sql, lead.workspaceId(), lead.id(), before, n + 1)),
                n,
                Message::id,
                MessageView::of);
    }

    /** Another lead that is the same person; any of the ways to name a lead. */
    public record MergeInput(@Nullable String into) {}

    /** Two leads are one person: this one goes, the other stays with what both had. */
    @POST
    @Path("/{id}/merge")
    public LeadView merge(@PathParam("id") String id, MergeInput in) {
        var checks = new Checks();
        String into = checks.required("into", in == null ? null : in.into(), 200);
        checks.done();
        Lead from = found(id);
        return view(intake.appendAndWait(
                new LeadsMerged(from.workspaceId(), from.id(), found(into).id())));
    }

    private LeadUpserted upserted(ObjectNode said) throws JsonProcessingException {
        LeadSubmission submission = reader().read(json.treeToValue(said, LeadInput.class));
        return new LeadUpserted(submission, stored -> merged(stored, said));
    }

    /** The stored details with what the caller said over them, checked like a new lead's. */
    private LeadDetails merged(Lead stored, ObjectNode said) {
        try {
            JsonNode before = json.valueToTree(LeadDetailsInput.of(stored));
            ObjectNode own = said.deepCopy();
            own.retain(LeadDetailsInput.NAMES);
            LeadInput merged = json.treeToValue(MergePatch.apply(before, own), LeadInput.class);
            return reader(stored.workspaceId()).read(merged).details();
        } catch (JsonProcessingException e) {
            throw JsonFaults.refusal(e);
        }
    }

    private LeadReader reader() {
        return reader(caller.workspaceId());
    }

    private LeadReader reader(int workspaceId) {
        Workspace workspace = workspaces.get(workspaceId);
        return new LeadReader(workspace, pipelines.words(workspace.id()), visitors, clock.instant());
    }

    private Lead found(String id) {
        Lead lead = store.read(sql -> LeadIds.find(sql, leads, visitors, workspaces.get(caller.workspaceId()), id));
        if (lead == null) {
            throw Refusal.notFound("There is no lead \"" + id + "\".");
        }
        return lead;
    }

    private LeadView view(LeadResult result) {
        var standing = result.standing();
        return LeadView.of(
                result.lead(),
                result.visitor(),
                standing == null ? syncState(result.lead()) : SyncStates.word(standing));
    }

    private String syncState(Lead lead) {
        return store.read(sql ->
                SyncStates.of(sql, lead.workspaceId(), List.of(lead.id())).of(lead.id()));
    }

    private LeadView view(Lead lead) {
        Visitor v = store.read(sql -> visitors.find(sql, lead.workspaceId(), lead.visitorNo()));
        if (v == null) {
            throw Refusal.notFound("There is no lead \"" + lead.id() + "\".");
        }
        return LeadView.of(lead, v, syncState(lead));
    }

    private static LeadInput body(@Nullable LeadInput input) {
        return input == null ? LeadInput.EMPTY : input;
    }

    private static ObjectNode object(@Nullable JsonNode node) {
        if (node instanceof ObjectNode o) {
            return o;
        }
        throw new Refusal(Refusal.Kind.MALFORMED, "The body must be a JSON object.", List.of());
    }
}
