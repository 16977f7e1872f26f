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
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import kembali.account.LinkDomains;
import kembali.campaign.AutomaticKeys;
import kembali.campaign.Macros;
import kembali.campaign.Slots;
import kembali.campaign.SourceTemplate;
import kembali.capture.campaign.Campaign;
import kembali.capture.campaign.Campaigns;
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

/** Campaigns: links that remember their clicks and lead on. */
@Path("/api/v1/campaigns")
@Tag(name = "Campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class CampaignResource {
    @Inject
    Caller caller;

    @Inject
    Campaigns campaigns;

    @Inject
    LinkDomains domains;

    @Inject
    Settings settings;

    @Inject
    InstantSource clock;

    @Inject
    ObjectMapper json;

    /**
     * What campaigns are made of.
     *
     * @param items parameters to begin with, by source of traffic
     * @param macros of destinations, besides the campaign's own query keys
     * @param slots where a parameter's value may be kept
     * @param clickIds that are captured under their own query key
     */
    public record Templates(
            List<SourceTemplate> items, List<Macros.Macro> macros, Set<String> slots, Set<String> clickIds) {}

    @POST
    public Response create(CampaignInput input) {
        Campaign c = read(input, null);
        campaigns.save(c);
        return Response.status(201).entity(view(c)).build();
    }

    @GET
    public Page<CampaignView> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        int n = Page.limit(limit);
        String after = Page.cursor(cursor, "cp");
        List<Campaign> rows = campaigns.of(caller.workspaceId()).stream()
                .filter(c -> after == null || c.id().compareTo(after) > 0)
                .limit(n + 1L)
                .toList();
        return Page.of(rows, n, Campaign::id, this::view);
    }

    @GET
    @Path("/templates")
    @Operation(summary = "Parameters for each source of traffic, macros and slots")
    public Templates templates() {
        return new Templates(
                SourceTemplate.ALL, Macros.ALL, Slots.ALL, new TreeSet<>(AutomaticKeys.CLICK_IDS.values()));
    }

    @GET
    @Path("/{id}")
    public CampaignView get(@PathParam("id") String id) {
        return view(found(campaigns, caller.workspaceId(), id));
    }

    @PATCH
    @Path("/{id}")
    public CampaignView patch(
            @PathParam("id") String id,
            @RequestBody(content = @Content(schema = @Schema(implementation = CampaignInput.class))) JsonNode said)
            throws JsonProcessingException {
        Campaign before = found(campaigns, caller.workspaceId(), id);
        JsonNode current = json.valueToTree(CampaignInput.of(before));
        if (current instanceof ObjectNode o && said.hasNonNull("destinationUrl") && !said.has("destinations")) {
            o.putNull("destinations");
        }
        Campaign c = read(json.treeToValue(MergePatch.apply(current, said), CampaignInput.class), before);
        campaigns.save(c);
        return view(c);
    }

    @DELETE
    @Path("/{id}")
    @Operation(description = "The link ends; its clicks and figures stay, and postbacks still find them.")
    public Response delete(@PathParam("id") String id) {
        campaigns.remove(found(campaigns, caller.workspaceId(), id));
        return Response.noContent().build();
    }

    private Campaign read(@Nullable CampaignInput given, @Nullable Campaign before) {
        CampaignInput in = given == null ? CampaignInput.NOTHING : given;
        var checks = new Checks();
        var reader = new CampaignReader(checks, campaigns, publicHost());
        Instant now = clock.instant();
        var campaign = new Campaign(
                caller.workspaceId(),
                before == null ? campaigns.newId() : before.id(),
                reader.domain(in),
                reader.alias(in),
                reader.token(in, before),
                checks.required("name", in.name(), 200),
                reader.doc(in, before),
                before == null ? now : before.createdAt(),
                now);
        checks.done();
        return campaign;
    }

    private String publicHost() {
        return String.valueOf(settings.publicUrl().getHost()).toLowerCase(Locale.ROOT);
    }

    static Campaign found(Campaigns campaigns, int workspaceId, String id) {
        Campaign c = campaigns.find(workspaceId, id);
        if (c == null) {
            throw Refusal.notFound("There is no campaign \"" + id + "\".");
        }
        return c;
    }

    private CampaignView view(Campaign c) {
        return CampaignView.of(c, domains, settings.publicUrl());
    }
}
