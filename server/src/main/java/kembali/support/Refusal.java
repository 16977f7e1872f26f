package kembali.support;

import java.util.List;

/**
 * A request that is understood and refused, with what the sender has to change. Thrown before
 * anything was changed; it costs no stack trace.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of refusal; each kind has one HTTP status. */
    public enum Kind {
        INVALID(422, "Invalid input"),
        MALFORMED(400, "Malformed request"),
        UNAUTHORIZED(401, "Not signed in"),
        FORBIDDEN(403, "Not allowed"),
        NOT_FOUND(404, "Not found"),
        CONFLICT(409, "Conflict"),
        TOO_LARGE(413, "Too large"),
        OVERLOADED(503, "Overloaded");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }

        public int status() {
            return status;
        }

        public String title() {
            return title;
        }
    }

    private final Kind kind;
    private final transient List<FieldError> errors;

    public Refusal(Kind kind, String detail, List<FieldError> errors) {
        super(detail, null, false, false);
        this.kind = kind;
        this.errors = List.copyOf(errors);
    }

    public static Refusal notFound(String detail) {
        return new Refusal(Kind.NOT_FOUND, detail, List.of());
    }

    public static Refusal conflict(String field, String message) {
        return new Refusal(Kind.CONFLICT, message, List.of(new FieldError(field, message)));
    }

    public static Refusal invalid(List<FieldError> errors) {
        String detail = errors.size() == 1
                ? errors.getFirst().field() + ": " + errors.getFirst().message()
                : errors.size() + " fields are wrong; see errors.";
        return new Refusal(Kind.INVALID, detail, errors);
    }

    public static Refusal invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    public Kind kind() {
        return kind;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
