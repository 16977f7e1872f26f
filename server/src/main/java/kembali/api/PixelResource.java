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
import java.util.List;
import java.util.Map;
import kembali.capture.campaign.Campaigns;
import kembali.capture.rotator.Rotators;
import kembali.delivery.Deliveries;
import kembali.delivery.TestConnection;
import kembali.delivery.courier.AddressGuard;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.http.MergePatch;
import kembali.http.Page;
import kembali.lead.Pipelines;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import kembali.platform.Platforms;
import kembali.platform.ProbeResult;
import kembali.platform.Reasons;
import kembali.store.Store;
import kembali.support.Refusal;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Pixels: an advertiser's destinations. */
@Path("/api/v1/pixels")
@Tag(name = "Pixels")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PixelResource {
    private static final int USUAL_TEST_MINUTES = 60;
    private static final int MOST_TEST_MINUTES = 24 * 60;

    @Inject
    Caller caller;

    @Inject
    Pipelines pipelines;

    @Inject
    AddressGuard addressGuard;

    @Inject
    Pixels pixels;

    @Inject
    Platforms platforms;

    @Inject
    Rotators rotators;

    @Inject
    Campaigns campaigns;

    @Inject
    Store store;

    @Inject
    Deliveries deliveries;

    @Inject
    TestConnection testConnection;

    @Inject
    InstantSource clock;

    @Inject
    ObjectMapper json;

    /** Test mode: the platform's code, and how long. */
    public record TestModeInput(
            @Nullable String code, @Nullable Integer minutes) {}

    /** A name for the copy. */
    public record CloneInput(@Nullable String name) {}

    @POST
    public Response create(PixelInput input) {
        Pixel p = reader().read(caller.workspaceId(), present(input), null);
        return Response.status(201).entity(view(pixels.save(p))).build();
    }

    @GET
    public Page<PixelView> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        int n = Page.limit(limit);
        String after = Page.cursor(cursor, "px");
        Map<String, Integer> queued = store.read(Deliveries::pendingByPixel);
        List<Pixel> rows = pixels.of(caller.workspaceId()).stream()
                .filter(p -> after == null || p.id().compareTo(after) > 0)
                .limit(n + 1L)
                .toList();
        Instant now = clock.instant();
        return Page.of(rows, n, Pixel::id, p -> PixelView.of(p, queued.getOrDefault(p.id(), 0), now));
    }

    @GET
    @Path("/{id}")
    public PixelView get(@PathParam("id") String id) {
        return view(found(id));
    }

    @PATCH
    @Path("/{id}")
    public PixelView patch(
            @PathParam("id") String id,
            @RequestBody(content = @Content(schema = @Schema(implementation = PixelInput.class))) JsonNode said)
            throws JsonProcessingException {
        Pixel before = found(id);
        if (!(said instanceof ObjectNode changes)) {
            throw new Refusal(Refusal.Kind.MALFORMED, "The body must be a JSON object.", List.of());
        }
        // Credentials and mapping keep their nulls: there null means "remove" and "send nothing".
        JsonNode current = json.valueToTree(new PixelInput(
                before.platform().key(),
                before.name(),
                new java.util.LinkedHashMap<>(before.doc().settings()),
                null,
                before.doc().campaigns(),
                before.doc().campaignsRequired(),
                before.proxy(),
                before.doc().mapping(),
                before.doc().strategy(),
                before.enabled()));
        var merged = (ObjectNode) MergePatch.apply(current, changes);
        for (String whole : List.of("credentials", "mapping")) {
            if (changes.has(whole)) {
                merged.set(whole, changes.get(whole));
            }
        }
        PixelInput input = json.treeToValue(merged, PixelInput.class);
        Pixel p = reader().read(caller.workspaceId(), input, before);
        return view(pixels.save(p));
    }

    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id) {
        Pixel p = found(id);
        store.write(tx -> {
            deliveries
                    .in(tx)
                    .skipPendingOfPixel(p.id(), Reasons.MISSING_CONFIGURATION.saying("The pixel was deleted."));
            pixels.remove(tx, p);
            return true;
        });
        return Response.noContent().build();
    }

    @POST
    @Path("/{id}/test")
    @Consumes(MediaType.WILDCARD)
    public ProbeResult test(@PathParam("id") String id) throws InterruptedException {
        return testConnection.test(found(id));
    }

    @POST
    @Path("/{id}/pause")
    @Consumes(MediaType.WILDCARD)
    public PixelView pause(@PathParam("id") String id) {
        return view(pixels.pause(found(id), true));
    }

    @POST
    @Path("/{id}/resume")
    @Consumes(MediaType.WILDCARD)
    public PixelView resume(@PathParam("id") String id) {
        return view(pixels.pause(found(id), false));
    }

    @POST
    @Path("/{id}/clone")
    @Consumes(MediaType.WILDCARD)
    public Response copy(
            @PathParam("id") String id,
            @RequestBody(content = @Content(schema = @Schema(implementation = CloneInput.class))) @Nullable String body)
            throws JsonProcessingException {
        Pixel p = found(id);
        var checks = new Checks();
        CloneInput in = body == null || body.isBlank() ? new CloneInput(null) : json.readValue(body, CloneInput.class);
        String name = checks.text("name", in.name(), 200);
        checks.done();
        Pixel copy = pixels.draft(
                p.workspaceId(),
                pixels.newId(),
                p.platform(),
                name == null ? p.name() + " (copy)" : name,
                p.enabled(),
                p.doc(),
                p.credentials(),
                p.proxy(),
                null);
        return Response.status(201).entity(view(pixels.save(copy))).build();
    }

    @POST
    @Path("/{id}/test-mode")
    public PixelView testMode(@PathParam("id") String id, TestModeInput in) {
        Pixel p = found(id);
        var checks = new Checks();
        String code = checks.text("code", in == null ? null : in.code(), 100);
        int minutes = in == null || in.minutes() == null ? USUAL_TEST_MINUTES : in.minutes();
        if (minutes < 0 || minutes > MOST_TEST_MINUTES) {
            checks.error("minutes", "must be 0 to " + MOST_TEST_MINUTES);
        }
        checks.done();
        Instant until = code == null || minutes == 0 ? null : clock.instant().plus(Duration.ofMinutes(minutes));
        return view(pixels.testMode(p, until == null ? null : code, until));
    }

    private Pixel found(String id) {
        Pixel p = pixels.find(caller.workspaceId(), id);
        if (p == null) {
            throw Refusal.notFound("There is no pixel \"" + id + "\".");
        }
        return p;
    }

    private PixelView view(Pixel p) {
        int queued = store.read(Deliveries::pendingByPixel).getOrDefault(p.id(), 0);
        return PixelView.of(p, queued, clock.instant());
    }

    private static PixelInput present(@Nullable PixelInput input) {
        return input == null ? new PixelInput(null, null, null, null, null, null, null, null, null, null) : input;
    }

    private PixelReader reader() {
        return new PixelReader(
                platforms,
                pixels,
                pipelines,
                addressGuard,
                (ws, id) -> campaigns.find(ws, id) != null || rotators.find(ws, id) != null);
    }
}
