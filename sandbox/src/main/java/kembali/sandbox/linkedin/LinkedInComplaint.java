package kembali.sandbox.linkedin;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why LinkedIn refuses.
 *
 * @param status HTTP status
 * @param code LinkedIn's word, or null where it gives none
 * @param serviceErrorCode its number, or null where it gives none
 * @param headers that come with it
 */
record LinkedInComplaint(
        int status,
        @Nullable String code,
        @Nullable Integer serviceErrorCode,
        String message,
        Map<String, String> headers) {

    LinkedInComplaint {
        headers = Map.copyOf(headers);
    }

    LinkedInComplaint(int status, @Nullable String code, @Nullable Integer serviceErrorCode, String message) {
        this(status, code, serviceErrorCode, message, Map.of());
    }

    /** A value that cannot be: LinkedIn gives a sentence only. */
    static LinkedInComplaint value(String message) {
        return new LinkedInComplaint(400, null, null, message);
    }

    /** What is wrong with the form, one line each. */
    static LinkedInComplaint schema(String lines) {
        return new LinkedInComplaint(422, null, null, lines);
    }

    /** The rule does not lead to an ad account this token can see. */
    static LinkedInComplaint noAccount() {
        return new LinkedInComplaint(403, null, null, "No ad accounts found");
    }

    static LinkedInComplaint revoked() {
        return new LinkedInComplaint(
                401, "REVOKED_ACCESS_TOKEN", 65601, "The token used in the request has been revoked by the user");
    }

    static LinkedInComplaint denied(String what) {
        return new LinkedInComplaint(403, "ACCESS_DENIED", 100, "Not enough permissions to access: " + what);
    }

    /** Status and LinkedIn's word as one. */
    String codes() {
        return code == null ? Integer.toString(status) : status + "/" + code;
    }
}
