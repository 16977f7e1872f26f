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
import java.util.regex.Pattern;
import kembali.account.LinkDomains;
import kembali.account.WebSettings;
import kembali.account.Workspace;
import kembali.account.Workspaces;
import kembali.capture.AllowedOrigins;
import kembali.capture.rotator.Rotators;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.http.MergePatch;
import kembali.lead.Pipelines;
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
    private static final Pattern HOST =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final int LONGEST_HOST = 253;
    private static final int MOST_HOSTS = 100;

    @Inject
    Caller caller;

    @Inject
    Workspaces workspaces;

    @Inject
    Pipelines pipelines;

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

    /**
     * What can be changed, and the tracker key, which cannot.
     *
     * @param domains the brand's own hosts, each with all below it ({@code brand.example}): a link between them is no
     *     arrival, and where the server's host lies below one, its cookies are set for all of that domain
     * @param trackerOrigins whose pages may use the tracker, {@code https://shop.example} or
     *     {@code https://*.shop.example}; empty lets everybody
     * @param trackerStatuses events of a page that move the visitor's lead to the status of that name; a page is public,
     *     so none at first
     * @param trackerIdentify whether a page that tells who a visitor is makes a lead of them
     * @param gpcMeansDenied true: Global Privacy Control is a refusal everywhere; false: only where the law says so (USA)
     */
    public record WorkspaceDoc(
            @Nullable String name,
            @Nullable String trackerKey,
            @Nullable String defaultCountry,
            @Nullable String currency,
            @Nullable String timezone,
            @Nullable String language,
            @Nullable List<String> domains,
            @Nullable List<String> trackerOrigins,
            @Nullable List<String> trackerStatuses,
            @Nullable Boolean trackerIdentify,
            @Nullable Boolean gpcMeansDenied,

            @Nullable @Schema(description = "Hosts that answer the workspace's links, the first one in their addresses")
            List<String> linkDomains) {
        static WorkspaceDoc of(Workspace w, LinkDomains domains) {
            WebSettings web = w.web();
            return new WorkspaceDoc(
                    w.name(),
                    w.trackerKey(),
                    w.defaultCountry(),
                    w.currency(),
                    w.timezone(),
                    w.language(),
                    web.domains(),
                    web.trackerOrigins(),
                    web.trackerStatuses(),
                    web.trackerIdentify(),
                    web.gpcMeansDenied(),
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
                web(in, before, checks),
                before.createdAt(),
                clock.instant());
        List<String> hosts = new RotatorReader(
                        checks,
                        rotators,
                        before,
                        String.valueOf(settings.publicUrl().getHost()).toLowerCase(Locale.ROOT))
                .domains("linkDomains", in.linkDomains());
        checks.done();
        workspaces.save(after, tx -> domains.replace(tx, after.id(), hosts));
        return WorkspaceDoc.of(workspaces.get(caller.workspaceId()), domains);
    }

    /** A list that is null is empty, a switch that is null as it was at first. */
    private WebSettings web(WorkspaceDoc in, Workspace before, Checks checks) {
        List<String> statuses = list(in.trackerStatuses());
        for (int i = 0; i < statuses.size(); i++) {
            LeadReader.status(checks, pipelines.words(before.id()), "trackerStatuses[" + i + "]", statuses.get(i));
        }
        List<String> origins = lowerCase("trackerOrigins", in.trackerOrigins(), checks);
        for (int i = 0; i < origins.size(); i++) {
            String complaint = AllowedOrigins.complaint(origins.get(i));
            if (complaint != null) {
                checks.error("trackerOrigins[" + i + "]", complaint);
            }
        }
        List<String> domains = lowerCase("domains", in.domains(), checks);
        for (int i = 0; i < domains.size(); i++) {
            if (domains.get(i).length() > LONGEST_HOST
                    || !HOST.matcher(domains.get(i)).matches()) {
                checks.error(
                        "domains[" + i + "]",
                        "is no host name of at least two parts, such as brand.example; write it without https:// and"
                                + " without a path");
            }
        }
        return new WebSettings(
                domains,
                origins,
                statuses,
                in.trackerIdentify() == null ? WebSettings.INITIAL.trackerIdentify() : in.trackerIdentify(),
                in.gpcMeansDenied() == null ? WebSettings.INITIAL.gpcMeansDenied() : in.gpcMeansDenied());
    }

    private static List<String> lowerCase(String field, @Nullable List<String> given, Checks checks) {
        var all = list(given).stream()
                .map(s -> s.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        if (all.size() > MOST_HOSTS) {
            checks.error(field, "must have at most " + MOST_HOSTS + " entries, and has " + all.size());
        }
        return all;
    }

    private static List<String> list(@Nullable List<String> given) {
        return given == null ? List.of() : given.stream().map(String::valueOf).toList();
    }
}
