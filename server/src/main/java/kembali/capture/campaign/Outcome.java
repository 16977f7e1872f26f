package kembali.capture.campaign;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** How requests for campaign links ended, as {@code kembali_campaign_requests} by outcome. */
enum Outcome {
    CLICK,
    DOUBLE_TAP,
    CRAWLER,
    PREVIEW,
    PREFETCH,
    NOT_GET,
    NOT_FOUND,
    REFUSED,
    OVERLOADED,
    FAILED;

    void count(MeterRegistry meters) {
        meters.counter("kembali_campaign_requests", "outcome", name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
