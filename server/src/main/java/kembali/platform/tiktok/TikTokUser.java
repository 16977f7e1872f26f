package kembali.platform.tiktok;

import java.util.ArrayList;
import java.util.List;
import kembali.platform.JsonText;
import org.jspecify.annotations.Nullable;

/** {@code user} while it is written: its JSON, the names of its keys, and whether they identify anybody. */
final class TikTokUser {
    private final StringBuilder json = new StringBuilder(768).append('{');
    private final List<String> keys = new ArrayList<>(16);
    private boolean named;

    /** A value that by itself can lead to a person or click. */
    void naming(String key, @Nullable String value) {
        named |= value != null;
        telling(key, value);
    }

    /** A value that only helps. */
    void telling(String key, @Nullable String value) {
        if (value != null) {
            keys.add(key);
            JsonText.string(TikTokJson.key(json, key), value);
        }
    }

    /**
     * Our own id of the person and the caller's. Ours is always sent, but no pixel knows it, so only the caller's can
     * lead to a person.
     */
    void externalIds(@Nullable String own, @Nullable String callers) {
        if (own == null || own.equals(callers)) {
            naming("external_id", callers);
        } else if (callers == null) {
            telling("external_id", own);
        } else {
            named = true;
            keys.add("external_id");
            TikTokJson.key(json, "external_id")
                    .append("[\"")
                    .append(own)
                    .append("\",\"")
                    .append(callers)
                    .append("\"]");
        }
    }

    boolean has(String key) {
        return keys.contains(key);
    }

    /** Whether a value stands for somebody. */
    boolean named() {
        return named;
    }

    List<String> keys() {
        return keys;
    }

    /** The object, braces included. */
    void writeTo(StringBuilder out) {
        out.append(json).append('}');
    }
}
