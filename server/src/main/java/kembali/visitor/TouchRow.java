package kembali.visitor;

import org.jspecify.annotations.Nullable;

/**
 * One line of a visitor's history as stored.
 *
 * @param kind {@code rotator}, {@code campaign}, {@code ctwa}, {@code api}, or one of the page tracker's: {@link #PAGE_VIEW},
 *     {@link #EVENT}
 * @param refId the rotator or campaign; of an event its name
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
    public static final String PAGE_VIEW = "pageview";
    /** Something a page told by name. */
    public static final String EVENT = "event";

    TouchRow at(long otherMs) {
        return new TouchRow(workspaceId, visitorNo, otherMs, kind, refId, agentId, url, referrer);
    }

    /** The same arrival of another visitor. */
    TouchRow of(long otherNo) {
        return new TouchRow(workspaceId, otherNo, atMs, kind, refId, agentId, url, referrer);
    }
}
