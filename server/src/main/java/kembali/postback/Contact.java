package kembali.postback;

import java.util.Locale;
import kembali.identity.Sha256;
import org.jspecify.annotations.Nullable;

/** What a postback says of the person; null where it says nothing. */
public record Contact(
        @Nullable Part email,
        @Nullable Part phone,
        @Nullable Part firstName,
        @Nullable Part lastName,
        @Nullable Part city,
        @Nullable Part state,
        @Nullable Part zip,
        @Nullable Part country,
        @Nullable Part externalId) {
    public static final Contact NONE = new Contact(null, null, null, null, null, null, null, null, null);

    /**
     * One part.
     *
     * @param text as sent, trimmed; of a hash its 64 digits in lower case
     * @param hashed whether the sender hashed it with SHA-256: never hash it again, and nobody can read it
     */
    public record Part(String text, boolean hashed) {
        static Part of(String sent) {
            String text = sent.strip();
            return Sha256.isHex(text) ? new Part(text.toLowerCase(Locale.ROOT), true) : new Part(text, false);
        }

        /** Never the text: it is personal. */
        @Override
        public String toString() {
            return hashed ? "hashed" : "***";
        }
    }

    public boolean isEmpty() {
        return equals(NONE);
    }
}
