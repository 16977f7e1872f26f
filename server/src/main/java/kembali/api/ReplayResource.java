package kembali.api;

import static kembali.store.schema.Tables.DELIVERY;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import kembali.delivery.DeliveryStatus;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.intake.Replays;
import kembali.platform.Platform;
import kembali.platform.Platforms;
import kembali.support.Refusal;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** Tries many entries of the sync log again: count and money first, then the run. */
@Path("/api/v1/replays")
@Tag(name = "Sync log")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ReplayResource {
    private static final List<String> STATUSES = List.of(DeliveryStatus.FAILED, DeliveryStatus.SKIPPED);

    @Inject
    Caller caller;

    @Inject
    Replays replays;

    @Inject
    Platforms platforms;

    @Inject
    InstantSource clock;

    /**
     * Which entries, by when they were made.
     *
     * @param status {@code failed} and {@code skipped} unless said; what a platform took is never sent again
     * @param dryRun true only says how many and what they are worth
     */
    public record ReplayInput(
            @Nullable List<String> status,
            @Nullable String platform,
            @Nullable String pixelId,
            @Nullable String reason,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Boolean dryRun) {
        static final ReplayInput ALL = new ReplayInput(null, null, null, null, null, null, null);
    }

    /** A sum of one currency. */
    public record Value(String currency, String amount) {}

    /**
     * A run, or what one would do.
     *
     * @param id null of a dry run
     * @param state {@code dry_run}, {@code running}, {@code done} or {@code failed}
     * @param retried entries that wait to be sent again so far
     * @param left entries that could not be sent again
     */
    public record ReplayView(
            @Nullable String id,
            String state,
            int count,
            List<Value> values,
            int retried,
            int left,
            @Nullable Instant startedAt) {}

    @POST
    @Operation(summary = "Retry many entries; 202 with a run, or with dryRun count and money only")
    public Response start(@Nullable ReplayInput input) {
        ReplayInput in = input == null ? ReplayInput.ALL : input;
        Condition wanted = condition(in);
        int ws = caller.workspaceId();
        if (Boolean.TRUE.equals(in.dryRun())) {
            Replays.Sum sum = replays.sum(ws, wanted);
            return Response.ok(new ReplayView(null, "dry_run", sum.count(), values(sum), 0, 0, null))
                    .build();
        }
        return Response.accepted(view(replays.start(ws, wanted, clock.instant())))
                .build();
    }

    @GET
    @Path("/{id}")
    public ReplayView get(@PathParam("id") String id) {
        Replays.Run run = replays.find(caller.workspaceId(), id);
        if (run == null) {
            throw Refusal.notFound("There is no run \"" + id + "\"; runs are remembered until the server restarts.");
        }
        return view(run);
    }

    private Condition condition(ReplayInput in) {
        var checks = new Checks();
        List<String> given = in.status();
        List<String> statuses = given == null || given.isEmpty() ? STATUSES : given;
        for (String s : statuses) {
            if (s == null || !STATUSES.contains(s)) {
                checks.error(
                        "status",
                        "\"" + s
                                + "\" cannot be replayed; allowed are failed and skipped. What is accepted is not sent again,"
                                + " what is pending is sent by itself");
            }
        }
        Condition c = DELIVERY.STATUS.in(statuses);
        if (in.platform() != null) {
            checks.word(
                    "platform",
                    in.platform(),
                    platforms.list().stream().map(Platform::key).toList(),
                    in.platform());
            c = c.and(DELIVERY.PLATFORM.eq(in.platform()));
        }
        if (in.pixelId() != null) {
            c = c.and(DELIVERY.PIXEL_ID.eq(in.pixelId()));
        }
        if (in.reason() != null) {
            c = c.and(DELIVERY.REASON_CODE.eq(in.reason()));
        }
        Instant from = in.from();
        Instant to = in.to();
        if (from != null && to != null && !from.isBefore(to)) {
            checks.error("to", "must be after from");
        }
        if (from != null) {
            c = c.and(DELIVERY.CREATED_AT.ge(from.toEpochMilli()));
        }
        if (to != null) {
            c = c.and(DELIVERY.CREATED_AT.lt(to.toEpochMilli()));
        }
        checks.done();
        return c;
    }

    private static List<Value> values(Replays.Sum sum) {
        return sum.values().entrySet().stream()
                .map(e ->
                        new Value(e.getKey(), e.getValue().stripTrailingZeros().toPlainString()))
                .toList();
    }

    private static ReplayView view(Replays.Run run) {
        return new ReplayView(
                run.id(),
                run.state(),
                run.sum().count(),
                values(run.sum()),
                run.retried(),
                run.left(),
                run.startedAt());
    }
}
