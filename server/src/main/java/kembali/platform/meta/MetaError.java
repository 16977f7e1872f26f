package kembali.platform.meta;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import org.jspecify.annotations.Nullable;

/**
 * Meta's {@code error} object. Only the numbers are trusted: titles and messages come in the language of the token's
 * owner, {@code type} says OAuthException even for throttling, and the HTTP status is not decisive.
 *
 * @param code 0 when there was none
 * @param subcode 0 when there was none
 * @param isTransient null when Meta did not say
 * @param title Meta's own words, for people; empty when there were none
 * @param message Meta's technical sentence; empty when there was none
 */
record MetaError(int code, int subcode, @Nullable Boolean isTransient, String title, String message) {
    private static final Duration POLICY_PAUSE = Duration.ofHours(6);

    /** Tries for faults that may never end. */
    private static final int FEW_TRIES = 8;

    /** What an error means for the queue. */
    sealed interface Meaning {
        Reason reason();

        /** This event can never succeed; Meta stored nothing of the request. */
        record Event(Reason reason) implements Meaning {}

        /** The pixel, token or permission is wrong. */
        record Config(Reason reason) implements Meaning {}

        /**
         * Too much at once.
         *
         * @param pause how long at least; null to ask the answer's headers
         */
        record Throttle(Reason reason, @Nullable Duration pause) implements Meaning {}

        /**
         * A bad moment.
         *
         * @param maxTries 0 for until the event expires
         */
        record Transient(Reason reason, int maxTries) implements Meaning {}
    }

    /** Reads the member {@code error} of an answer; it may be an object or, from a gateway, a bare word. */
    static MetaError of(JsonNode error) {
        if (!error.isObject()) {
            return new MetaError(0, 0, null, "", error.asText(""));
        }
        JsonNode flag = error.path("is_transient");
        return new MetaError(
                error.path("code").asInt(0),
                error.path("error_subcode").asInt(0),
                flag.isBoolean() ? flag.booleanValue() : null,
                error.path("error_user_title").asText(""),
                error.path("message").asText(""));
    }

    /** {@code 100/2804003}, or {@code 190} without a subcode. */
    String number() {
        return subcode == 0 ? Integer.toString(code) : code + "/" + subcode;
    }

    /** Meta's title, or its message when it gave no title. */
    String words() {
        return title.isBlank() ? message : title;
    }

    Meaning meaning() {
        if (code >= 200 && code <= 299) {
            return new Meaning.Config(MetaReasons.PERMISSION_MISSING);
        }
        return switch (code) {
            case 1 -> new Meaning.Transient(Reasons.PLATFORM_DOWN, FEW_TRIES);
            // 21009: the data set cannot be written to for a moment.
            case 2, 5000, 21009 -> new Meaning.Transient(Reasons.PLATFORM_DOWN, 0);
            case 3, 10 -> new Meaning.Config(MetaReasons.PERMISSION_MISSING);
            case 4, 17, 32, 341, 613, 80000, 80003, 80004, 80014 -> new Meaning.Throttle(Reasons.RATE_LIMITED, null);
            case 100 -> badParameter();
            case 102, 190 -> new Meaning.Config(token());
            case 368 -> new Meaning.Throttle(MetaReasons.TEMPORARILY_BLOCKED, POLICY_PAUSE);
            case 803 -> new Meaning.Config(MetaReasons.PIXEL_NOT_FOUND);
            case 2635 -> new Meaning.Config(MetaReasons.API_VERSION_ENDED);
            // The offline API of 2020 gave its subcodes as codes; seen of this one.
            case 2804030 -> new Meaning.Event(MetaReasons.LIMITED_DATA_USE_REQUIRED);
            default -> unknown();
        };
    }

    private Meaning badParameter() {
        return switch (subcode) {
            case 33 -> new Meaning.Config(MetaReasons.PIXEL_NOT_FOUND);
            case 2804003 -> new Meaning.Event(Reasons.EVENT_TOO_OLD);
            case 2804009 -> new Meaning.Event(Reasons.MISSING_VALUE);
            case 2804010 -> new Meaning.Event(Reasons.MISSING_CURRENCY);
            case 2804016 -> new Meaning.Event(MetaReasons.USER_DATA_NOT_HASHED);
            case 2804030 -> new Meaning.Event(MetaReasons.LIMITED_DATA_USE_REQUIRED);
            case 2804036 -> new Meaning.Event(MetaReasons.LEAD_ID_INVALID);
            case 2804043 -> new Meaning.Event(MetaReasons.APP_EVENT_INCOMPLETE);
            case 2804050 -> new Meaning.Event(Reasons.INSUFFICIENT_USER_DATA);
            case 2804063 -> new Meaning.Event(MetaReasons.MESSAGING_CHANNEL_MISSING);
            case 2804064 -> new Meaning.Event(MetaReasons.MESSAGING_ARGUMENT);
            // The closed list is checked before sending, so this is about the account.
            case 2804066 ->
                new Meaning.Event(
                        MetaReasons.EVENT_NOT_ALLOWED_FOR_MESSAGING.saying(
                                "Meta does not take this click-to-WhatsApp event from this account, though it does from others."));
            case 2804072 -> new Meaning.Event(MetaReasons.PAGE_MISMATCH);
            case 2804075, 2804079 -> new Meaning.Event(MetaReasons.INSTAGRAM_ID_MISSING);
            case 2804087 -> new Meaning.Event(MetaReasons.CTWA_CLID_INVALID);
            case 2804133 -> new Meaning.Config(MetaReasons.INSTAGRAM_NOT_LINKED);
            // The class is the same either way; the subcodes of these are not known, and Meta's text only names them
            // better.
            default -> new Meaning.Event(named());
        };
    }

    private Reason named() {
        if (message.startsWith("Unexpected key")) {
            return MetaReasons.UNEXPECTED_KEY;
        }
        return (title + " " + message).toLowerCase(Locale.ROOT).contains("missing page id")
                ? MetaReasons.MISSING_WABA_ID
                : MetaReasons.EVENT_REFUSED;
    }

    private Reason token() {
        String detail = switch (subcode) {
            case 458 -> "The app behind the access token was removed.";
            case 459 -> "Meta wants the owner of the access token to log in and confirm something first.";
            case 460 -> "The access token ended when its owner changed the password.";
            case 463 -> "The access token has expired.";
            case 464 -> "The owner of the access token is not confirmed.";
            case 492 -> "The owner of the access token no longer has a role on the page.";
            default -> MetaReasons.TOKEN_INVALID.message();
        };
        return MetaReasons.TOKEN_INVALID.saying(detail);
    }

    private Meaning unknown() {
        if (isTransient == null) {
            return new Meaning.Transient(MetaReasons.UNKNOWN_FAULT, FEW_TRIES);
        }
        return isTransient
                ? new Meaning.Transient(Reasons.PLATFORM_DOWN, 0)
                : new Meaning.Event(MetaReasons.EVENT_REFUSED);
    }

    /** Whether Meta says, whatever the number, that it finds nothing to post to under this id. */
    boolean saysUnsupportedPost() {
        return message.toLowerCase(Locale.ROOT).startsWith("unsupported post request");
    }
}
