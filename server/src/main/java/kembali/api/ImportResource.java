package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import kembali.account.Workspaces;
import kembali.http.Caller;
import kembali.http.Page;
import kembali.transfer.ImportJob;
import kembali.transfer.Imports;
import kembali.transfer.ReportLine;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Files of leads, clicks and conversions, taken in and worked through as jobs. */
@Path("/api/v1/imports")
@Tag(name = "Import and export")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ImportResource {
    private static final List<String> REPORT_HEADER = List.of("line", "verdict", "column", "message");

    @Inject
    Caller caller;

    @Inject
    Imports imports;

    @Inject
    Workspaces workspaces;

    @Inject
    InstantSource clock;

    /** Takes a CSV file of at most 1 GB in; what becomes of it is told by {@code GET /imports/{id}}. */
    @POST
    @Consumes({"text/csv", "text/plain", "application/csv", "application/vnd.ms-excel", "application/octet-stream"})
    @APIResponse(
            responseCode = "202",
            description = "The file is taken in and its columns are understood",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    public Response create(
            @QueryParam("kind") @Nullable String kind,
            @BeanParam ImportInput in,
            @RequestBody(content = @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class)))
                    InputStream file) {
        ImportJob job = imports.take(in.request(caller.workspaceId(), kind, caller.actor()), file);
        return Response.status(202)
                .header("Location", "/api/v1/imports/" + job.id())
                .entity(view(job))
                .build();
    }

    @GET
    public Page<ImportView> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        int n = Page.limit(limit);
        return Page.of(
                imports.list(caller.workspaceId(), Page.cursor(cursor, "im"), n + 1), n, ImportJob::id, this::view);
    }

    @GET
    @Path("/{id}")
    public ImportView get(@PathParam("id") String id) {
        return view(imports.get(caller.workspaceId(), id));
    }

    /** Every row that was refused, and every remark on those that were taken, by line. */
    @GET
    @Path("/{id}/report.csv")
    @Produces("text/csv")
    @APIResponse(
            responseCode = "200",
            description = "A CSV file: line, verdict (refused or warning), column, message",
            content = @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class)))
    public Response report(@PathParam("id") String id, @QueryParam("delimiter") @Nullable String delimiter) {
        int ws = caller.workspaceId();
        ImportJob job = imports.get(ws, id);
        var csv = new CsvAnswer(delimiter, workspaces.get(ws).timezone());
        return csv.of("report-" + job.id(), clock, REPORT_HEADER, out -> {
            Imports.ReportPart part = imports.report(job, -1);
            while (part != null) {
                for (ReportLine line : part.lines()) {
                    out.row(List.of(
                            Long.toString(line.line()),
                            line.refused() ? "refused" : "warning",
                            line.column(),
                            line.message()));
                }
                part = imports.report(job, part.lastRow());
            }
        });
    }

    /** Stops it; what was taken stays. */
    @POST
    @Path("/{id}/cancel")
    @Consumes(MediaType.WILDCARD)
    public ImportView cancel(@PathParam("id") String id) {
        return view(imports.cancel(caller.workspaceId(), id));
    }

    /** Runs for real what was a dry run, with the same file; or goes on with what was cancelled or failed. */
    @POST
    @Path("/{id}/start")
    @Consumes(MediaType.WILDCARD)
    @APIResponse(
            responseCode = "202",
            description = "It waits for its turn",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    public Response start(@PathParam("id") String id) {
        return Response.status(202)
                .entity(view(imports.begin(caller.workspaceId(), id)))
                .build();
    }

    /** Forgets an import that is over, with file and report. The rows it brought stay. */
    @DELETE
    @Path("/{id}")
    public Response delete(@PathParam("id") String id) {
        imports.remove(caller.workspaceId(), id);
        return Response.noContent().build();
    }

    private ImportView view(ImportJob job) {
        return ImportView.of(job, imports.canStart(job), clock.instant());
    }
}
