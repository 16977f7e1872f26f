package kembali.inbound;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import kembali.delivery.courier.Courier;
import kembali.delivery.courier.Dispatch;
import kembali.platform.Endpoints;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import org.jspecify.annotations.Nullable;

/** Gets what a webhook only points at. Where a request names the address, only the public internet is reached. */
final class Fetcher {
    /** What came of it. */
    sealed interface Fetched {
        record Came(int status, String body) implements Fetched {}

        /** Nothing yet; it is tried again. */
        record Trouble(String code, String reason) implements Fetched {}
    }

    private final Courier courier;
    private final List<String> configured;

    Fetcher(Courier courier, Endpoints endpoints) {
        this.courier = courier;
        this.configured = List.copyOf(endpoints.configured().values());
    }

    Fetched fetch(Fact.Fetch fetch, SourceKeys keys) throws InterruptedException {
        String token = keys.accessToken();
        if (fetch.bearer() && token == null) {
            return new Fetched.Trouble(
                    "fetch_no_token",
                    "The request only points at its content, and the source has no access token to get it with.");
        }
        URI uri = address(fetch.url());
        if (uri == null) {
            return new Fetched.Trouble("fetch_failed", "The address of the content cannot be fetched.");
        }
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json"));
        var request = new PlatformRequest("GET", uri, uri.getScheme() + "://" + uri.getHost(), headers, "");
        if (fetch.bearer() && token != null) {
            request = request.withBearer(token);
        }
        return read(send(request, fetch.url()));
    }

    private Dispatch send(PlatformRequest request, String url) throws InterruptedException {
        boolean operators = configured.stream().anyMatch(base -> url.startsWith(base + "/"));
        try {
            return (operators ? courier.send(request, null) : courier.sendGuarded(request))
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private @Nullable URI address(String url) {
        try {
            URI uri = URI.create(url);
            boolean operators = configured.stream().anyMatch(base -> url.startsWith(base + "/"));
            return uri.getHost() != null && (operators || "https".equals(uri.getScheme())) ? uri : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Fetched read(Dispatch dispatch) {
        return switch (dispatch) {
            case Dispatch.Answered a -> read(a.reply());
            case Dispatch.NotSent n ->
                new Fetched.Trouble("fetch_failed", "The provider was not reached: " + n.error());
            case Dispatch.AnswerLost l ->
                new Fetched.Trouble("fetch_failed", "The provider did not answer: " + l.error());
        };
    }

    private static Fetched read(PlatformReply reply) {
        int status = reply.status();
        return status == 429 || status >= 500
                ? new Fetched.Trouble("fetch_failed", "The provider answered " + status + ".")
                : new Fetched.Came(status, reply.body());
    }
}
