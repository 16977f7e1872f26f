package kembali.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import kembali.delivery.courier.Courier;
import kembali.delivery.courier.Dispatch;
import kembali.pixel.Pixel;
import kembali.platform.Destination;
import kembali.platform.Outcome;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.ProbeResult;
import kembali.platform.ProbeStep;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.TokenSource;
import kembali.platform.Verdict;
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

    /**
     * What came back of a request sent for a try.
     *
     * @param httpStatus null when no answer came
     * @param body masked; null when no answer came
     * @param error what happened instead of an answer; null when one came
     * @param taken whether a conversion answered like this counts as accepted
     * @param reason why it does not, or something worth knowing; null for nothing
     */
    public record Tried(
            @Nullable Integer httpStatus,
            @Nullable String body,
            @Nullable String error,
            long durationMs,
            boolean taken,
            @Nullable Reason reason) {}

    /**
     * Sends one event marked as a test. It leaves no row in the sync log.
     *
     * @param testCode what marks it, see {@link Destination#request}
     */
    public Tried send(Pixel pixel, Destination destination, Prepared.Ready event, String testCode)
            throws InterruptedException {
        PlatformRequest request = destination.request(List.of(event), testCode);
        return switch (courier.sendAndWait(request, Sender.proxy(pixel))) {
            case Dispatch.Answered a -> {
                Verdict verdict = destination.read(a.reply(), List.of(event), clock.instant());
                Outcome outcome = verdict instanceof Verdict.All all ? all.outcome() : null;
                yield new Tried(
                        a.reply().status(),
                        Sender.shown(pixel, a.reply().body(), null),
                        null,
                        a.took().toMillis(),
                        outcome instanceof Outcome.Accepted,
                        switch (outcome) {
                            case Outcome.Accepted accepted -> accepted.detail();
                            case Outcome.Failed failed -> failed.reason();
                            case Outcome.Processing processing -> processing.detail();
                            case Outcome.PartialFailure partial -> DeliveryRecorder.joined(partial.complaints());
                            case null -> Reasons.UNREADABLE_ANSWER;
                        });
            }
            case Dispatch.NotSent n -> new Tried(null, null, n.error(), n.took().toMillis(), false, Sender.notSent(n));
            case Dispatch.AnswerLost l ->
                new Tried(
                        null,
                        null,
                        l.error(),
                        l.took().toMillis(),
                        false,
                        Reasons.NO_ANSWER.saying("The event was sent but no answer came: " + l.error() + "."));
        };
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
                    if (refused.notSent() != null) {
                        return notSent(refused.notSent());
                    }
                    Reason reason = refused.failure().reason();
                    if (reason.code().equals(Reasons.NO_ANSWER.code())) {
                        // The server that gives out tokens is part of the platform.
                        return unreachable(reason.message());
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
                case Dispatch.NotSent n -> new ProbeStep.Found(notSent(n));
                case Dispatch.AnswerLost l ->
                    new ProbeStep.Found(unreachable("The platform could not be reached: " + l.error() + "."));
            };
        }
        return ((ProbeStep.Found) step).result();
    }

    private static boolean refused(Dispatch answer) {
        return answer instanceof Dispatch.Answered a && a.reply().status() == 401;
    }

    /** Which part failed: the proxy, its login, what lies behind it, or the platform. */
    private static ProbeResult notSent(Dispatch.NotSent n) {
        Reason reason = Sender.notSent(n);
        return switch (n.obstacle()) {
            case TARGET -> unreachable(reason.message());
            case FORBIDDEN -> new ProbeResult(false, reason.code(), reason.message(), reason.fix());
            case PROXY ->
                new ProbeResult(
                        false,
                        "proxy_unreachable",
                        "The proxy cannot be reached: " + n.error() + ".",
                        "Check the proxy's host and port, and that it is up and takes connections from this server.");
            case PROXY_LOGIN ->
                new ProbeResult(
                        false,
                        "proxy_login_refused",
                        "The proxy is there and does not accept the login: " + n.error() + ".",
                        "Check the proxy's user and password; some proxies ask for this server's address to be allowed"
                                + " instead.");
            case PROXY_REFUSAL ->
                new ProbeResult(
                        false,
                        "proxy_refused",
                        "The proxy is there, and could not or would not reach the platform: " + n.error() + ".",
                        "Ask the proxy's owner whether it may connect to the platform's host, or use another proxy.");
        };
    }

    private static ProbeResult unreachable(String message) {
        return new ProbeResult(
                false, "unreachable", message, "Check that this server may open connections to the internet.");
    }
}
