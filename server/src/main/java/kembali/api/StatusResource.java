package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import kembali.account.Workspaces;
import kembali.conversion.ConversionSettings;
import kembali.conversion.SettingsBook;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.lead.LeadStatus;
import kembali.lead.Pipelines;
import kembali.lead.Pipelines.Stage;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import kembali.support.Refusal;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The statuses of a workspace: their order, names and colours, and its own ones. */
@Path("/api/v1/statuses")
@Tag(name = "Statuses")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class StatusResource {
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final int MOST = 40;

    @Inject
    Caller caller;

    @Inject
    Pipelines pipelines;

    @Inject
    SettingsBook book;

    @Inject
    Pixels pixels;

    @Inject
    Workspaces workspaces;

    /**
     * One status.
     *
     * @param builtIn true for one of every workspace; said by the server only
     */
    public record StatusDoc(
            @Nullable String status,
            @Nullable String name,
            @Nullable String color,
            @Nullable Boolean builtIn) {}

    /** All of them, first to last. */
    public record StatusList(@Nullable List<StatusDoc> items) {}

    @GET
    public StatusList get() {
        return new StatusList(pipelines.of(caller.workspaceId()).stream()
                .map(s -> new StatusDoc(s.status(), s.name(), s.color(), s.builtIn()))
                .toList());
    }

    /** Replaces the list: its order is the order of the pipeline. */
    @PUT
    public StatusList put(StatusList in) {
        var checks = new Checks();
        List<StatusDoc> given = in == null || in.items() == null ? List.of() : in.items();
        var stages = new ArrayList<Stage>();
        var seen = new HashSet<String>();
        for (int i = 0; i < given.size(); i++) {
            StatusDoc doc = given.get(i);
            String field = "items[" + i + "].";
            String word = checks.required(field + "status", doc == null ? null : doc.status(), 40);
            if (!word.isEmpty() && !WORD.matcher(word).matches()) {
                checks.error(
                        field + "status",
                        "must be lower case letters, digits and underscores beginning with a letter, such as"
                                + " \"repeat_order\"");
            }
            if (!word.isEmpty() && !seen.add(word)) {
                checks.error(field + "status", "stands in the list twice");
            }
            String color = checks.required(field + "color", doc == null ? null : doc.color(), 7);
            if (!color.isEmpty() && !COLOR.matcher(color).matches()) {
                checks.error(field + "color", "must be a colour such as \"#2f80ed\"");
            }
            stages.add(new Stage(word, checks.required(field + "name", doc == null ? null : doc.name(), 60), color));
        }
        for (String builtIn : LeadStatus.SALES) {
            if (!seen.contains(builtIn)) {
                checks.error(
                        "items",
                        "must hold \"" + builtIn + "\": statuses of every workspace can be renamed and"
                                + " moved, but not left out");
            }
        }
        if (given.size() > MOST) {
            checks.error("items", "must have at most " + MOST + " statuses");
        }
        checks.done();
        for (String word : pipelines.words(caller.workspaceId())) {
            if (!seen.contains(word)) {
                refuseRemovalOfNamed(word);
            }
        }
        pipelines.save(caller.workspaceId(), stages);
        return get();
    }

    /** Settings that name an unknown status could be read but not written back any more. */
    private void refuseRemovalOfNamed(String word) {
        ConversionSettings settings = book.of(caller.workspaceId());
        if (settings.mapping().containsKey(word)
                || settings.values().containsKey(word)
                || settings.modalTriggerStatuses().contains(word)) {
            throw Refusal.conflict(
                    "items", "leave out \"" + word + "\", which the conversion settings name; take it out there first");
        }
        if (workspaces.get(caller.workspaceId()).web().trackerStatuses().contains(word)) {
            throw Refusal.conflict(
                    "items",
                    "leave out \"" + word + "\", which the workspace's trackerStatuses name; take it out there first");
        }
        for (Pixel pixel : pixels.of(caller.workspaceId())) {
            if (pixel.doc().mapping().containsKey(word)) {
                throw Refusal.conflict(
                        "items",
                        "leave out \"" + word + "\", which the mapping of the pixel " + pixel.name()
                                + " names; take it out there first");
            }
        }
    }
}
