package kembali.delivery.courier;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
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

    private final VertxInternal vertx;
    private final HttpClient client;
    private final CourierSettings settings;
    private final AddressGuard guard;
    private final PlatformRequest request;
    private final @Nullable ProxyAddress proxy;
    private final boolean guarded;
    private final boolean tls;
    private final Target target;

    private final long startedAt = System.nanoTime();
    private final CompletableFuture<Dispatch> result = new CompletableFuture<>();
    private long timer;
    private @Nullable HttpClientRequest onTheWire;
    private int status;
    private Buffer body = Buffer.buffer();

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

    Exchange(
            VertxInternal vertx,
            HttpClient client,
            CourierSettings settings,
            AddressGuard guard,
            PlatformRequest request,
            @Nullable ProxyAddress proxy,
            boolean guarded) {
        this.vertx = vertx;
        this.client = client;
        this.settings = settings;
        this.guard = guard;
        this.request = request;
        this.proxy = proxy;
        this.guarded = guarded;
        this.tls = "https".equalsIgnoreCase(request.uri().getScheme());
        this.target = Target.of(request.uri(), tls);
    }

    CompletionStage<Dispatch> start(Context context) {
        context.runOnContext(v -> begin());
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
        if (proxy != null) {
            ProxyAddress via = proxy;
            resolveGuarded(via.host(), address -> open(options.setProxyOptions(proxyOptions(via, address))));
        } else if (guarded) {
            resolveGuarded(
                    target.host,
                    address -> open(
                            options.setServer(SocketAddress.inetSocketAddress(target.port, address.getHostAddress()))));
        } else {
            open(options);
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

    /** Resolves once, judges that address, and hands on that address and no other. */
    private void resolveGuarded(String host, Consumer<InetAddress> reachable) {
        vertx.resolveAddress(host, resolved -> {
            if (result.isDone()) {
                return;
            }
            if (resolved.failed()) {
                notSent("the name " + host + " cannot be resolved");
                return;
            }
            InetAddress address = resolved.result();
            String complaint = guard.complaint(address);
            if (complaint != null) {
                notSent(host + " " + complaint + "; the operator can allow it with KEMBALI_ALLOW_PRIVATE_ADDRESSES");
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
            notSent(Faults.connecting(ready.cause(), peer, target.toString(), settings.connectTimeout()));
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
        if (request.body().isEmpty() && request.method().equals("GET")) {
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
            notSent(Faults.proxyRefusedLogin(String.valueOf(proxy)));
            abort();
            return;
        }
        response.handler(chunk -> take(chunk, response));
        response.endHandler(v -> answeredWhole(response));
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
        finish(new Dispatch.NotSent(error, took()));
    }

    private void lost(String error) {
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
