package kembali.api;

import static kembali.store.schema.Tables.DELIVERY;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import kembali.account.Workspaces;
import kembali.delivery.Delivery;
import kembali.delivery.SyncLog;
import kembali.http.Caller;
import kembali.lead.Leads;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import kembali.platform.Reason;
import kembali.store.Store;
import kembali.transfer.csv.CsvOutput;
import kembali.visitor.Visitors;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** The sync log as a CSV file: what became of every conversion, without what was sent. */
@Path("/api/v1/sync-logs/export.csv")
@Tag(name = "Sync log")
@Produces("text/csv")
@RunOnVirtualThread
public class SyncLogExportResource {
    private static final List<String> HEADER = List.of(
            "id",
            "leadId",
            "visitor",
            "pixelId",
            "pixel",
            "platform",
            "status",
            "answerLost",
            "reason",
            "reasonMessage",
            "reasonFix",
            "event",
            "eventId",
            "trigger",
            "value",
            "currency",
            "orderId",
            "occurredAt",
            "createdAt",
            "deliveredAt",
            "attempts",
            "matchScore",
            "matchKeys");

    @Inject
    Caller caller;

    @Inject
    Workspaces workspaces;

    @Inject
    Store store;

    @Inject
    Pixels pixels;

    @Inject
    Leads leads;

    @Inject
    Visitors visitors;

    @Inject
    InstantSource clock;

    /** The same filters as the list; newest first. */
    @GET
    @APIResponse(
            responseCode = "200",
            description = "A CSV file: UTF-8 with a byte order mark, one entry a row",
            content = @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class)))
    public Response export(
            @QueryParam("status") @Nullable String status,
            @QueryParam("platform") @Nullable String platform,
            @QueryParam("pixelId") @Nullable String pixelId,
            @QueryParam("leadId") @Nullable String leadId,
            @QueryParam("visitor") @Nullable String visitor,
            @QueryParam("event") @Nullable String event,
            @QueryParam("reason") @Nullable String reason,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("delimiter") @Nullable String delimiter) {
        int ws = caller.workspaceId();
        var csv = new CsvAnswer(delimiter, workspaces.get(ws).timezone());
        var filter = new SyncLogFilter(status, platform, pixelId, leadId, visitor, event, reason, from, to);
        Condition chosen = filter.condition(ws, store, leads, visitors, null);
        return csv.of("sync-log", clock, HEADER, out -> {
            Condition page = chosen;
            while (true) {
                List<Delivery> written = write(out, csv, ws, page);
                if (written.size() < CsvAnswer.PAGE) {
                    return;
                }
                page = chosen.and(DELIVERY.ID.lt(written.getLast().id()));
            }
        });
    }

    private List<Delivery> write(CsvOutput out, CsvAnswer csv, int ws, Condition page) {
        List<Delivery> rows = store.read(sql -> SyncLog.list(sql, ws, page, CsvAnswer.PAGE));
        rows.forEach(d -> out.row(cells(csv, d)));
        return rows;
    }

    private List<@Nullable String> cells(CsvAnswer csv, Delivery d) {
        Pixel pixel = pixels.find(d.pixelId());
        Reason reason = SyncLogResource.reason(d, pixel);
        var match = SyncLogResource.Match.of(pixel, d.matchKeys(), d.route());
        return Arrays.asList(
                d.id(),
                d.leadId(),
                d.visitorNo() == null ? null : visitors.code(d.workspaceId(), d.visitorNo()),
                d.pixelId(),
                pixel == null ? null : pixel.name(),
                d.platform(),
                d.status(),
                Boolean.toString(d.answerLost()),
                reason == null ? null : reason.code(),
                reason == null ? null : reason.message(),
                reason == null ? null : reason.fix(),
                d.event(),
                d.eventId(),
                d.trigger(),
                d.valueAmount(),
                d.currency(),
                d.orderId(),
                csv.time(d.occurredAt()),
                csv.time(d.createdAt()),
                csv.time(d.deliveredAt()),
                Integer.toString(d.attempts()),
                match.score() == null ? null : Integer.toString(match.score()),
                String.join(" ", d.matchKeys()));
    }
}
