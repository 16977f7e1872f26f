package kembali.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.store.GroupCommit;
import kembali.store.StoreException;
import kembali.support.Refusal;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Turns everything that can go wrong on a route into a problem document. */
public class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class.getName());

    @ServerExceptionMapper
    Response refusal(Refusal refusal) {
        return Problem.of(refusal);
    }

    @ServerExceptionMapper
    Response overloaded(GroupCommit.OverloadedException e) {
        return Problem.of(Refusal.Kind.OVERLOADED, String.valueOf(e.getMessage()), List.of());
    }

    @ServerExceptionMapper
    Response json(JsonProcessingException e) {
        return Problem.of(JsonFaults.refusal(e));
    }

    /** Named on its own, because Quarkus brings a mapper for it that answers without a body. */
    @ServerExceptionMapper
    Response mismatched(MismatchedInputException e) {
        return Problem.of(JsonFaults.refusal(e));
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e) {
        JsonProcessingException json = cause(e, JsonProcessingException.class);
        if (json != null) {
            return Problem.of(JsonFaults.refusal(json));
        }
        int status = e.getResponse().getStatus();
        return switch (status) {
            case 404 -> Problem.of(Refusal.Kind.NOT_FOUND, "There is nothing at this address.", List.of());
            case 405 ->
                Problem.of(
                        405,
                        "method_not_allowed",
                        "Method not allowed",
                        "This address does not take this method.",
                        List.of());
            case 406 -> Problem.of(406, "not_acceptable", "Not acceptable", "Answers are application/json.", List.of());
            case 413 -> Problem.of(Refusal.Kind.TOO_LARGE, "The body is larger than this address takes.", List.of());
            case 415 ->
                Problem.of(
                        415,
                        "unsupported_media_type",
                        "Unsupported media type",
                        "Send the body as application/json.",
                        List.of());
            default ->
                status >= 500
                        ? unexpected(e)
                        : Problem.of(status, "bad_request", "Bad request", String.valueOf(e.getMessage()), List.of());
        };
    }

    @ServerExceptionMapper
    Response anything(Throwable t) {
        if (t instanceof CompletionException && t.getCause() instanceof Refusal r) {
            return Problem.of(r);
        }
        JsonProcessingException json = cause(t, JsonProcessingException.class);
        if (json != null) {
            return Problem.of(JsonFaults.refusal(json));
        }
        return unexpected(t);
    }

    private static Response unexpected(Throwable t) {
        if (cause(t, StoreException.class) != null || cause(t, java.sql.SQLException.class) != null) {
            LOG.log(Level.SEVERE, "the database failed: " + t.getMessage());
            return Problem.of(
                    Refusal.Kind.OVERLOADED,
                    "The database could not take this; nothing was stored. Try again.",
                    List.of());
        }
        LOG.log(Level.SEVERE, "a request failed", t);
        return Problem.of(
                500,
                "internal",
                "Internal error",
                "Something went wrong in Kembali; the server's log says what.",
                List.of());
    }

    private static <T extends Throwable> @Nullable T cause(Throwable t, Class<T> type) {
        for (Throwable c = t; c != null; c = c.getCause()) {
            if (type.isInstance(c)) {
                return type.cast(c);
            }
        }
        return null;
    }
}
