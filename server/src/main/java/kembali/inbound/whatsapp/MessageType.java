package kembali.inbound.whatsapp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The providers' words for what a message is, in those of {@link kembali.lead.ChatMessage}. */
final class MessageType {
    static final String TEXT = "text";
    static final String OTHER = "other";

    private MessageType() {}

    /** The type a provider's word means; {@code other} for one we do not know, {@code text} for none. */
    static String of(@Nullable String word) {
        if (word == null) {
            return TEXT;
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "text", "chat", "conversation", "extendedtextmessage", "reply" -> TEXT;
            case "image", "photo", "picture", "imagemessage" -> "image";
            case "video", "videomessage" -> "video";
            case "audio", "voice", "ptt", "audiomessage" -> "audio";
            case "document", "file", "pdf", "documentmessage" -> "document";
            case "location", "live_location", "locationmessage" -> "location";
            case "contacts", "contact", "contact_person", "vcard", "contactmessage" -> "contacts";
            case "button", "buttons", "button_postback_response", "quick_reply", "buttonreply" -> "button";
            case "interactive", "list", "list_reply", "listreply", "button_reply", "interactivebuttonreply" ->
                "interactive";
            case "order" -> "order";
            default -> OTHER;
        };
    }

    /** The type of a file with that media type: {@code image/jpeg}. */
    static String ofMedia(String mediaType) {
        String kind = mediaType.toLowerCase(Locale.ROOT);
        if (kind.startsWith("image/")) {
            return "image";
        }
        if (kind.startsWith("video/")) {
            return "video";
        }
        return kind.startsWith("audio/") ? "audio" : "document";
    }

    /** The type of a file with that name, address or bare extension. */
    static String ofFile(String name) {
        int query = name.indexOf('?');
        String path = query < 0 ? name : name.substring(0, query);
        return switch (path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "jpg", "jpeg", "png", "webp", "gif", "heic" -> "image";
            case "mp4", "3gp", "mov", "mkv", "avi" -> "video";
            case "ogg", "oga", "opus", "mp3", "m4a", "aac", "amr", "wav" -> "audio";
            default -> "document";
        };
    }

    /** Whether this is a reaction to a message, not a message. */
    static boolean isReaction(@Nullable String word) {
        return word != null && word.toLowerCase(Locale.ROOT).contains("reaction");
    }
}
