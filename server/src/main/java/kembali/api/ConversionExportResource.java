package kembali.api;

import static kembali.store.schema.Tables.CONVERSION;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kembali.account.Workspaces;
import kembali.campaign.Slots;
import kembali.http.Caller;
import kembali.ledger.Conversion;
import kembali.ledger.ConversionRows;
import kembali.store.Store;
import kembali.transfer.csv.CsvOutput;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** What postbacks reported as a CSV file, which imports read again; without tests. */
@Path("/api/v1/conversions/export.csv")
@Tag(name = "Conversions")
@Produces("text/csv")
@RunOnVirtualThread
public class ConversionExportResource {
    private static final List<String> HEADER = header();

    @Inject
    Caller caller;

    @Inject
    Workspaces workspaces;

    @Inject
    Store store;

    @Inject
    InstantSource clock;

    private static List<String> header() {
        var header = new ArrayList<>(List.of(
                "id",
                "subid",
                "lead_id",
                "campaignId",
                "sourceId",
                "status",
                "money",
                "payout",
                "currency",
                "refunded",
                "cost",
                "costCurrency",
                "originalStatus",
                "tid",
                "reason",
                "time"));
        for (int i = 1; i <= Slots.SUB_IDS; i++) {
            header.add(Slots.subId(i));
        }
        header.addAll(List.of("reported", "notSentOn", "createdAt", "updatedAt"));
        return List.copyOf(header);
    }

    /** The same filters as the list; newest first. */
    @GET
    @APIResponse(
            responseCode = "200",
            description = "A CSV file: UTF-8 with a byte order mark, one conversion a row",
            content = @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class)))
    public Response export(
            @QueryParam("leadId") @Nullable String leadId,
            @QueryParam("status") @Nullable String status,
            @QueryParam("sourceId") @Nullable String sourceId,
            @QueryParam("clickId") @Nullable String clickId,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("delimiter") @Nullable String delimiter) {
        int ws = caller.workspaceId();
        var csv = new CsvAnswer(delimiter, workspaces.get(ws).timezone());
        Condition chosen = ConversionResource.condition(leadId, status, sourceId, clickId, from, to, null)
                .and(CONVERSION.SUBJECT.notLike(Conversion.testSubject("%")));
        return csv.of("conversions", clock, HEADER, out -> {
            Condition page = chosen;
            while (true) {
                List<Conversion> written = write(out, csv, ws, page);
                if (written.size() < CsvAnswer.PAGE) {
                    return;
                }
                page = chosen.and(CONVERSION.ID.lt(written.getLast().id()));
            }
        });
    }

    private List<Conversion> write(CsvOutput out, CsvAnswer csv, int ws, Condition page) {
        List<Conversion> rows = store.read(sql -> ConversionRows.list(sql, ws, page, CsvAnswer.PAGE));
        rows.forEach(c -> out.row(cells(csv, c)));
        return rows;
    }

    private static List<@Nullable String> cells(CsvAnswer csv, Conversion c) {
        var payout = c.payout();
        var cost = c.cost();
        var cells = new ArrayList<@Nullable String>(Arrays.asList(
                c.id(),
                c.subid(),
                c.leadId(),
                c.campaignId(),
                c.sourceId(),
                c.status().word(),
                c.status().money().code(),
                payout == null ? null : payout.amount().toPlainString(),
                payout == null ? null : payout.currency(),
                text(c.refunded()),
                cost == null ? null : cost.amount().toPlainString(),
                cost == null ? null : cost.currency(),
                c.word(),
                c.ownTransaction(),
                c.reason(),
                csv.time(c.occurredAt())));
        for (int i = 1; i <= Slots.SUB_IDS; i++) {
            cells.add(c.slots().get(i));
        }
        cells.add(Boolean.toString(c.reported()));
        cells.add(c.silence());
        cells.add(csv.time(c.createdAt()));
        cells.add(csv.time(c.updatedAt()));
        return cells;
    }

    private static @Nullable String text(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }
}
