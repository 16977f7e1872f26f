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
import kembali.inbound.Inbound;
import kembali.inbound.Source;
import kembali.ledger.Unusual;
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
    Inbound inbound;

    @Inject
    Store store;

    @Inject
    InstantSource clock;

    /**
     * One thing to look at.
     *
     * @param code stable word: {@code api_version_ends}, {@code api_version_ended}, {@code authorization_ends}, or a
     *     reason code of a stopped pixel; of a source {@code rate_unusual}, {@code amount_unusual}, {@code sales_too_fast}
     *     or {@code quarantine}
     * @param severity {@code error}: something is not sent now; {@code warning}: some was not, or soon will not be;
     *     {@code hint}: skipped by rule, as it may be meant
     * @param pixelId the pixel it is about, with its name and platform; null for a source
     * @param endsOn the day a version or an authorisation ends, else null
     * @param count how many entries of the sync log it kept back in the last seven days; null where nothing is counted
     * @param sample the latest of them
     * @param sourceId the source of postbacks it is about, with its name; null for a pixel
     */
    public record Finding(
            String code,
            String severity,
            @Nullable String pixelId,
            @Nullable String pixelName,
            @Nullable String platform,
            String message,
            String fix,
            @Nullable LocalDate endsOn,
            @Nullable Integer count,
            @Nullable String sample,
            @Nullable String sourceId,
            @Nullable String sourceName) {
        static Finding of(
                Pixel p, String severity, String code, String message, String fix, @Nullable LocalDate endsOn) {
            return new Finding(
                    code, severity, p.id(), p.name(), p.platform().key(), message, fix, endsOn, null, null, null, null);
        }
    }

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
                    .add(Finding.of(
                            n.pixel(),
                            ended ? "error" : "warning",
                            ended ? "api_version_ended" : "api_version_ends",
                            n.message(),
                            n.fix(),
                            n.version().endsOn()));
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
        warnings.addAll(ofSources());
        errors.addAll(warnings);
        errors.addAll(hints);
        return new Findings(errors);
    }

    private List<Finding> ofSources() {
        var found = new ArrayList<Finding>();
        for (Source s : inbound.sources().of(caller.workspaceId())) {
            if (!s.kind().equals(Source.POSTBACK)) {
                continue;
            }
            for (Unusual.Notice n : store.read(sql -> PostbackSources.notices(sql, s, clock.instant()))) {
                found.add(finding(s, n.code(), n.message(), n.fix()));
            }
            if (PostbackSourcePart.doc(s).quarantine()) {
                found.add(finding(
                        s,
                        "quarantine",
                        s.name() + " is in quarantine: its postbacks are recorded, and nothing is sent on.",
                        "Take it out of quarantine once you know that they are the network's own."));
            }
        }
        return found;
    }

    private static Finding finding(Source s, String code, String message, String fix) {
        return new Finding(code, "warning", null, null, null, message, fix, null, null, null, s.id(), s.name());
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
        return Finding.of(
                p,
                "warning",
                "authorization_ends",
                p.platform().title() + " gives " + p.name() + " no access after " + day + ", in "
                        + Duration.between(now, end).toDays() + " days; using it does not move that day.",
                "Authorise the app again at " + p.platform().title()
                        + " and enter the new refresh token in the pixel's settings.",
                day);
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
                t.sample(),
                null,
                null);
    }

    private static Finding finding(Pixel p, String severity, Reason reason) {
        return Finding.of(p, severity, reason.code(), reason.message(), reason.fix(), null);
    }
}
