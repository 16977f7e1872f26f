package kembali.e2e;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every way into every platform that must pass the contract suite. */
final class Transports {
    static final List<Transport> ALL = List.of(
            new MetaTransport(),
            new Ga4Transport(),
            GoogleAdsTransport.DATA_MANAGER,
            GoogleAdsTransport.ADS_API,
            new TikTokTransport(),
            new LinkedInTransport());

    private Transports() {}

    /** For {@code MethodSource}. */
    static Stream<Transport> all() {
        return ALL.stream();
    }

    /** Clicks of all of them, so that one lead is reported to every pixel under test: members of a lead's {@code click}. */
    static String clicks(int n) {
        return all().map(t -> t.click(n)).distinct().collect(Collectors.joining(","));
    }
}
