package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import kembali.http.Caller;
import kembali.transfer.ImportJob;
import kembali.transfer.Imports;
import kembali.transfer.ReportLine;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A small file of leads, answered when it is worked through. */
@Path("/api/v1/leads/import")
@Tag(name = "Leads")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class LeadImportResource {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_LINES = 1_000;

    @Inject
    Caller caller;

    @Inject
    Imports imports;

    @Inject
    InstantSource clock;

    /** Takes at most 4 MB; larger files, and whoever does not want to wait, use {@code POST /imports?kind=leads}. */
    @POST
    @Consumes({"text/csv", "text/plain", "application/csv", "application/vnd.ms-excel", "application/octet-stream"})
    @APIResponse(
            responseCode = "200",
            description =
                    "What became of the file, with the first thousand lines of its report; 202 when it takes longer",
            content = @Content(schema = @Schema(implementation = ImportView.Answer.class)))
    public Response create(
            @BeanParam ImportInput in,
            @RequestBody(content = @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class)))
                    InputStream file)
            throws InterruptedException {
        ImportJob taken = imports.take(in.request(caller.workspaceId(), "leads", caller.actor()), file);
        ImportJob job = imports.await(taken, PATIENCE);
        var lines = new ArrayList<ReportLine>();
        boolean more = false;
        Imports.ReportPart part = imports.report(job, -1);
        while (part != null && !more) {
            for (ReportLine line : part.lines()) {
                more |= lines.size() == MOST_LINES;
                if (!more) {
                    lines.add(line);
                }
            }
            part = imports.report(job, part.lastRow());
        }
        ImportView summary = ImportView.of(job, imports.canStart(job), clock.instant());
        return Response.status(job.state().isOver() ? 200 : 202)
                .header("Location", "/api/v1/imports/" + job.id())
                .entity(new ImportView.Answer(summary, lines, more))
                .build();
    }
}
