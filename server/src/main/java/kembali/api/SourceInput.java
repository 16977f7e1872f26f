package kembali.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source as people send it. What of it a kind takes says {@code GET /sources/kinds}.
 *
 * @param fieldMap our field to a dotted path of theirs; a PATCH merges, null takes a member out
 * @param statusMap their word to a status; a PATCH merges, and reads requests again that had a word without a status
 * @param secret write-only, as {@code accessToken}
 * @param verifyToken made by us where a kind needs one and none is given
 */
public record SourceInput(
        @Nullable String kind,
        @Nullable String name,
        @Nullable String businessNumber,
        @Nullable Map<String, String> fieldMap,
        @Nullable Map<String, String> statusMap,
        @Nullable String redirectUrl,
        @Nullable List<String> origins,
        @Nullable String honeypot,
        @Nullable String firstMessageStatus,
        @Nullable Boolean probableMatch,
        @Nullable String secret,
        @Nullable String verifyToken,
        @Nullable String accessToken) {}
