package kembali.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kembali.delivery.DeliveryStatus;
import kembali.delivery.PixelFigures;
import kembali.diagnosis.Finding.Severity;
import kembali.diagnosis.Troubles.Trouble;
import kembali.pixel.Health;
import kembali.pixel.Pixel;
import kembali.platform.Reason;

/** What stands between an integration and its platform. */
public final class IntegrationDiagnosis {
    private IntegrationDiagnosis() {}

    /**
     * The findings, the worst first; empty when all is well.
     *
     * @param mapsNothing whether no status becomes an event of it
     * @param figures what became of its latest events
     * @param troubles its own of the last {@link Troubles#SPAN}
     */
    public static List<Finding> of(
            Pixel pixel, boolean mapsNothing, PixelFigures figures, List<Trouble> troubles, Instant now) {
        var findings = new ArrayList<Finding>();
        if (!pixel.enabled()) {
            findings.add(one(
                    "disabled",
                    Severity.ERROR,
                    pixel,
                    pixel.name() + " is switched off: nothing is sent, and nothing waits.",
                    "Switch the integration on."));
        } else if (pixel.destination() == null) {
            findings.add(one(
                    "missing_configuration",
                    Severity.ERROR,
                    pixel,
                    pixel.name() + " has no complete settings: an id or an access token is missing.",
                    "Open the integration's settings, fill in what is missing, and press Test Connection."));
        }
        Health health = pixel.shownHealth();
        Reason stopped = health.reason();
        if (pixel.enabled() && health.state() != Health.State.OK && stopped != null) {
            findings.add(one(stopped.code(), severity(health.state()), pixel, stopped.message(), stopped.fix()));
        }
        if (mapsNothing) {
            findings.add(one(
                    "mapping_empty",
                    Severity.ERROR,
                    pixel,
                    "No status is mapped to an event of " + pixel.platform().title() + ", so " + pixel.name()
                            + " is told of nothing.",
                    "Choose events in the integration's mapping or in the conversion settings."));
        }
        nothingSent(pixel, figures, now, findings);
        for (Trouble t : troubles) {
            boolean skipped = t.status().equals(DeliveryStatus.SKIPPED);
            findings.add(new Finding(
                    t.code(),
                    skipped ? Severity.HINT : Severity.WARNING,
                    t.status(),
                    t.count(),
                    0,
                    t.sample(),
                    t.message() == null ? t.code() : t.message(),
                    t.fix() == null ? "Look at the entry in the sync log." : t.fix()));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Severity severity(Health.State state) {
        return switch (state) {
            case PARKED, ERROR -> Severity.ERROR;
            case OK, THROTTLED, PAUSED, MUTED -> Severity.WARNING;
        };
    }

    /** Conversions there were, and none of them arrived. */
    private static void nothingSent(Pixel pixel, PixelFigures figures, Instant now, List<Finding> findings) {
        int events =
                figures.counts().values().stream().mapToInt(Integer::intValue).sum();
        int taken = figures.counts().getOrDefault(DeliveryStatus.ACCEPTED, 0)
                + figures.counts().getOrDefault(DeliveryStatus.PARTIAL_FAILURE, 0);
        if (events == 0 || taken > 0) {
            return;
        }
        Instant last = figures.lastSuccessAt();
        String since = last == null
                ? "Nothing has reached the platform yet"
                : "Nothing has reached the platform for "
                        + Duration.between(last, now).toHours() + " hours";
        findings.add(
                new Finding(
                        "nothing_sent",
                        Severity.ERROR,
                        pixel.id(),
                        events,
                        events,
                        null,
                        since + ", although there were " + events + (events == 1 ? " conversion" : " conversions")
                                + " in the last 24 hours.",
                        "See the other findings and the sync log's reasons; Test Connection tells whether the token and ids are right."));
    }

    private static Finding one(String code, Severity severity, Pixel pixel, String message, String fix) {
        return new Finding(code, severity, pixel.id(), 1, 0, null, message, fix);
    }
}
