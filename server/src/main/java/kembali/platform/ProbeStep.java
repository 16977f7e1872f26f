package kembali.platform;

import java.util.function.Function;

/** A conversation with the platform that stores no event: Test Connection, or the rehearsal of one event. */
public sealed interface ProbeStep {
    /** A question, and what its answer leads to. The caller adds the access token. */
    record Ask(PlatformRequest request, Function<PlatformReply, ProbeStep> next) implements ProbeStep {
        @Override
        public String toString() {
            return "Ask[" + request + "]";
        }
    }

    /** The end. */
    record Found(ProbeResult result) implements ProbeStep {}

    /** One question, one verdict. */
    static ProbeStep of(PlatformRequest request, Function<PlatformReply, ProbeResult> read) {
        return new Ask(request, reply -> new Found(read.apply(reply)));
    }
}
