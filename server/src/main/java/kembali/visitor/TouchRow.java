package kembali.visitor;

import org.jspecify.annotations.Nullable;

/**
 * One line of a visitor's history as stored.
 *
 * @param kind {@code rotator}, {@code pageview}, {@code campaign}, {@code ctwa}, {@code api}
 * @param refId the rotator or campaign
 * @param agentId the agent a rotator chose
 */
public record TouchRow(
        int workspaceId,
        long visitorNo,
        long atMs,
        String kind,
        @Nullable String refId,
        @Nullable String agentId,
        @Nullable String url,
        @Nullable String referrer) {
    /** The same arrival of another visitor. */
    TouchRow of(long otherNo) {
        return new TouchRow(workspaceId, otherNo, atMs, kind, refId, agentId, url, referrer);
    }
}
