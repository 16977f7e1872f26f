package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kembali.delivery.AccessTokens;
import kembali.delivery.DeliveryStatus;
import kembali.diagnosis.Troubles;
import kembali.http.Caller;
import kembali.pixel.Health;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import kembali.pixel.VersionWatch;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.TokenSource;
import kembali.store.Store;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What stands in the way of a workspace's conversions, or soon will, each with what to do about it. */
@Path("/api/v1/diagnostics")
@Tag(name = "Diagnostics")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DiagnosticsResource {
    @Inject
    Caller caller;

    @Inject
    Pixels pixels;

    @Inject
    VersionWatch versions;

    @Inject
    AccessTokens tokens;

    @Inject
    Store store;

    @Inject
    InstantSource clock;

    /**
     * One thing to look at.
     *
     * @param code stable word: {@code api_version_ends}, {@code api_version_ended}, {@code authorization_ends}, or a
     *     reason code of a stopped pixel
     * @param severity {@code error}: something is not sent now; {@code warning}: some was not, or soon will not be;
     *     {@code hint}: skipped by rule, as it may be meant
     * @param endsOn the day a version or an authorisation ends, else null
     * @param count how many entries of the sync log it kept back in the last seven days; null where nothing is counted
     * @param sample the latest of them
     */
    public record Finding(
            String code,
            String severity,
            String pixelId,
            String pixelName,
            String platform,
            String message,
            String fix,
            @Nullable LocalDate endsOn,
            @Nullable Integer count,
            @Nullable String sample) {}

    private static final Set<Health.State> STOPPED = Set.of(Health.State.PARKED, Health.State.ERROR);

    /** The end of a grant is shown this early. */
    private static final Duration GRANT_NOTICE = Duration.ofDays(30);

    /** All findings, the urgent ones first. */
    public record Findings(List<Finding> items) {}

    @GET
    public Findings get() {
        var errors = new ArrayList<Finding>();
        var warnings = new ArrayList<Finding>();
        for (Pixel p : pixels.of(caller.workspaceId())) {
            Health health = p.shownHealth();
            Reason reason = health.reason();
            if (p.enabled() && p.destination() == null) {
                errors.add(finding(p, "error", Reasons.MISSING_CONFIGURATION));
            } else if (STOPPED.contains(health.state()) && reason != null) {
                errors.add(finding(p, "error", reason));
            } else if (health.state() != Health.State.OK && reason != null) {
                warnings.add(finding(p, "warning", reason));
            }
        }
        for (VersionWatch.Notice n : versions.notices(caller.workspaceId())) {
            boolean ended = n.nearness() == VersionWatch.Nearness.ENDED;
            (ended ? errors : warnings)
                    .add(new Finding(
                            ended ? "api_version_ended" : "api_version_ends",
                            ended ? "error" : "warning",
                            n.pixel().id(),
                            n.pixel().name(),
                            n.pixel().platform().key(),
                            n.message(),
                            n.fix(),
                            n.version().endsOn(),
                            null,
                            null));
        }
        for (Pixel p : pixels.of(caller.workspaceId())) {
            Finding ending = grantEnding(p);
            if (ending != null) {
                warnings.add(ending);
            }
        }
        var hints = new ArrayList<Finding>();
        for (Troubles.Trouble t : store.read(sql -> Troubles.of(sql, caller.workspaceId(), clock.instant()))) {
            Pixel p = pixels.find(caller.workspaceId(), t.pixelId());
            if (p != null) {
                boolean skipped = t.status().equals(DeliveryStatus.SKIPPED);
                (skipped ? hints : warnings).add(finding(p, t, skipped ? "hint" : "warning"));
            }
        }
        errors.addAll(warnings);
        errors.addAll(hints);
        return new Findings(errors);
    }

    private @Nullable Finding grantEnding(Pixel p) {
        TokenSource source =
                p.enabled() && p.destination() != null ? p.destination().tokens() : null;
        Instant end = source == null ? null : tokens.grantEnd(source);
        Instant now = clock.instant();
        if (end == null || end.isAfter(now.plus(GRANT_NOTICE))) {
            return null;
        }
        LocalDate day = LocalDate.ofInstant(end, ZoneOffset.UTC);
        return new Finding(
                "authorization_ends",
                "warning",
                p.id(),
                p.name(),
                p.platform().key(),
                p.platform().title() + " gives " + p.name() + " no access after " + day + ", in "
                        + Duration.between(now, end).toDays() + " days; using it does not move that day.",
                "Authorise the app again at " + p.platform().title()
                        + " and enter the new refresh token in the pixel's settings.",
                day,
                null,
                null);
    }

    private static Finding finding(Pixel p, Troubles.Trouble t, String severity) {
        return new Finding(
                t.code(),
                severity,
                p.id(),
                p.name(),
                p.platform().key(),
                t.message() == null ? "" : t.message(),
                t.fix() == null ? "" : t.fix(),
                null,
                t.count(),
                t.sample());
    }

    private static Finding finding(Pixel p, String severity, Reason reason) {
        return new Finding(
                reason.code(),
                severity,
                p.id(),
                p.name(),
                p.platform().key(),
                reason.message(),
                reason.fix(),
                null,
                null,
                null);
    }
}
