package kembali.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import kembali.account.Workspaces;
import kembali.capture.rotator.Agent;
import kembali.capture.rotator.HoursDoc;
import kembali.capture.rotator.Rotator;
import kembali.capture.rotator.Rotators;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.http.MergePatch;
import kembali.http.Page;
import kembali.identity.PhoneNumbers;
import kembali.support.Refusal;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Agents: the CS people's WhatsApp numbers. */
@Path("/api/v1/agents")
@Tag(name = "Agents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AgentResource {
    @Inject
    Caller caller;

    @Inject
    Workspaces workspaces;

    @Inject
    Rotators rotators;

    @Inject
    InstantSource clock;

    @Inject
    ObjectMapper json;

    /** An agent as people send it. */
    public record AgentInput(
            @Nullable String name,
            @Nullable String phone,
            @Nullable Boolean active,
            @Nullable String whatsappBusinessAccountId,

            @Nullable @Schema(
                    description =
                            "When they take chats: timezone, week by day mon to sun, closed dates; null is always")
            HoursDoc hours) {}

    /** A stored agent. */
    public record AgentView(
            String id,
            String name,
            String phone,
            boolean active,
            @Nullable String whatsappBusinessAccountId,
            @Nullable HoursDoc hours,
            Instant createdAt,
            Instant updatedAt) {
        static AgentView of(Agent a) {
            return new AgentView(
                    a.id(), a.name(), a.phone(), a.active(), a.wabaId(), a.hours(), a.createdAt(), a.updatedAt());
        }
    }

    @POST
    public Response create(AgentInput input) {
        Agent a = read(input, null);
        rotators.save(a);
        return Response.status(201).entity(AgentView.of(a)).build();
    }

    @GET
    public Page<AgentView> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        int n = Page.limit(limit);
        String after = Page.cursor(cursor, "ag");
        List<Agent> rows = rotators.agentsOf(caller.workspaceId()).stream()
                .filter(a -> after == null || a.id().compareTo(after) > 0)
                .limit(n + 1L)
                .toList();
        return Page.of(rows, n, Agent::id, AgentView::of);
    }

    @GET
    @Path("/{id}")
    public AgentView get(@PathParam("id") String id) {
        return AgentView.of(found(id));
    }

    @PATCH
    @Path("/{id}")
    public AgentView patch(
            @PathParam("id") String id,
            @RequestBody(content = @Content(schema = @Schema(implementation = AgentInput.class))) JsonNode said)
            throws JsonProcessingException {
        Agent before = found(id);
        JsonNode current = json.valueToTree(
                new AgentInput(before.name(), before.phone(), before.active(), before.wabaId(), before.hours()));
        Agent a = read(json.treeToValue(MergePatch.apply(current, said), AgentInput.class), before);
        rotators.save(a);
        return AgentView.of(a);
    }

    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id) {
        Agent a = found(id);
        List<String> users = rotators.of(caller.workspaceId()).stream()
                .filter(r ->
                        r.doc().agents().stream().map(Rotator.Share::agentId).anyMatch(a.id()::equals))
                .map(r -> r.doc().name())
                .toList();
        if (!users.isEmpty()) {
            throw Refusal.conflict(
                    "id",
                    "is used by the rotators " + String.join(", ", users)
                            + "; take it out there first, or set active to false");
        }
        rotators.remove(a);
        return Response.noContent().build();
    }

    private Agent read(@Nullable AgentInput given, @Nullable Agent before) {
        AgentInput in = given == null ? new AgentInput(null, null, null, null, null) : given;
        var checks = new Checks();
        String name = checks.required("name", in.name(), 200);
        String phone = checks.required("phone", in.phone(), 60);
        var parsed = PhoneNumbers.fromPerson(
                phone, workspaces.get(caller.workspaceId()).defaultCountry());
        if (parsed == null && !phone.isEmpty()) {
            checks.error("phone", "is no phone number; write it as +628111000111");
        }
        String waba = checks.text("whatsappBusinessAccountId", in.whatsappBusinessAccountId(), 40);
        if (waba != null && !waba.matches("\\d{5,20}")) {
            checks.error("whatsappBusinessAccountId", "must be the digits of a WhatsApp Business account id");
        }
        if (in.hours() != null) {
            in.hours().read().faults().forEach(f -> checks.error("hours." + f.field(), f.message()));
        }
        checks.done();
        Instant now = clock.instant();
        return new Agent(
                caller.workspaceId(),
                before == null ? rotators.newAgentId() : before.id(),
                name,
                parsed == null ? phone : parsed.e164(),
                in.active() == null || in.active(),
                waba,
                in.hours(),
                before == null ? now : before.createdAt(),
                now);
    }

    private Agent found(String id) {
        Agent a = rotators.findAgent(caller.workspaceId(), id);
        if (a == null) {
            throw Refusal.notFound("There is no agent \"" + id + "\".");
        }
        return a;
    }
}
