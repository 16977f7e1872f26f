package kembali.inbound;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.capture.ClientAddress;
import kembali.capture.RequestKind;
import kembali.store.GroupCommit;
import kembali.support.IpAddresses;
import org.jspecify.annotations.Nullable;

/**
 * {@code /in/{kind}/{token}}: takes requests of other systems as they are, checks whom they come from, stores them, and
 * answers once they are on disk. What they say is read later. Never blocks.
 */
public final class InboundHandler {
    /** Another place for the token, for those who cannot keep it in an address. */
    static final String TOKEN_HEADER = "x-kembali-token";

    /** Where the handler notes the address a form was posted from; never taken from outside. */
    static final String ADDRESS_HEADER = "x-kembali-address";

    private static final Logger LOG = Logger.getLogger(InboundHandler.class.getName());
    private static final int MOST_BYTES = 1 << 20;
    /** Meta sends many events at once. */
    private static final int MOST_BYTES_OF_META = 3 << 20;

    private static final int MOST_REFUSED_BYTES = 64 << 10;

    private final Kinds kinds;
    private final Sources sources;
    private final Requests requests;
    private final Processor processor;
    private final ClientAddress clientAddress;
    private final InstantSource clock;
    private final String publicUrl;
    private final MeterRegistry meters;
    private final RequestLimits limits = new RequestLimits();
    private final BytesInHand inHand = new BytesInHand(Runtime.getRuntime().maxMemory() / 16);

    InboundHandler(
            Kinds kinds,
            Sources sources,
            Requests requests,
            Processor processor,
            ClientAddress clientAddress,
            InstantSource clock,
            String publicUrl,
            MeterRegistry meters) {
        this.kinds = kinds;
        this.sources = sources;
        this.requests = requests;
        this.processor = processor;
        this.clientAddress = clientAddress;
        this.clock = clock;
        this.publicUrl = publicUrl;
        this.meters = meters;
    }

    /** A request to a source of ours, on its way through. */
    private record Visit(
            Source source, Kind kind, String token, HttpServerRequest request, Context context, Instant at) {
        HttpServerResponse response() {
            return request.response();
        }
    }

    /** Answers one request, on the event loop; what is no source of ours goes on to whoever answers unknown addresses. */
    public void handle(RoutingContext routing) {
        try {
            answer(routing);
        } catch (RuntimeException e) {
            // The server's own report of a fault names the address, and with it the token.
            fault(routing.request().response(), e);
        }
    }

    private static void fault(HttpServerResponse response, RuntimeException e) {
        LOG.log(
                Level.SEVERE,
                "a request could not be taken: " + e.getClass().getName() + " at "
                        + (e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0]));
        send(response, Reply.text(503, "Please try again in a moment."));
    }

    private void answer(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String kindKey = routing.pathParam("kind");
        String inPath = routing.pathParam("token");
        String token = inPath == null ? request.getHeader(TOKEN_HEADER) : inPath;
        Instant now = clock.instant();
        Source source = sources.open(kindKey == null ? "" : kindKey, token == null ? "" : token, now);
        Kind kind = source == null ? null : kinds.find(source.kind());
        if (source == null || kind == null || token == null) {
            count("unknown", "not_found");
            routing.next();
            return;
        }
        var visit = new Visit(source, kind, token, request, routing.vertx().getOrCreateContext(), now);
        switch (request.method().name()) {
            case "POST" -> post(visit);
            case "GET" -> get(visit);
            case "OPTIONS" -> BrowserAnswers.preflight(visit.request, visit.source.doc());
            default ->
                visit.response()
                        .setStatusCode(405)
                        .putHeader("Allow", "GET, POST")
                        .end();
        }
    }

    private void get(Visit visit) {
        RawRequest raw = raw(visit, Buffer.buffer());
        Reply handshake;
        try {
            handshake = visit.kind.handshake(raw, visit.source.keys());
        } catch (RuntimeException e) {
            LOG.log(
                    Level.SEVERE,
                    "the handshake of " + visit.kind.key() + " failed: "
                            + e.getClass().getName());
            handshake = Reply.text(500, "Please try again.");
        }
        if (handshake != null) {
            count(visit.kind.key(), "handshake");
            send(visit.response(), handshake);
        } else if (raw.query().isEmpty() || !isPerson(visit.request)) {
            // Somebody looks whether the address is right, or a machine draws a preview of it.
            count(visit.kind.key(), "looked_at");
            send(visit.response(), Reply.text(200, "This address takes POST requests."));
        } else {
            check(visit, raw);
        }
    }

    private static boolean isPerson(HttpServerRequest request) {
        return switch (RequestKind.of("GET", request::getHeader)) {
            case RequestKind.Prefetch p -> false;
            case RequestKind.Preview p -> false;
            case RequestKind.Human h -> true;
            // Providers call with whatever their programming language calls itself.
            case RequestKind.Crawler c -> true;
            case RequestKind.NotGet n -> true;
        };
    }

    private void post(Visit visit) {
        int most = switch (visit.kind.key()) {
            case "whatsapp", "meta-leads" -> MOST_BYTES_OF_META;
            default -> MOST_BYTES;
        };
        readBody(visit, most, body -> {
            RawRequest raw = raw(visit, body);
            if (visit.kind.fromBrowsers() && !mayPost(visit, raw)) {
                return;
            }
            check(visit, raw);
        });
    }

    private void readBody(Visit visit, int most, Consumer<Buffer> whole) {
        HttpServerRequest request = visit.request;
        String length = request.getHeader("Content-Length");
        if (length != null && length.length() >= Integer.toString(most).length() && number(length) > most) {
            tooLarge(visit, most);
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        Buffer body = Buffer.buffer();
        boolean[] ended = {false};
        BytesInHand.Share share = inHand.share();
        request.response().endHandler(v -> share.close());
        request.response().closeHandler(v -> share.close());
        request.handler(chunk -> {
            if (ended[0]) {
                return;
            }
            if (body.length() + chunk.length() > most) {
                ended[0] = true;
                tooLarge(visit, most);
            } else if (!share.add(chunk.length())) {
                ended[0] = true;
                count(visit.kind.key(), "overloaded");
                visit.response().putHeader("Connection", "close");
                tryAgain(visit);
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(fault -> ended[0] = true); // the sender went away
        request.endHandler(end -> {
            if (ended[0]) {
                return;
            }
            ended[0] = true;
            try {
                whole.accept(body);
            } catch (RuntimeException e) {
                fault(visit.response(), e);
            }
        });
        request.resume();
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void tooLarge(Visit visit, int most) {
        count(visit.kind.key(), "too_large");
        visit.response().putHeader("Connection", "close");
        send(visit.response(), Reply.text(413, "At most " + most + " bytes are taken."));
    }

    /** Whether this browser, or this site's server, may post here now; answers when it may not. */
    private boolean mayPost(Visit visit, RawRequest raw) {
        BrowserAnswers.allow(visit.request, visit.source.doc());
        String origin = raw.header("origin");
        List<String> allowed = visit.source.doc().origins();
        if (origin != null && !allowed.isEmpty() && !allowed.contains(origin.toLowerCase(Locale.ROOT))) {
            refuse(
                    visit,
                    raw,
                    Readings.FOREIGN_PAGE,
                    "A page of " + shown(origin)
                            + " posted it, which is not allowed here; add it to the source's origins.",
                    403);
            return false;
        }
        if (!limits.mayPost(visit.source, String.valueOf(address(visit.request)), isBrowser(raw))) {
            count(visit.kind.key(), "too_often");
            visit.response().putHeader("Retry-After", "60");
            send(visit.response(), Reply.text(429, "Too many forms from this address; please wait a minute."));
            return false;
        }
        return true;
    }

    private static String shown(String origin) {
        return origin.length() > 100 ? origin.substring(0, 100) + "…" : origin;
    }

    private void check(Visit visit, RawRequest raw) {
        Authenticity authenticity;
        try {
            authenticity = visit.kind.check(raw, visit.source.keys(), visit.at);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.SEVERE,
                    "the check of " + visit.kind.key() + " failed: "
                            + e.getClass().getName());
            count(visit.kind.key(), "failed");
            tryAgain(visit);
            return;
        }
        switch (authenticity) {
            case Authenticity.Genuine g -> store(visit, raw);
            case Authenticity.Unsigned u -> store(visit, raw);
            case Authenticity.Forged forged -> refuse(visit, raw, Readings.FORGED, forged.reason(), 401);
        }
    }

    private void refuse(Visit visit, RawRequest raw, String code, String reason, int status) {
        count(visit.kind.key(), "refused");
        Reply reply = Reply.text(status, status == 401 ? "The signature does not fit." : "Not from this page.");
        if (!limits.mayKeepRefused(visit.source)) {
            send(visit.response(), reply);
            return;
        }
        var content = RequestContent.of(raw, visit.token, MOST_REFUSED_BYTES);
        stored(
                visit,
                () -> requests.refuse(visit.source, content, visit.at, code, reason),
                () -> send(visit.response(), reply));
    }

    private void store(Visit visit, RawRequest raw) {
        var content = RequestContent.of(raw, visit.token, Integer.MAX_VALUE);
        stored(visit, () -> requests.take(visit.source, content, visit.at), () -> {
            count(visit.kind.key(), "taken");
            processor.wake(visit.source.id());
            answer(visit, raw);
        });
    }

    private interface Storing {
        CompletableFuture<String> store();
    }

    private void stored(Visit visit, Storing storing, Runnable then) {
        try {
            storing.store()
                    .whenComplete((id, error) -> visit.context.runOnContext(v -> {
                        if (error == null) {
                            then.run();
                        } else {
                            LOG.log(
                                    Level.WARNING,
                                    "a request of " + visit.source.id() + " could not be stored: " + error);
                            count(visit.kind.key(), "failed");
                            tryAgain(visit);
                        }
                    }));
        } catch (GroupCommit.OverloadedException e) {
            count(visit.kind.key(), "overloaded");
            tryAgain(visit);
        }
    }

    private void answer(Visit visit, RawRequest raw) {
        Reply reply;
        try {
            reply = visit.kind.taken(raw);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.SEVERE,
                    "the answer of " + visit.kind.key() + " failed: "
                            + e.getClass().getName());
            reply = Reply.OK;
        }
        if (visit.kind.fromBrowsers()) {
            BrowserAnswers.taken(visit.response(), raw, visit.source.doc(), reply);
        } else {
            send(visit.response(), reply);
        }
    }

    private static void tryAgain(Visit visit) {
        visit.response().putHeader("Retry-After", "2");
        send(visit.response(), Reply.text(503, "Please try again in a moment."));
    }

    static void send(HttpServerResponse response, Reply reply) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(reply.status()).putHeader("Cache-Control", "no-store");
        if (!reply.contentType().isEmpty()) {
            response.putHeader("Content-Type", reply.contentType());
        }
        response.end(reply.body());
    }

    private RawRequest raw(Visit visit, Buffer body) {
        HttpServerRequest request = visit.request;
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach(h -> headers.putIfAbsent(h.getKey().toLowerCase(Locale.ROOT), h.getValue()));
        headers.remove(ADDRESS_HEADER);
        String query = request.query();
        var raw = new RawRequest(
                request.method().name(),
                publicUrl + request.uri(),
                query == null ? "" : query,
                headers,
                body.getBytes());
        String address = visit.kind.fromBrowsers() && isBrowser(raw) ? address(request) : null;
        if (address == null) {
            return raw;
        }
        headers.put(ADDRESS_HEADER, address);
        return new RawRequest(raw.method(), raw.url(), raw.query(), headers, raw.body());
    }

    /** Browsers say where a form stands; servers that pass forms on do not. */
    private static boolean isBrowser(RawRequest raw) {
        return raw.header("origin") != null || raw.header("sec-fetch-mode") != null;
    }

    private @Nullable String address(HttpServerRequest request) {
        InetAddress address = clientAddress.of(
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress(),
                request.headers().getAll("X-Forwarded-For"),
                request.headers().getAll("Forwarded"));
        return address == null ? null : IpAddresses.text(address);
    }

    private void count(String kind, String outcome) {
        meters.counter("kembali_inbound_requests", "kind", kind, "outcome", outcome)
                .increment();
    }
}
