package kembali.inbound;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One configured sender of requests: a WhatsApp account, a form.
 *
 * @param kind the key of its {@link Kind}
 * @param keys what its requests are checked by and fetched with
 * @param token the secret part of its address
 * @param previousToken the one before, good until {@code previousUntil}; null when there is none
 */
public record Source(
        int workspaceId,
        String id,
        String kind,
        String name,
        SourceDoc doc,
        SourceKeys keys,
        String token,
        @Nullable String previousToken,
        @Nullable Instant previousUntil,
        Instant createdAt,
        Instant updatedAt) {
    /** The kind of sources of postbacks: their requests are booked as they come, at an address of their own. */
    public static final String POSTBACK = "postback";

    /** The same with other contents. */
    public Source with(String otherName, SourceDoc otherDoc, SourceKeys otherKeys) {
        return new Source(
                workspaceId,
                id,
                kind,
                otherName,
                otherDoc,
                otherKeys,
                token,
                previousToken,
                previousUntil,
                createdAt,
                updatedAt);
    }

    /** The same with a new token; the old one is good until then. */
    public Source rotated(String newToken, Instant oldUntil) {
        return new Source(workspaceId, id, kind, name, doc, keys, newToken, token, oldUntil, createdAt, updatedAt);
    }

    /** The path of its address. */
    public String path() {
        return kind.equals(POSTBACK) ? "/p/" + token : "/in/" + kind + "/" + token;
    }

    /** Without tokens and keys. */
    @Override
    public String toString() {
        return "Source[" + id + " " + kind + "]";
    }
}
