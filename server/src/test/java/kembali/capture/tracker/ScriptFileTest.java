package kembali.capture.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class ScriptFileTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @BeforeAll
    void serve() throws Exception {
        var script = ScriptFile.ofThisRelease();
        var router = Router.router(vertx);
        router.route("/track.min.js").handler(script::handle);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    @AfterAll
    void stop() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private HttpResponse<byte[]> ask(String method, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/track.min.js"))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void givesTheScriptToPagesOfAnyOrigin() throws Exception {
        var answer = ask("GET");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/javascript; charset=utf-8");
        assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=3600");
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(header(answer, "Content-Encoding")).isEmpty();
        assertThat(answer.body()).isEqualTo(resource());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "gzip, deflate, br", "br;q=1.0, GZIP;q=0.5"})
    void takesAtMostFourKilobytesOfTheLine(String accepted) throws Exception {
        var answer = ask("GET", "Accept-Encoding", accepted);
        assertThat(header(answer, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(answer, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(answer.body()).hasSizeLessThanOrEqualTo(4096);
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(resource());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip;q=0", "gzip; q=0.000", "x-gzipped"})
    void staysPlainForWhoTakesNoGzip(String accepted) throws Exception {
        assertThat(ask("GET", "Accept-Encoding", accepted).body()).isEqualTo(resource());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
    void sendsNothingToWhoHasIt(String known) throws Exception {
        for (String accepted : new String[] {"gzip", "identity"}) {
            String tag = header(ask("GET", "Accept-Encoding", accepted), "ETag");
            assertThat(tag).matches("\"[0-9a-f]{16}(-gzip)?\"");
            var again = ask("GET", "Accept-Encoding", accepted, "If-None-Match", known.replace("%s", tag));
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "ETag")).isEqualTo(tag);
        }
    }

    @Test
    void aTagNamesBytes() throws Exception {
        String plain = header(ask("GET"), "ETag");
        var gzipped = ask("GET", "Accept-Encoding", "gzip", "If-None-Match", plain);
        assertThat(gzipped.statusCode()).isEqualTo(200);
        assertThat(header(gzipped, "ETag")).isNotEqualTo(plain);
    }

    @Test
    void answersHeadWithoutTheBytes() throws Exception {
        var answer = ask("HEAD", "Accept-Encoding", "gzip");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Integer.parseInt(header(answer, "Content-Length"))).isBetween(1_000, 4_096);
        assertThat(ask("POST").statusCode()).isEqualTo(405);
    }

    private static byte[] resource() throws Exception {
        try (var in = ScriptFile.class.getResourceAsStream("track.min.js")) {
            assertThat(in).isNotNull();
            return in.readAllBytes();
        }
    }
}
