package kembali.platform.ga4;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which names GA4 takes for events and params. A wrong one is dropped there without a word. */
final class Ga4Names {
    static final int LONGEST = 40;

    /** Names GA4 fills by itself; an event of such a name is dropped. */
    static final Set<String> RESERVED = Set.of(
            "ad_activeview",
            "ad_click",
            "ad_exposure",
            "ad_impression",
            "ad_query",
            "ad_reward",
            "adunit_exposure",
            "app_clear_data",
            "app_exception",
            "app_install",
            "app_remove",
            "app_store_refund",
            "app_store_subscription_cancel",
            "app_store_subscription_convert",
            "app_store_subscription_renew",
            "app_update",
            "app_upgrade",
            "dynamic_link_app_open",
            "dynamic_link_app_update",
            "dynamic_link_first_open",
            "error",
            "firebase_campaign",
            "firebase_in_app_message_action",
            "firebase_in_app_message_dismiss",
            "firebase_in_app_message_impression",
            "first_open",
            "first_visit",
            "in_app_purchase",
            "notification_dismiss",
            "notification_foreground",
            "notification_open",
            "notification_receive",
            "notification_send",
            "os_update",
            "screen_view",
            "session_start",
            "user_engagement");

    /** Beginnings GA4 keeps for itself, in names of events and params alike. */
    static final List<String> RESERVED_PREFIXES = List.of("_", "firebase_", "ga_", "google_", "gtag.");

    private Ga4Names() {}

    /** What is wrong with the name of an event and what would be right, or null when GA4 takes it. */
    static @Nullable String eventComplaint(String name) {
        String prefix = reservedPrefix(name);
        if (prefix != null) {
            return "GA4 keeps names that begin with " + prefix + " for itself and drops such events. Use "
                    + repaired(name) + " instead of " + name + ".";
        }
        if (RESERVED.contains(name)) {
            return name + " is a name GA4 fills by itself; it drops such events from elsewhere. Use lead_"
                    + name.substring(0, Math.min(name.length(), LONGEST - 5)) + " instead of " + name + ".";
        }
        if (!isSpelledRight(name)) {
            return "GA4 drops events whose names hold anything but letters, digits and underscores, or do not begin with a"
                    + " letter. Use " + repaired(name) + " instead of " + name + ".";
        }
        return name.length() <= LONGEST
                ? null
                : "The event name has " + name.length() + " characters; GA4 takes at most " + LONGEST + ". Use "
                        + repaired(name) + " instead of " + name + ".";
    }

    /** The param name GA4 takes for {@code name}, with {@code _} for what it does not allow; null when there is none. */
    static @Nullable String param(String name) {
        if (reservedPrefix(name) != null || name.equals("firebase_conversion")) {
            return null;
        }
        String right = isSpelledRight(name) ? name : underscored(name);
        return right.length() > LONGEST || !isSpelledRight(right) || reservedPrefix(right) != null ? null : right;
    }

    /** {@code ^[A-Za-z][A-Za-z0-9_]*$} */
    static boolean isSpelledRight(String name) {
        if (name.isEmpty() || !isLetter(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            if (!isWordCharacter(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The nearest name GA4 takes. */
    static String repaired(String name) {
        String text = name.strip();
        for (String prefix = reservedPrefix(text); prefix != null; prefix = reservedPrefix(text)) {
            text = text.substring(prefix.length());
        }
        text = underscored(text);
        int start = 0;
        while (start < text.length() && !isLetter(text.charAt(start))) {
            start++;
        }
        text = text.substring(start, Math.min(text.length(), start + LONGEST));
        while (text.endsWith("_")) {
            text = text.substring(0, text.length() - 1);
        }
        return text.isEmpty() || RESERVED.contains(text) || reservedPrefix(text) != null ? "my_event" : text;
    }

    private static @Nullable String reservedPrefix(String name) {
        for (String prefix : RESERVED_PREFIXES) {
            if (name.startsWith(prefix)) {
                return prefix;
            }
        }
        return null;
    }

    /** Each run of other characters as one underscore. */
    private static String underscored(String name) {
        StringBuilder right = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isWordCharacter(c)) {
                right.append(c);
            } else if (!right.isEmpty() && right.charAt(right.length() - 1) != '_') {
                right.append('_');
            }
        }
        return right.toString();
    }

    private static boolean isWordCharacter(char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '_';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
