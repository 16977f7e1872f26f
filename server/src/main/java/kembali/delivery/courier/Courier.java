package kembali.delivery.courier;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.impl.VertxInternal;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import kembali.platform.PlatformRequest;
import org.jspecify.annotations.Nullable;

/**
 * Carries requests out of the house: HTTP/1.1 over kept-alive connections, each request written at
 * most once, no cookies or compression; redirects are followed only to and from addresses users entered. Thread-safe.
 *
 * <p>Each proxy, and each login at it, has connections of its own; they close once unused for {@link
 * CourierSettings#keepAlive}.
 */
public final class Courier implements AutoCloseable {
    /**
     * One event loop with connections of its own. A request stays on one loop from its first byte to
     * its last: letting Vert.x choose a loop per caller costs up to 1.4 times the CPU (docs/decisions/0004).
     */
    record Lane(Context context, HttpClient client) {}

    private static final int MOST_REDIRECTIONS = 3;

    private final VertxInternal vertx;
    private final CourierSettings settings;
    private final CourierSettings forEntered;
    private final AddressGuard guard;
    private final List<Lane> lanes;
    private final AtomicInteger next = new AtomicInteger();

    /**
     * @param vertx stays the caller's to close, after this
     * @param guard says what proxies and user-entered URLs may reach
     */
    public Courier(Vertx vertx, CourierSettings settings, AddressGuard guard) {
        this.vertx = (VertxInternal) vertx;
        this.settings = settings;
        this.forEntered = settings.forEnteredAddresses();
        this.guard = guard;
        // One loop sends 38,000 requests a second over TLS; half the cores leave room for the rest.
        int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.lanes = Stream.generate(this::lane).limit(loops).toList();
    }

    private Lane lane() {
        int connectMillis = Math.toIntExact(settings.connectTimeout().toMillis());
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setConnectTimeout(connectMillis)
                .setSslHandshakeTimeout(connectMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout(Math.toIntExact(settings.keepAlive().toSeconds()))
                .setPipelining(false)
                .setDecompressionSupported(false)
                .setVerifyHost(true);
        if (settings.trust() != null) {
            options.setTrustOptions(settings.trust());
        }
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(settings.connectionsPerHost());
        HttpClient client = vertx.httpClientBuilder()
                .with(options)
                .with(pool)
                // Each exchange reports its own fault. Vert.x would log it too, in the other side's words.
                .withConnectHandler(connection -> connection.exceptionHandler(fault -> {}))
                .build();
        return new Lane(vertx.createEventLoopContext(), client);
    }

    /**
     * Sends to an address the operator chose (a platform's endpoint), or to one a user entered ({@link
     * PlatformRequest#entered}): there only where the guard allows, to the very address that was checked, for 8 s at
     * most, and on to three redirections at most, each of which is checked in the same way.
     *
     * @param proxy entered by a user, so it must lie where the guard allows; null for none
     * @return always completed with a value, on an event loop: what depends on it must not block
     */
    public CompletionStage<Dispatch> send(PlatformRequest request, @Nullable ProxyAddress proxy) {
        return start(request, proxy, request.entered(), request.entered() ? MOST_REDIRECTIONS : 0);
    }

    /**
     * Sends to a URL a user entered (a webhook): only where the guard allows, and to the very address
     * that was checked, so that a name cannot point elsewhere in between.
     */
    public CompletionStage<Dispatch> sendGuarded(PlatformRequest request) {
        return start(request, null, true, 0);
    }

    /**
     * As {@link #send}, for virtual threads.
     *
     * @throws InterruptedException while waiting; the request travels on all the same
     */
    public Dispatch sendAndWait(PlatformRequest request, @Nullable ProxyAddress proxy) throws InterruptedException {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("Waiting here would stop the event loop the answer arrives on");
        }
        try {
            return send(request, proxy).toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private CompletionStage<Dispatch> start(
            PlatformRequest request, @Nullable ProxyAddress proxy, boolean guarded, int redirections) {
        Lane lane = lanes.get(Math.floorMod(next.getAndIncrement(), lanes.size()));
        return new Exchange(
                        new Exchange.Way(vertx, lane, guard, proxy, guarded),
                        request.entered() ? forEntered : settings,
                        request,
                        redirections)
                .start();
    }

    /** Closes all connections; requests under way end as not sent or lost. */
    @Override
    public void close() {
        for (Lane lane : lanes) {
            lane.client().close();
        }
    }
}
