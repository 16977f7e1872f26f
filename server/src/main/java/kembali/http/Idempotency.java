package kembali.http;

import static kembali.store.schema.Tables.IDEMPOTENCY_KEY;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kembali.identity.Sha256;
import kembali.store.Store;
import kembali.support.FieldError;
import kembali.support.Refusal;
import kembali.support.Secrets;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * {@code Idempotency-Key} on every POST: the same key with the same body (of a file: as long a one) gets the stored answer of
 * the first time, with another body it is refused. Answers are kept for a day, sealed. A request that
 * ended in 5xx did nothing and may be repeated.
 */
public class Idempotency {
    private static final String HEADER = "Idempotency-Key";
    private static final String PROPERTY = "kembali.idempotency";
    private static final int LONGEST_KEY = 255;

    private record Use(int workspaceId, String keyHash, String fingerprint) {}

    @Inject
    Provider<Store> stores;

    @Inject
    Provider<Secrets> secrets;

    @Inject
    Caller caller;

    @Inject
    ObjectMapper json;

    private final Map<String, Boolean> underWay = new ConcurrentHashMap<>();

    @ServerRequestFilter(priority = 200, readBody = true)
    @Nullable Response before(ContainerRequestContext request) throws IOException {
        String key = request.getHeaderString(HEADER);
        if (key == null || !request.getMethod().equals("POST")) {
            return null;
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            return Problem.of(Refusal.invalid(HEADER, "must have 1 to " + LONGEST_KEY + " characters"));
        }
        String path = request.getUriInfo().getRequestUri().getRawPath();
        var use = new Use(caller.workspaceId(), Sha256.hex(key), Sha256.hex(path + "\n" + body(request)));
        if (underWay.putIfAbsent(use.workspaceId + use.keyHash, true) != null) {
            return Problem.of(
                    Refusal.Kind.CONFLICT,
                    "A request with this Idempotency-Key is under way; ask again when it has been answered.",
                    List.of(new FieldError(HEADER, "is in use at this moment")));
        }
        Response stored = stored(use);
        if (stored != null) {
            underWay.remove(use.workspaceId + use.keyHash);
            return stored;
        }
        request.setProperty(PROPERTY, use);
        return null;
    }

    /** What tells one request from another; of a file, which is not held in memory, its length. */
    private static String body(ContainerRequestContext request) throws IOException {
        if (BodyLimit.isFile(request.getUriInfo().getPath())) {
            return request.getUriInfo().getRequestUri().getRawQuery() + "\n" + request.getLength();
        }
        byte[] body = request.getEntityStream() == null
                ? new byte[0]
                : request.getEntityStream().readAllBytes();
        request.setEntityStream(new ByteArrayInputStream(body));
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    private @Nullable Response stored(Use use) {
        return stores.get().read(sql -> {
            var r = sql.selectFrom(IDEMPOTENCY_KEY)
                    .where(IDEMPOTENCY_KEY.WORKSPACE_ID.eq(use.workspaceId), IDEMPOTENCY_KEY.KEY_HASH.eq(use.keyHash))
                    .fetchOne();
            if (r == null) {
                return null;
            }
            if (!r.getFingerprint().equals(use.fingerprint)) {
                return Problem.of(Refusal.invalid(
                        HEADER, "was used before with another request; use a new key for a new request"));
            }
            byte[] body = r.getBody();
            var response = Response.status(r.getHttpStatus()).header("Idempotent-Replayed", "true");
            if (body != null) {
                String type = r.getHttpStatus() >= 400 ? Problem.MEDIA_TYPE : "application/json";
                response.type(type).entity(new String(secrets.get().open(body, place(use)), StandardCharsets.UTF_8));
            }
            return response.build();
        });
    }

    @ServerResponseFilter
    void after(ContainerRequestContext request, ContainerResponseContext response) throws JsonProcessingException {
        if (!(request.getProperty(PROPERTY) instanceof Use use)) {
            return;
        }
        try {
            if (response.getStatus() < 500) {
                Object entity = response.getEntity();
                byte[] body = entity == null
                        ? null
                        : secrets.get()
                                .seal(
                                        entity instanceof String s
                                                ? s.getBytes(StandardCharsets.UTF_8)
                                                : json.writeValueAsBytes(entity),
                                        place(use));
                stores.get()
                        .write(tx -> tx.sql()
                                .insertInto(IDEMPOTENCY_KEY)
                                .set(IDEMPOTENCY_KEY.WORKSPACE_ID, use.workspaceId)
                                .set(IDEMPOTENCY_KEY.KEY_HASH, use.keyHash)
                                .set(IDEMPOTENCY_KEY.FINGERPRINT, use.fingerprint)
                                .set(IDEMPOTENCY_KEY.HTTP_STATUS, response.getStatus())
                                .set(IDEMPOTENCY_KEY.BODY, body)
                                .set(IDEMPOTENCY_KEY.CREATED_AT, tx.now().toEpochMilli())
                                .onConflictDoNothing()
                                .execute());
            }
        } finally {
            underWay.remove(use.workspaceId + use.keyHash);
        }
    }

    private static String place(Use use) {
        return "idempotency/" + use.workspaceId + "/" + use.keyHash;
    }
}
