package kembali.bench.httpclient;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.PemTrustOptions;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** The clients, each set up as we would use it: HTTP/1.1, 64 kept-alive connections, no retries. */
final class Candidates {
    static final int IN_FLIGHT = 64;
    private static final long TOTAL_MILLIS = 10_000;

    /** Sends one body from a virtual thread and waits for the answer's text. */
    interface Sender {
        String send(byte[] body) throws Exception;
    }

    private Candidates() {}

    /** @param certificate of the sink, PEM; trusted by all */
    static Map<String, Sender> all(URI sink, Path certificate) throws Exception {
        Map<String, Sender> senders = new LinkedHashMap<>();
        senders.put("vertx, one loop", vertx(sink, certificate, true));
        senders.put("vertx, any loop", vertx(sink, certificate, false));
        TrustManagerFactory trust = trust(certificate);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        senders.put("apache classic", apache(sink, tls));
        senders.put("okhttp", okhttp(sink, tls, (X509TrustManager) trust.getTrustManagers()[0]));
        senders.put("jdk", jdk(sink, tls));
        return senders;
    }

    private static TrustManagerFactory trust(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        try (InputStream in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "sink", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    /** @param oneLoop whether a request stays on one event loop, or Vert.x picks one per calling thread */
    private static Sender vertx(URI sink, Path certificate, boolean oneLoop) {
        var vertx = (VertxInternal) Vertx.vertx(new VertxOptions().setEventLoopPoolSize(oneLoop ? 1 : 2));
        var client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(3000)
                        .setTrustOptions(new PemTrustOptions().addCertPath(certificate.toString())),
                new PoolOptions().setHttp1MaxSize(IN_FLIGHT));
        var loop = vertx.createEventLoopContext();
        return body -> {
            var answer = new CompletableFuture<String>();
            Runnable exchange = () -> {
                long timer = vertx.setTimer(TOTAL_MILLIS, id -> answer.cancel(false));
                var options = new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(sink.toString())
                        .putHeader("content-type", "application/json");
                // Nested, not chained: a handler attached after the answer has come gets an empty body.
                client.request(options)
                        .compose(request -> request.send(Buffer.buffer(body)).compose(HttpClientResponse::body))
                        .onComplete(done -> {
                            vertx.cancelTimer(timer);
                            if (done.succeeded()) {
                                answer.complete(done.result().toString());
                            } else {
                                answer.completeExceptionally(done.cause());
                            }
                        });
            };
            if (oneLoop) {
                loop.runOnContext(v -> exchange.run());
            } else {
                exchange.run();
            }
            return answer.get();
        };
    }

    private static Sender apache(URI sink, SSLContext tls) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(IN_FLIGHT)
                .setMaxConnTotal(IN_FLIGHT)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                .build();
        var client = HttpClients.custom()
                .setConnectionManager(connections)
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .disableRedirectHandling()
                .build();
        return body -> {
            HttpPost post = new HttpPost(sink);
            post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
            return client.execute(post, response -> EntityUtils.toString(response.getEntity()));
        };
    }

    private static Sender okhttp(URI sink, SSLContext tls, X509TrustManager trust) {
        OkHttpClient client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(IN_FLIGHT, 5, TimeUnit.MINUTES))
                .protocols(List.of(Protocol.HTTP_1_1))
                .sslSocketFactory(tls.getSocketFactory(), trust)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .callTimeout(Duration.ofMillis(TOTAL_MILLIS))
                .build();
        MediaType json = MediaType.get("application/json");
        return body -> {
            Request request = new Request.Builder()
                    .url(sink.toString())
                    .header("Accept-Encoding", "identity")
                    .post(RequestBody.create(body, json))
                    .build();
            try (var response = client.newCall(request).execute()) {
                return response.body().string();
            }
        };
    }

    private static Sender jdk(URI sink, SSLContext tls) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .build();
        return body -> client.send(
                        HttpRequest.newBuilder(sink)
                                .timeout(Duration.ofMillis(TOTAL_MILLIS))
                                .header("content-type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
