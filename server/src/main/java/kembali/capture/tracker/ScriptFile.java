package kembali.capture.tracker;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import kembali.identity.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /track.min.js} and {@code /click.min.js}: our scripts, for pages of any origin. Plain and gzipped bytes lie in memory, each with a
 * tag of its own, since a strong tag names bytes.
 */
public final class ScriptFile {

    private final Form plain;
    private final Form gzipped;

    private record Form(Buffer bytes, String tag, @Nullable String encoding) {}

    private ScriptFile(byte[] script) {
        String hash = Sha256.hex(new String(script, StandardCharsets.UTF_8)).substring(0, 16);
        plain = new Form(Buffer.buffer(script), '"' + hash + '"', null);
        gzipped = new Form(Buffer.buffer(gzip(script)), '"' + hash + "-gzip\"", "gzip");
    }

    /** The tracker of this release. */
    public static ScriptFile ofThisRelease() {
        return ofThisRelease("track.min.js");
    }

    /** The script of this release that registers clicks on campaigns. */
    public static ScriptFile ofClicks() {
        return ofThisRelease("click.min.js");
    }

    private static ScriptFile ofThisRelease(String resource) {
        try (InputStream in = ScriptFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not among the server's resources");
            }
            return new ScriptFile(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers one request, on the event loop. */
    public void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        HttpServerResponse response = request.response();
        String method = request.method().name();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            response.setStatusCode(405).putHeader("Allow", "GET, HEAD").end();
            return;
        }
        Form form = takesGzip(request.getHeader("Accept-Encoding")) ? gzipped : plain;
        response.putHeader("ETag", form.tag)
                .putHeader("Cache-Control", "public, max-age=3600")
                .putHeader("Vary", "Accept-Encoding")
                .putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Cross-Origin-Resource-Policy", "cross-origin")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (isKnown(form, request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", "application/javascript; charset=utf-8");
        if (form.encoding != null) {
            response.putHeader("Content-Encoding", form.encoding);
        }
        if (method.equals("HEAD")) {
            response.putHeader("Content-Length", Integer.toString(form.bytes.length()))
                    .end();
        } else {
            response.end(form.bytes);
        }
    }

    /** A proxy may have weakened the tag on its way. */
    private static boolean isKnown(Form form, @Nullable String ifNoneMatch) {
        return ifNoneMatch != null && (ifNoneMatch.equals("*") || ifNoneMatch.contains(form.tag));
    }

    private static boolean takesGzip(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        for (String part : acceptEncoding.toLowerCase(Locale.ROOT).split(",", 32)) {
            String coding = part.replace(" ", "");
            if (coding.equals("gzip") || (coding.startsWith("gzip;q=") && !coding.matches("gzip;q=0(\\.0*)?"))) {
                return true;
            }
        }
        return false;
    }

    private static byte[] gzip(byte[] script) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            out.write(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
