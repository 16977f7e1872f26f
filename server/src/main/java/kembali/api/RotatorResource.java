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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import kembali.account.Workspaces;
import kembali.capture.rotator.Rotator;
import kembali.capture.rotator.RotatorAgent;
import kembali.capture.rotator.Rotators;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.http.MergePatch;
import kembali.http.Page;
import kembali.identity.PhoneNumbers;
import kembali.support.Refusal;
import kembali.support.Settings;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Rotators: links that spread chats over agents. */
@Path("/api/v1/rotators")
@Tag(name = "Rotators")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RotatorResource {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?");
    private static final List<String> DISTRIBUTIONS = List.of("round_robin", "weighted");
    private static final String USUAL_MESSAGE = "Halo, saya tertarik. {code}";

    @Inject
    Caller caller;

    @Inject
    Workspaces workspaces;

    @Inject
    Rotators rotators;

    @Inject
    Settings settings;

    @Inject
    InstantSource clock;

    @Inject
    ObjectMapper json;

    /** An agent's part. */
    public record ShareInput(
            @Nullable String agentId, @Nullable Integer weight) {}

    /** A rotator as people send it. */
    public record RotatorInput(
            @Nullable String slug,
            @Nullable String name,
            @Nullable String message,
            @Nullable List<ShareInput> agents,
            @Nullable String distribution,
            @Nullable Boolean sticky,
            @Nullable String fallbackPhone) {}

    /** A stored rotator. */
    public record RotatorView(
            String id,
            String slug,
            String url,
            String name,
            String message,
            List<Rotator.Share> agents,
            String distribution,
            boolean sticky,
            @Nullable String fallbackPhone,
            Instant createdAt,
            Instant updatedAt) {}

    @POST
    public Response create(RotatorInput input) {
        Rotator r = read(input, null);
        rotators.save(r);
        return Response.status(201).entity(view(r)).build();
    }

    @GET
    public Page<RotatorView> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        int n = Page.limit(limit);
        String after = Page.cursor(cursor, "rt");
        List<Rotator> rows = rotators.of(caller.workspaceId()).stream()
                .filter(r -> after == null || r.id().compareTo(after) > 0)
                .limit(n + 1L)
                .toList();
        return Page.of(rows, n, Rotator::id, this::view);
    }

    @GET
    @Path("/{id}")
    public RotatorView get(@PathParam("id") String id) {
        return view(found(id));
    }

    @PATCH
    @Path("/{id}")
    public RotatorView patch(
            @PathParam("id") String id,
            @RequestBody(content = @Content(schema = @Schema(implementation = RotatorInput.class))) JsonNode said)
            throws JsonProcessingException {
        Rotator before = found(id);
        Rotator.Doc d = before.doc();
        JsonNode current = json.valueToTree(new RotatorInput(
                before.slug(),
                d.name(),
                d.message(),
                d.agents().stream()
                        .map(s -> new ShareInput(s.agentId(), s.weight()))
                        .toList(),
                d.distribution(),
                d.sticky(),
                d.fallbackPhone()));
        Rotator r = read(json.treeToValue(MergePatch.apply(current, said), RotatorInput.class), before);
        rotators.save(r);
        return view(r);
    }

    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id) {
        rotators.remove(found(id));
        return Response.noContent().build();
    }

    private Rotator read(@Nullable RotatorInput given, @Nullable Rotator before) {
        RotatorInput in = given == null ? new RotatorInput(null, null, null, null, null, null, null) : given;
        var checks = new Checks();
        String name = checks.required("name", in.name(), 200);
        String slug = checks.required("slug", in.slug(), 100).toLowerCase(Locale.ROOT);
        if (!slug.isEmpty() && !SLUG.matcher(slug).matches()) {
            checks.error("slug", "may hold a-z, 0-9 and dashes inside, such as promo-eid");
        }
        String message = checks.text("message", in.message(), 1_000);
        List<Rotator.Share> agents = agents(in.agents(), checks);
        String fallback = phone(in.fallbackPhone(), checks);
        if (agents.isEmpty() && fallback == null) {
            checks.error("agents", "is empty; name at least one agent, or a fallbackPhone");
        }
        String distribution = checks.word("distribution", in.distribution(), DISTRIBUTIONS, "round_robin");
        checks.done();
        Rotators.Ready taken = rotators.open(slug);
        if (taken != null && (before == null || !taken.rotator().id().equals(before.id()))) {
            throw Refusal.conflict("slug", "is taken by another rotator; choose another one");
        }
        Instant now = clock.instant();
        return new Rotator(
                caller.workspaceId(),
                before == null ? rotators.newRotatorId() : before.id(),
                slug,
                new Rotator.Doc(
                        name,
                        message == null ? USUAL_MESSAGE : message,
                        agents,
                        distribution,
                        in.sticky() == null || in.sticky(),
                        fallback),
                before == null ? now : before.createdAt(),
                now);
    }

    private List<Rotator.Share> agents(@Nullable List<ShareInput> given, Checks checks) {
        var shares = new ArrayList<Rotator.Share>();
        var seen = new HashSet<String>();
        if (given == null) {
            return shares;
        }
        for (int i = 0; i < given.size(); i++) {
            ShareInput s = given.get(i);
            String field = "agents[" + i + "]";
            String id = checks.required(field + ".agentId", s == null ? null : s.agentId(), 40);
            if (!id.isEmpty() && rotators.findAgent(caller.workspaceId(), id) == null) {
                checks.error(field + ".agentId", "is no agent of this workspace");
            } else if (!seen.add(id)) {
                checks.error(field + ".agentId", "is named twice");
            }
            int weight = s == null || s.weight() == null ? 1 : s.weight();
            if (weight < 0 || weight > RotatorAgent.MAX_WEIGHT) {
                checks.error(field + ".weight", "must be 0 to " + RotatorAgent.MAX_WEIGHT);
            } else {
                shares.add(new Rotator.Share(id, weight));
            }
        }
        return shares;
    }

    private @Nullable String phone(@Nullable String raw, Checks checks) {
        String text = checks.text("fallbackPhone", raw, 60);
        if (text == null) {
            return null;
        }
        var p = PhoneNumbers.fromPerson(
                text, workspaces.get(caller.workspaceId()).defaultCountry());
        if (p == null) {
            checks.error("fallbackPhone", "is no phone number; write it as +628111000111");
            return null;
        }
        return p.e164();
    }

    private Rotator found(String id) {
        Rotator r = rotators.find(caller.workspaceId(), id);
        if (r == null) {
            throw Refusal.notFound("There is no rotator \"" + id + "\".");
        }
        return r;
    }

    private RotatorView view(Rotator r) {
        var d = r.doc();
        return new RotatorView(
                r.id(),
                r.slug(),
                settings.publicUrl() + "/wa/" + r.slug(),
                d.name(),
                d.message(),
                d.agents(),
                d.distribution(),
                d.sticky(),
                d.fallbackPhone(),
                r.createdAt(),
                r.updatedAt());
    }
}
