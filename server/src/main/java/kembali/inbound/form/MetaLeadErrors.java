package kembali.inbound.form;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Why Meta did not give a lead, and what the owner can do about it. */
final class MetaLeadErrors {
    private static final int LONGEST_MESSAGE = 200;

    private MetaLeadErrors() {}

    /**
     * @param httpStatus 0 or less when there was no answer
     * @param body what Meta answered, or null when it was no JSON
     */
    static String explain(int httpStatus, @Nullable JsonNode body) {
        JsonNode error = body == null ? null : body.get("error");
        if (error == null || !error.isObject()) {
            return httpStatus / 100 == 2
                    ? "Meta's answer holds no lead; read it again later."
                    : "Meta could not be asked for the lead (HTTP " + httpStatus + "); it is asked again on a replay.";
        }
        int code = error.path("code").asInt(-1);
        int subcode = error.path("error_subcode").asInt(-1);
        return sentence(code, subcode, httpStatus) + said(error, code);
    }

    private static String sentence(int code, int subcode, int httpStatus) {
        if (code == 190 || code == 102) {
            return "The source's access token is invalid or has expired; make a page token that does not expire and enter"
                    + " it.";
        }
        if (code == 100 && subcode == 33) {
            return "Meta does not show this lead: it was deleted or is older than 90 days, or the token may not read it"
                    + " (leads_retrieval, and Leads Access of the page in Business Settings).";
        }
        if (code == 10 || code == 3 || (code >= 200 && code <= 299)) {
            return "The source's access token may not read leads: it needs leads_retrieval and pages_manage_ads, the app"
                    + " must be installed on the page (subscribed_apps, leadgen), and Leads Access must allow it.";
        }
        if (code == 4 || code == 17 || code == 32 || code == 613 || code == 80005) {
            return "Meta asks to slow down; the lead can be read again later.";
        }
        if (code == 1 || code == 2 || httpStatus / 100 == 5) {
            return "Meta has trouble of its own; the lead can be read again later.";
        }
        if (code == 2500 || code == 2635) {
            return "Meta no longer takes this version of its interface; update Kembali.";
        }
        return "Meta refused to give the lead.";
    }

    private static String said(JsonNode error, int code) {
        String message = JsonBody.text(error.get("message"));
        if (message == null) {
            return code < 0 ? "" : " Meta's code: " + code + ".";
        }
        String shortened = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
        return " Meta said: " + shortened + (code < 0 ? "" : " (code " + code + ")");
    }
}
