package kembali.delivery.courier;

import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import kembali.delivery.courier.Dispatch.Obstacle;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way. Everything after {@link #start} happens on one event loop, so nothing
 * needs a lock and no part of an answer can arrive before its handler is set.
 *
 * <p>The line between {@link Dispatch.NotSent} and {@link Dispatch.AnswerLost} is {@link #opened}:
 * until then we have written nothing on the target's connection; from then on we do not know how far
 * the bytes came.
 */
final class Exchange {
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);

    /**
     * How requests leave.
     *
     * @param proxy null for none
     * @param guarded whether the guard is asked about the target, too
     */
    record Way(
            VertxInternal vertx,
            Courier.Lane lane,
            AddressGuard guard,
            @Nullable ProxyAddress proxy,
            boolean guarded) {}

    private final Way way;
    private final VertxInternal vertx;
    private final HttpClient client;
    private final CourierSettings settings;
    private final PlatformRequest request;
    private final @Nullable ProxyAddress proxy;
    private final int redirectionsLeft;
    private final boolean tls;
    private final Target target;

    private final long startedAt = System.nanoTime();
    private final CompletableFuture<Dispatch> result = new CompletableFuture<>();
    private long timer;
    private @Nullable HttpClientRequest onTheWire;
    private int status;
    private Buffer body = Buffer.buffer();
    private boolean followed;

    /** Where the request goes; the host without brackets. */
    private record Target(String host, int port) {
        static Target of(URI uri, boolean tls) {
            String host = String.valueOf(uri.getHost());
            int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
            return new Target(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
        }

        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** @param redirectionsLeft how many more may be followed */
    Exchange(Way way, CourierSettings settings, PlatformRequest request, int redirectionsLeft) {
        this.way = way;
        this.vertx = way.vertx;
        this.client = way.lane.client();
        this.settings = settings;
        this.request = request;
        this.proxy = way.proxy;
        this.redirectionsLeft = redirectionsLeft;
        this.tls = "https".equalsIgnoreCase(request.uri().getScheme());
        this.target = Target.of(request.uri(), tls);
    }

    CompletionStage<Dispatch> start() {
        way.lane.context().runOnContext(v -> begin());
        return result;
    }

    private void begin() {
        timer = vertx.setTimer(settings.totalTimeout().toMillis(), id -> timedOut());
        RequestOptions options;
        try {
            options = options();
        } catch (IllegalArgumentException e) {
            notSent("the request cannot be written as HTTP: bad address, method or header");
            return;
        }
        if (way.guarded) {
            // The address that was checked is the one that is dialled, by a proxy, too; a plain request through an
            // HTTP proxy names the host, and there the check has to do.
            resolveGuarded(target.host, Obstacle.FORBIDDEN, address -> {
                options.setServer(SocketAddress.inetSocketAddress(target.port, address.getHostAddress()));
                throughProxy(options);
            });
        } else {
            throughProxy(options);
        }
    }

    private void throughProxy(RequestOptions options) {
        ProxyAddress via = proxy;
        if (via == null) {
            open(options);
        } else {
            resolveGuarded(
                    via.host(), Obstacle.PROXY, address -> open(options.setProxyOptions(proxyOptions(via, address))));
        }
    }

    private RequestOptions options() {
        URI uri = request.uri();
        if (uri.getHost() == null || (!tls && !"http".equalsIgnoreCase(uri.getScheme()))) {
            throw new IllegalArgumentException("neither http:// nor https:// with a host");
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                // The host keeps an IPv6 address's brackets, as the Host header needs; the server has none.
                .setHost(uri.getHost())
                .setPort(target.port)
                .setServer(SocketAddress.inetSocketAddress(target.port, target.host))
                .setSsl(tls)
                .setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery())
                // No connect timeout here: a connection that arrives after its last waiter has left is
                // forgotten by Vert.x 4.5.27's pool and never closed. We wait, and hand it back unused.
                .setFollowRedirects(false);
        options.putHeader("User-Agent", settings.userAgent());
        request.headers().forEach(options::putHeader);
        return options;
    }

    private ProxyOptions proxyOptions(ProxyAddress via, InetAddress address) {
        ProxyOptions options = new ProxyOptions()
                .setType(
                        switch (via.kind()) {
                            case HTTP -> ProxyType.HTTP;
                            case SOCKS5 -> ProxyType.SOCKS5;
                        })
                .setHost(address.getHostAddress())
                .setPort(via.port())
                .setConnectTimeout(settings.connectTimeout());
        if (via.login() != null) {
            options.setUsername(via.login().user()).setPassword(via.login().password());
        }
        return options;
    }

    /**
     * Resolves once, judges that address, and hands on that address and no other.
     *
     * @param ifClosed what stands in the way when it may not be reached
     */
    private void resolveGuarded(String host, Obstacle ifClosed, Consumer<InetAddress> reachable) {
        vertx.resolveAddress(host, resolved -> {
            if (result.isDone()) {
                return;
            }
            if (resolved.failed()) {
                notSent(
                        "the name " + host + " cannot be resolved",
                        ifClosed == Obstacle.PROXY ? Obstacle.PROXY : Obstacle.TARGET);
                return;
            }
            InetAddress address = resolved.result();
            String complaint = way.guard.complaint(address);
            if (complaint != null) {
                notSent(
                        host + " " + complaint + "; the operator can allow it with KEMBALI_ALLOW_PRIVATE_ADDRESSES",
                        ifClosed);
                return;
            }
            reachable.accept(address);
        });
    }

    private void open(RequestOptions options) {
        try {
            client.request(options).onComplete(this::opened);
        } catch (IllegalStateException e) {
            notSent("the courier is closed");
        }
    }

    private void opened(AsyncResult<HttpClientRequest> ready) {
        if (ready.failed()) {
            String peer = proxy == null ? target.toString() : proxy.toString();
            notSent(
                    Faults.connecting(ready.cause(), peer, target.toString(), settings.connectTimeout()),
                    proxy == null ? Obstacle.TARGET : Faults.throughProxy(ready.cause()));
            return;
        }
        HttpClientRequest opened = ready.result();
        if (result.isDone()) {
            // Too late: hands the unused connection back. Without a handler Vert.x logs that as an error.
            opened.exceptionHandler(fault -> {}).reset();
            return;
        }
        onTheWire = opened;
        opened.exceptionHandler(fault -> lost(Faults.waiting(fault)));
        opened.response().onComplete(this::answered);
        if (request.body().isEmpty() && !request.method().equals("POST")) {
            opened.end();
        } else {
            opened.end(Buffer.buffer(request.body()));
        }
    }

    private void answered(AsyncResult<HttpClientResponse> answer) {
        if (answer.failed()) {
            lost(Faults.waiting(answer.cause()));
            return;
        }
        HttpClientResponse response = answer.result();
        status = response.statusCode();
        response.exceptionHandler(fault -> lost(Faults.waiting(fault)));
        boolean forwarded = proxy != null && proxy.kind() == ProxyAddress.Kind.HTTP && !tls;
        if (forwarded && status == PROXY_AUTHENTICATION_REQUIRED) {
            // A plain-text request goes to the proxy whole, and only a proxy may answer 407 (RFC 9110, 15.5.8).
            notSent(Faults.proxyRefusedLogin(String.valueOf(proxy)), Obstacle.PROXY_LOGIN);
            abort();
            return;
        }
        PlatformRequest next = redirectionsLeft > 0 && REDIRECTIONS.contains(status) ? redirected(response) : null;
        if (next != null) {
            follow(next);
            return;
        }
        response.handler(chunk -> take(chunk, response));
        response.endHandler(v -> answeredWhole(response));
    }

    /** What a redirection asks for; null when it leads nowhere. Headers, which are secrets, stay with their host. */
    private @Nullable PlatformRequest redirected(HttpClientResponse response) {
        String location = response.getHeader("Location");
        if (location == null || location.isBlank()) {
            return null;
        }
        URI to;
        try {
            to = request.uri().resolve(location.strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
        boolean http = "https".equalsIgnoreCase(to.getScheme()) || "http".equalsIgnoreCase(to.getScheme());
        if (!http || to.getHost() == null) {
            return null;
        }
        boolean same = to.getScheme().equalsIgnoreCase(request.uri().getScheme())
                && Target.of(to, tls).equals(target);
        boolean asked = status == 307 || status == 308 || !request.method().equals("POST");
        var headers = new HashMap<String, String>();
        request.headers().forEach((name, value) -> {
            boolean ofBody = name.equalsIgnoreCase("Content-Type");
            if (ofBody ? asked : same) {
                headers.put(name, value);
            }
        });
        return new PlatformRequest(
                asked ? request.method() : "GET", to, request.loggedUri(), headers, asked ? request.body() : "", true);
    }

    private void follow(PlatformRequest next) {
        Duration left = settings.totalTimeout().minus(took());
        followed = true;
        vertx.cancelTimer(timer);
        abort();
        new Exchange(way, settings.within(left.isPositive() ? left : Duration.ofMillis(1)), next, redirectionsLeft - 1)
                .start()
                .thenAccept(end -> finish(
                        switch (end) {
                            case Dispatch.Answered a -> new Dispatch.Answered(a.reply(), took());
                            case Dispatch.NotSent n
                            when n.obstacle() == Obstacle.FORBIDDEN ->
                                new Dispatch.NotSent("the redirection to " + n.error(), took(), Obstacle.FORBIDDEN);
                            // The first host has seen the request.
                            case Dispatch.NotSent n ->
                                new Dispatch.AnswerLost("a redirection could not be followed: " + n.error(), took());
                            case Dispatch.AnswerLost l ->
                                new Dispatch.AnswerLost("after a redirection " + l.error(), took());
                        }));
    }

    private void take(Buffer chunk, HttpClientResponse response) {
        int room = settings.answerLimit() - body.length();
        if (chunk.length() <= room) {
            body.appendBuffer(chunk);
            return;
        }
        body.appendBuffer(chunk, 0, room);
        answeredWhole(response);
        abort();
    }

    private void answeredWhole(HttpClientResponse response) {
        String text = body.toString(StandardCharsets.UTF_8);
        finish(new Dispatch.Answered(new PlatformReply(status, headers(response.headers()), text), took()));
    }

    private static Map<String, String> headers(MultiMap received) {
        Map<String, String> headers = HashMap.newHashMap(received.size());
        received.forEach((name, value) ->
                headers.merge(name.toLowerCase(Locale.ROOT), value, (first, more) -> first + ", " + more));
        return headers;
    }

    private void timedOut() {
        String limit = Faults.seconds(settings.totalTimeout());
        if (onTheWire == null) {
            notSent("no connection to " + target + " within " + limit);
        } else {
            lost("no whole answer within " + limit);
            abort();
        }
    }

    /** Closes the connection, so that a late answer cannot be taken for the next request's. */
    private void abort() {
        if (onTheWire != null) {
            onTheWire.reset();
        }
    }

    private void notSent(String error) {
        notSent(error, Obstacle.TARGET);
    }

    private void notSent(String error, Obstacle obstacle) {
        finish(new Dispatch.NotSent(error, took(), obstacle));
    }

    private void lost(String error) {
        if (followed) {
            return; // we closed the connection ourselves
        }
        String known = status == 0 ? error : error + ", after status " + status;
        finish(new Dispatch.AnswerLost(known, took()));
    }

    /** The first verdict stands. */
    private void finish(Dispatch dispatch) {
        if (result.complete(dispatch)) {
            vertx.cancelTimer(timer);
            body = Buffer.buffer();
        }
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }
}
