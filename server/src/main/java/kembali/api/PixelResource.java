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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.capture.campaign.Campaigns;
import kembali.capture.rotator.Rotators;
import kembali.delivery.Deliveries;
import kembali.delivery.courier.AddressGuard;
import kembali.delivery.courier.ProxyAddress;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.http.MergePatch;
import kembali.http.Page;
import kembali.lead.Pipelines;
import kembali.pixel.Pixel;
import kembali.pixel.PixelDoc;
import kembali.pixel.Pixels;
import kembali.platform.Platform;
import kembali.platform.Platforms;
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
    private static final String ARCHIVED = "archived";
    private static final List<String> STATES =
            List.of("ok", "parked", "throttled", "paused", "muted", "error", ARCHIVED);

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
    PixelViews views;

    @Inject
    ObjectMapper json;

    /** A name for the copy. */
    public record CloneInput(@Nullable String name) {}

    @POST
    public Response create(PixelInput input) {
        Pixel p = reader().read(caller.workspaceId(), present(input), null);
        return Response.status(201).entity(views.of(pixels.save(p))).build();
    }

    /**
     * The workspace's pixels, oldest first.
     *
     * @param q part of the name
     * @param state of the health, or {@code archived} for deleted ones
     */
    @GET
    public Page<PixelView> list(
            @QueryParam("q") @Nullable String q,
            @QueryParam("platform") @Nullable String platform,
            @QueryParam("state") @Nullable String state,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        int n = Page.limit(limit);
        String after = Page.cursor(cursor, "px");
        var checks = new Checks();
        String text = checks.text("q", q, 200);
        if (platform != null) {
            checks.word(
                    "platform",
                    platform,
                    platforms.list().stream().map(Platform::key).toList(),
                    "");
        }
        String wanted = state == null ? null : checks.word("state", state, STATES, ARCHIVED);
        checks.done();
        boolean archived = ARCHIVED.equals(wanted);
        List<Pixel> rows = (archived ? pixels.archivedOf(caller.workspaceId()) : pixels.of(caller.workspaceId()))
                .stream()
                        .filter(p -> after == null || p.id().compareTo(after) > 0)
                        .filter(p -> text == null
                                || p.name().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
                        .filter(p -> platform == null || p.platform().key().equals(platform))
                        .filter(p -> wanted == null || archived || stateOf(p).equals(wanted))
                        .limit(n + 1L)
                        .toList();
        boolean more = rows.size() > n;
        List<PixelView> items = views.of(more ? rows.subList(0, n) : rows);
        return new Page<>(items, more ? items.getLast().id() : null);
    }

    private static String stateOf(Pixel p) {
        return p.shownHealth().state().name().toLowerCase(Locale.ROOT);
    }

    @GET
    @Path("/{id}")
    public PixelView get(@PathParam("id") String id) {
        return views.of(views.found(caller.workspaceId(), id));
    }

    @PATCH
    @Path("/{id}")
    public PixelView patch(
            @PathParam("id") String id,
            @RequestBody(content = @Content(schema = @Schema(implementation = PixelInput.class))) JsonNode said)
            throws JsonProcessingException {
        Pixel before = views.found(caller.workspaceId(), id);
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
        return views.of(pixels.save(p));
    }

    /** Deletes it. What it was told of stays in the sync log, under its name. */
    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id) {
        Pixel p = views.found(caller.workspaceId(), id);
        store.write(tx -> {
            deliveries
                    .in(tx)
                    .skipPendingOfPixel(p.id(), Reasons.MISSING_CONFIGURATION.saying("The pixel was deleted."));
            pixels.archive(tx, p);
            return true;
        });
        return Response.noContent().build();
    }

    /**
     * A copy with settings and mapping, but without secrets and without links. It begins paused, and where the original was
     * tied to links it asks to be tied, so that it does not report everybody's traffic.
     */
    @POST
    @Path("/{id}/clone")
    @Consumes(MediaType.WILDCARD)
    public Response copy(
            @PathParam("id") String id,
            @RequestBody(content = @Content(schema = @Schema(implementation = CloneInput.class))) @Nullable String body)
            throws JsonProcessingException {
        Pixel p = views.found(caller.workspaceId(), id);
        var checks = new Checks();
        CloneInput in = body == null || body.isBlank() ? new CloneInput(null) : json.readValue(body, CloneInput.class);
        String name = checks.text("name", in.name(), 200);
        checks.done();
        PixelDoc doc = p.doc();
        Pixel copy = pixels.draft(
                p.workspaceId(),
                pixels.newId(),
                p.platform(),
                name == null ? p.name() + " (copy)" : name,
                p.enabled(),
                new PixelDoc(
                        doc.settings(),
                        List.of(),
                        doc.campaignsRequired() || !doc.campaigns().isEmpty(),
                        doc.mapping(),
                        doc.strategy()),
                Map.of(),
                p.proxy() == null ? null : ProxyAddress.parse(p.proxy()).withoutLogin(),
                null);
        return Response.status(201)
                .entity(views.of(pixels.save(copy.pausedFromTheStart())))
                .build();
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
