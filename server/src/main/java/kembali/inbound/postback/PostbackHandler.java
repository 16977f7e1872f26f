package kembali.inbound.postback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.capture.ClientAddress;
import kembali.inbound.BytesInHand;
import kembali.inbound.Source;
import kembali.inbound.Sources;
import kembali.inbound.postback.PostbackRules.Ready;
import kembali.intake.Intake;
import kembali.intake.PostbackReceived;
import kembali.intake.PostbackRefused;
import kembali.ledger.ReceivedPostback.Arrival;
import kembali.ledger.ReceivedPostback.Content;
import kembali.ledger.SourceDays;
import kembali.postback.Access.Admission;
import kembali.postback.Answer;
import kembali.postback.Answer.Wish;
import kembali.postback.PostbackReader;
import kembali.postback.Reading;
import kembali.postback.Result;
import kembali.store.GroupCommit;
import kembali.support.IpAddresses;
import org.jspecify.annotations.Nullable;

/**
 * {@code /p/{key}}, {@code /{key}/postback} and {@code /p/{key}/batch}: takes postbacks and answers once they are booked on
 * disk. Never blocks.
 */
public final class PostbackHandler {
    private static final Logger LOG = Logger.getLogger(PostbackHandler.class.getName());
    private static final byte[] NO_BODY = new byte[0];
    private static final String HELD_UP = "60";

    private final Sources sources;
    private final PostbackRules rules;
    private final Intake intake;
    private final ClientAddress clientAddress;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final PostbackBatch batches;
    private final KeyGuard guard = new KeyGuard();
    private final BytesInHand inHand = new BytesInHand(Runtime.getRuntime().maxMemory() / 16);
    /** Apart, so that somebody's slow upload of a batch holds up no single postback. */
    private final BytesInHand batchesInHand = new BytesInHand(PostbackReader.MAX_BATCH);

    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    PostbackHandler(
            Sources sources,
            PostbackRules rules,
            Intake intake,
            ClientAddress clientAddress,
            InstantSource clock,
            MeterRegistry meters) {
        this.sources = sources;
        this.rules = rules;
        this.intake = intake;
        this.clientAddress = clientAddress;
        this.clock = clock;
        this.meters = meters;
        this.batches = new PostbackBatch(intake);
    }

    /** A request with a good key, on its way through. */
    private record Visit(
            Ready ready,
            HttpServerRequest request,
            Context context,
            Instant at,
            @Nullable InetAddress address) {
        HttpServerResponse response() {
            return request.response();
        }

        @Nullable String accept() {
            return request.getHeader("Accept");
        }

        @Nullable String ip() {
            return address == null ? null : IpAddresses.text(address);
        }

        String method() {
            return request.method().name();
        }
    }

    private interface Taker {
        void take(Visit visit, Buffer body);
    }

    /** Answers one postback, on the event loop; a wrong key goes on to whoever answers unknown addresses. */
    public void handle(RoutingContext routing) {
        enter(routing, visit -> {
            switch (visit.method()) {
                case "GET" -> take(visit, NO_BODY);
                case "POST" ->
                    readBody(visit, inHand, PostbackReader.MAX_BODY, (v, body) -> take(v, body.getBytes()));
                case "HEAD", "OPTIONS" -> refuse(visit, Reading.Why.NO_EFFECT);
                default -> notAllowed(visit, "GET, POST");
            }
        });
    }

    /** Answers a batch, on the event loop; the same for a wrong key. */
    public void handleBatch(RoutingContext routing) {
        enter(routing, visit -> {
            switch (visit.method()) {
                case "POST" ->
                    readBody(
                            visit,
                            batchesInHand,
                            PostbackReader.MAX_BATCH,
                            (v, body) -> takeBatch(v, body.getBytes()));
                case "HEAD", "OPTIONS" -> refuse(visit, Reading.Why.NO_EFFECT);
                default -> notAllowed(visit, "POST");
            }
        });
    }

    private void enter(RoutingContext routing, Consumer<Visit> then) {
        try {
            String key = routing.pathParam("key");
            HttpServerRequest request = routing.request();
            InetAddress address = clientAddress.of(
                    request.remoteAddress() == null
                            ? null
                            : request.remoteAddress().hostAddress(),
                    request.headers().getAll("X-Forwarded-For"),
                    request.headers().getAll("Forwarded"));
            String from = address == null ? "" : IpAddresses.text(address);
            Instant now = clock.instant();
            Source source = sources.open(Source.POSTBACK, key == null ? "" : key, now);
            if (guard.isHeldUp(from)) {
                // The same for a good key and a wrong one.
                count("held_up");
                request.response().putHeader("Retry-After", HELD_UP);
                send(request.response(), Answer.of(new Result.OverRate(60), Wish.of(null)));
            } else if (source == null) {
                count("unknown_key");
                guard.sentBadKey(from);
                routing.next();
            } else {
                guard.sentGoodKey(from);
                then.accept(new Visit(rules.of(source), request, routing.vertx().getOrCreateContext(), now, address));
            }
        } catch (RuntimeException e) {
            fault(routing.request().response(), e);
        }
    }

    /** The server's own report of a fault would name the address, and with it the key and the person. */
    private static void fault(HttpServerResponse response, RuntimeException e) {
        LOG.log(
                Level.SEVERE,
                "a postback could not be taken: " + e.getClass().getName() + " at "
                        + (e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0]));
        comeAgain(response, Wish.of(null));
    }

    private static void comeAgain(HttpServerResponse response, Wish wish) {
        if (!response.ended() && !response.closed()) {
            response.putHeader("Retry-After", "2");
        }
        send(response, Answer.of(new Result.NotStored(), wish));
    }

    private static void notAllowed(Visit visit, String allowed) {
        visit.response().setStatusCode(405).putHeader("Allow", allowed).end();
    }

    private void readBody(Visit visit, BytesInHand room, int most, Taker whole) {
        HttpServerRequest request = visit.request;
        String length = request.getHeader("Content-Length");
        long said = length == null ? 0 : number(length);
        if (said > most) {
            tooLarge(visit);
            return;
        }
        BytesInHand.Share share = room.share();
        request.response().endHandler(v -> share.close());
        request.response().closeHandler(v -> share.close());
        if (!share.add((int) said)) {
            overloaded(visit);
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        // What it says it has is taken at once: a buffer that grows takes twice as much.
        Buffer body = Buffer.buffer((int) said);
        boolean[] ended = {false};
        request.handler(chunk -> {
            if (ended[0]) {
                return;
            }
            if (body.length() + chunk.length() > most) {
                ended[0] = true;
                tooLarge(visit);
            } else if (said == 0 && !share.add(chunk.length())) {
                ended[0] = true;
                overloaded(visit);
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(gone -> ended[0] = true); // the sender went away
        request.endHandler(end -> {
            if (ended[0]) {
                return;
            }
            ended[0] = true;
            try {
                whole.take(visit, body);
            } catch (RuntimeException e) {
                fault(visit.response(), e);
            }
        });
        request.resume();
    }

    private void overloaded(Visit visit) {
        count("overloaded");
        closeAfter(visit);
        comeAgain(visit.response(), Wish.of(visit.accept()));
    }

    private static long number(String digits) {
        try {
            return Math.max(0, Long.parseLong(digits.strip()));
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** What is left of the body is not read. HTTP/2 has no such header, and needs none. */
    private static void closeAfter(Visit visit) {
        if (visit.request.version() != HttpVersion.HTTP_2) {
            visit.response().putHeader("Connection", "close");
        }
    }

    private void tooLarge(Visit visit) {
        closeAfter(visit);
        refused(visit, new Result.Unreadable(Reading.Why.BODY_TOO_LARGE), NO_BODY, Wish.of(visit.accept()));
    }

    private void refuse(Visit visit, Reading.Why why) {
        // Looking has no effect, not even on the log.
        count(why.code());
        send(visit.response(), Answer.of(new Result.Unreadable(why), Wish.of(null)));
    }

    /** Whether the request may be read; null when it was answered already. */
    private Admission.@Nullable Admitted admitted(Visit visit, byte[] body) {
        Ready ready = visit.ready;
        String header = ready.access().signing() == null
                ? null
                : ready.access().signing().header();
        Admission admission = ready.access()
                .check(
                        visit.address,
                        visit.request.query(),
                        body,
                        header == null ? null : visit.request.getHeader(header),
                        visit.at);
        Wish wish = Wish.of(visit.accept());
        return switch (admission) {
            case Admission.Denied d -> {
                refused(visit, new Result.Denied(d.reason()), body, wish);
                yield null;
            }
            case Admission.Admitted a -> {
                // Only who may send uses the key up.
                int wait = guard.secondsToWait(ready.source().id(), ready.ratePerSecond());
                if (wait > 0) {
                    refused(visit, new Result.OverRate(wait), NO_BODY, wish);
                    yield null;
                }
                yield a;
            }
        };
    }

    private void take(Visit visit, byte[] body) {
        Admission.Admitted admitted = admitted(visit, body);
        if (admitted == null) {
            return;
        }
        String query = admitted.query() ? visit.request.query() : null;
        byte[] read = admitted.body() ? body : NO_BODY;
        String type = visit.request.getHeader("Content-Type");
        switch (visit.ready.reader().read(visit.method(), query, read, type, visit.at)) {
            case Reading.Refused r -> refused(visit, new Result.Unreadable(r.why()), read, Wish.of(visit.accept()));
            case Reading.Read r -> {
                Wish wish = Wish.of(
                        visit.accept(),
                        r.postback(),
                        visit.ready.rules().rules().handling());
                store(
                        visit,
                        PostbackReceived.now(
                                arrival(visit, query, read),
                                new Content(visit.method(), query, read, type),
                                r.postback(),
                                visit.ready.rules()),
                        wish);
            }
        }
    }

    private Arrival arrival(Visit visit, @Nullable String query, byte[] body) {
        var log = visit.ready.log();
        String masked = query == null ? null : log.mask(query);
        return new Arrival(
                visit.ready.source().workspaceId(),
                intake.domain().ledger().received().newId(),
                visit.ready.source().id(),
                visit.at,
                visit.ip(),
                visit.method(),
                masked,
                body.length == 0 ? null : log.maskBody(new String(body, StandardCharsets.UTF_8)));
    }

    /** Leaves a row, as long as there are not too many of them, and answers. */
    private void refused(Visit visit, Result result, byte[] body, Wish wish) {
        if (guard.mayKeepRefused(visit.ready.source().id())) {
            byte[] shown = body.length > PostbackReader.MAX_BODY ? NO_BODY : body;
            store(visit, new PostbackRefused(arrival(visit, visit.request.query(), shown), result), wish);
        } else {
            intake.domain().ledger().days().count(visit.ready.source().id(), visit.at, SourceDays.End.REFUSED);
            count(result.word());
            send(visit.response(), Answer.of(result, wish));
        }
    }

    private void store(Visit visit, Intake.Command<Result> command, Wish wish) {
        try {
            intake.append(command)
                    .whenComplete((result, error) -> visit.context.runOnContext(v -> {
                        if (error == null) {
                            count(result.word());
                            send(visit.response(), Answer.of(result, wish));
                        } else {
                            LOG.log(
                                    Level.WARNING,
                                    "a postback of " + visit.ready.source().id() + " could not be stored: " + error);
                            count("not_stored");
                            comeAgain(visit.response(), wish);
                        }
                    }));
        } catch (GroupCommit.OverloadedException e) {
            count("overloaded");
            comeAgain(visit.response(), wish);
        }
    }

    private void takeBatch(Visit visit, byte[] body) {
        Admission.Admitted admitted = admitted(visit, body);
        if (admitted == null) {
            return;
        }
        String query = admitted.query() ? visit.request.query() : null;
        Wish wish = Wish.of(visit.accept());
        boolean taken = batches.take(
                new PostbackBatch.Job(visit.ready, query, admitted.body() ? body : NO_BODY, visit.ip(), visit.at),
                outcome -> visit.context.runOnContext(v -> {
                    switch (outcome) {
                        case PostbackBatch.Outcome.Rows rows -> {
                            count("batch");
                            send(visit.response(), Answer.ofBatch(rows.results()));
                        }
                        case PostbackBatch.Outcome.Refused r ->
                            refused(visit, new Result.Unreadable(r.why()), NO_BODY, wish);
                        case PostbackBatch.Outcome.Failed f -> {
                            count("not_stored");
                            comeAgain(visit.response(), wish);
                        }
                    }
                }));
        if (!taken) {
            count("overloaded");
            comeAgain(visit.response(), wish);
        }
    }

    private static void send(HttpServerResponse response, Answer answer) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status()).putHeader("Content-Type", answer.contentType());
        answer.headers().forEach(response::putHeader);
        response.end(answer.body());
    }

    private void count(String result) {
        counters.computeIfAbsent(result, r -> meters.counter("kembali_postback_requests", "result", r))
                .increment();
    }
}
