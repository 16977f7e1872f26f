package kembali.api;

import static kembali.store.schema.Tables.CONVERSION;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.http.Page;
import kembali.ledger.Conversion;
import kembali.ledger.ConversionRows;
import kembali.postback.ConversionStatus;
import kembali.store.Store;
import kembali.support.Ids;
import kembali.support.Refusal;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What postbacks reported, click by click and transaction by transaction. */
@Path("/api/v1/conversions")
@Tag(name = "Conversions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ConversionResource {
    private static final String PREFIX = "cv";
    private static final List<String> STATUSES =
            ConversionStatus.CANONICAL.stream().map(ConversionStatus::word).toList();

    @Inject
    Caller caller;

    @Inject
    Store store;

    /** Newest first. {@code from} and {@code to} are about when a conversion was first reported. */
    @GET
    public Page<ConversionView> list(
            @QueryParam("leadId") @Nullable String leadId,
            @QueryParam("status") @Nullable String status,
            @QueryParam("sourceId") @Nullable String sourceId,
            @QueryParam("clickId") @Nullable String clickId,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        int n = Page.limit(limit);
        Condition condition = condition(leadId, status, sourceId, clickId, from, to, Page.cursor(cursor, PREFIX));
        return Page.of(
                store.read(sql -> ConversionRows.list(sql, caller.workspaceId(), condition, n + 1)),
                n,
                Conversion::id,
                ConversionView::of);
    }

    /** The filters as one condition. @param before only those older than that id; null for all */
    static Condition condition(
            @Nullable String leadId,
            @Nullable String status,
            @Nullable String sourceId,
            @Nullable String clickId,
            @Nullable String from,
            @Nullable String to,
            @Nullable String before) {
        var checks = new Checks();
        Condition c = DSL.trueCondition();
        if (leadId != null) {
            c = c.and(CONVERSION.LEAD_ID.eq(leadId));
        }
        if (status != null) {
            c = c.and(CONVERSION.STATUS.eq(checks.word("status", status, STATUSES, "")));
        }
        if (sourceId != null) {
            c = c.and(CONVERSION.SOURCE_ID.eq(sourceId));
        }
        if (clickId != null) {
            c = c.and(CONVERSION.SUBJECT.eq(clickId.strip().toLowerCase(Locale.ROOT)));
        }
        if (from != null) {
            c = c.and(CONVERSION.ID.ge(lowest(LeadFilter.instant(checks, "from", from))));
        }
        if (to != null) {
            c = c.and(CONVERSION.ID.lt(lowest(LeadFilter.instant(checks, "to", to))));
        }
        if (before != null) {
            c = c.and(CONVERSION.ID.lt(before));
        }
        checks.done();
        return c;
    }

    private static String lowest(long ms) {
        return Ids.lowest(PREFIX, Instant.ofEpochMilli(ms));
    }

    @GET
    @Path("/{id}")
    public ConversionView.Whole get(@PathParam("id") String id) {
        return store.read(sql -> {
            Conversion c = ConversionRows.find(sql, caller.workspaceId(), id);
            if (c == null) {
                throw Refusal.notFound("There is no conversion \"" + id + "\".");
            }
            return new ConversionView.Whole(
                    ConversionView.of(c),
                    ConversionRows.history(sql, caller.workspaceId(), id).stream()
                            .map(ConversionView.State::of)
                            .toList());
        });
    }
}
