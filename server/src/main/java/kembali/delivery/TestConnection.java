package kembali.delivery;

import java.time.InstantSource;
import kembali.delivery.courier.Courier;
import kembali.delivery.courier.Dispatch;
import kembali.delivery.courier.ProxyAddress;
import kembali.pixel.Pixel;
import kembali.platform.Destination;
import kembali.platform.ProbeResult;
import kembali.platform.ProbeStep;

/** Proves a pixel's address, token and id with a request that stores nothing where the platform allows it. */
public final class TestConnection {
    private final Courier courier;
    private final InstantSource clock;

    public TestConnection(Courier courier, InstantSource clock) {
        this.courier = courier;
        this.clock = clock;
    }

    /** Writes no row of the sync log. */
    public ProbeResult test(Pixel pixel) throws InterruptedException {
        Destination destination = pixel.destination();
        if (destination == null) {
            return new ProbeResult(
                    false,
                    "missing_configuration",
                    "The pixel's settings or credentials are incomplete.",
                    "Fill in what the platform's form asks for and test again.");
        }
        String proxy = pixel.proxy();
        ProbeStep step = destination.probe(clock.instant());
        while (step instanceof ProbeStep.Ask ask) {
            Dispatch answer = courier.sendAndWait(ask.request(), proxy == null ? null : ProxyAddress.parse(proxy));
            step = switch (answer) {
                case Dispatch.Answered a -> ask.next().apply(a.reply());
                case Dispatch.NotSent n -> new ProbeStep.Found(unreachable(n.error(), proxy));
                case Dispatch.AnswerLost l -> new ProbeStep.Found(unreachable(l.error(), proxy));
            };
        }
        return ((ProbeStep.Found) step).result();
    }

    private static ProbeResult unreachable(String error, @org.jspecify.annotations.Nullable String proxy) {
        return new ProbeResult(
                false,
                "unreachable",
                "The platform could not be reached: " + error + ".",
                proxy == null
                        ? "Check that this server may open connections to the internet."
                        : "Check the pixel's proxy: address, port, user and password.");
    }
}
