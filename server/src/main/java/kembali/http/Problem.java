package kembali.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import kembali.support.FieldError;
import kembali.support.Refusal;

/**
 * An error as RFC 9457 has it, {@code application/problem+json}.
 *
 * @param type stable, one per kind of refusal
 * @param detail one sentence about this occurrence
 * @param errors for bad input, one per field
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, List<FieldError> errors) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Response of(Refusal refusal) {
        return of(refusal.kind(), refusal.detail(), refusal.errors());
    }

    static Response of(Refusal.Kind kind, String detail, List<FieldError> errors) {
        return of(kind.status(), kind.name(), kind.title(), detail, errors);
    }

    static Response of(int status, String name, String title, String detail, List<FieldError> errors) {
        String type = "urn:kembali:problem:" + name.toLowerCase(Locale.ROOT).replace('_', '-');
        var response =
                Response.status(status).type(MEDIA_TYPE).entity(new Problem(type, title, status, detail, errors));
        if (status == 503) {
            response.header("Retry-After", "2");
        }
        if (status == 401) {
            response.header("WWW-Authenticate", "Bearer realm=\"kembali\"");
        }
        return response.build();
    }
}
