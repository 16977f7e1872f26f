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
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.account.LinkDomains;
import kembali.account.Workspaces;
import kembali.capture.rotator.Rotator;
import kembali.capture.rotator.Rotators;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.http.MergePatch;
import kembali.http.Page;
import kembali.support.Refusal;
import kembali.support.Settings;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
    @Inject
    Caller caller;

    @Inject
    Workspaces workspaces;

    @Inject
    Rotators rotators;

    @Inject
    LinkDomains domains;

    @Inject
    Settings settings;

    @Inject
    InstantSource clock;

    @Inject
    ObjectMapper json;

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
        JsonNode current = json.valueToTree(RotatorInput.of(before));
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

    @POST
    @Path("/preview")
    @Operation(
            summary = "What a message becomes",
            description = "Takes a rotator, of which no part has to be there, and \"sample\" with values by"
                    + " placeholder. Nothing is stored.")
    public RotatorPreview preview(
            @RequestBody(content = @Content(schema = @Schema(implementation = RotatorInput.class))) JsonNode said)
            throws JsonProcessingException {
        JsonNode doc = said.deepCopy();
        JsonNode sample = doc instanceof ObjectNode o ? o.remove("sample") : null;
        RotatorInput given = json.treeToValue(doc, RotatorInput.class);
        RotatorInput in = given == null ? RotatorInput.NOTHING : given;
        var checks = new Checks();
        RotatorReader reader = reader(checks);
        Map<String, String> samples = samples(checks, sample);
        String message = checks.text("message", in.message(), RotatorReader.LONGEST_MESSAGE);
        var result = RotatorPreview.of(
                message,
                reader.linkHost(in),
                reader.agents(in.agents()),
                reader.phone("fallbackPhone", in.fallbackPhone()),
                new RotatorFormReader(checks)
                        .read(in.form(), workspaces.get(caller.workspaceId()).language()),
                samples,
                rotators,
                caller.workspaceId());
        checks.done();
        return result;
    }

    private static Map<String, String> samples(Checks checks, @Nullable JsonNode sample) {
        var samples = new HashMap<String, String>();
        if (sample == null || sample.isNull()) {
            return samples;
        }
        if (!sample.isObject()) {
            checks.error("sample", "must be an object of values by placeholder");
            return samples;
        }
        sample.properties().forEach(e -> {
            String field = "sample." + e.getKey();
            if (!e.getValue().isTextual()) {
                checks.error(field, "must be a text");
                return;
            }
            String value = checks.text(field, e.getValue().textValue(), 500);
            if (value != null) {
                samples.put(e.getKey(), value);
            }
        });
        return samples;
    }

    private RotatorReader reader(Checks checks) {
        return new RotatorReader(checks, rotators, workspaces.get(caller.workspaceId()), publicHost());
    }

    private String publicHost() {
        return String.valueOf(settings.publicUrl().getHost()).toLowerCase(Locale.ROOT);
    }

    private Rotator read(@Nullable RotatorInput given, @Nullable Rotator before) {
        RotatorInput in = given == null ? RotatorInput.NOTHING : given;
        var checks = new Checks();
        RotatorReader reader = reader(checks);
        String slug = reader.slug(in);
        Rotator.Doc doc = reader.doc(in);
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
                doc,
                before == null ? now : before.createdAt(),
                now);
    }

    private Rotator found(String id) {
        return found(rotators, caller.workspaceId(), id);
    }

    static Rotator found(Rotators rotators, int workspaceId, String id) {
        Rotator r = rotators.find(workspaceId, id);
        if (r == null) {
            throw Refusal.notFound("There is no rotator \"" + id + "\".");
        }
        return r;
    }

    private RotatorView view(Rotator r) {
        return RotatorView.of(r, domains, settings.publicUrl());
    }
}
