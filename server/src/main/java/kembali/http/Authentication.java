package kembali.http;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.List;
import kembali.account.Workspaces;
import kembali.support.Refusal;
import kembali.support.Settings;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Lets a request to the management API through when its bearer key is one of ours. */
public class Authentication {
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
        if (header == null || !AdminKey.isBearer(header)) {
            return refuse("Send an API key as \"Authorization: Bearer <key>\".");
        }
        if (settings.adminKey() == null) {
            return refuse("This server has no API key yet; set KEMBALI_ADMIN_KEY and restart it.");
        }
        if (!AdminKey.matches(settings, header)) {
            return refuse("This API key is not known.");
        }
        caller.set(Workspaces.FIRST, "admin key");
        return null;
    }

    private static Response refuse(String detail) {
        return Problem.of(Refusal.Kind.UNAUTHORIZED, detail, List.of());
    }
}
