package kembali.delivery;

import java.time.Instant;
import java.time.InstantSource;
import kembali.delivery.courier.Courier;
import kembali.delivery.courier.Dispatch;
import kembali.pixel.Pixel;
import kembali.platform.Destination;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.ProbeResult;
import kembali.platform.ProbeStep;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.TokenSource;
import org.jspecify.annotations.Nullable;

/** Proves a pixel's address, token and id with a request that stores nothing where the platform allows it. */
public final class TestConnection {
    private final Courier courier;
    private final AccessTokens tokens;
    private final InstantSource clock;

    public TestConnection(Courier courier, AccessTokens tokens, InstantSource clock) {
        this.courier = courier;
        this.tokens = tokens;
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
        Instant now = clock.instant();
        return converse(pixel, destination, destination.probe(now, pixel.activeTestCode(now)));
    }

    /** What the platform thinks of one event, without storing it; null where it offers no such thing. */
    public @Nullable ProbeResult rehearse(Pixel pixel, Prepared.Ready event) throws InterruptedException {
        Destination destination = pixel.destination();
        ProbeStep first = destination == null ? null : destination.rehearse(event, clock.instant());
        return destination == null || first == null ? null : converse(pixel, destination, first);
    }

    private ProbeResult converse(Pixel pixel, Destination destination, ProbeStep first) throws InterruptedException {
        String token = null;
        TokenSource source = destination.tokens();
        if (source != null) {
            // A test is often made because something was mended: ask anew whether access is granted.
            tokens.forget(source);
            switch (tokens.get(source, Sender.proxy(pixel))
                    .toCompletableFuture()
                    .join()) {
                case AccessTokens.Access.Granted granted -> token = granted.token();
                case AccessTokens.Access.Refused refused -> {
                    Reason reason = refused.failure().reason();
                    if (reason.code().equals(Reasons.NO_ANSWER.code())) {
                        // The server that gives out tokens is part of the platform.
                        return unreachable(reason.message(), pixel.proxy());
                    }
                    return new ProbeResult(false, reason.code(), reason.message(), reason.fix());
                }
            }
        }
        ProbeStep step = first;
        boolean renewed = false;
        while (step instanceof ProbeStep.Ask ask) {
            PlatformRequest request =
                    token == null ? ask.request() : ask.request().withBearer(token);
            Dispatch answer = courier.sendAndWait(request, Sender.proxy(pixel));
            if (source != null && token != null && !renewed && refused(answer)) {
                renewed = true;
                tokens.refused(source, token);
                if (tokens.get(source, Sender.proxy(pixel))
                                        .toCompletableFuture()
                                        .join()
                                instanceof AccessTokens.Access.Granted granted
                        && !granted.token().equals(token)) {
                    token = granted.token();
                    continue;
                }
            }
            step = switch (answer) {
                case Dispatch.Answered a -> ask.next().apply(a.reply());
                case Dispatch.NotSent n -> new ProbeStep.Found(notReached(n.error(), pixel));
                case Dispatch.AnswerLost l -> new ProbeStep.Found(notReached(l.error(), pixel));
            };
        }
        return ((ProbeStep.Found) step).result();
    }

    private static boolean refused(Dispatch answer) {
        return answer instanceof Dispatch.Answered a && a.reply().status() == 401;
    }

    private static ProbeResult notReached(String error, Pixel pixel) {
        return unreachable("The platform could not be reached: " + error + ".", pixel.proxy());
    }

    private static ProbeResult unreachable(String message, @Nullable String proxy) {
        return new ProbeResult(
                false,
                "unreachable",
                message,
                proxy == null
                        ? "Check that this server may open connections to the internet."
                        : "Check the pixel's proxy: address, port, user and password.");
    }
}
