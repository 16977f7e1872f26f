package kembali.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import kembali.account.LinkDomains;
import kembali.account.Workspace;
import kembali.account.Workspaces;
import kembali.capture.rotator.Rotators;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.http.MergePatch;
import kembali.support.Settings;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The workspace a key belongs to. */
@Path("/api/v1/workspace")
@Tag(name = "Workspace")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class WorkspaceResource {
    @Inject
    Caller caller;

    @Inject
    Workspaces workspaces;

    @Inject
    LinkDomains domains;

    @Inject
    Rotators rotators;

    @Inject
    Settings settings;

    @Inject
    InstantSource clock;

    @Inject
    ObjectMapper json;

    /** What can be changed, and the tracker key, which cannot. */
    public record WorkspaceDoc(
            @Nullable String name,
            @Nullable String trackerKey,
            @Nullable String defaultCountry,
            @Nullable String currency,
            @Nullable String timezone,
            @Nullable String language,

            @Nullable @Schema(description = "Hosts that answer the workspace's links, the first one in their addresses")
            List<String> linkDomains) {
        static WorkspaceDoc of(Workspace w, LinkDomains domains) {
            return new WorkspaceDoc(
                    w.name(),
                    w.trackerKey(),
                    w.defaultCountry(),
                    w.currency(),
                    w.timezone(),
                    w.language(),
                    List.copyOf(domains.of(w.id())));
        }
    }

    @GET
    public WorkspaceDoc get() {
        return WorkspaceDoc.of(workspaces.get(caller.workspaceId()), domains);
    }

    @PATCH
    public WorkspaceDoc patch(
            @RequestBody(content = @Content(schema = @Schema(implementation = WorkspaceDoc.class))) JsonNode said)
            throws JsonProcessingException {
        Workspace before = workspaces.get(caller.workspaceId());
        WorkspaceDoc in = json.treeToValue(
                MergePatch.apply(json.valueToTree(WorkspaceDoc.of(before, domains)), said), WorkspaceDoc.class);
        var checks = new Checks();
        if (!before.trackerKey().equals(in.trackerKey())) {
            checks.error("trackerKey", "cannot be changed");
        }
        String timezone = checks.required("timezone", in.timezone(), 64);
        if (!timezone.isEmpty() && !ZoneId.getAvailableZoneIds().contains(timezone)) {
            checks.error("timezone", "is no time zone such as Asia/Jakarta");
        }
        String country = checks.country("defaultCountry", checks.required("defaultCountry", in.defaultCountry(), 2));
        String currency = checks.currency("currency", checks.required("currency", in.currency(), 3));
        var after = new Workspace(
                before.id(),
                checks.required("name", in.name(), 200),
                before.trackerKey(),
                country == null ? before.defaultCountry() : country,
                currency == null ? before.currency() : currency,
                timezone,
                checks.word("language", in.language(), List.of("id", "en"), before.language()),
                before.createdAt(),
                clock.instant());
        List<String> hosts = new RotatorReader(
                        checks,
                        rotators,
                        before,
                        String.valueOf(settings.publicUrl().getHost()).toLowerCase(Locale.ROOT))
                .domains("linkDomains", in.linkDomains());
        checks.done();
        workspaces.save(after, tx -> domains.replace(tx, after.id(), hosts, rotators.domainsNamed(after.id())));
        return WorkspaceDoc.of(workspaces.get(caller.workspaceId()), domains);
    }
}
