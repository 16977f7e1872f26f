package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.account.Workspaces;
import kembali.conversion.Decisions;
import kembali.delivery.Delivery;
import kembali.delivery.TestConnection;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.lead.Lead;
import kembali.lead.Leads;
import kembali.pixel.Pixel;
import kembali.platform.ConversionEvent;
import kembali.platform.Destination;
import kembali.platform.PlatformRequest;
import kembali.platform.Reason;
import kembali.platform.Trail;
import kembali.store.Store;
import kembali.support.Money;
import kembali.support.Refusal;
import kembali.visitor.Click;
import kembali.visitor.Clicks;
import kembali.visitor.Visitor;
import kembali.visitor.Visitors;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Trying a target of postbacks with a click that really happened. */
@Path("/api/v1/pixels/{id}/drill")
@Tag(name = "Pixels")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PixelDrillResource {
    /** Marks what is sent, in the request's own words for a test. */
    private static final String TEST = "drill";

    private static final String USUAL_STATUS = "sale";

    @Inject
    Caller caller;

    @Inject
    PixelViews views;

    @Inject
    Store store;

    @Inject
    Clicks clicks;

    @Inject
    Visitors visitors;

    @Inject
    Leads leads;

    @Inject
    Workspaces workspaces;

    @Inject
    Decisions decisions;

    @Inject
    TestConnection testConnection;

    @Inject
    InstantSource clock;

    /**
     * Which click, or whose last click, and what is made up about it.
     *
     * @param leadId as in paths: id, visitor code, {@code ref:…} or phone number
     * @param status of the conversion; {@code sale} unless said
     * @param send false only shows the request
     */
    public record DrillInput(
            @Nullable String subid,
            @Nullable String leadId,
            @Nullable String status,
            @Nullable BigDecimal payout,
            @Nullable String currency,
            @Nullable Boolean send) {}

    /** A request as it would travel, secrets masked; of headers only the names. */
    public record RequestView(
            String method,
            String url,
            List<String> headers,
            @Nullable Object body) {}

    /** What the target said to it. */
    public record AnswerView(
            @Nullable Integer httpStatus,
            @Nullable Object body,
            @Nullable String error,
            long durationMs,
            boolean taken,
            @Nullable Reason reason) {}

    /**
     * What came of it.
     *
     * @param request null when such a conversion would not be sent
     * @param reason why it would not; null when it would
     * @param answer null when nothing was sent
     */
    public record DrillView(
            @Nullable RequestView request,
            @Nullable Reason reason,
            boolean sent,
            @Nullable AnswerView answer) {}

    /** Whose click, and the way it came. */
    private record Case(
            @Nullable Lead lead, Visitor visitor, @Nullable Click click) {}

    /** Shows the request a conversion of that click would make; sends it, marked as a test, when asked to. */
    @POST
    public DrillView drill(@PathParam("id") String id, DrillInput in) throws InterruptedException {
        Pixel pixel = views.found(caller.workspaceId(), id);
        var checks = new Checks();
        String subid = checks.text("subid", in == null ? null : in.subid(), Click.MAX_SUBID);
        String leadId = checks.text("leadId", in == null ? null : in.leadId(), 200);
        String said = checks.text("status", in == null ? null : in.status(), 40);
        BigDecimal payout = checks.amount("payout", in == null ? null : in.payout());
        String currency = checks.currency("currency", in == null ? null : in.currency());
        if ((subid == null) == (leadId == null)) {
            checks.error("subid", "say either subid, a click's id, or leadId, whose last click is taken");
        }
        checks.done();
        Destination destination = pixel.destination();
        if (!pixel.platform().reportsConversions()) {
            throw Refusal.conflict(
                    "id",
                    "only a target of postbacks can be tried like this; for "
                            + pixel.platform().title() + " there are the preview, the test and the test mode");
        }
        if (destination == null) {
            throw Refusal.conflict("id", "the pixel's settings or credentials are incomplete");
        }
        Instant now = clock.instant();
        Money worth = payout == null
                ? null
                : new Money(
                        payout,
                        currency != null
                                ? currency
                                : workspaces.get(caller.workspaceId()).currency());
        Delivery d = store.read(sql -> decided(sql, pixel, subid, leadId, said, worth, now));
        if (d.prepared() == null) {
            return new DrillView(null, d.reason(), false, null);
        }
        PlatformRequest request = destination.request(List.of(d.prepared()), TEST);
        var shown = new RequestView(
                request.method(),
                request.loggedUri(),
                request.headers().keySet().stream().sorted().toList(),
                Bodies.shown(request.body()));
        if (in == null || !Boolean.TRUE.equals(in.send())) {
            return new DrillView(shown, null, false, null);
        }
        TestConnection.Tried tried = testConnection.send(pixel, destination, d.prepared(), TEST);
        return new DrillView(
                shown,
                null,
                true,
                new AnswerView(
                        tried.httpStatus(),
                        Bodies.shown(tried.body()),
                        tried.error(),
                        tried.durationMs(),
                        tried.taken(),
                        tried.reason()));
    }

    private Delivery decided(
            DSLContext sql,
            Pixel pixel,
            @Nullable String subid,
            @Nullable String leadId,
            @Nullable String said,
            @Nullable Money payout,
            Instant now) {
        Case c = subid != null ? byClick(sql, subid) : byLead(sql, String.valueOf(leadId), now);
        String status = said == null ? USUAL_STATUS : said.toLowerCase(Locale.ROOT);
        var conversion = new Trail.Conversion("cv_" + TEST, status, null, status, null, null, payout);
        Click click = c.click();
        Trail trail = decisions.trail(caller.workspaceId(), click, Map.of(), conversion);
        var reached =
                new Decisions.Reached(c.lead(), c.visitor(), status, now, ConversionEvent.Origin.POSTBACK, null, null);
        return decisions.rehearse(pixel, reached, trail, now);
    }

    private Case byClick(DSLContext sql, String subid) {
        int ws = caller.workspaceId();
        Click click = clicks.find(sql, ws, subid.toLowerCase(Locale.ROOT));
        Visitor visitor = click == null ? null : visitors.find(sql, ws, click.visitorNo());
        if (click == null || visitor == null) {
            throw Refusal.notFound("There is no click \"" + subid + "\".");
        }
        return new Case(leads.findByVisitor(sql, ws, visitor.no()), visitor, click);
    }

    private Case byLead(DSLContext sql, String id, Instant now) {
        int ws = caller.workspaceId();
        Lead lead = LeadIds.find(sql, leads, visitors, workspaces.get(ws), id);
        Visitor visitor = lead == null ? null : visitors.find(sql, ws, lead.visitorNo());
        if (lead == null || visitor == null) {
            throw Refusal.notFound("There is no lead \"" + id + "\".");
        }
        return new Case(lead, visitor, clicks.latestOf(sql, ws, visitor.no(), now));
    }
}
