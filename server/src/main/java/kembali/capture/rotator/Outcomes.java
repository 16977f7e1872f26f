package kembali.capture.rotator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How requests for links ended, as {@code kembali_rotator_requests} by outcome. */
final class Outcomes {
    enum Outcome {
        CLICK,
        FORM_SHOWN,
        FORM_SENT,
        FORM_WRONG,
        FORM_MACHINE,
        FORM_LIMITED,
        CRAWLER,
        PREVIEW,
        PREFETCH,
        NOT_GET,
        NOT_FOUND,
        OVERLOADED,
        FAILED
    }

    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
    private final Counter flagged;

    Outcomes(MeterRegistry meters) {
        for (Outcome o : Outcome.values()) {
            counters.put(
                    o,
                    meters.counter(
                            "kembali_rotator_requests", "outcome", o.name().toLowerCase(Locale.ROOT)));
        }
        flagged = meters.counter("kembali_rotator_flagged");
    }

    void count(Outcome outcome) {
        Counter c = counters.get(outcome);
        if (c != null) {
            c.increment();
        }
    }

    /** A click beyond what one address does in a minute. */
    void countFlagged() {
        flagged.increment();
    }
}
