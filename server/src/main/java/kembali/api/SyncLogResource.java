package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import kembali.delivery.Attempt;
import kembali.delivery.Delivery;
import kembali.delivery.DeliveryStatus;
import kembali.delivery.SyncLog;
import kembali.http.Caller;
import kembali.http.Page;
import kembali.intake.DeliveryRetried;
import kembali.intake.Intake;
import kembali.lead.Leads;
import kembali.pixel.Health;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import kembali.platform.MatchWeight;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.store.Store;
import kembali.support.Refusal;
import kembali.visitor.Visitors;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** The sync log: what became of every conversion at every pixel. */
@Path("/api/v1/sync-logs")
@Tag(name = "Sync log")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SyncLogResource {
    @Inject
    Caller caller;

    @Inject
    Store store;

    @Inject
    Intake intake;

    @Inject
    Pixels pixels;

    @Inject
    Leads leads;

    @Inject
    Visitors visitors;

    /**
     * A row; {@code attempts} only when one row is asked for.
     *
     * @param leadId null for a page view from before the visitor was a lead, and after the person was erased
     * @param pixelName also of a pixel that was deleted since
     * @param visitor the visitor's code; null after the person was erased
     */
    public record SyncLogView(
            String id,
            @Nullable String leadId,
            @Nullable String visitor,
            String pixelId,
            @Nullable String pixelName,
            String platform,
            String status,
            boolean answerLost,
            @Nullable Reason reason,
            @Nullable String event,
            String eventId,
            String trigger,
            @Nullable String value,
            @Nullable String currency,
            @Nullable String orderId,
            Instant occurredAt,
            Instant createdAt,
            @Nullable Instant deliveredAt,
            @Nullable Instant nextAttemptAt,
            @Nullable List<AttemptView> attempts,
            int attemptCount,
            Match match) {}

    /**
     * The identifiers the event carries.
     *
     * @param score how well they identify a person, 0 to 10, by our own judgement and not the platform's; null where it
     *     cannot be said
     * @param raise what would raise it most, at most three
     */
    public record Match(@Nullable Integer score, List<String> keys, List<MatchWeight> raise) {
        static Match of(@Nullable Pixel pixel, List<String> keys, String route) {
            if (pixel == null) {
                return new Match(null, keys, List.of());
            }
            List<MatchWeight> weights = pixel.platform().matchWeights();
            if (keys.isEmpty() || weights.isEmpty()) {
                return new Match(null, keys, List.of());
            }
            int score = weights.stream()
                    .filter(w -> keys.contains(w.key()))
                    .mapToInt(MatchWeight::weight)
                    .sum();
            // Some keys are one thing by two names; having the one leaves nothing to gain by the other.
            var had = new HashSet<String>();
            weights.stream().filter(w -> keys.contains(w.key())).forEach(w -> had.add(w.howToGet()));
            List<MatchWeight> raise = weights.stream()
                    .filter(w -> had.add(w.howToGet()) && pixel.platform().canBeAdded(w.key(), route))
                    .sorted(Comparator.comparingInt(MatchWeight::weight).reversed())
                    .limit(3)
                    .toList();
            return new Match(Math.min(10, score), keys, score >= 10 ? List.of() : raise);
        }
    }

    /** One try. */
    public record AttemptView(
            Instant at,
            int durationMs,
            @Nullable Integer httpStatus,
            RequestView request,
            @Nullable ResponseView response,
            @Nullable String error,
            boolean answerLost) {}

    /** A request as it travelled, without secrets. */
    public record RequestView(
            String method, String url, @Nullable Object body) {}

    /** What came back, without secrets. */
    public record ResponseView(@Nullable Object body) {}

    @GET
    public Page<SyncLogView> list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("platform") @Nullable String platform,
            @QueryParam("pixelId") @Nullable String pixelId,
            @QueryParam("leadId") @Nullable String leadId,
            @QueryParam("visitor") @Nullable String visitor,
            @QueryParam("event") @Nullable String event,
            @QueryParam("reason") @Nullable String reason,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        int n = Page.limit(limit);
        var filter = new SyncLogFilter(status, platform, pixelId, leadId, visitor, event, reason, from, to);
        Condition condition = filter.condition(caller.workspaceId(), store, leads, visitors, Page.cursor(cursor, "dl"));
        int ws = caller.workspaceId();
        return store.read(sql -> Page.of(SyncLog.list(sql, ws, condition, n + 1), n, Delivery::id, d -> view(d, null)));
    }

    @GET
    @Path("/{id}")
    public SyncLogView get(@PathParam("id") String id) {
        int ws = caller.workspaceId();
        return store.read(sql -> {
            Delivery d = SyncLog.find(sql, ws, id);
            if (d == null) {
                throw Refusal.notFound("There is no sync-log entry \"" + id + "\".");
            }
            return view(d, SyncLog.attempts(sql, id));
        });
    }

    @POST
    @Path("/{id}/retry")
    @Consumes(MediaType.WILDCARD)
    public SyncLogView retry(@PathParam("id") String id) {
        intake.appendAndWait(new DeliveryRetried(caller.workspaceId(), id));
        return get(id);
    }

    private SyncLogView view(Delivery d, @Nullable List<Attempt> attempts) {
        Pixel pixel = pixels.find(d.pixelId());
        boolean pending = d.status().equals(DeliveryStatus.PENDING);
        return new SyncLogView(
                d.id(),
                d.leadId(),
                d.visitorNo() == null ? null : visitors.code(d.workspaceId(), d.visitorNo()),
                d.pixelId(),
                pixels.name(d.pixelId()),
                d.platform(),
                d.status(),
                d.answerLost(),
                reason(d, pixel),
                d.event(),
                d.eventId(),
                d.trigger(),
                d.valueAmount(),
                d.currency(),
                d.orderId(),
                d.occurredAt(),
                d.createdAt(),
                d.deliveredAt(),
                pending && !d.leased() ? d.dueAt() : null,
                attempts == null
                        ? null
                        : attempts.stream().map(a -> view(d, a, pixel)).toList(),
                d.attempts(),
                Match.of(pixel, d.matchKeys(), d.route()));
    }

    /** A row that waits behind a stopped pixel says why the pixel is stopped. */
    static @Nullable Reason reason(Delivery d, @Nullable Pixel pixel) {
        if (!d.status().equals(DeliveryStatus.PENDING) || pixel == null) {
            return d.reason();
        }
        Health health = pixel.shownHealth();
        return health.state() != Health.State.OK && health.reason() != null ? health.reason() : d.reason();
    }

    private static AttemptView view(Delivery d, Attempt a, @Nullable Pixel pixel) {
        return new AttemptView(
                a.at(),
                a.durationMs(),
                a.httpStatus(),
                new RequestView(a.method(), a.url(), Bodies.shown(body(d, a, pixel))),
                a.response() == null ? null : new ResponseView(Bodies.shown(a.response())),
                a.error(),
                a.answerLost());
    }

    /** This row's own part of the request; its neighbours in a batch are other rows' business. */
    private static @Nullable String body(Delivery d, Attempt a, @Nullable Pixel pixel) {
        if (Attempt.NO_PAYLOAD.equals(a.payload())) {
            return null;
        }
        Prepared.Ready sent =
                a.payload() != null ? new Prepared.Ready(a.payload(), List.of(), "", false) : d.prepared();
        if (sent == null) {
            return null;
        }
        return pixel == null || pixel.destination() == null
                ? sent.json()
                : pixel.destination().request(List.of(sent), a.testCode()).body();
    }
}
