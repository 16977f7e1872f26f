package kembali.http;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import kembali.account.Workspaces;
import kembali.support.Refusal;
import kembali.support.Settings;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Lets a request to the management API through when its bearer key is one of ours. */
public class Authentication {
    private static final String SCHEME = "Bearer ";

    @Inject
    Settings settings;

    @Inject
    Caller caller;

    @ServerRequestFilter(priority = 100)
    @Nullable Response authenticate(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (!path.startsWith("/api/v1") && !path.startsWith("api/v1")) {
            return null;
        }
        String header = request.getHeaderString("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return refuse("Send an API key as \"Authorization: Bearer <key>\".");
        }
        String key = settings.adminKey();
        if (key == null) {
            return refuse("This server has no API key yet; set KEMBALI_ADMIN_KEY and restart it.");
        }
        byte[] given = header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, key.getBytes(StandardCharsets.UTF_8))) {
            return refuse("This API key is not known.");
        }
        caller.set(Workspaces.FIRST, "admin key");
        return null;
    }

    private static Response refuse(String detail) {
        return Problem.of(Refusal.Kind.UNAUTHORIZED, detail, List.of());
    }
}
