package kembali.capture.link;

import kembali.figures.LinkKind;

/**
 * A link that somebody opened.
 *
 * @param id of the rotator or campaign
 * @param unflaggedClicks clicks a minute from one address that are taken for people
 */
public record Link(int workspaceId, LinkKind kind, String id, int unflaggedClicks) {
    /** Clicks a minute from one address that are taken for people unless the link says otherwise. */
    public static final int USUAL_CLICKS_PER_MINUTE = 30;
}
