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
import kembali.account.Workspace;
import kembali.account.Workspaces;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.http.MergePatch;
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
            @Nullable String language) {
        static WorkspaceDoc of(Workspace w) {
            return new WorkspaceDoc(
                    w.name(), w.trackerKey(), w.defaultCountry(), w.currency(), w.timezone(), w.language());
        }
    }

    @GET
    public WorkspaceDoc get() {
        return WorkspaceDoc.of(workspaces.get(caller.workspaceId()));
    }

    @PATCH
    public WorkspaceDoc patch(
            @RequestBody(content = @Content(schema = @Schema(implementation = WorkspaceDoc.class))) JsonNode said)
            throws JsonProcessingException {
        Workspace before = workspaces.get(caller.workspaceId());
        WorkspaceDoc in =
                json.treeToValue(MergePatch.apply(json.valueToTree(WorkspaceDoc.of(before)), said), WorkspaceDoc.class);
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
        checks.done();
        workspaces.save(after);
        return WorkspaceDoc.of(workspaces.get(caller.workspaceId()));
    }
}
